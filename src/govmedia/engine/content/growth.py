"""Changes and rates beside the values they are worked out from: 由100万元增加到150万元，增长60%."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from govmedia.engine.content.figures import NUMBER, Figure, figure, plain
from govmedia.engine.content.numbers import ARABIC, places
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.quantities import COUNTERS
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.types import Mark

BASIS = "同一句中的数据应当一致：增减量、增减幅、比率与所列数值相符"
UP = "增长|增加|新增|提高|提升|上升|上涨|上调|上浮|扩大|延长|净增|增幅|涨幅|涨|多"
DOWN = "下降|减少|降低|缩短|压缩|压减|缩减|缩小|收窄|回落|下调|下浮|降幅|减幅|精简|下跌|优惠|便宜|降价|跌|降|少"
CHANGE = (
    rf"({UP}|{DOWN})(?:幅度?|率)?[了达为是]{{0,2}}\s?"
    rf"({ARABIC})\s?([百千十]?[万亿]|千)?({COUNTERS}|倍)(左右|以上|多)?"
)
SO = r"(?:即|同比|环比|[比较][上去]年(?:同期|底|末)?|[比较]上[月周]|[比较]上季度|总共|净|实际|每[张人份件辆吨]|共)?"
# …到B，增长X
_SECONDS = tuple(
    compiled(
        rf"{to}(?:了?(?:目前|现在|今年|当前|去年|(?:19|20)[0-9]{{2}}年)?(?:底|末)?的?)?[^，。；0-9]{{0,3}}"
        rf"{NUMBER}(左右|以上|多)?[，,（(]{SO}{CHANGE}"
    )
    for to in "到至为"
)
# 由A增长
_FIRST = compiled(
    rf"[从由](?:(?:(?:19|20)[0-9]{{2}}年)?[^，。；0-9]{{0,12}}){NUMBER}(左右|以上|多)?[^，。；0-9]{{0,8}}\Z"
)
# 今年A，去年同期B，同比增长X
_YEAR_AGO = Pattern(
    rf"[年期](?<=去年|上年|同期)(?:同期)?(?:仅|只有|为|是|的|数|有){{0,2}}{NUMBER}[，,）)]{{1,2}}{SO}{CHANGE}"
)
_NOW = compiled(rf"{NUMBER}[，,（(](?:而|较|比)?(?:去年|上年)?(?:[去上]年|同期)\Z")
# A，比去年同期的B增长X
_THAN = Pattern(
    rf"[比较](?:[去上]年|年初|上[月周届次期]|上季度|上半年|此前|之前|原来)?(?:同期|底|末)?的?{NUMBER}[^，。；0-9]{{0,2}}{CHANGE}"
)
_THAN_NOW = compiled(rf"{NUMBER}[，,]\Z")
# 去年产量A，今年B，增长X
_TWO_YEARS = compiled(
    rf"年[^，。；0-9增降减率比]{{0,10}}{NUMBER}[^，。；0-9]{{0,4}}[，,；]"
    rf"(?:今年|本年|(?:19|20)[0-9]{{2}}年)[^，。；0-9增降减率比]{{0,10}}{NUMBER}[^，。；0-9]{{0,4}}[，,]{SO}{CHANGE}"
)
# 下降5%，由A下降到B
_CHANGE_FIRST = Pattern(
    rf"{CHANGE}[，,（(]即?[从由](?:(?:19|20)[0-9]{{2}}年|去年|上年)?[^，。；0-9]{{0,8}}{NUMBER}[^，。；0-9]{{0,6}}[到至]"
    rf"[^，。；0-9]{{0,6}}{NUMBER}"
)
# 由A增加到B，翻了一番
_DOUBLED = Pattern(rf"[到至][^，。；0-9]{{0,6}}{NUMBER}[，,]?(?:实现)?翻了?([一两三])番")
# 受理A件，办结B件，办结率C%
_RATE = Pattern(r"率(?:为|达到?|是)?\s?([0-9]{1,3}(?:\.[0-9]{1,3})?)[%％]")
_RATED = compiled(
    rf"{NUMBER}[^，。；0-9]{{0,12}}[，,、；]([^，。；0-9]{{0,12}}?){NUMBER}([^，。；0-9]{{0,10}})[，,]([^，。；0-9]{{1,8}})\Z"
)
_ROUGH = compiled(r"约|近|超|逾|余|不足|突破|左右|以上|多达|累计")
ABOUT = compiled(
    r"约|近|超|逾|余|不足|突破|大约|左右|以上|多达|年均|平均|复合|名义|实际|可比|增加值|生产总值|GDP|累计|扣除|环比|按|将|力争|再|计划|预计|目标|第"
)


def changes(raw: str) -> Iterator[Mark]:
    """Values that went from A to B beside a change that is not B - A."""
    for found in (one for pattern in _SECONDS for one in pattern.finditer(raw)):
        first = _FIRST.search(raw, max(0, found.start() - 44), found.start())
        if first is None or first[4] or found[4] or found[9] or ABOUT.search(raw, first.start(), found.end()):
            continue
        before, after = figure(*first.group(1, 2, 3)), figure(*found.group(1, 2, 3))
        yield from compare(first.start(), found.end(), before, after, found.group(5, 6, 7, 8))
    for found in _CHANGE_FIRST.finditer(raw):
        if not ("，由" in raw or "，从" in raw or "（由" in raw):
            break
        if not ABOUT.search(raw, max(0, found.start() - 6), found.end()):
            before, after = figure(*found.group(6, 7, 8)), figure(*found.group(9, 10, 11))
            yield from compare(found.start(), found.end(), before, after, found.group(1, 2, 3, 4), sure=False)
    yield from _doubled(raw)
    if "年" in raw or "同期" in raw or "比上" in raw or "较上" in raw:
        yield from _beside_last_year(raw)


def _beside_last_year(raw: str) -> Iterator[Mark]:
    told = "同期" in raw or "去年" in raw or "上" in raw or "年初" in raw
    for found in _YEAR_AGO.finditer(raw) if told else ():
        now = _NOW.search(raw, max(0, found.start() - 30), found.start() + 1)
        if now and not ABOUT.search(raw, max(0, now.start() - 3), found.end()):
            before, after = figure(*found.group(1, 2, 3)), figure(*now.group(1, 2, 3))
            yield from compare(now.start(), found.end(), before, after, found.group(4, 5, 6, 7), sure=False)
    for found in _THAN.finditer(raw) if told else ():
        now = _THAN_NOW.search(raw, max(0, found.start() - 30), found.start())
        if now and not ABOUT.search(raw, max(0, now.start() - 3), found.end()):
            before, after = figure(*found.group(1, 2, 3)), figure(*now.group(1, 2, 3))
            yield from compare(now.start(), found.end(), before, after, found.group(4, 5, 6, 7), sure=False)
    for found in _TWO_YEARS.finditer(raw):
        if raw[found.start() - 1] in "去上0123456789" and not ABOUT.search(raw, found.start(), found.end()):
            before, after = figure(*found.group(1, 2, 3)), figure(*found.group(4, 5, 6))
            yield from compare(found.start(1), found.end(), before, after, found.group(7, 8, 9, 10), sure=False)


def _doubled(raw: str) -> Iterator[Mark]:
    for found in _DOUBLED.finditer(raw):
        first = _FIRST.search(raw, max(0, found.start() - 44), found.start())
        before, after = (figure(*one.group(1, 2, 3)) if one else None for one in (first, found))
        if not first or not before or not after or before.counter != after.counter or not before.worth:
            continue
        ratio, right = after.worth / before.worth, 2 ** ("一两三".index(found[4]) + 1)
        if not Decimal("0.9") * right <= ratio <= Decimal("1.5") * right:
            message = f"翻{found[4]}番应为{right}倍，所列数值为{plain(round(ratio, 2))}倍"
            yield Mark(first.start(), found.end(), message, None, BASIS, confidence=0.6, sure=False)


def compare(
    start: int, end: int, before: Figure | None, after: Figure | None, change: tuple[str, ...], *, sure: bool = True
) -> Iterator[Mark]:
    verb, number, multiple, counter = change
    stated = figure(number, multiple, counter)
    if not before or not after or not stated or before.counter != after.counter or before.worth == 0:
        return
    up = verb in UP.split("|")
    if up != (after.worth > before.worth) and before.worth != after.worth:
        message = f"方向不一致：由{plain(before.worth)}到{plain(after.worth)}不是{verb}"
        yield Mark(start, end, message, None, BASIS, confidence=0.8, sure=False)
        return
    certain = list(_size(start, end, before, after, stated, sure=sure))
    if before.counter == "%" and stated.counter == "个百分点" and before.whole and after.whole and stated.whole:
        # 12%到2%，11个百分点: each may be rounded, yet readers see three whole numbers.
        before, after, stated = (replace(one, half=Decimal(0)) for one in (before, after, stated))
    if not certain and _alike(stated, before):
        stated = stated.unrounded()
    narrow = stated if stated.counter == "%" else replace(stated, half=stated.half / 2)
    yield from certain or _size(start, end, before.unrounded(), after.unrounded(), narrow, sure=False)


def _size(start: int, end: int, before: Figure, after: Figure, stated: Figure, *, sure: bool) -> Iterator[Mark]:
    step = abs(after.worth - before.worth)
    slack = before.half + after.half + 2 * stated.half
    if stated.counter == "倍":
        yield from _times(start, end, before, after, stated)
    elif stated.counter == "%" and before.counter == "%" and abs(stated.worth - step) <= slack:
        message = f"百分数之差应说“{plain(stated.worth)}个百分点”"
        yield Mark(start, end, message, None, BASIS, confidence=0.85, sure=sure)
    elif stated.counter == "%":
        low, high = _bounds(before, after)
        # A last digit may be cut off instead of rounded.
        if not low - 2 * stated.half <= stated.worth <= high + 2 * stated.half:
            yield _mark(start, end, plain(round(step / before.worth * 100, 2)) + "%", stated, sure=sure)
    elif _alike(stated, before) and abs(stated.worth - step) > slack:
        yield _mark(start, end, plain(step) + stated.counter, stated, sure=sure)


def _alike(stated: Figure, before: Figure) -> bool:
    return stated.counter == before.counter or (stated.counter, before.counter) == ("个百分点", "%")


def _times(start: int, end: int, before: Figure, after: Figure, stated: Figure) -> Iterator[Mark]:
    """增长N倍 is (B - A) / A, though many mean B / A."""
    ratio = after.worth / before.worth
    slack = stated.half * 2 + (before.half + after.half) / before.worth * 2
    if after.worth > before.worth and abs(ratio - 1 - stated.worth) > max(slack, Decimal("0.1") * ratio):
        yield _mark(start, end, plain(round(ratio - 1, 2)) + "倍", stated, sure=False)


def _bounds(before: Figure, after: Figure) -> tuple[Decimal, Decimal]:
    """The least and the greatest relative change that the rounded values allow."""
    ratios = [
        abs(late / early - 1) * 100
        for late in (after.worth - after.half, after.worth + after.half)
        for early in (before.worth - before.half, before.worth + before.half)
        if early > 0
    ]
    return (min(ratios), max(ratios)) if ratios else (Decimal(0), Decimal("Infinity"))


def rates(raw: str) -> Iterator[Mark]:
    """A part and a whole beside a rate that is not their quotient."""
    for rate in _RATE.finditer(raw):
        found = _RATED.search(raw, max(0, rate.start() - 60), rate.start())
        if found is None or _ROUGH.search(raw, max(0, found.start() - 3), rate.end()):
            continue
        whole, part = figure(*found.group(1, 2, 3)), figure(*found.group(5, 6, 7))
        if not whole or not part or ({whole.counter, part.counter} not in _ALIKE and whole.counter != part.counter):
            continue
        if whole.counter == "%":
            continue
        before = raw[max(0, found.start() - 10) : found.start()]
        if 0 < part.worth <= whole.worth and _named(found[9], before, found[4] + found[8]):
            certain = list(_rate(found.start(), rate.end(), whole, part, rate[1], sure=True))
            exact = (whole.unrounded(), part.unrounded())
            yield from certain or _rate(found.start(), rate.end(), *exact, rate[1], sure=False)


def _rate(start: int, end: int, whole: Figure, part: Figure, stated: str, *, sure: bool) -> Iterator[Mark]:
    low = (part.worth - part.half) / (whole.worth + whole.half) * 100
    high = (part.worth + part.half) / max(whole.worth - whole.half, Decimal(1)) * 100
    # A last digit may be cut off instead of rounded.
    unit = Decimal(1).scaleb(-places(stated))
    if not low - unit < Decimal(stated) < high + unit:
        right = plain(round(part.worth / whole.worth * 100, 2))
        message = f"比率与数值不符：按所列数值应为{right}%，写作{stated}%"
        yield Mark(start, end, message, None, BASIS, confidence=0.85, sure=sure)


_ALIKE = ({"人", "名"}, {"人", "位"})
_VERBS = (
    ("结案", "审结"),
    ("结案", "办结"),
    ("审结", "结案"),
    ("出勤", "到"),
    ("到会", "出席"),
    ("及格", "合格"),
    ("治愈", "痊愈"),
    ("正确", "对"),
    ("参训", "参加"),
    ("参与", "参加"),
    ("完工", "建成"),
    ("达标", "合格"),
    ("录取", "录用"),
    ("到位", "到账"),
    ("化解", "调解"),
    ("缺勤", "未到"),
    ("签约", "签订"),
)


def _named(label: str, whole: str, part: str) -> bool:
    """True where the rate is named after the part's verb (办结…件，办结率), or should and did stand side by side."""
    if label[-2:] in part or (("实" in part or "已" in part) and ("应" in whole or "计划" in whole)):
        return True
    if len(label) > 2 and label[-4:-2] in part and label[-4:-2].strip():
        return True
    name = label[-2:]
    return any(name == rate and verb in part for rate, verb in _VERBS)


def _mark(start: int, end: int, right: str, stated: Figure, *, sure: bool) -> Mark:
    message = f"增减幅与前后数值不符：按所列数值应为{right}，写作{plain(stated.worth)}{stated.counter}"
    return Mark(start, end, message, None, BASIS, confidence=0.9 if sure else 0.6, sure=sure)
