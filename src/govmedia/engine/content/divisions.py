"""Administrative divisions: which lie where, which no longer are, and names one slip away from one.

Source: data/divisions.csv (GB/T 2260 codes shortened by their trailing zeros, from the same collection as the
directory's) and data/divisions_renamed.csv (renamed and dissolved ones, each with the State Council's or the
ministry's act). `alone` there: the old name cannot be read as another word, so it needs no city before it.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from govmedia.engine.content.confusable import alike
from govmedia.engine.content.nearly import Names, is_han, slip_after

_FOLDER = Path(__file__).parent / "data"
_COUNTY = 6
_SHORT, _LONG = 3, 6
_RANKS = "市区县"
# 的城市, 各州市, 三省市: no names of cities.
_PLURALS = frozenset(("城市", "都市", "州市", "全市", "省市", "新市", "和市", "本市", "我市", "该市", "江市"))
# Cities that are not in the table, and right: of Taiwan, and foreign ones with names like ours.
_OTHER_CITIES = frozenset(
    (
        "台北市",
        "新北市",
        "桃园市",
        "台中市",
        "台南市",
        "高雄市",
        "基隆市",
        "新竹市",
        "嘉义市",
        "珠洲市",
        "金泽市",
        "长崎市",
        "长野市",
    )
)
# Zones are no divisions in law; their names are written in many ways.
_ZONES = ("开发区", "示范区", "园区", "管理区", "试验区", "新区", "新城", "合作区", "功能区", "集聚区")
# County-level names that are plain words too: 杭州市城区, 老城区.
GENERIC = frozenset(
    (
        "城区",
        "郊区",
        "矿区",
        "东区",
        "西区",
        "南区",
        "北区",
        "新区",
        "老城区",
        "新城区",
        "城中区",
        "城东区",
        "城西区",
        "城北区",
        "城关区",
        "港口区",
        "市中区",
    )
)
# 新疆自治区 and its like: short forms that the constitution's names do not allow.
SHORTENED = {
    "新疆自治区": "新疆维吾尔自治区",
    "广西自治区": "广西壮族自治区",
    "宁夏自治区": "宁夏回族自治区",
    "内蒙自治区": "内蒙古自治区",
    "西藏藏族自治区": "西藏自治区",
    "新疆维吾尔族自治区": "新疆维吾尔自治区",
    "内蒙古族自治区": "内蒙古自治区",
}


@dataclass(frozen=True, slots=True)
class Former:
    """A division that no longer is: `new` took its place from `since` on."""

    within: str
    old: str
    new: str
    since: date
    alone: bool
    source: str


class Divisions:
    """The table, ready to be asked and looked for."""

    def __init__(self, rows: dict[str, str], former: list[Former]) -> None:
        self._names = rows
        self.codes: dict[str, list[str]] = {}
        for code, name in rows.items():
            self.codes.setdefault(name, []).append(code)
        self._under: dict[str, dict[str, str]] = {}
        for code, name in rows.items():
            for size in (2, 4):
                if size < len(code):
                    self._under.setdefault(code[:size], {})[name] = code
        self._former = {(one.within, one.old): one for one in former}
        self.alone = {one.old: one for one in former if one.alone}
        self._by_start: dict[str, list[str]] = {}
        for name in {*self.codes, *(one.old for one in former)}:
            self._by_start.setdefault(name[:2], []).append(name)
        # Provinces and cities of three characters, by each of the two that are their own.
        self._by_sign: dict[tuple[int, str], list[str]] = {}
        for name in self.codes:
            if len(name) == _SHORT and self.level(name) < _COUNTY:
                for at in (0, 1):
                    self._by_sign.setdefault((at, name[at] + name[-1]), []).append(name)
        self.parents = {name for name, codes in self.codes.items() if any(len(code) < _COUNTY for code in codes)}
        self.parents |= {one.within for one in former}
        long = [
            name for name in self.codes if len(name) >= _LONG or (len(name) > _SHORT and self.level(name) < _COUNTY)
        ]
        long = [name for name in long if not name.endswith(_ZONES)]
        known = {*self.codes, *(one.old for one in former)}
        self.finder = Names(
            long,
            allowed=known,
            common=("内蒙古", "自治区", "族自治区"),
            words=[*self.parents, *self.alone, *SHORTENED],
        )

    def former(self, parent: str, old: str) -> Former | None:
        """The division of this name that the parent once had."""
        return self._former.get((parent, old))

    def name_at(self, text: str, place: int) -> str:
        """The longest name of a division, present or former, that stands in the text at the place; empty for none."""
        found = [name for name in self._by_start.get(text[place : place + 2], ()) if text.startswith(name, place)]
        return max(found, key=len, default="")

    def lies_in(self, parent: str, name: str) -> bool:
        """True where the parent has a division of this name, at whatever depth, or is it itself."""
        return parent == name or any(name in self._under.get(code, ()) for code in self.codes.get(parent, ()))

    def has_children(self, parent: str) -> bool:
        """True for a province, or a city that is divided into counties or districts."""
        return any(code in self._under for code in self.codes.get(parent, ()))

    def is_province(self, name: str) -> bool:
        """True for a province, region or municipality."""
        return any(len(code) == 2 for code in self.codes.get(name, ()))

    def homes(self, name: str) -> list[str]:
        """The full names of the places in which divisions of this name lie: 江苏省苏州市."""
        return [
            "".join(self._names.get(code[:size], "") for size in (2, 4) if size < len(code))
            for code in self.codes.get(name, ())
        ]

    def level(self, name: str) -> int:
        """How long the longest code of the name is: 2, 4 or 6; 0 for a former one."""
        return max((len(code) for code in self.codes.get(name, ())), default=0)

    def near_child(self, parent: str, text: str, place: int) -> tuple[str, int] | None:
        """A division of the parent that the text at the place misses by one slip of typing, and the slip's length."""
        for code in self.codes.get(parent, ()):
            # 印江县 is how people call 印江土家族苗族自治县.
            if any(_own_people(name) and text.startswith(name[:2], place) for name in self._under.get(code, ())):
                return None
            for name in self._under.get(code, ()):
                if len(name) >= _SHORT and name not in GENERIC and (length := _slip(text, place, name)):
                    return name, length
        return None

    def near_short(self, piece: str) -> str:
        """The province or city of three characters that `piece` is one character of typing away from; else empty."""
        if piece in self.codes or piece in _OTHER_CITIES or piece[1:] in _PLURALS or piece in self.alone:
            return ""
        for at in (0, 1):
            for name in self._by_sign.get((1 - at, piece[1 - at] + piece[-1]), ()):
                if alike(piece[at], name[at]):
                    return name
        return ""

    def under_other_kind(self, parent: str, text: str, place: int) -> tuple[str, int] | None:
        """A division of the parent that the text at the place calls by another rank (昌平县), and the length."""
        for code in self.codes.get(parent, ()):
            for name in self._under.get(code, ()):
                stem = name[:-1]
                if len(stem) >= _SHORT - 1 and name[-1] in _RANKS and text.startswith(stem, place):
                    rank = text[place + len(stem) : place + len(stem) + 1]
                    if rank and rank in _RANKS and rank != name[-1]:
                        return name, len(name)
        return None


