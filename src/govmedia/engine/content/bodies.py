"""State bodies as a table: names that no longer hold, with the day of the change, and names as they are.

Source: data/bodies.toml, which names the act behind each change.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from govmedia.engine.content.nearly import Names
from govmedia.engine.tables import read_table

_TABLE = Path(__file__).parent / "data" / "bodies.toml"
# Reforms below the centre were to be done by these days; a name is old only when its place has had its time.
_PROVINCES_DONE = date(2019, 1, 1)
_ALL_DONE = date(2019, 4, 1)


@dataclass(frozen=True, slots=True)
class Renamed:
    """An old name. `shown` says the new one; `new` replaces the old as it stands, empty where there are several.

    `open`: other states and firms have a body of this name. `local`: it stands behind a place, unless `alone`.
    `after`: words one of which stands shortly before it. `weak`: some places or texts keep it.
    """

    old: str
    shown: str
    since: date
    source: str
    new: str = ""
    open: bool = False
    local: bool = False
    alone: bool = False
    weak: bool = False
    after: tuple[str, ...] = ()

    def since_for(self, place: str) -> date:
        """The day from which the new name holds behind the last character of a place's name."""
        return _PROVINCES_DONE if self.since == _ALL_DONE and place == "省" else self.since


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A slip that is listed because it is common. `unless`: longer words that hold it and are right."""

    wrong: str
    right: str
    reason: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bodies:
    """All the table holds, ready to be looked for."""

    renamed: dict[str, Renamed]
    misspelt: dict[str, Misspelt]
    names: Names
    basis: str


@cache
def bodies() -> Bodies:
    """The packaged table. Errors: TableError."""
    table = read_table(_TABLE)
    sources: dict[str, str] = table["sources"]
    renamed = {one.old: one for row in table["renamed"] for one in _central(row, sources)}
    renamed |= {one.old: one for one in (_local(row, sources) for row in table["local"])}
    misspelt = {
        row["wrong"]: Misspelt(row["wrong"], row["right"], row["reason"], tuple(row.get("unless", ())))
        for row in table["misspelt"]
    }
    known = table["known"]
    names = Names(known["names"], [*known["right"], *renamed, *misspelt], known["common"], [*renamed, *misspelt])
    return Bodies(renamed, misspelt, names, known["source"])


def _central(row: dict[str, Any], sources: dict[str, str]) -> list[Renamed]:
    new = row.get("new", ())
    return [
        Renamed(
            old=old,
            shown=row.get("shown", "") or new[min(number, len(new) - 1)],
            since=row["since"],
            source=sources[row["source"]],
            new=new[min(number, len(new) - 1)] if new else "",
            open=row.get("open", False),
            weak=row.get("weak", False),
        )
        for number, old in enumerate(row["old"])
    ]


def _local(row: dict[str, Any], sources: dict[str, str]) -> Renamed:
    return Renamed(
        old=row["old"],
        shown=row["shown"],
        since=row.get("since", _ALL_DONE),
        source=sources[row["source"]],
        local=True,
        alone=row.get("alone", False),
        weak=row.get("weak", False),
        after=tuple(row.get("after", ())),
    )
