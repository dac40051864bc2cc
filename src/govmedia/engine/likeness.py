"""How alike two account names are: characters, pinyin with all readings, and words that only get added."""

import heapq
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from govmedia.engine.pinyin import written_readings
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
# What follows reads names apart. Fields that any body may speak of are no sign of another one's duties.
_ANYONES = frozenset({"government", "media", "government_services", "township", "other"})
_MORE_FIELD_WORDS: Mapping[str, tuple[str, ...]] = {
    "public_security": ("警事", "警民", "网警", "铁警", "特警", "巡警", "出入境"),
    "courts": ("高院",),
    "labour": ("人事考试",),
    "culture_tourism": ("文博",),
    "ethnic_religious": ("民委",),
    "market": ("市监",),
}
# 民政 is no word of 人民政府, 学院 none of 科学院; 网信 is one of 互联网信息, cut short.
_NO_WORK_INSIDE = {"人民政府": "政务 ", "科学院": "科学", "互联网信息": "网信"}
_NATIONAL = ("中国", "中华", "国家", "全国", "国务院")
_TRIMMINGS = (
    "微(?!山)|官博|智慧|数字|掌上|活力|魅力|美丽|幸福|和美|大美|青春|清廉|阳光|畅通|畅行|今日|网站|门户|"
    "中共|政府|总局|事务|技术"
)  # a pattern, since 微山 is a county
_ONE_SIGN_PLACES: Mapping[str, str] = dict(
    re.findall(
        "(.)=([^ ]+)",
        "京=北京 津=天津 冀=河北 晋=山西 蒙=内蒙古 辽=辽宁 吉=吉林 黑=黑龙江 沪=上海 苏=江苏 浙=浙江 皖=安徽 闽=福建 "
        "赣=江西 鲁=山东 豫=河南 鄂=湖北 湘=湖南 粤=广东 桂=广西 琼=海南 渝=重庆 川=四川 蜀=四川 黔=贵州 贵=贵州 "
        "滇=云南 云=云南 藏=西藏 陕=陕西 秦=陕西 甘=甘肃 陇=甘肃 青=青海 宁=宁夏 新=新疆",
    )
)
# Only words that public bodies hardly have in a name: 商城 is a county, 租房 stands in 公租房, 贷款 in 公积金贷款.
_PRIVATE_WORDS = re.compile(
    "美食|小吃|火锅|烧烤|外卖|吃喝|探店|夜店|酒吧|团购|优惠券|折扣|特价|代购|加盟|批发|店铺|专卖店|旗舰店|总店|秒杀|返利|"
    "二手|装修|家装|理财|股票|股市|影业|婚纱|美妆|美容|减肥|相亲|交友|培训班|段子|八卦|搞笑|追星|娱乐|游戏|粉丝|后援会|"
    "爱好者|宝妈|网红"
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


@lru_cache(maxsize=8192)
def readings(sign: str) -> frozenset[str]:
    """All readings of one character in pinyin without tones; empty for what is no Chinese character."""
    return frozenset(written.translate(_TONES) for written in written_readings(sign))


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
    for sign in map(chr, range(0x4E00, 0xA000)):
        for written in written_readings(sign):
            signs[written.translate(_TONES)].add(sign)
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


@dataclass(frozen=True, slots=True)
class _Reading:
    """A name read apart: codes of fields, words of shops and private persons, and what else it says (places)."""

    fields: frozenset[str]
    private: frozenset[str]
    national: bool
    pieces: tuple[str, ...]


_FIELD_WORDS: Mapping[str, tuple[str, ...]] = {
    code: tuple(word for word in (*field.words, *_MORE_FIELD_WORDS.get(code, ())) if len(word) > 1)
    for code, field in FIELDS.items()
}
_SPENT_WORDS = {*ADDED_WORDS, *_NATIONAL, *(word for words in _FIELD_WORDS.values() for word in words)}
_SPENT_WORDS |= {word for word in BODY_WORDS if len(word) > 1}
_SPENT = re.compile("|".join([*sorted(_SPENT_WORDS, key=lambda word: (-len(word), word)), _TRIMMINGS]))
# One sign of rank goes only where a name is left before it: 沛县, 镇江 and 新乡 stay whole, and 苏州 always. Signs of
# bodies go also where their work went before them (公安局江宁分局).
_RANK = re.compile("(?<=[^ ]{2})[省市县区镇乡局厅委办处部院所站队]|(?<= )[局厅委办处部院所站队]")


@lru_cache(maxsize=4096)
def _read(name: str) -> _Reading:
    text = normalise(name)
    for word, plain in _NO_WORK_INSIDE.items():
        text = text.replace(word, plain)
    rest = _RANK.sub(" ", _SPENT.sub(" ", text))
    return _Reading(
        frozenset(code for code, words in _FIELD_WORDS.items() if any(word in text for word in words)),
        frozenset(_PRIVATE_WORDS.findall(text)),
        any(word in text for word in _NATIONAL),
        tuple(rest.split()),
    )


def pieces(name: str) -> tuple[str, ...]:
    """What a name says besides its work and words that say nothing: places above all, without their ranks."""
    return _read(name).pieces


def _shared_pieces(one: _Reading, other: _Reading) -> Iterator[str]:
    for piece in one.pieces:
        for mate in other.pieces:
            if piece == mate or (len(piece) > 1 and piece in mate):
                yield piece
            elif len(mate) > 1 and mate in piece:
                yield mate
            else:
                yield from sorted({pair for pair in _pairs_of(piece) if pair in mate})


def _shortened(short: _Reading, whole: str) -> Iterator[str]:
    """Pieces that are a longer name's signs in their order (古宣 for 古城区委宣传部), or a province's one sign."""
    for piece in short.pieces:
        if _ONE_SIGN_PLACES.get(piece, " ") in whole:
            yield piece
        elif 2 <= len(piece) <= 4:
            signs = iter(whole)
            if all(sign in signs for sign in piece):
                yield piece


def _in_common(a: str, b: str) -> tuple[str, ...]:
    one, other = _read(a), _read(b)
    found = [*_shared_pieces(one, other), *_shortened(one, normalise(b)), *_shortened(other, normalise(a))]
    if not found and one.national and other.national:
        found.append("国家")
    return tuple(dict.fromkeys(found))


def same_bearer(a: str, b: str) -> bool | None:
    """Whether two names can be one organisation's: False where they speak of different work or places, or only one
    of a shop or a private person; True where they share a place or their work; None where they tell neither.
    """
    one, other = _read(a), _read(b)
    work, others_work = one.fields - _ANYONES, other.fields - _ANYONES
    if one.private != other.private or (work and others_work and work.isdisjoint(others_work)):
        return False
    if _in_common(a, b):
        return True
    if any(len(piece) > 1 for piece in one.pieces) and any(len(piece) > 1 for piece in other.pieces):
        return False
    return True if work & others_work else None


def private_words(name: str, *organisation_names: str) -> tuple[str, ...]:
    """Words of shops and private persons in an account's name that its organisation's names do not have."""
    return tuple(sorted(_read(name).private.difference(*(_read(whole).private for whole in organisation_names))))


def other_work(name: str, *organisation_names: str) -> tuple[str, ...]:
    """Labels of the fields an account's name speaks of where none of them is its organisation's; else empty."""
    ours = _read(name).fields - _ANYONES
    theirs = frozenset[str]().union(*(_read(whole).fields for whole in organisation_names)) - _ANYONES
    return tuple(FIELDS[code].label for code in sorted(ours)) if theirs and ours.isdisjoint(theirs) else ()


def duty_words(name: str, *organisation_names: str) -> tuple[str, ...]:
    """What an account's name shares with its organisation's names: a place, a part, an abbreviation, a field of work.

    Empty where nothing is shared, which is worth a reviewer's look (名称与职责不相关).
    """
    shared: list[str] = []
    ours = _read(name).fields
    for whole in organisation_names:
        shared += _in_common(name, whole)
        shared += [field.label for code, field in FIELDS.items() if code in ours & _read(whole).fields]
    return tuple(dict.fromkeys(shared))


def _pairs_of(piece: str) -> Iterator[str]:
    return (piece[place : place + 2] for place in range(len(piece) - 1))
