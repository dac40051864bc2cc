"""One page of a list as templates read it, and the addresses that lead on from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

OWN = ("sort", "page", "size", "hide", "export")
# Platforms and levels have up to six characters; breaking them over two lines only costs height.
SHORT = 6


class Address:
    """The list's state as a query string; every link is this state with something changed, back on page one."""

    def __init__(self, params: QueryDict) -> None:
        # Filters sent empty are no state, and a page has some fifty links: what they share is read once.
        self._lists = [(key, values) for key, values in params.lists() if values and values[-1]]

    def with_(self, **changes: str | int | None) -> str:
        """A relative address with `changes` made; None removes a parameter."""
        pairs = []
        for key, values in self._lists:
            if key in changes:
                pairs += _pair(key, changes[key])
            elif key not in {"page", "export"}:
                pairs += [(key, value) for value in values]
        known = {key for key, _ in self._lists}
        for key, value in changes.items():
            if key not in known:
                pairs += _pair(key, value)
        return f"?{urlencode(pairs)}"

    def without(self, keys: Sequence[str]) -> str:
        return self.with_(**dict.fromkeys(keys))

    def others(self, keys: Sequence[str]) -> list[tuple[str, str]]:
        """The parameters besides `keys`, page and export, for hidden inputs."""
        gone = {*keys, "page", "export"}
        return [(key, value) for key, values in self._lists if key not in gone for value in values]


def _pair(key: str, value: str | int | None) -> list[tuple[str, str]]:
    return [] if value is None or value == "" else [(key, str(value))]


@dataclass(frozen=True, slots=True)
class Head:
    """A column's header; `direction` is `ascending`, `descending` or `none`, `url` empty where it cannot sort."""

    key: str
    label: str
    url: str
    direction: str
    numeric: bool
    hide_small: bool


@dataclass(frozen=True, slots=True)
class Cell:
    label: str
    value: Any
    template: str | None
    numeric: bool
    hide_small: bool

    @property
    def short(self) -> bool:
        """Whether the value must not be broken over lines: a number, a date, a word of a few characters."""
        return isinstance(self.value, int | float | date) or (
            isinstance(self.value, str) and len(self.value) <= SHORT
        )


@dataclass(frozen=True, slots=True)
class Line:
    row: Any
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Control:
    """A filter as a form control; `choices` is None for text."""

    key: str
    label: str
    value: str
    choices: list[tuple[str, str]] | None


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Link:
    """A page number, a page size or a gap (number 0); the present one has no address."""

    number: int
    url: str


@dataclass(frozen=True, slots=True)
class ColumnLink:
    label: str
    shown: bool
    url: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything `components/list_page.html` shows. `first` and `last` are row numbers counted from 1."""

    rows: list[Any]
    lines: list[Line]
    total: int
    number: int
    pages: int
    size: int
    heads: list[Head]
    filters: list[Control]
    chips: list[Chip]
    kept: list[tuple[str, str]]
    column_links: list[ColumnLink]
    sizes: list[Link]
    links: list[Link]
    clear_url: str
    csv_url: str
    xlsx_url: str
    previous_url: str
    next_url: str

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.rows else 0


def page_links(number: int, pages: int, address: Address) -> list[Link]:
    """First, last and the neighbours of the present page, with a gap where numbers are left out."""
    near = sorted({1, pages, *range(max(1, number - 2), min(pages, number + 2) + 1)})
    links: list[Link] = []
    before = 0
    for at in near:
        if at - before > 1:
            links.append(Link(0, ""))
        links.append(Link(at, "" if at == number else address.with_(page=at)))
        before = at
    return links
