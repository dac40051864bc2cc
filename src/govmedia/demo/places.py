"""Where the demonstration's bodies are, and what they are called there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from random import Random

from govmedia.demo.words import TOWNSHIP, Naming
from govmedia.engine.uscc import ALPHABET, uscc_check_digit
from govmedia.orgs.models import Division, Level

JIANGSU = "320000"
NANJING = "320100"
GULOU = "320106"
_ENDS = ("特别行政区", "街道办事处", "街道", "地区", "新区", "省", "市", "区", "县", "镇", "乡", "盟", "旗")
# Containers, and zones that are no divisions in the sense of the law.
_NO_PLACE = re.compile(r"市辖区|县|.*直辖县级行政区划|.*(开发区|园区|管理区|示范区|试验区)")
_LEVEL_INDEX = {Level.PROVINCE: 0, Level.CITY: 1, Level.COUNTY: 2}
# Weights of the eight places of a body's own identifier within its code. Source: GB 11714.
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Place:
    """A division. `bare` is its name without its rank (南京), `formal` what names of its bodies begin with."""

    code: str
    name: str
    bare: str
    formal: str
    level: str


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation to be: `number` counts them, `code` is its invented 统一社会信用代码."""

    number: int
    code: str
    name: str
    short: str
    place: Place
    field: str
    names: tuple[str, ...]


def bare_name(name: str) -> str:
    """A division's name without its rank: 南京市 → 南京; what would leave one character keeps it (沛县)."""
    if "自治" in name:
        return name[:3] if name.startswith("内蒙古") else name[:2]
    for end in _ENDS:
        if name.endswith(end) and len(name) - len(end) >= 2:
            return name.removesuffix(end)
    return name


def places(divisions: Sequence[Division]) -> list[Place]:
    """Places among divisions sorted by code; containers such as 市辖区, which are no places, are left out."""
    by_code = {row.code: row for row in divisions}
    found = []
    for row in divisions:
        if row.level != Level.PROVINCE and _NO_PLACE.fullmatch(row.name):
            continue
        found.append(Place(row.code, row.name, bare_name(row.name), _formal(row, by_code), row.level))
    return found


def _formal(row: Division, by_code: dict[str, Division]) -> str:
    parent = by_code.get(row.parent_id or "")
    if parent is None or row.level in {Level.PROVINCE, Level.CITY}:
        return row.name
    if row.level == Level.COUNTY and not row.name.endswith("区"):
        return row.name
    if _NO_PLACE.fullmatch(parent.name):
        parent = by_code.get(parent.parent_id or "", parent)
    return (_formal(parent, by_code) if row.level == Level.TOWNSHIP else parent.name) + row.name


def invented_code(division: str, number: int) -> str:
    """A valid code of nobody: bodies are numbered within DM, which no register hands out."""
    digits = ""
    for _ in range(6):
        number, rest = divmod(number, len(ALPHABET))
        digits = ALPHABET[rest] + digits
    own = "DM" + digits
    # The identifier's own check uses the plain order of letters (A = 10), unlike the whole code's.
    total = sum(int(sign, 36) * weight for sign, weight in zip(own, _BODY_WEIGHTS, strict=True))
    check = (11 - total % 11) % 11
    stem = "11" + division[:6] + own + ("X" if check == 10 else str(check))
    return stem + uscc_check_digit(stem)


def bodies(all_places: Sequence[Place], namings: Sequence[Naming], count: int, random: Random) -> list[Body]:
    """`count` bodies, or as many as there can be: first those the story is about, then in rounds over the places."""
    found: list[Body] = []
    taken: set[tuple[str, str]] = set()
    for place, naming in chain(_story(all_places, namings), _rounds(all_places, namings)):
        key = (place.code, naming.code if naming else TOWNSHIP)
        if len(found) == count:
            break
        if key not in taken:
            taken.add(key)
            found.append(_body(len(found) + 1, place, naming, random))
    return found


def _story(all_places: Sequence[Place], namings: Sequence[Naming]) -> Iterator[tuple[Place, Naming | None]]:
    """Gulou's health commission, four offices of its province, four of its sub-districts, its city's commission."""
    by_code = {place.code: place for place in all_places}
    yield by_code[GULOU], namings[0]
    yield from ((by_code[JIANGSU], naming) for naming in namings[:4])
    yield from ((place, None) for place in [one for one in all_places if _in_gulou(one)][:4])
    yield by_code[NANJING], namings[0]


def _rounds(all_places: Sequence[Place], namings: Sequence[Naming]) -> Iterator[tuple[Place, Naming | None]]:
    """Turn by turn: a province gets four more offices, each city and county one; then towns, Gulou's first."""
    provinces = [place for place in all_places if place.level == Level.PROVINCE]
    others = [place for place in all_places if place.level in {Level.CITY, Level.COUNTY}]
    towns = sorted(
        (place for place in all_places if place.level == Level.TOWNSHIP), key=lambda one: not _in_gulou(one)
    )
    for turn in range(len(namings)):
        for naming in namings[turn * 4 : turn * 4 + 4]:
            yield from ((place, naming) for place in provinces)
        for number, place in enumerate(others):
            yield place, namings[(number * 5 + turn) % len(namings)]
        if turn == 1:
            yield from ((town, None) for town in towns)


def _in_gulou(place: Place) -> bool:
    return place.level == Level.TOWNSHIP and place.code.startswith(GULOU)


def _body(number: int, place: Place, naming: Naming | None, random: Random) -> Body:
    if naming is None:
        ending = "办事处" if place.name.endswith("街道") else "" if place.name.endswith("办事处") else "人民政府"
        name, short, field, patterns = place.formal + ending, place.name, TOWNSHIP, ("{p}发布", "{p}为民服务")
    else:
        level = _LEVEL_INDEX[Level(place.level)]
        name, short, field, patterns = place.formal + naming.body[level], naming.short, naming.code, naming.names
        if level == 0 and naming.body[0].endswith("厅") and short.endswith("局"):
            short = short[:-1] + "厅"
        short = place.name + short
        if field == "public_security" and level == 2 and place.formal != place.name:
            name = f"{place.formal.removesuffix(place.name)}公安局{place.bare}分局"
            short = f"{place.bare}公安分局"
    first = int(random.random() * len(patterns))
    names = tuple(pattern.format(p=place.bare) for pattern in (*patterns[first:], *patterns[:first]))
    return Body(number, invented_code(place.code, number), name, short, place, field, names)
