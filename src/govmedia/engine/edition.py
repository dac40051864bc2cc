"""Editions: one issued table of indicators each, read from a TOML file and resolved with what it extends."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from govmedia.engine.hashing import canonical_json, tagged_sm3

PACKAGED = Path(__file__).with_name("editions")
COLOURS = ("veto", "deduction", "bonus")
ENTRY_KEYS = frozenset(
    (
        *("code", "title", "clause", "group", "note", "judged_by", "wording_basis", "provenance"),
        *("points", "cap", "points_basis", "only_above"),
    )
)
MACHINE = "machine"


class EditionError(ValueError):
    """An edition cannot be found or read; `text` says in Chinese what, where and what to do."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


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


def read_table(path: Path) -> dict[str, Any]:
    """The file as TOML. Errors: EditionError where it cannot be read or is not TOML."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as why:
        raise EditionError(f"{path}：读不到这个文件（{why.strerror}）。请检查路径和权限。") from why
    except UnicodeDecodeError as why:
        raise EditionError(f"{path}：不是 UTF-8 编码。请另存为 UTF-8 后再试。") from why
    except tomllib.TOMLDecodeError as why:
        raise EditionError(f"{path}：不是合法的 TOML（{why}）。请按提示的行列改正。") from why


def resolve(table: Mapping[str, Any], files: Mapping[str, Path], above: tuple[str, ...] = ()) -> dict[str, Any]:
    """The table with what it extends: its own keys win, entries of the same code are merged key by key.

    Errors: EditionError where a parent is missing or extends its own child.
    """
    name = str(table.get("name", ""))
    parent_name = table.get("extends")
    if parent_name is None:
        return dict(table)
    if not isinstance(parent_name, str) or parent_name not in files:
        raise EditionError(f"版本“{name}”的 extends 写的是“{parent_name}”，找不到这个版本。请先添加它，或改正名称。")
    if parent_name in (name, *above):
        raise EditionError(f"版本“{name}”与“{parent_name}”互相继承，成了环。请去掉其中一个 extends。")
    parent = resolve(read_table(files[parent_name]), files, (name, *above))
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
    )


def load_edition(name: str, folders: Sequence[Path] = ()) -> Edition:
    """The edition of that name, resolved. Folders come after the packaged one.

    Errors: EditionError where it does not exist, cannot be read or lacks a required key.
    """
    files = edition_files(folders)
    if name not in files:
        raise EditionError(f"没有名为“{name}”的检查指标版本。现有：{'、'.join(sorted(files))}。")
    try:
        return edition_of(resolve(read_table(files[name]), files))
    except (KeyError, TypeError, AttributeError) as why:
        raise EditionError(
            f"{files[name]}：内容不完整（{why}）。请用 govmedia editions add 检查后重新添加。"
        ) from why
