"""Whether a name holds another one whole: a lure is put to a real account's name (健康鼓楼福利群).

Such a name may be an honest one too, of a body below or of a second account that was never filed; that it is not on
file is all that is known of it.
"""

from functools import cache, lru_cache

from govmedia.engine.likeness.bearers import pieces
from govmedia.engine.likeness.imitation import extra
from govmedia.engine.likeness.keys import bare, signs_key
from govmedia.engine.likeness.places import places
from govmedia.engine.likeness.weighing import Likeness
from govmedia.engine.platforms import FIELDS

# Shorter names, and such as hold less writing of ours, stand in others by chance.
_SHORTEST, _CHARACTERS = 4, 3
# 人民 is left of 人民检察院 when its work is taken away.
_NOBODYS = frozenset({"人民"})
# Platforms give names no more room than this.
_LONGEST = 30


def holds(name: str, real: str) -> Likeness | None:
    """How `name` holds the whole name `real` and more; None where it does not, or where `real` is too short, a bare
    place or a bare kind of body (人民政府), which stand in anybody's names."""
    mine, theirs = bare(name), bare(real)
    if len(mine) <= len(theirs) or theirs not in mine or not _telling(theirs):
        return None
    more = "”“".join(extra(mine, theirs, theirs))
    score = round(0.5 + 0.35 * len(theirs) / len(mine), 2)
    return Likeness(score, (f"名称里含有“{real}”，多出来的字是“{more}”",))


def holding_keys(name: str) -> tuple[int, ...]:
    """Keys of which one is among the `index_keys` of every name that this one holds."""
    text = bare(name)
    parts = (
        text[start : start + length]
        for length in range(_SHORTEST, min(len(text), _LONGEST + 1))
        for start in range(len(text) - length + 1)
    )
    return tuple(dict.fromkeys(signs_key(part) for part in parts))


@cache
def _only_places() -> frozenset[str]:
    # 公安 and 平安 are places too, and in a name hardly ever meant so.
    return places().union({""}).difference(*(field.words for field in FIELDS.values()))


@lru_cache(maxsize=4096)
def _telling(text: str) -> bool:
    if len(text) < _SHORTEST or sum(sign >= "一" for sign in text) < _CHARACTERS:
        return False
    only_places = any({text[:at], text[at:]} <= _only_places() for at in range(len(text)))
    return not only_places and not {*pieces(text)} <= _NOBODYS
