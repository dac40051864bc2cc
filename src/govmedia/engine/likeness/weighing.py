"""How alike two account names are: characters, pinyin with all readings, shapes, and words that only get added."""

from collections.abc import Iterator
from dataclasses import dataclass

from govmedia.engine.likeness.folding import core, normalise
from govmedia.engine.likeness.shapes import looks_like
from govmedia.engine.pinyin import readings

# Edit costs in quarters of a character: whole numbers, so that a to b costs exactly what b to a does.
_EDIT, _SWAP, _SOUND = 4, 2, 1


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` from 0 (nothing in common) to 1 (the same); `reasons` in Chinese, weightiest first."""

    score: float
    reasons: tuple[str, ...]


def _cost(one: str, other: str) -> int:
    if one == other:
        return 0
    return _SOUND if not readings(one).isdisjoint(readings(other)) or looks_like(one, other) else _EDIT


def _distance(one: str, other: str) -> int:
    before: list[int] = []
    above = [_EDIT * place for place in range(len(other) + 1)]
    for row, sign in enumerate(one, 1):
        line = [_EDIT * row]
        for column, mate in enumerate(other, 1):
            best = min(above[column] + _EDIT, line[column - 1] + _EDIT, above[column - 1] + _cost(sign, mate))
            if row > 1 < column and sign == other[column - 2] and one[row - 2] == mate:
                best = min(best, before[column - 2] + _SWAP)
            line.append(best)
        before, above = above, line
    return above[-1]


def _nearness(one: str, other: str) -> float:
    longest = max(len(one), len(other))
    return 1 - _distance(one, other) / (_EDIT * longest) if longest else 0.0


def likeness(a: str, b: str) -> Likeness:
    """How alike two names are. Symmetric in the score; 1 only where nothing but spelling of signs differs."""
    whole_a, whole_b = normalise(a), normalise(b)
    if not whole_a or not whole_b:
        return Likeness(0.0, ())
    if whole_a == whole_b:
        return Likeness(1.0, ("名称相同" if a == b else "只差空格、标点、大小写、全半角或繁简体",))
    core_a, core_b = core(a), core(b)
    if core_a == core_b:
        return Likeness(0.95, (_added_reason(whole_a, whole_b, core_a),))
    score = 0.8 * _nearness(core_a, core_b) + 0.2 * _nearness(whole_a, whole_b)
    reasons: list[str] = list(_sign_reasons(core_a, core_b))
    if sorted(core_a) == sorted(core_b):
        score = max(score, 0.9)
        reasons.insert(0, "用字相同，只是顺序不同")
    short, long = sorted((core_a, core_b), key=len)
    if len(short) >= 2 and short in long:
        score = max(score, 0.55 + 0.35 * len(short) / len(long))
        reasons.append(f"“{long}”包含“{short}”")
    return Likeness(round(min(score, 0.94), 4), tuple(reasons))


def _added_reason(whole_a: str, whole_b: str, kept: str) -> str:
    extra = [part for whole in (whole_a, whole_b) for part in whole.split(kept) if part]
    return f"只差“{'”“'.join(extra)}”这样的附加词"


def _sign_reasons(one: str, other: str) -> Iterator[str]:
    if len(one) == len(other):
        pairs = [(x, y) for x, y in zip(one, other, strict=True) if x != y]
        if all(not readings(x).isdisjoint(readings(y)) for x, y in pairs):
            yield "读音相同：" + "、".join(f"“{x}”与“{y}”" for x, y in pairs)
        elif all(_cost(x, y) == _SOUND for x, y in pairs):
            yield "字形或读音相近：" + "、".join(f"“{x}”与“{y}”" for x, y in pairs)
        elif len(pairs) == 1:
            yield f"只差一个字：“{pairs[0][0]}”与“{pairs[0][1]}”"
    shared = len(set(one) & set(other))
    if shared >= 2:
        yield f"有 {shared} 个字相同"
