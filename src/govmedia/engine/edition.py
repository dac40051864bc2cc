"""Editions: one issued table of indicators each, read from a TOML file and resolved with what it extends."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from govmedia.engine.hashing import canonical_json, tagged_sm3
from govmedia.engine.registry import indicator_table
from govmedia.engine.tables import TableError, is_day, is_whole, read_table

PACKAGED = Path(__file__).with_name("editions")
COLOURS = ("veto", "deduction", "bonus")
ENTRY_KEYS = frozenset(
    (
        *("code", "title", "clause", "group", "note", "judged_by", "wording_basis", "provenance"),
        *("points", "cap", "points_basis", "only_above"),
    )
)
MACHINE = "machine"
# Days, hours or per cent: beyond ten years nothing makes sense, and a calendar of working days gives up.
TERM_MAX = 3660
MARKS_MAX = 1000
# Working days for rectification, and after the notice for an appeal against what is closed already. Proposed: real
# bulletins gave 5, 8 and 11 days; an edition says otherwise by keys of these names.
DAYS = {"rectify_working_days": 5, "appeal_working_days": 10}
DAYS_LABELS = {"rectify_working_days": "整改期限", "appeal_working_days": "申诉期限"}
DAYS_MAX = 250
NAME_SHAPE = re.compile(r"[a-z0-9][a-z0-9-]{1,59}")
CODE_SHAPE = re.compile(r"[A-Z]{1,3}[0-9]{2,3}")
HEAD_LABELS = {
    "title": "名称",
    "source": "文号",
    "rule": "评判规则",
    "clause": "条款原文",
    "judged_by": "由谁认定，machine 表示机器可直接认定",
}


class EditionError(TableError):
    """An edition cannot be found or read; `text` says in Chinese what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One indicator as an edition counts it. `points` are per count, `cap` the most the indicator can cost.

    `terms` are the indicator's own numbers and lists (max_gap_days, needs, ...). `only_above` is for a bonus: it
    counts only where the score without any bonus is greater.
    """

    code: str
    colour: str
    title: str
    clause: str
    points: int
    cap: int | None
    judged_by: str
    group: str
    provenance: str
    wording_basis: str
    terms: Mapping[str, Any]
    points_basis: str = ""
    note: str = ""
    only_above: int = 0

    @property
    def by_machine(self) -> bool:
        """True where what the machine is certain of counts without a human."""
        return self.judged_by == MACHINE

    @property
    def asks_human(self) -> bool:
        """True where only a human's word counts."""
        return self.judged_by != MACHINE

    @property
    def proposed(self) -> bool:
        """True where the points are our proposal, not the document's; pages must say so."""
        return self.colour != "veto" and self.points_basis != "issued"

    def points_for(self, count: int) -> tuple[int, bool]:
        """Points of so many counts after the cap, and whether the raw sum was above it."""
        raw = self.points * count
        if self.cap is None or raw <= self.cap:
            return raw, False
        return self.cap, True


@dataclass(frozen=True, slots=True)
class Edition:
    """A resolved edition. `hash` is `sm3:` and the SM3 of the resolved edition as canonical JSON."""

    name: str
    title: str
    source: str
    valid_from: date
    full_marks: int
    pass_mark: int
    rule: str
    score_shown_when_vetoed: int | None
    rules: Mapping[str, Rule]
    hash: str
    extends: str = ""
    rectify_working_days: int = DAYS["rectify_working_days"]
    appeal_working_days: int = DAYS["appeal_working_days"]

    @property
    def vetoes(self) -> tuple[Rule, ...]:
        return self._of("veto")

    @property
    def deductions(self) -> tuple[Rule, ...]:
        return self._of("deduction")

    @property
    def bonuses(self) -> tuple[Rule, ...]:
        return self._of("bonus")

    @property
    def proposed(self) -> bool:
        """True where any points are only proposed."""
        return any(rule.proposed for rule in self.rules.values())

    def _of(self, colour: str) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules.values() if rule.colour == colour)


def edition_files(folders: Sequence[Path] = ()) -> dict[str, Path]:
    """Edition name (the file's stem) to its file; the packaged folder first, and a later file never hides one."""
    found: dict[str, Path] = {}
    for folder in (PACKAGED, *folders):
        for path in sorted(folder.glob("*.toml")):
            found.setdefault(path.stem, path)
    return found


def edition_names(folders: Sequence[Path] = ()) -> list[str]:
    """Names of all editions to be had, sorted."""
    return sorted(edition_files(folders))


