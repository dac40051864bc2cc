"""Figures that cannot be: a rate above 100 per cent, a fall by more than the whole, a fall told in multiples."""

from collections.abc import Iterator
from decimal import Decimal

from govmedia.engine.content.numbers import ARABIC
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.types import Mark

BASIS = "比率不超过100%，减少的幅度不超过100%，减少不用倍数表示"
_SHARES = (
    "合格|满意|化解|覆盖|出席|到会|参会|出勤|及格|优秀|优良|治愈|通过|办结|整改|知晓|参保|签约|达标|入住|回收|见效|响应|普及|成活|存活|发芽"
    "|中奖|解决|调解成功|成功|缺勤|缺席|投票|参与|接通|绿化|森林覆盖|贫困发生|失业|就业|入园|巩固|辍学|死亡|发病|感染|空置|出租|上座|入座|破案|命中"
)
_RATE = Pattern(rf"率(?:已|均)?(?:为|达到?|是|高达|提高到|提升到|上升到)?了?\s?({ARABIC})[%％]")
_NAME = compiled(rf"(?:{_SHARES})\Z")
_FALL = Pattern(
    rf"(?:下降|减少|降低|回落|缩减|压减|缩短|压缩|减幅达?|降幅达?|下跌)了?(?:为|达)?\s?({ARABIC})([%％]|倍)"
)


def impossible(raw: str) -> Iterator[Mark]:
    """Yield a mark for each figure that no counting can give."""
    for found in _RATE.finditer(raw) if "率" in raw else ():
        name = _NAME.search(raw, max(0, found.start() - 5), found.start())
        if (
            name
            and raw[max(0, name.start() - 2) : name.start()] != "拨备"
            and Decimal(found[1].replace(",", "")) > 100
        ):
            message = f"{name[0]}率不可能超过100%，写作{found[1]}%"
            yield Mark(name.start(), found.end(), message, None, BASIS, confidence=0.8, sure=False)
    for found in _FALL.finditer(raw):
        if found[2] == "倍" or Decimal(found[1].replace(",", "")) > 100:
            message = "减少不能用倍数表示" if found[2] == "倍" else f"减少的幅度不可能超过100%，写作{found[1]}%"
            yield Mark(found.start(), found.end(), message, None, BASIS, confidence=0.8, sure=False)
