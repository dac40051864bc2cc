"""Words that say “about” or “at least” twice: 约50人左右, 近200多户, 至少30%以上, 几十余人.

Broadcasters say them too, so all but 几十余人 and 约近 wait for a human.
"""

from collections.abc import Iterator

from govmedia.engine.content.numbers import ARABIC, HANZI
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.quantities import COUNTERS
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.types import Mark

BASIS = "表示约数或界限的词语重复，应删去其一"
_NUMBER = rf"(?:{ARABIC}|{HANZI})[万亿千百十]{{0,2}}"
_UNIT = rf"(?:{COUNTERS}|分之[一二三四五六七八九十0-9]|步|字|度|码|倍|块钱?)?"
_ABOUT = r"(大约|约莫|大概|大致|约|将近|接近|差不多|近)"
_AROUND = compiled(
    rf"{_ABOUT}(?:为|有|占|需|用|合|在|是)?{_NUMBER}[余多]?{_UNIT}(?:(?:至|到|—|-|~|～){_NUMBER}{_UNIT})?(?:左右|上下)\Z"
)
_ENDS = (Pattern(r"左右"), Pattern(r"上下(?=[，。；、！）的不])"))
# 节约50人左右, 附近30米左右: the sign belongs to another word.
_OTHER_WORD = frozenset("节签预制合公条契违邀特隐集履失毁续协守简俭婉赴践誓和绰附最靠临贴亲")
_TIME = frozenset(("年", "月", "天", "日", "周", "个月", "小时", "年来"))
_LEAST = compiled(
    r"(?:(?:至少|最少|起码)[^，。；、0-9]{0,4}?|(?:不少于|不低于|不得少于|不得低于|超过|超出|逾)(?:为|有|达)?)"
    rf"{_NUMBER}{_UNIT}(?<!级)以上\Z"
)
_MOST = compiled(
    rf"(?:至多|最多|不超过|不多于|不高于|不得超过|少于|低于|小于|不足|不到)(?:为|有|达)?{_NUMBER}{_UNIT}以[下内]\Z"
)
_LIMIT = compiled(r"以[上下内](?![年级])")
_SOME = Pattern(rf"(大约|约|将近|近|接近|超过|逾|超){_NUMBER}([余多])([万亿]|年来|{COUNTERS})(?!门)")
_COUNTED = "[个名人家户件次种位天万亿元亩项场台辆]"
_TWICE = Pattern(
    rf"[余多约](?:(?<=[几数上][十百千万][余多]){_COUNTED}|(?<=[0-9十百千万亿]多)余{_COUNTED}|(?<=[0-9十百千万亿]余)多{_COUNTED}"
    r"|(?<=约)近(?=[0-9一二三四五六七八九十百千万]))"
)


def marks(raw: str) -> Iterator[Mark]:
    """Yield one mark for each number that is said to be rough, or bounded, by two words."""
    for found in (one for pattern in _ENDS for one in pattern.finditer(raw)):
        around = _AROUND.search(raw, max(0, found.start() - 28), found.end())
        if around and not _part_of_a_word(raw, around.start(), around[1]):
            message = f"“{around[1]}”与“{found[0]}”重复"
            yield Mark(around.start(), around.end(), message, None, BASIS, confidence=0.7, sure=False)
    if "以" in raw:
        yield from _limits(raw)
    if "多" in raw or "余" in raw:
        for found in _SOME.finditer(raw):
            if found[3] not in _TIME and not _part_of_a_word(raw, found.start(), found[1]):
                message = f"“{found[1]}”与“{found[2]}”重复"
                yield Mark(found.start(), found.end(2), message, None, BASIS, confidence=0.6, sure=False)
        for found in _TWICE.finditer(raw):
            start = found.start() - (2 if len(found[0]) == 2 and found[0] != "约近" else 0)
            sure = raw[start] not in "数上"
            yield Mark(start, found.end(), "表示约数的词语重复", None, BASIS, confidence=0.7, sure=sure)


def _limits(raw: str) -> Iterator[Mark]:
    for found in _LIMIT.finditer(raw):
        pattern = _LEAST if found[0] == "以上" else _MOST
        if limit := pattern.search(raw, max(0, found.start() - 24), found.end()):
            message = f"“{limit[0][:2]}”与“{found[0]}”重复"
            yield Mark(limit.start(), limit.end(), message, None, BASIS, confidence=0.7, sure=False)


def _part_of_a_word(raw: str, start: int, word: str) -> bool:
    return word in ("约", "近") and start > 0 and raw[start - 1] in _OTHER_WORD