def is_zone(name: str) -> bool:
    """True for zones that are listed beside divisions."""
    return name.endswith(_ZONES)


def _own_people(name: str) -> bool:
    return "自治" in name


def _slip(text: str, place: int, name: str) -> int:
    slip = slip_after(text, place, name)
    if not slip:
        return 0
    kind, at, length = slip
    here, there = text[place + at : place + at + 1], name[at]
    last = len(name) - 1
    if kind == "wrong" and at < last and is_han(here) and alike(here, there):
        return length
    if kind == "missing" and 0 < at < last and len(name) > _SHORT:
        return length
    if kind == "extra" and at > 0 and here == name[at - 1]:
        return length
    return length if kind == "swapped" and at + 1 < last else 0


@cache
def divisions() -> Divisions:
    """The packaged table. Errors: OSError, ValueError, KeyError."""
    with (_FOLDER / "divisions.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row["code"]: row["name"] for row in csv.DictReader(lines)}
    with (_FOLDER / "divisions_renamed.csv").open(encoding="utf-8", newline="") as lines:
        former = [
            Former(
                row["within"],
                row["old"],
                row["new"],
                date.fromisoformat(row["since"]),
                row["alone"] == "yes",
                row["source"],
            )
            for row in csv.DictReader(lines)
        ]
    return Divisions(rows, former)
