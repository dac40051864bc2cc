"""Whether a name imitates another: named so that one is taken for the other, and not simply another body's name."""

from collections.abc import Iterator

from govmedia.engine.content.confusable import same_sound
from govmedia.engine.likeness.folding import normalise
from govmedia.engine.likeness.keys import bare, variants
from govmedia.engine.likeness.places import word_over
from govmedia.engine.likeness.shapes import looks_like
from govmedia.engine.likeness.weighing import Likeness
from govmedia.engine.pinyin import readings

_RANKS = frozenset("省市区县州旗镇乡")
# Where two names differ only in sounds that are mixed up (z and zh, n and l), one character may.
_MIXED_MOST = 1
# Shorter names are another one after two changes, unless both sound as before.
_LONG = 6
_SCORES = {"spelling": 1.0, "claim": 0.97, "added": 0.94, "sound": 0.93, "shape": 0.92, "mixed": 0.88, "order": 0.86}


def imitates(name: str, real: str) -> Likeness | None:
    """How `name` imitates the name `real`, or None where it does not; the very same name is no imitation.

    Another place or field of work (集宁 and 济宁, 检察 and 监察) makes a name of its own, however alike they sound.
    """
    whole, real_whole = normalise(name), normalise(real)
    if not whole or not real_whole or name == real:
        return None
    if whole == real_whole:
        return _found("spelling", _spelling(name, real))
    mine, theirs = bare(name), bare(real)
    if mine == theirs:
        how = "多" if len(whole) > len(real_whole) else "少"
        return _found("claim", f"只{how}了“{'”“'.join(extra(whole, real_whole, mine))}”这样的附加词")
    for text in variants(name):
        more = f"，并多了“{'”“'.join(extra(mine, text, text))}”" if text != mine else ""
        if text == theirs:
            return _found("added", f"只多了“{'”“'.join(extra(mine, text, text))}”")
        if (pairs := _replaced(text, theirs)) is not None:
            kind, said = _kind_of(pairs)
            return _found(kind, f"{said}{more}")
    if _same_signs(mine, theirs):
        return _found("order", "用字相同，只是顺序不同或多了“市”“区”这样的字")
    return None


def _found(kind: str, reason: str) -> Likeness:
    return Likeness(_SCORES[kind], (reason,))


def _spelling(name: str, real: str) -> str:
    if "".join(name.split()) == "".join(real.split()):
        return "只多了或少了空格"
    return "只差标点、空格、大小写、全半角、繁简体，或混入了外形相同的字符"


def extra(whole: str, other: str, kept: str) -> list[str]:
    """What the longer one has more, for a reader: the parts around what both keep."""
    longer = max(whole, other, key=len)
    if kept in longer:
        return [part for part in longer.split(kept, 1) if part]
    signs, found, run = iter(kept), list[str](), ""
    awaited = next(signs, "")
    for sign in longer:
        if sign == awaited:
            awaited = next(signs, "")
            found, run = ([*found, run] if run else found), ""
        else:
            run += sign
    return [*found, run] if run else found


def _replaced(text: str, real: str) -> list[tuple[str, str]] | None:
    """The pairs of characters that differ, where each may be taken for the other; None where names differ more."""
    if len(text) != len(real) or len(text) < 2:
        return None
    at = [place for place, (one, other) in enumerate(zip(text, real, strict=True)) if one != other]
    pairs = [(text[place], real[place]) for place in at]
    if not at or len(at) > max(1, len(text) // 2):
        return None
    rest = [pair for pair in pairs if not _same_reading(*pair)]
    if rest and len(at) > (1 if len(text) < _LONG else 2):
        return None
    mixed = [pair for pair in rest if not looks_like(*pair)]
    if len(mixed) > _MIXED_MOST or not all(same_sound(*pair) for pair in mixed):
        return None
    if any(_other_word(text, real, place) for place in at):
        return None
    return pairs


def _other_word(text: str, real: str, place: int) -> bool:
    word = word_over(text, place)
    return bool(word) and bool(word_over(real, place)) and word not in real


def _same_reading(one: str, other: str) -> bool:
    return not readings(one).isdisjoint(readings(other))


def _kind_of(pairs: list[tuple[str, str]]) -> tuple[str, str]:
    said = "、".join(f"“{one}”与“{other}”" for one, other in dict.fromkeys(pairs))
    if all(_same_reading(*pair) for pair in pairs):
        return "sound", f"读音相同：{said}"
    if all(looks_like(*pair) for pair in pairs):
        return "shape", f"字形相近：{said}"
    return "mixed", f"读音或字形相近：{said}"


def _same_signs(text: str, real: str) -> bool:
    """The same characters in another order, or one of the two names leaves out its ranks."""
    if sorted(text) == sorted(real):
        return True
    ranks, real_ranks = list(_ranks_in(text)), list(_ranks_in(real))
    if ranks and real_ranks:
        return False
    return [sign for sign in text if sign not in _RANKS] == [sign for sign in real if sign not in _RANKS]


def _ranks_in(text: str) -> Iterator[str]:
    return (sign for sign in text if sign in _RANKS)
