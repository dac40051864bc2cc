"""Two values and their difference: a surplus, what was saved or taken off, a gap between two that are compared."""

import re
from collections.abc import Iterator
from decimal import Decimal

from govmedia.engine.content.figures import NUMBER, Figure, figure, plain
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.types import Mark

BASIS = "同一句中的数据应当一致：差额与所列数值相符"
# What the difference is called, and what the two values must be called, in whichever order.
_KINDS = (
    ("结余", "收入|收|筹|拨|捐|预算|到账|下达", "支出|支|花|付|用"),
    ("盈余", "收入|收", "支出|支"),
    ("顺差", "出口", "进口"),
    ("逆差", "进口", "出口"),
    ("节约", "预算|控制价|限价|概算|送审|计划|原", "中标|成交|实际|结算|决算|审定|现"),
    ("节省", "预算|控制价|限价|概算|送审|计划|原", "中标|成交|实际|结算|决算|审定|现"),
    ("核减", "送审|申报|预算", "审定|核定"),
    ("优惠", "原价|门市|挂牌|票价|市场价|零售价|定价", "现价|现|优惠|活动|折后|会员|特价|惠民|团购"),
    ("便宜", "原价|门市|挂牌|票价|市场价|零售价|定价", "现价|现|优惠|活动|折后|会员|特价|惠民|团购"),
    ("立减", "原价|门市|挂牌|票价|市场价|零售价|定价", "现价|现|优惠|活动|折后|会员|特价|惠民|团购"),
    ("自然增长", "出生", "死亡"),
    ("净迁出", "迁出", "迁入"),
    ("净迁入", "迁入", "迁出"),
    ("净流入", "流入", "流出"),
    ("净流出", "流出", "流入"),
    ("净增", "新增|新登记|新设", "注销|减少|退出"),
    ("超汛限水位", "水位", "汛限"),
    ("超警戒水位", "水位", "警戒"),
    ("相差", "", ""),
    ("差距", "", ""),
)
_NAMED = {name: (compiled(more), compiled(less)) for name, more, less in _KINDS}
_SAID = tuple(
    Pattern(rf"{name}(?:资金|费用|成本|金额|率|额)?[了达为有是]{{0,2}}\s?{NUMBER}(?!左右|以上|多)") for name in _NAMED
)
_TWO = compiled(
    rf"([^，。；、：0-9]{{1,12}}){NUMBER}[^，。；、0-9]{{0,4}}[，,、；]([^，。；、0-9]{{1,12}}){NUMBER}"
    r"(?:[，,、]|[^0-9，。；]{1,4}[，,])[^0-9，。；]{0,8}\Z"
)
# 男生30人，女生25人，男生比女生多8人
_COMPARED = Pattern(
    rf"比(?<=[，,\u4e00-\u9fff]比)[^，。；0-9比]{{0,8}}(多|少|高|低)(?:出)?了?\s?{NUMBER}(?!左右|以上|多)"
)
_HEAT = Pattern(
    r"最高(?:气温|温度)?[^0-9，。；]{0,6}(-?[0-9]{1,2})(?:℃|度|摄氏度)[，,、][^0-9，。；]{0,4}最低(?:气温|温度)?[^0-9，。；]{0,4}"
    r"(-?[0-9]{1,2})(?:℃|度|摄氏度)[，,][^0-9，。；]{0,6}温差(?:达到?|为|有)?([0-9]{1,2})(?:℃|度|摄氏度)"
)
_ROUGH = compiled(r"(?<!节)约|近|超|逾|[0-9万亿]余|不足|突破|左右|以上|多[个名人元户次]|每|[0-9万亿]多|[户人]均")


def differences(raw: str) -> Iterator[Mark]:
    """Yield a mark for each difference that is not that of its two values."""
    for (more, less), pattern in zip(_NAMED.values(), _SAID, strict=True):
        for said in pattern.finditer(raw):
            found = _TWO.search(raw, max(0, said.start() - 60), said.start())
            if found and _called(found, more, less):
                yield from _judge(raw, found, said, said.group(1, 2, 3))
    for said in _COMPARED.finditer(raw):
        found = _TWO.search(raw, max(0, said.start() - 60), said.start())
        if found and raw[found.end() - 2 : found.end()].strip("，") and _same(raw, found, said):
            yield from _judge(raw, found, said, said.group(2, 3, 4))
    for said in _HEAT.finditer(raw):
        if int(said[1]) - int(said[2]) != int(said[3]):
            yield _mark(said.start(), said.end(), Decimal(int(said[1]) - int(said[2])), said[3])


def _called(found: re.Match[str], more: re.Pattern[str], less: re.Pattern[str]) -> bool:
    one, other = found[1], found[5]
    return bool((more.search(one) and less.search(other)) or (less.search(one) and more.search(other)))


def _same(raw: str, found: re.Match[str], said: re.Match[str]) -> bool:
    """True where the two that are compared are the two named before: 男生比女生, not 男生比上年."""
    compared = raw[said.start() + 1 : said.start(1)]
    before = raw[max(found.start(), said.start() - 6) : said.start()].rpartition("，")[2]
    one, other = found[1][-6:], found[5]
    return bool(before and compared) and (
        (before[:2] in one and compared[:2] in other) or (before[:2] in other and compared[:2] in one)
    )


def _judge(raw: str, found: re.Match[str], said: re.Match[str], stated: tuple[str, ...]) -> Iterator[Mark]:
    first, second, third = figure(*found.group(2, 3, 4)), figure(*found.group(6, 7, 8)), figure(*stated)
    if not first or not second or not third or first.counter != second.counter:
        return
    if third.counter != first.counter and (third.counter, first.counter) != ("个百分点", "%"):
        return
    if _ROUGH.search(raw, found.start(), said.start()):
        return
    step = abs(first.worth - second.worth)
    if abs(step - third.worth) > _slack(first, second, third):
        yield _mark(found.start(2), said.end(), step, plain(third.worth))


def _slack(*figures: Figure) -> Decimal:
    return sum((one.unrounded().half for one in figures), Decimal(0))


def _mark(start: int, end: int, right: Decimal, stated: str) -> Mark:
    message = f"差额与所列数值不符：应为{plain(right)}，写作{stated}"
    return Mark(start, end, message, None, BASIS, confidence=0.7, sure=False)
