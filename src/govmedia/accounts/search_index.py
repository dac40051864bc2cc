"""The index behind the search, on both databases: asked with the same expressions, answering the same.

Rows are numbered so that the weightiest account comes first (`SearchEntry.id`), and both databases give the first
ones in that order. SQLite keeps the tokens in FTS5, whose rows lie in that order by themselves. PostgreSQL keeps them
in a GIN index that knows no order, so the rows are dealt into bands of the order (`SearchEntry.band`), asked one
after the other until enough are found: what is common is found in the first, what is rare costs little in all.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models.expressions import RawSQL

from govmedia.accounts.search_text import MARKS
from govmedia.accounts.search_words import Ask, Both
from govmedia.common import installation

BANDS = "accounts.search_bands"
# So many rows are read through fast enough; the first bands are smaller, since most searches end there.
BAND_ROWS = 16_000
FIRST_BANDS = (2_000, 6_000)
_TABLE = "accounts_searchentry"
_FTS = "accounts_searchtokens"
_COLUMNS = "id, account_id, name, initials, sounds"
# The tokens of a row, each with its band behind it. A function with a price, since PostgreSQL would else think that
# working it out for every row costs nothing, and leave the index alone.
VECTOR = "accounts_search_vector(tokens, band)"
_FUNCTION = """
CREATE FUNCTION accounts_search_vector(tokens text, band text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100 AS $$
BEGIN
    RETURN array_to_tsvector(string_to_array(replace(tokens, ' ', '#' || band || ' ') || '#' || band, ' '));
END $$
"""
_ASK_SQLITE = f"""
SELECT {", ".join(f"e.{column}" for column in _COLUMNS.split(", "))}
FROM (SELECT rowid AS found FROM {_FTS} WHERE {_FTS} MATCH %s ORDER BY rowid LIMIT %s)
CROSS JOIN {_TABLE} e ON e.id = found
"""  # noqa: S608 - constants
# An offset keeps the planner from walking along the order instead of asking the index.
_ASK_POSTGRESQL = f"""
SELECT h.* FROM generate_series(0, %s) AS n CROSS JOIN LATERAL (
    SELECT {_COLUMNS} FROM {_TABLE} WHERE {VECTOR} @@ replace(%s, '#', '#' || n)::tsquery ORDER BY id + 0 LIMIT %s
) AS h LIMIT %s
"""  # noqa: S608 - constants
_KEYS_SQLITE = f"SELECT rowid FROM {_FTS} WHERE {_FTS} MATCH %s"  # noqa: S608 - constants
_KEYS_POSTGRESQL = (
    f"SELECT k.id FROM generate_series(0, %s) AS n JOIN {_TABLE} k"  # noqa: S608 - constants
    f" ON {VECTOR} @@ replace(%s, '#', '#' || n)::tsquery"
)


class Row(NamedTuple):
    """What the index says of an account it found; a smaller `id` is a weightier account."""

    id: int
    account_id: int
    name: str
    initials: str
    sounds: str


def first(ask: Ask, most: int) -> list[Row]:
    """The weightiest accounts that fit."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_ASK_SQLITE, [_fts(ask), most])
        else:
            cursor.execute(_ASK_POSTGRESQL, [len(_bounds()), _tsquery(ask), most, most])
        return sorted(Row(*row) for row in cursor.fetchall())


def named(column: str, value: str, most: int) -> list[tuple[Row, str]]:
    """The weightiest accounts with this in `name` or `initials`, each with its tokens."""
    assert column in Row._fields
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS}, tokens FROM {_TABLE} WHERE {column} = %s ORDER BY id + 0 LIMIT %s",  # noqa: S608 - constants
            [value, most],
        )
        return [(Row(*row), tokens) for *row, tokens in cursor.fetchall()]


def keys(ask: Ask) -> RawSQL:
    """The `SearchEntry.id` of all that fit, as a subquery."""
    if connection.vendor == "sqlite":
        return RawSQL(_KEYS_SQLITE, [_fts(ask)])  # noqa: S611 - constants, the words are bound
    return RawSQL(_KEYS_POSTGRESQL, [len(_bounds()), _tsquery(ask)])  # noqa: S611 - constants, the words are bound


def band_of(number: int, bounds: Sequence[int]) -> str:
    """In which band a row of this number belongs."""
    return str(bisect_right(bounds, number))


