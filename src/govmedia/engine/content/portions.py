"""A part beside its share of the whole, a ratio of two counts, a multiple of an earlier value."""

import re
from collections.abc import Iterator
from decimal import Decimal

from govmedia.engine.content.figures import NUMBER, Figure, figure, plain
from govmedia.engine.content.numbers import ARABIC, places, value
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.types import Mark

BASIS = "同一句中的数据应当一致：占比、比例与所列数值相符"
# 党员300人，其中女党员120人，占50%
_SHARE = Pattern(
    rf"占(?:比|总数|总人数|总量|全部|[^0-9，。；]{{0,8}}总[^0-9，。；]{{1,4}})?(?:的比[例重])?的?(?:为|达到?)?\s?({ARABIC})[%％](?!左右|以上|多)"
)
_PART = compiled(rf"其中[：:，,]?([^0-9。；，]{{0,14}}?){NUMBER}[^0-9。；，]{{0,4}}[，,（(]\Z")
_WHOLE = compiled(rf"{NUMBER}[^0-9。；，]{{0,8}}[，,。（(：:]\Z")
# 男60人、女40人，男女比例为3:1
_SEXES = Pattern(
    rf"男[^0-9，。；]{{0,4}}({ARABIC})[人名][，、,]女[^0-9，。；]{{0,4}}({ARABIC})[人名][，,]男女(?:性别)?比例?(?:为|是|约为)?\s?({ARABIC})[:：∶比]({ARABIC})"
)
# 今年150亿元，是去年100亿元的2倍
_TIMES = Pattern(rf"[是为](?:[上去]年|(?:19|20)[0-9]{{2}}年)?[^0-9，。；]{{0,6}}{NUMBER}的({ARABIC})倍")
_NOW = compiled(rf"{NUMBER}[，,]\Z")
# 优良天数338天，优良率96.5%
_FINE = Pattern(
    rf"(?:优良|达标)(?:天数)?(?:为|达到?|共)?({ARABIC})天[，,（(][^0-9。；]{{0,8}}?(?:率|占比|比例)(?:为|达到?)?({ARABIC})[%％]"
)
_ROUGH = compiled(r"约|近|超|逾|余|不足|突破|左右|以上|[0-9万亿]多|累计|全国|全省|全市|全县|同期")


def portions(raw: str) -> Iterator[Mark]:
    """Yield a mark for each share, ratio or multiple that the values beside it contradict."""
    for share in _SHARE.finditer(raw) if "其中" in raw else ():
        part = _PART.search(raw, max(0, share.start() - 44), share.start())
        whole = _WHOLE.search(raw, max(0, part.start() - 40), part.start()) if part else None
        if part and whole and not _ROUGH.search(raw, whole.start(), share.end()):
            yield from _share(raw, whole, part, share)
    for found in _SEXES.finditer(raw):
        yield from _sexes(found)
    for found in _TIMES.finditer(raw) if "倍" in raw else ():
        now = _NOW.search(raw, max(0, found.start() - 20), found.start())
        if now and not _ROUGH.search(raw, now.start(), found.end()):
            yield from _times(now, found)
    for found in _FINE.finditer(raw) if "优良" in raw and "全年" in raw else ():
        yield from _fine(found)


def _share(raw: str, whole: re.Match[str], part: re.Match[str], share: re.Match[str]) -> Iterator[Mark]:
    total, one, stated = figure(*whole.group(1, 2, 3)), figure(*part.group(2, 3, 4)), value(share[1])
    if not total or not one or stated is None or total.counter != one.counter or total.counter == "%":
        return
    if not 0 < one.worth <= total.worth or total.worth <= total.half:
        return
    unit = Decimal(1).scaleb(-places(share[1]))
    low = (one.worth - one.half) / (total.worth + total.half) * 100 - unit
    high = (one.worth + one.half) / (total.worth - total.half) * 100 + unit
    if not low <= stated <= high:
        right = plain(round(one.worth / total.worth * 100, 2))
        yield _mark(whole.start(), share.end(), f"占比应为{right}%，写作{plain(stated)}%")


def _sexes(found: re.Match[str]) -> Iterator[Mark]:
    men, women, one, other = (value(found[place]) for place in (1, 2, 3, 4))
    if not men or not women or not one or not other:
        return
    right, stated = men / women, one / other
    if abs(right - stated) > right / 10:
        yield _mark(found.start(1), found.end(), f"男女之比约为{plain(round(right, 2))}，写作{found[3]}:{found[4]}")


def _times(now: re.Match[str], found: re.Match[str]) -> Iterator[Mark]:
    late, early, stated = figure(*now.group(1, 2, 3)), figure(*found.group(1, 2, 3)), value(found[4])
    if not late or not early or not stated or late.counter != early.counter or early.worth <= early.half:
        return
    unit = Decimal(1).scaleb(-places(found[4]))
    if not _least(late, early) - unit <= stated <= _most(late, early) + unit:
        right = plain(round(late.worth / early.worth, 2))
        yield _mark(now.start(), found.end(), f"倍数应为{right}，写作{plain(stated)}")


def _least(late: Figure, early: Figure) -> Decimal:
    return (late.worth - late.half) / (early.worth + early.half)


def _most(late: Figure, early: Figure) -> Decimal:
    return (late.worth + late.half) / (early.worth - early.half)


def _fine(found: re.Match[str]) -> Iterator[Mark]:
    days, stated = value(found[1]), value(found[2])
    # Days without a valid reading are left out of the year.
    if days and stated and days <= 366 and not days / 366 * 100 - 1 <= stated <= days / 355 * 100 + 1:
        right = plain(round(days / 365 * 100, 1))
        yield _mark(found.start(1), found.end(), f"{plain(days)}天占全年约{right}%，写作{plain(stated)}%")


def _mark(start: int, end: int, what: str) -> Mark:
    return Mark(start, end, f"占比或比例与所列数值不符：{what}", None, BASIS, confidence=0.7, sure=False)
