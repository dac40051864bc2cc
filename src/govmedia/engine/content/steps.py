"""A value, its change and the change in per cent, all three told: 38.6万吨，比上年增加1.2万吨，增长3.2%."""

import re
from collections.abc import Iterator
from decimal import Decimal

from govmedia.engine.content.figures import NUMBER, Figure, figure, plain
from govmedia.engine.content.growth import ABOUT, CHANGE, DOWN, SO, UP, compare
from govmedia.engine.content.numbers import ARABIC, places
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.types import Mark

BASIS = "同一句中的数据应当一致：增减量、增减幅与所列数值相符"
_PERCENT = compiled(
    rf"[，,、（(]{SO}({UP}|{DOWN}|幅度)(?:幅度?|率)?[了达为是]{{0,2}}\s?({ARABIC})\s?[%％](?!左右|以上|多)"
)
_NOW_AND_STEP = compiled(rf"{NUMBER}[^，。；0-9（(]{{0,4}}[，,（(]{SO}{CHANGE}\Z")
# 由A增加D，达到B
_REACHED = Pattern(
    rf"[，,](?:总数|总量|目前|现在?)?(?:达到?|增至|升至|增加到|提高到|降至|降到|减至|减少到|降为|增为){NUMBER}(?!左右|以上|多)"
)
_FROM_AND_STEP = compiled(
    rf"[比较由从在](?:[上去]年)?(?:同期|底|末|原来?|原有)?的?{NUMBER}[^，。；0-9]{{0,6}}?{CHANGE}\Z"
)


# 由2.4缩小到2.2，缩小0.2: a ratio has no counter
_RATIO = compiled(
    r"由([0-9]{1,2}\.[0-9]{1,3})[^0-9，。；]{0,6}[到至为]([0-9]{1,2}\.[0-9]{1,3})[，,](?:缩小|扩大|下降|提高|上升|降低|提升)了?"
    r"([0-9]{1,2}\.[0-9]{1,3})(?=[，。；])"
)


# 120件，同比增长20%（去年同期100件）
_AGO_LAST = Pattern(
    rf"[，,（(](?:[上去]年(?:同期|底|末)?|同期|上[月周期届次]|年初|此前)(?:仅?为|是|只有|有)?{NUMBER}(?!左右|以上|多)[）)，。；]"
)
_NOW_CHANGED = compiled(rf"{NUMBER}[^，。；0-9（(]{{0,4}}[，,（(]{SO}{CHANGE}\Z")


def steps(raw: str) -> Iterator[Mark]:
    """Yield a mark for each value whose change and change in per cent do not belong together."""
    if "%" in raw or "％" in raw:
        for percent in _PERCENT.finditer(raw):
            found = _NOW_AND_STEP.search(raw, max(0, percent.start() - 50), percent.start())
            if found and not found[8] and not ABOUT.search(raw, max(0, found.start() - 8), percent.end()):
                yield from _percent(found, percent)
    for found in _RATIO.finditer(raw) if "由" in raw else ():
        early, late, step = Decimal(found[1]), Decimal(found[2]), Decimal(found[3])
        if abs(abs(late - early) - step) * 2 > Decimal(3).scaleb(-places(found[3])):
            message = f"增减量与前后数值不符：应为{plain(abs(late - early))}，写作{found[3]}"
            yield Mark(found.start(), found.end(), message, None, BASIS, confidence=0.7, sure=False)
    for ago in _AGO_LAST.finditer(raw):
        found = _NOW_CHANGED.search(raw, max(0, ago.start() - 50), ago.start())
        if found and not found[8] and not ABOUT.search(raw, max(0, found.start() - 4), ago.end()):
            before, after = figure(*ago.group(1, 2, 3)), figure(*found.group(1, 2, 3))
            yield from compare(found.start(), ago.end() - 1, before, after, found.group(4, 5, 6, 7), sure=False)
    for reached in _REACHED.finditer(raw):
        found = _FROM_AND_STEP.search(raw, max(0, reached.start() - 50), reached.start())
        if found and not ABOUT.search(raw, max(0, found.start() - 2), reached.end()):
            yield from _reached(found, reached)


def _percent(found: re.Match[str], percent: re.Match[str]) -> Iterator[Mark]:
    now, step, stated = figure(*found.group(1, 2, 3)), figure(*found.group(5, 6, 7)), figure(percent[2], None, "%")
    if not now or not step or not stated or now.counter != step.counter or now.counter == "%":
        return
    up = found[4] in UP.split("|")
    if percent[1] != "幅度" and (percent[1] in UP.split("|")) != up:
        return
    before = now.worth - step.worth if up else now.worth + step.worth
    slack = now.half + step.half
    if before <= slack or step.worth <= step.half:
        return
    low = (step.worth - step.half) / (before + slack) * 100 - 2 * stated.half
    high = (step.worth + step.half) / (before - slack) * 100 + 2 * stated.half
    if not low <= stated.worth <= high:
        right = plain(round(step.worth / before * 100, 2))
        message = f"增减幅与增减量不符：按所列数值应为{right}%，写作{plain(stated.worth)}%"
        yield Mark(found.start(), percent.end(), message, None, BASIS, confidence=0.7, sure=False)


def _reached(found: re.Match[str], reached: re.Match[str]) -> Iterator[Mark]:
    before, step, after = (
        figure(*found.group(1, 2, 3)), figure(*found.group(5, 6, 7)), figure(*reached.group(1, 2, 3))
    )  # fmt: skip
    if not before or not step or not after or before.counter != after.counter:
        return
    if step.counter != before.counter and (step.counter, before.counter) != ("个百分点", "%"):
        return
    right = before.worth + step.worth * (1 if found[4] in UP.split("|") else -1)
    if abs(right - after.worth) > before.half + step.half + after.half:
        yield _mark(found, reached, right, after)


def _mark(found: re.Match[str], reached: re.Match[str], right: Decimal, after: Figure) -> Mark:
    message = f"增减之后应为{plain(right)}，写作{plain(after.worth)}"
    return Mark(found.start(), reached.end(), message, None, BASIS, confidence=0.7, sure=False)
