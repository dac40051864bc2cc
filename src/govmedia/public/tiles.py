"""The home page's picture of a province: a tile for each city, where it lies among its neighbours. No map."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from govmedia.public.directory import Choice

_FILE = Path(__file__).with_name("tiles.toml")
SHADES = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """A city's tile: the place with its count, column and row from 1, and a shade from 1 (few) to SHADES (many)."""

    place: Choice
    column: int
    row: int
    shade: int


@cache
def _places() -> Mapping[str, tuple[int, int]]:
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {code: (column, row) for one in table["province"] for code, column, row in one["tiles"]}


def of(places: Sequence[Choice]) -> list[Tile]:
    """The tiles of the places; empty unless every one of several has its tile."""
    known = _places()
    if len(places) < 2 or any(place.value not in known for place in places):
        return []
    most = max(place.count for place in places)
    return [
        Tile(place, *known[place.value], shade=max(1, -(-place.count * SHADES // most)))
        for place in sorted(places, key=lambda one: known[one.value][::-1])
    ]
