"""What an installation adds to the packaged words and tables: files in its data folder.

lexicons/*.csv   further lexicons (form: `lexicon.py`)
offices.csv      posts and who holds them (form: `offices.py`); without it the check of offices stays silent
sources.csv      from whom may be reposted (form: `sources.py`), beside the shipped ones
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from govmedia.engine.content.lexicon import Lexicon, load_lexicon
from govmedia.engine.content.offices import OfficeError, Offices, read_offices
from govmedia.engine.content.sources import load_sources, shipped_sources
from govmedia.engine.content.terms import Terms, terms_with
from govmedia.engine.hashing import sm3_hex
from govmedia.engine.tables import TableError

LEXICONS, OFFICES, SOURCES = "lexicons", "offices.csv", "sources.csv"


@dataclass(frozen=True, slots=True)
class Installed:
    """The tables an Inspector takes, a mark that changes with them, and one that changes with the files alone."""

    terms: Terms
    sources: frozenset[str]
    offices: Offices | None
    mark: str
    files_mark: str


def installed(home: Path, *, further: tuple[Lexicon, ...] = ()) -> Installed:
    """The tables of a data folder with further lexicons. Errors: TableError (LexiconError, SourcesFaulty)."""
    of_files = terms_with([home / LEXICONS])
    terms = Terms([*of_files.lexicons, *further]) if further else of_files
    added = load_sources(home / SOURCES) if (home / SOURCES).exists() else frozenset()
    tables = [
        f"{name}@{sm3_hex((home / name).read_bytes())[:12]}" for name in (OFFICES, SOURCES) if (home / name).exists()
    ]
    mark, files_mark = (" ".join([*(one.mark for one in found.lexicons), *tables]) for found in (terms, of_files))
    return Installed(terms, shipped_sources() | added, _offices(home / OFFICES), mark, files_mark)


def _offices(path: Path) -> Offices | None:
    if not path.exists():
        return None
    try:
        return read_offices(path.read_bytes())
    except (OSError, OfficeError) as why:
        raise TableError(f"{path.name}：{why}") from why


def check_table_file(kind: str, path: Path) -> str:
    """What a file holds, in Chinese, where it may be used as such a table (lexicon, offices, sources).

    Errors: TableError that says what is wrong.
    """
    return _CHECKS[kind](path)


def _lexicon(path: Path) -> str:
    found = load_lexicon(path)
    return f"{len(found.entries):,} 个词语，{found.mark}"


def _office_rows(path: Path) -> str:
    offices = _offices(path)
    if offices is None:
        raise TableError(f"{path}：没有这个文件。请核对文件名。")
    return f"{len(offices.terms):,} 个任期"


def _source_rows(path: Path) -> str:
    return f"{len(load_sources(path)):,} 个名称"


_CHECKS: Mapping[str, Callable[[Path], str]] = {
    "lexicon": _lexicon,
    "offices": _office_rows,
    "sources": _source_rows,
}
