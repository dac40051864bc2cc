"""Whether a word can be a person's name: a family name and one or two characters, no title, not masked.

A guess, good enough beside a number or an address, never alone. Source: data/person_names.toml.
"""

from functools import lru_cache
from pathlib import Path

from govmedia.engine.tables import read_table

_TABLE = read_table(Path(__file__).parent / "data" / "person_names.toml")
_SINGLE = frozenset(_TABLE["single"])
_COMPOUND = frozenset(_TABLE["compound"])
_NOT_GIVEN = frozenset(_TABLE["not_given"])
_NOT_NAMES = frozenset(_TABLE["not_names"])
# For patterns that name a label or a table cell; what they find is put to `is_name`.
NAME = rf"(?:{'|'.join(sorted(_COMPOUND))}|[{_TABLE['single']}])[\u4e00-\u9fff]{{1,2}}"


@lru_cache(maxsize=4096)
def is_name(word: str) -> bool:
    """True for 张小北 or 欧阳北; not for 张某, 张女士, 张老师, 王*, 时间."""
    if word in _NOT_NAMES or "某" in word:
        return False
    family = word[:2] if word[:2] in _COMPOUND else word[:1] if word[:1] in _SINGLE else ""
    given = word[len(family) :]
    return bool(family) and 1 <= len(given) <= 2 and given not in _NOT_GIVEN