def resolve(table: Mapping[str, Any], files: Mapping[str, Path], above: tuple[str, ...] = ()) -> dict[str, Any]:
    """The table with what it extends: its own keys win, entries of the same code are merged key by key.

    Errors: EditionError where a parent is missing or extends its own child.
    """
    name, parent_name = str(table.get("name", "")), table.get("extends")
    parent: dict[str, Any] = {}
    if parent_name is not None:
        if not isinstance(parent_name, str) or parent_name not in files:
            raise EditionError(f"版本“{name}”要继承的“{parent_name}”找不到。请先添加它，或改正 extends。")
        if parent_name in (name, *above):
            raise EditionError(f"版本“{name}”与“{parent_name}”互相继承，成了环。请去掉其中一个 extends。")
        parent = resolve(read_table(files[parent_name], EditionError), files, (name, *above))
    whole = {**parent, **table}
    for colour in COLOURS:
        entries = _merged(parent.get(colour, ()), table.get(colour, ()))
        if entries:
            whole[colour] = entries
    return whole


def _merged(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = {}
    for entry in (*old, *new):
        code = str(entry.get("code", ""))
        entries[code] = {**entries.get(code, {}), **entry}
    return [entries[code] for code in sorted(entries)]


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _rules(whole: Mapping[str, Any]) -> Iterator[Rule]:
    for colour in COLOURS:
        for entry in whole.get(colour, ()):
            yield Rule(
                code=entry["code"],
                colour=colour,
                title=entry["title"],
                clause=entry["clause"],
                points=entry.get("points", 0),
                cap=entry.get("cap"),
                judged_by=entry["judged_by"],
                group=entry.get("group", ""),
                provenance=entry.get("provenance", ""),
                wording_basis=entry.get("wording_basis", ""),
                terms={key: _frozen(value) for key, value in entry.items() if key not in ENTRY_KEYS},
                points_basis=entry.get("points_basis", ""),
                note=entry.get("note", ""),
                only_above=entry.get("only_above", 0),
            )


def edition_of(whole: Mapping[str, Any]) -> Edition:
    """An Edition from a resolved table. Errors: KeyError where a required key is missing (check the file first)."""
    rules = sorted(_rules(whole), key=lambda rule: rule.code)
    return Edition(
        name=whole["name"],
        title=whole["title"],
        source=whole["source"],
        valid_from=whole["valid_from"],
        full_marks=whole["full_marks"],
        pass_mark=whole["pass_mark"],
        rule=whole["rule"],
        score_shown_when_vetoed=whole.get("score_shown_when_vetoed"),
        rules={rule.code: rule for rule in rules},
        hash=tagged_sm3(canonical_json(whole)),
        extends=whole.get("extends", ""),
        **{key: whole.get(key, days) for key, days in DAYS.items()},
    )


def load_edition(name: str, folders: Sequence[Path] = ()) -> Edition:
    """The edition of that name, resolved. Folders come after the packaged one.

    Errors: EditionError where it does not exist, cannot be read or lacks a required key.
    """
    files = edition_files(folders)
    if name not in files:
        raise EditionError(f"没有名为“{name}”的检查指标版本。现有：{'、'.join(sorted(files))}。")
    try:
        return edition_of(resolve(read_table(files[name], EditionError), files))
    except EditionError:
        raise
    except (KeyError, TypeError, AttributeError, ValueError) as why:
        raise EditionError(
            f"{files[name]}：内容不完整（{why}）。请用 govmedia editions add 检查后重新添加。"
        ) from why


def check_edition(path: Path, folders: Sequence[Path] = ()) -> list[str]:
    """What is wrong with an edition file, in Chinese (what, where, what to do); empty where it can be added."""
    try:
        table = read_table(path, EditionError)
        files = edition_files(folders)
        whole = resolve(table, {path.stem: path, **files})
    except EditionError as why:
        return [why.text]
    except (AttributeError, TypeError):
        return ["veto、deduction、bonus 应写成 [[veto]] 这样的表。请对照 jiangsu-2019.toml 改正。"]
    found = [*_head_problems(table, path, files), *_doubled(table), *_mark_problems(whole), *_entry_problems(whole)]
    return found or _hash_problems(whole)


def _hash_problems(whole: Mapping[str, Any]) -> list[str]:
    """TOML knows values (not-a-number, a time of day) that canonical JSON cannot hold: nothing could be proved."""
    try:
        canonical_json(whole)
    except (TypeError, ValueError):
        return ["有 nan、inf 或单独的时刻（如 08:30:00）这样的值，无法计算指纹。请改成整数、文字或日期。"]
    return []


def _doubled(table: Mapping[str, Any]) -> Iterator[str]:
    codes = [str(entry.get("code")) for colour in COLOURS for entry in table.get(colour, ())]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"{code} 写了不止一次。请只留一处。"


def _head_problems(table: Mapping[str, Any], path: Path, files: Mapping[str, Path]) -> Iterator[str]:
    name = table.get("name")
    if not isinstance(name, str) or not NAME_SHAPE.fullmatch(name):
        yield 'name 缺少或不合要求。请用小写字母、数字和连字符，例如 name = "nanjing-2026"。'
    elif name != path.stem:
        yield f"name 是“{name}”，文件名却是“{path.name}”。请改成一致。"
    elif name in files and files[name].resolve() != path.resolve():
        yield f"已有名为“{name}”的版本，用过的版本不能改。请换一个 name，例如加上年份。"
    for key in ("title", "source", "rule"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            yield f"缺少 {key}，或不是文字。请补上（{HEAD_LABELS[key]}）。"
    if not is_day(table.get("valid_from")):
        yield "缺少 valid_from，或不是日期。请写成 valid_from = 2026-01-01，不加引号。"


def _mark_problems(whole: Mapping[str, Any]) -> Iterator[str]:
    full, lowest = whole.get("full_marks"), whole.get("pass_mark")
    if not is_whole(full, 1) or not is_whole(lowest, 0):
        yield "full_marks（满分）和 pass_mark（及格分）应是整数，例如 100 和 60。请补上。"
    elif full > MARKS_MAX:
        yield f"full_marks（满分）最多 {MARKS_MAX}，例如 100。请改正。"
    elif lowest > full:
        yield f"及格分 {lowest} 高于满分 {full}。请核对。"
    shown = whole.get("score_shown_when_vetoed")
    if shown is not None and not is_whole(shown, 0):
        yield "score_shown_when_vetoed 应是整数。不需要就删去这一行。"
    for key, default in DAYS.items():
        days = whole.get(key, default)
        if not is_whole(days, 1) or days > DAYS_MAX:
            yield f"{key}（{DAYS_LABELS[key]}）应是 1 到 {DAYS_MAX} 个工作日，例如 {default}。请改正。"


def _entry_problems(whole: Mapping[str, Any]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for colour in COLOURS:
        entries = whole.get(colour, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            yield f"{colour} 应写成 [[{colour}]] 这样的表。请对照 jiangsu-2019.toml 改正。"
            continue
        for number, entry in enumerate(entries, 1):
            code = entry.get("code")
            if not isinstance(code, str) or not CODE_SHAPE.fullmatch(code):
                yield f"第 {number} 个 [[{colour}]] 的 code 缺少或不合要求。请写成 R05、Y11 这样的代码。"
                continue
            if code in seen:
                yield f"{code} 在 [[{seen[code]}]] 和 [[{colour}]] 里各有一次（含继承来的）。请只留一处。"
            seen[code] = colour
            yield from _text_problems(code, entry)
            yield from _term_problems(code, entry)
            if colour != "veto":
                yield from _point_problems(code, colour, entry)
    if not seen:
        yield "没有任何指标。请至少写一个 [[veto]] 或 [[deduction]]，或用 extends 继承一个版本。"


def _text_problems(code: str, entry: Mapping[str, Any]) -> Iterator[str]:
    for key in ("title", "clause", "judged_by"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            yield f"{code} 缺少 {key}，或不是文字。请补上（{HEAD_LABELS[key]}）。"
    if entry.get("points_basis", "proposed") not in ("proposed", "issued"):
        yield f'{code} 的 points_basis 只能是 "proposed"（建议值）或 "issued"（正式文件）。请改正。'


def _point_problems(code: str, colour: str, entry: Mapping[str, Any]) -> Iterator[str]:
    points, cap = entry.get("points"), entry.get("cap")
    if not is_whole(points, 1) or points > MARKS_MAX:
        yield f"{code} 的 points 应是 1 到 {MARKS_MAX} 的整数。请补上每次的分值。"
    elif cap is not None and not is_whole(cap, 1):
        yield f"{code} 的 cap 应是 1 或更大的整数。不设上限就删去这一行。"
    if colour == "bonus" and not is_whole(entry.get("only_above", 0), 0):
        yield f"{code} 的 only_above 应是整数：基础分高于它才加分。请改正。"


def _term_problems(code: str, entry: Mapping[str, Any]) -> Iterator[str]:
    for key in ("needs", "not_for_platforms", "only_for_platforms"):
        words = entry.get(key, [])
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            yield f'{code} 的 {key} 应是文字的列表，例如 ["miniprogram"]。请改正。'
    reminders = entry.get("remind_days", [])
    if not isinstance(reminders, list) or not all(is_whole(day, 1) and day <= TERM_MAX for day in reminders):
        yield f"{code} 的 remind_days 应是天数的列表，例如 [7, 10, 12]；不提醒写 []。请改正。"
    indicator = indicator_table().get(code)
    for key, default in indicator.defaults.items() if indicator else ():
        value = entry.get(key, default)
        if isinstance(default, int) and (not is_whole(value, 0) or value > TERM_MAX):
            yield f"{code} 的 {key} 应是 0 到 {TERM_MAX} 的整数，例如 {default}。请改正。"
