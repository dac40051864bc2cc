"""What files there are: read from the data folder, where the worker keeps them under their digests."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

FORMAT = "govmedia-open-data-1"
FORMATS = ("csv", "jsonl", "xlsx")
FORMAT_WORDS = {"csv": "CSV", "jsonl": "JSON Lines", "xlsx": "Excel"}


@dataclass(frozen=True, slots=True)
class File:
    """A file that is given away; `signature` is None where there was no key to sign with."""

    name: str
    table: str
    title: str
    text: str
    format: str
    columns: tuple[str, ...]
    rows: int
    size: int
    sha256: str
    sm3: str
    made_at: datetime
    signature: dict[str, Any] | None

    @property
    def path(self) -> Path:
        return folder() / "files" / self.sha256

    @property
    def word(self) -> str:
        return FORMAT_WORDS[self.format]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All files, in the order of their tables, and how the register stood when they were made."""

    stamp: str
    made_at: datetime
    took_s: float
    files: tuple[File, ...]

    def named(self, name: str) -> File | None:
        return next((one for one in self.files if one.name == name), None)

    def tables(self) -> list[tuple[File, list[File]]]:
        """Each table's first file, and all its files."""
        found: dict[str, list[File]] = {}
        for one in self.files:
            found.setdefault(one.table, []).append(one)
        return [(files[0], files) for files in found.values()]


def folder() -> Path:
    """Where files are kept: in the data folder, outside of anything that is served by itself."""
    return Path(settings.HOME) / "open-data"


def catalogue() -> Catalogue | None:
    """The present catalogue; None where there is none that this version can read."""
    path = folder() / "catalogue.json"
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    return _read(path, state.st_ino, state.st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, *state: int) -> Catalogue | None:
    """None also for what another version wrote: the next run makes it anew."""
    try:
        told = json.loads(path.read_bytes())
        made_at, files = datetime.fromisoformat(told["made_at"]), tuple(map(_file, told["files"]))
        return Catalogue(told["stamp"], made_at, told["took_s"], files)
    except (ValueError, KeyError, TypeError):
        return None


def _file(row: dict[str, Any]) -> File:
    made_at, columns = datetime.fromisoformat(row["made_at"]), tuple(row["columns"])
    return File(**{**row, "made_at": made_at, "columns": columns})


def rows_in(file: File) -> Iterator[dict[str, Any]]:
    """The rows of a table's JSON Lines."""
    with file.path.open("rb") as stream:
        for line in stream:
            yield json.loads(line)
