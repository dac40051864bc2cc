"""Whose a name can be: the work and the places it speaks of, words of shops and private persons."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from govmedia.engine.likeness.folding import ADDED_WORDS, BODY_WORDS, normalise
from govmedia.engine.platforms import FIELDS

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
