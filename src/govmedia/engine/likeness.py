"""How alike two account names are: characters, pinyin with all readings, and words that only get added."""

import heapq
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from govmedia.engine.platforms import FIELDS
from govmedia.engine.tables import read_table

LEXICON = Path(__file__).with_name("lexicon")
NAME_MAX = 60
ALIKE = 0.6
CLOSEST = 400

_added = read_table(LEXICON / "added_words.toml")
ADDED_WORDS: tuple[str, ...] = tuple(sorted(_added["words"], key=len, reverse=True))
BODY_WORDS: tuple[str, ...] = tuple(sorted(_added["bodies"], key=len, reverse=True))
_pairs = read_table(LEXICON / "traditional.toml")["pairs"]
_TO_SIMPLIFIED = str.maketrans({pair[0]: pair[1] for pair in _pairs if pair[0] != pair[1]})
_TONES = str.maketrans(
    {tone: unicodedata.normalize("NFD", tone)[0] for tone in "āáǎàēéěèīíǐìōóǒòūúǔùńňǹḿ"}
    | dict.fromkeys("ǖǘǚǜü", "v")
    | dict.fromkeys("ếề", "e")
)
# Edit costs in quarters of a character: whole numbers, so that a to b costs exactly what b to a does.
_EDIT, _SWAP, _SOUND = 4, 2, 1


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` from 0 (nothing in common) to 1 (the same); `reasons` in Chinese, weightiest first."""

    score: float
    reasons: tuple[str, ...]


@lru_cache(maxsize=4096)
def normalise(name: str) -> str:
    """The letters, digits and characters of a name: NFKC, lower case, simplified, without blanks or punctuation."""
    text = unicodedata.normalize("NFKC", name).casefold().translate(_TO_SIMPLIFIED)
    return "".join(sign for sign in text if sign.isalnum())[:NAME_MAX]


@lru_cache(maxsize=4096)
def core(name: str) -> str:
    """The normalised name without added words at either end; the whole where nothing else would be left."""
    text = normalise(name)
    while shorter := next(_without_added(text), ""):
        text = shorter
    return text


def _without_added(text: str) -> Iterator[str]:
    for word in ADDED_WORDS:
        if len(text) > len(word):
            if text.endswith(word):
                yield text[: -len(word)]
            if text.startswith(word):
                yield text[len(word) :]


@cache
def _reading_table() -> dict[str, str]:
    # The table alone: importing the package would also load 47,000 phrases, 45 MB that nothing here needs.
    spec = find_spec("pypinyin")
    assert spec is not None and spec.origin is not None
    table: dict[str, str] = json.loads(Path(spec.origin).with_name("pinyin_dict.json").read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=8192)
def readings(sign: str) -> frozenset[str]:
    """All readings of one character in pinyin without tones; empty for what is no Chinese character."""
    found = _reading_table().get(str(ord(sign)), "")
    return frozenset(found.translate(_TONES).split(",")) if found else frozenset()


def _cost(one: str, other: str) -> int:
    if one == other:
        return 0
    return _EDIT if readings(one).isdisjoint(readings(other)) else _SOUND


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
        if all(_cost(x, y) == _SOUND for x, y in pairs):
            yield "读音相同：" + "、".join(f"“{x}”与“{y}”" for x, y in pairs)
        elif len(pairs) == 1:
            yield f"只差一个字：“{pairs[0][0]}”与“{pairs[0][1]}”"
    shared = len(set(one) & set(other))
    if shared >= 2:
        yield f"有 {shared} 个字相同"


@cache
def _signs_by_sound() -> dict[str, frozenset[str]]:
    signs: defaultdict[str, set[str]] = defaultdict(set)
    for number, found in _reading_table().items():
        if 0x4E00 <= int(number) <= 0x9FFF:
            for sound in found.translate(_TONES).split(","):
                signs[sound].add(chr(int(number)))
    return {sound: frozenset(members) for sound, members in signs.items()}


def _kin(signs: Iterable[str]) -> frozenset[str]:
    """The characters, those that sound alike, and their traditional forms."""
    sounds = _signs_by_sound()
    near = set(signs)
    for sign in tuple(near):
        for sound in readings(sign):
            near |= sounds.get(sound, frozenset())
    near |= {pair[0] for pair in _pairs if pair[1] in near}
    return frozenset(near)


def similar_names(
    name: str, candidates: Iterable[tuple[str, str]], limit: int = 10, at_least: float = ALIKE
) -> list[tuple[str, Likeness]]:
    """The candidates (code, name) most like a name, best first, with equal scores in the order of their codes.

    Fit for 110,000 candidates: only those that share half of the characters or their sounds are weighed in full.
    """
    wanted = frozenset(core(name))
    if not wanted:
        return []
    near = _kin(wanted)
    enough = (len(wanted) + 1) // 2

    def closeness(one: tuple[int, str, str]) -> tuple[float, str]:
        found, code, text = one
        return (found + 2 * len(wanted.intersection(text))) / (3 * len(wanted) + 0.1 * len(text)), code

    passing = ((found, code, text) for code, text in candidates if (found := len(near.intersection(text))) >= enough)
    weighed = ((code, likeness(name, text)) for _, code, text in heapq.nlargest(CLOSEST, passing, key=closeness))
    alike = [(code, found) for code, found in weighed if found.score >= at_least]
    return sorted(alike, key=lambda one: (-one[1].score, one[0]))[:limit]


def duty_words(name: str, organisation_name: str) -> tuple[str, ...]:
    """What an account's name shares with its organisation's: pieces of two characters or more, or a field of work.

    Empty where nothing is shared, which is worth a reviewer's look (名称与职责不相关).
    """
    theirs = normalise(organisation_name)
    for word in BODY_WORDS:
        theirs = theirs.replace(word, " ")
    ours = normalise(name)
    shared = [piece for piece in theirs.split() if len(piece) >= 2 and piece in ours]
    if not shared:
        shared = sorted({part for piece in theirs.split() for part in _pairs_of(piece) if part in ours})
    whole = normalise(organisation_name)
    for field in FIELDS.values():
        if any(word in ours for word in field.words) and any(word in whole for word in field.words):
            shared.append(field.label)
    return tuple(dict.fromkeys(shared))


def _pairs_of(piece: str) -> Iterator[str]:
    return (piece[place : place + 2] for place in range(len(piece) - 1))
