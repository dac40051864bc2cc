"""Other ways to write a term so that it is not found: characters in pinyin, of the same sound, or taken apart.

加微信 → 加wei信, 加v信, jiaweixin; 枪支 → 木仓支. Inserted signs and strange letters are no matter of this module:
`text` folds and squeezes them for all terms.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product
from pathlib import Path

from govmedia.engine.pinyin import readings
from govmedia.engine.tables import read_table

_TABLE = Path(__file__).parent / "data" / "disguises.toml"
LONGEST = 12
# The whole in pinyin is told apart from words and names of Latin letters only where it is long.
_SYLLABLES, _LETTERS, _WAYS = 3, 7, 4


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    table = read_table(_TABLE)
    split, alike = ({row[0]: row[2:].split("|") for row in table[name]} for name in ("split", "alike"))
    return split, alike


def disguises(term: str, *, pinyin: bool, split: bool) -> set[str]:
    """The other ways to write a term that are asked for; none for a term of more than LONGEST characters."""
    if len(term) > LONGEST or not (pinyin or split):
        return set()
    apart, alike = _tables()
    found: set[str] = set()
    if split:
        found.update(_one_changed(term, [apart.get(sign, []) for sign in term]))
        found.update(_all_changed(term, [apart.get(sign, [])[:1] or [sign] for sign in term]))
    if pinyin:
        sounds = [sorted(one for one in readings(sign) if len(one) > 1) for sign in term]
        others = [alike.get(sign, []) for sign in term]
        found.update(_one_changed(term, [[*heard, *seen] for heard, seen in zip(sounds, others, strict=True)]))
        if len(term) >= _SYLLABLES and all(sounds):
            found.update(whole for whole in _all_changed(term, sounds) if len(whole) >= _LETTERS)
    return found - {term}


def _one_changed(term: str, ways: list[list[str]]) -> Iterator[str]:
    for place, other in enumerate(ways):
        yield from (term[:place] + one + term[place + 1 :] for one in other)


def _all_changed(term: str, ways: list[list[str]]) -> Iterator[str]:
    yield from ("".join(parts) for parts in islice(product(*ways), _WAYS))
