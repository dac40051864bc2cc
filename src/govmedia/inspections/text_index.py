"""The index of texts: which posts share numbers (`engine.originality.keys`) with a text, and may be like it."""

import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from govmedia.common.rows import run_many
from govmedia.inspections.models import TextKey

# Texts of one template (forecasts, daily figures) share numbers by the thousand; the youngest are enough.
_YOUNGEST = 50
# So many look-ups make one statement; SQLite takes at most 500.
_AT_ONCE = 400
_POST_BITS = 32
_TABLE = TextKey._meta.db_table
_LOOK = (
    f"SELECT * FROM (SELECT key FROM {_TABLE} WHERE key BETWEEN %s AND %s"  # noqa: S608 - constants
    f" ORDER BY key DESC LIMIT {_YOUNGEST}) AS found"
)


def packed(keys: Iterable[int]) -> bytes:
    """Numbers as an `Origin` keeps them."""
    return b"".join(struct.pack("<I", key) for key in keys)


def unpacked(kept: bytes) -> list[int]:
    return [key for (key,) in struct.iter_unpack("<I", bytes(kept))]


def add(keys: Mapping[int, Sequence[int]]) -> None:
    """Index posts by their texts' numbers."""
    run_many(f"INSERT INTO {_TABLE} (key) VALUES (%s) ON CONFLICT DO NOTHING", _rows(keys))  # noqa: S608 - a constant


def remove(keys: Mapping[int, Sequence[int]]) -> None:
    """Take posts out of the index."""
    run_many(f"DELETE FROM {_TABLE} WHERE key = %s", _rows(keys))  # noqa: S608 - a constant


def alike(keys: Mapping[int, Sequence[int]]) -> dict[int, Counter[int]]:
    """By post the indexed posts that share numbers with it, with how many; those without any are left out."""
    owners: dict[int, list[int]] = {}
    for post_id, numbers in keys.items():
        for number in numbers:
            owners.setdefault(number, []).append(post_id)
    found: dict[int, Counter[int]] = {}
    wanted = list(owners)
    for start in range(0, len(wanted), _AT_ONCE):
        for key in _read(wanted[start : start + _AT_ONCE]):
            number, post_id = key >> _POST_BITS, key % 2**_POST_BITS
            for owner in owners[number]:
                if owner != post_id:
                    found.setdefault(owner, Counter())[post_id] += 1
    return found


def _read(numbers: Sequence[int]) -> list[int]:
    ends = [end for number in numbers for end in (number << _POST_BITS, (number + 1 << _POST_BITS) - 1)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([_LOOK] * len(numbers)), ends)
        return [key for (key,) in cursor.fetchall()]


def _rows(keys: Mapping[int, Sequence[int]]) -> list[tuple[int]]:
    return [(number << _POST_BITS | post_id,) for post_id, numbers in keys.items() for number in numbers]
