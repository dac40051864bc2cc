"""Set phrases as a table: fixed wording, enumerations in their order, numbers that cannot be otherwise.

Source: data/phrases.toml, which names the document behind each.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from govmedia.engine.content.nearly import Names
from govmedia.engine.tables import read_table

_TABLE = Path(__file__).parent / "data" / "phrases.toml"


@dataclass(frozen=True, slots=True)
class Series:
    """An enumeration in its set order. `part`: three of its items already must keep it.

    `also`: what stood in it at another time; where it is near, nothing is said. In the table, `triggers` are further
    items that the search begins from, for where `trigger` is the one that is wrong.
    """

    name: str
    items: tuple[str, ...]
    part: bool
    also: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """三会一课 and its like: two numbers and two fixed characters; `right` is how it must read."""

    right: str
    source: str


@dataclass(frozen=True, slots=True)
class FixedNumber:
    """中央八项规定: between these words only this number."""

    before: str
    after: str
    right: str
    source: str


@dataclass(frozen=True, slots=True)
class Plenums:
    """How many plenary sessions each Central Committee held, and when the present one's began."""

    held: dict[str, int]
    present: str
    most: int
    opened: tuple[date, ...]
    source: str


@dataclass(frozen=True, slots=True)
class People:
    """Sessions of the National People's Congress and the CPPCC: how many a term has, when this one began."""

    sessions: int
    present: str
    first_year: int
    source: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """All the table holds. `series` by the item that the search begins from; `numbered` by the two fixed characters
    (会课); `family` (its
    numbers, the usual one first) by what follows 个; `unsure` are slips that wait for a human.
    """

    names: Names
    series: dict[str, Series]
    numbered: dict[str, Numbered]
    fixed: tuple[FixedNumber, ...]
    family: dict[str, str]
    plenums: Plenums
    people: People
    unsure: frozenset[str]
    basis: str
    family_basis: str


@cache
def phrases() -> Phrases:
    """The packaged table. Errors: TableError."""
    table = read_table(_TABLE)
    sources: dict[str, str] = table["sources"]
    series = {
        trigger: Series(
            row["name"],
            tuple(row["items"]),
            row.get("part", False),
            tuple(row.get("also", ())),
            sources[row["source"]],
        )
        for row in table["list"]
        for trigger in (row["trigger"], *row.get("triggers", ()))
    }
    fixed = table["fixed"]
    return Phrases(
        names=Names(fixed["texts"], fixed["right"], fixed["common"], series),
        series=series,
        numbered={
            row["right"][1] + row["right"][3]: Numbered(row["right"], sources[row["source"]])
            for row in table["numbered"]
        },
        fixed=tuple(
            FixedNumber(row["before"], row["after"], row["right"], sources[row["source"]])
            for row in table["fixed_number"]
        ),
        family=dict(table["family"]["numbers"]),
        plenums=_plenums(table["plenums"]),
        people=_people(table["people"]),
        unsure=frozenset(fixed["unsure"]),
        basis=fixed["source"],
        family_basis=sources[table["family"]["source"]],
    )


def _plenums(row: dict[str, Any]) -> Plenums:
    return Plenums(dict(row["held"]), row["present"], row["most"], tuple(row["opened"]), row["source"])


def _people(row: dict[str, Any]) -> People:
    return People(row["sessions"], row["present"], row["first_year"], row["source"])