def deal() -> bool:
    """Bound the bands anew where one of them has grown too large; returns whether that was so.

    Only PostgreSQL needs them. Every row that changes its band is written anew.
    """
    if connection.vendor == "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(n) FROM (SELECT count(*) AS n FROM {_TABLE} GROUP BY band) AS b")  # noqa: S608 - constants
        (largest,) = cursor.fetchone()
        if not largest or largest <= 2 * BAND_ROWS:
            return False
        cursor.execute(f"SELECT id FROM {_TABLE} ORDER BY id")  # noqa: S608 - constants
        bounds = bound(number for (number,) in cursor)
        cursor.execute(
            f"UPDATE {_TABLE} SET band = width_bucket(id, %s::bigint[])::text"  # noqa: S608 - constants
            f" WHERE band <> width_bucket(id, %s::bigint[])::text",
            [bounds, bounds],
        )
    return True


def bound(numbers: Iterable[int]) -> list[int]:
    """Bound the bands for rows of these numbers, given in their order; returns where bands begin, the first aside.

    Nothing is bounded on SQLite, which needs no bands.
    """
    if connection.vendor == "sqlite":
        return []
    bounds: list[int] = []
    steps = _steps()
    at = next(steps)
    for place, number in enumerate(numbers):
        if place == at:
            bounds.append(number)
            at += next(steps)
    installation.write(BANDS, bounds)
    return bounds


def _steps() -> Iterator[int]:
    """How many rows the bands hold, from the first on."""
    yield from FIRST_BANDS
    while True:
        yield BAND_ROWS


def make(schema_editor: Any) -> None:
    """Create the index of a fresh `SearchEntry` table.

    Whoever alters that table on SQLite has to call it again: SQLite makes tables anew and drops their triggers.
    """
    if schema_editor.connection.vendor != "sqlite":
        schema_editor.execute(_FUNCTION)
        # without fastupdate, whose list of what is new every search would read through
        schema_editor.execute(
            f"CREATE INDEX accounts_search_tokens ON {_TABLE} USING gin ({VECTOR}) WITH (fastupdate = off)"
        )
        return
    for statement in _SQLITE:
        schema_editor.execute(statement)


def drop(schema_editor: Any) -> None:
    """Undo `make`."""
    if schema_editor.connection.vendor != "sqlite":
        schema_editor.execute("DROP INDEX accounts_search_tokens")
        schema_editor.execute("DROP FUNCTION accounts_search_vector(text, text)")
        return
    for name in ("insert", "delete", "update"):
        schema_editor.execute(f"DROP TRIGGER {_FTS}_{name}")
    schema_editor.execute(f"DROP TABLE {_FTS}")


_PUT = f"INSERT INTO {_FTS} (rowid, tokens) VALUES (new.id, new.tokens);"  # noqa: S608 - constants
_TAKE = f"INSERT INTO {_FTS} ({_FTS}, rowid, tokens) VALUES ('delete', old.id, old.tokens);"  # noqa: S608 - constants
_SQLITE = (
    # The tokenizer leaves all but ASCII as it is, and no more is stored than which row holds which token.
    f"CREATE VIRTUAL TABLE {_FTS} USING fts5 (tokens, content='{_TABLE}', content_rowid='id', detail=none,"
    f" columnsize=0, tokenize=\"ascii tokenchars '{MARKS}'\")",
    f"CREATE TRIGGER {_FTS}_insert AFTER INSERT ON {_TABLE} BEGIN {_PUT} END",
    f"CREATE TRIGGER {_FTS}_delete AFTER DELETE ON {_TABLE} BEGIN {_TAKE} END",
    f"CREATE TRIGGER {_FTS}_update AFTER UPDATE OF id, tokens ON {_TABLE} BEGIN {_TAKE} {_PUT} END",
)


def _bounds() -> list[int]:
    return list(installation.read(BANDS, []))


def _fts(ask: Ask) -> str:
    if isinstance(ask, str):
        return f'"{ask}"'
    return "(" + (" AND " if isinstance(ask, Both) else " OR ").join(map(_fts, ask.parts)) + ")"


def _tsquery(ask: Ask) -> str:
    if isinstance(ask, str):
        return f"'{ask}#'"
    return "(" + (" & " if isinstance(ask, Both) else " | ").join(map(_tsquery, ask.parts)) + ")"
