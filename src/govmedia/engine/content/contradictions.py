"""Words and figures that contradict each other: 由320户减少到350户; 全覆盖 and 95%; 过半 and 42%."""

from collections.abc import Iterator
from decimal import Decimal

from govmedia.engine.content.figures import NUMBER, Figure, figure, plain
from govmedia.engine.content.numbers import ARABIC
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.types import Mark

BASIS = "同一句中的数据应当一致：文字与所列数值相符"
_MORE, _LESS = "增加|增长|扩大|增|新增", "减少|下降|降低|缩短|压缩|缩减|压减|精简|降"
_WENT = tuple(
    compiled(
        rf"{word}(?:[^，。；0-9第]{{0,14}}){NUMBER}[^，。；0-9]{{0,6}}?({_MORE}|{_LESS})了?[到至为](?:了?[^，。；0-9第]{{0,6}}){NUMBER}"
    )
    for word in "由从"
)
_RANK = compiled(r"排名|名次|位次|精度|误差|小时[0-9]")
_AIM = "目标|任务|计划|去年|上年|全年|同期|标准|限值|预期|均值|平均|红线|指标"
_BEYOND = Pattern(
    rf"{NUMBER}[，,](超过|超出|高于|多于|优于|突破|超额完成|低于|少于|不及|未达到?|没有达到)了?(?:[^，。；0-9]{{0,8}})?(?:{_AIM})[^，。；0-9的]{{0,6}}{NUMBER}(?!左右)"
)
_HIGHEST = compiled(
    rf"最(?:高|大|多)(?:[^，。；0-9]{{0,8}}){NUMBER}[，、,；](?:[^，。；0-9]{{0,8}})最(?:低|小|少)(?:[^，。；0-9]{{0,8}}){NUMBER}"
)
_ALL = Pattern(
    rf"(?:全部|全都|悉数|均已|百分之百|全)(?:实现|完成)?(办结|完成|覆盖|合格|达标|整改|签约|脱贫|通过|到位|入住|解决|参加|参保|接种|录取|就业|建成|出席|到会)"
    rf"[^。；0-9]{{0,14}}[，,、][^。；0-9]{{0,2}}\1率[为达到是]{{0,2}}({ARABIC})[%％]"
)
_HALF = Pattern(
    rf"(?:过半|超过?半数|半数以上|一半以上|多半)[^。；0-9，]{{0,12}}(?:[（(](?:占比?|达|为)?|，占比?)({ARABIC})[%％]"
)
_TENTHS = Pattern(
    rf"([二三四五六七八九])成(?:以上|左右|多)?的?[^。；，0-9]{{0,8}}(?:[（(](?:占比?|达|为|即|约)?|，占比?)({ARABIC})[%％]"
)
_EQUATION = Pattern(r"(?<![0-9.×x*])([0-9]{1,6})[+＋]([0-9]{1,6})[=＝]([0-9]{1,7})(?![0-9.])")


def contradictions(raw: str) -> Iterator[Mark]:
    """Yield a mark for each word that the figures beside it refute; all for a human to look at."""
    for found in (one for pattern in _WENT for one in pattern.finditer(raw)):
        early, late = figure(*found.group(1, 2, 3)), figure(*found.group(5, 6, 7))
        if not _comparable(early, late) or _RANK.search(raw, max(0, found.start() - 8), found.end()):
            continue
        if early and late and (found[4] in _MORE.split("|")) == (late.worth < early.worth):
            what = f"由{plain(early.worth)}到{plain(late.worth)}不是“{found[4]}”"
            yield _mark(found.start(), found.end(), what)
    for found in _BEYOND.finditer(raw) if "，" in raw else ():
        first, second = figure(*found.group(1, 2, 3)), figure(*found.group(5, 6, 7))
        if not first or not second or not _comparable(first, second) or first.counter in ("%", "个百分点"):
            continue
        if (found[4][0] in "低少不未没") == (first.worth > second.worth):
            what = f"{plain(first.worth)}与{plain(second.worth)}相比不是“{found[4]}”"
            yield _mark(found.start(), found.end(), what)
    yield from _extremes(raw)
    if "%" in raw or "％" in raw:
        yield from _shares(raw)


def _comparable(first: Figure | None, second: Figure | None) -> bool:
    return bool(first and second and first.counter == second.counter and first.worth != second.worth)


def _extremes(raw: str) -> Iterator[Mark]:
    for found in _HIGHEST.finditer(raw) if "最" in raw else ():
        high, low = figure(*found.group(1, 2, 3)), figure(*found.group(4, 5, 6))
        if high and low and high.counter == low.counter and high.worth < low.worth:
            yield _mark(found.start(), found.end(), "“最高”小于“最低”")
    for found in _EQUATION.finditer(raw) if "=" in raw or "＝" in raw else ():
        if int(found[1]) + int(found[2]) != int(found[3]):
            yield _mark(found.start(), found.end(), "等式两边不相等")


def _shares(raw: str) -> Iterator[Mark]:
    for found in _ALL.finditer(raw) if "全" in raw or "均已" in raw else ():
        if Decimal(found[2].replace(",", "")) < 100:
            yield _mark(found.start(), found.end(), f"“全部{found[1]}”与{found[2]}%不符")
    for found in _HALF.finditer(raw) if "半" in raw else ():
        if Decimal(found[1].replace(",", "")) < 50:
            yield _mark(found.start(), found.end(), f"{found[1]}%不到一半")
    for found in _TENTHS.finditer(raw) if "成" in raw else ():
        tenths = ("二三四五六七八九".index(found[1]) + 2) * 10
        if abs(tenths - Decimal(found[2].replace(",", ""))) > 10:
            yield _mark(found.start(), found.end(), f"“{found[1]}成”与{found[2]}%不符")


def _mark(start: int, end: int, what: str) -> Mark:
    return Mark(start, end, f"文字与数值矛盾：{what}", None, BASIS, confidence=0.7, sure=False)
