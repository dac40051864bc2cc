"""Totals in other forms: 8镇4乡，共12个乡镇; 15人（男8人、女7人）; 合计20人：甲8人、乙12人; lines up to 合计."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from govmedia.engine.content.dates import whole
from govmedia.engine.content.figures import plain
from govmedia.engine.content.numbers import ARABIC, places, value
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.quantities import Quantity
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.types import Mark
from govmedia.engine.content.wholes import complete

BASIS = "同一句中的数据应当一致：分项之和等于合计"
_SMALL = r"[0-9]{1,3}|[一二两三四五六七八九十]{1,3}"
_RUNG = compiled(rf"({_SMALL})个?(街道办事处|街道|苏木|镇|乡|县|市|区|旗|金|银|铜|男|女|老|小|死|伤)[、，和零]?\Z")
_RUNGS_TOTAL = Pattern(
    rf"[，,（(、]?\s?(?:共有?|共计|合计|总计|总共)\s?({_SMALL})[个枚块人名](?:乡镇|镇|县|区|街道|奖牌|人|市|乡|孩子|伤亡|获救|受伤|遇难|$|(?=[，。；（）]))"
)
_BRACKET = compiled(r"[^0-9，。；：、（）]{0,8}[（(](?:其中)?[:：，,]?")
_COLON = compiled(r"[^0-9，。；：、（）]{0,8}[:：]")
_ANNOUNCED = compiled(r"(?:共|合计|共计|总计|总数|总共)[^0-9，。；：、（）]{0,6}\Z")
_SIDE = compiled(r"[、，,；和及][^0-9。（）]{0,14}")
_NOT_PARTS = compiled(r"其中|占|比|均|每|同比|增|减|另|上年|去年|限|满|约|以上|以下|预算|包括|含")
_LINE = compiled(
    rf"([^0-9\n]{{1,16}}?)[\s:：|｜—\-、，]{{0,3}}({ARABIC})\s?([万亿]?[\u4e00-\u9fff]{{0,3}})[\s。；;，|｜]{{0,2}}"
)
_TOTAL = Pattern("合计|总计|共计|小计")
_TOTAL_LINE = compiled(
    rf"\s{{0,4}}(?:合计|总计|共计|小计)[\s:：|｜—\-]{{0,3}}({ARABIC})\s?([万亿]?[\u4e00-\u9fff]{{0,3}})[\s。；;，|｜]{{0,2}}"
)


def tallies(raw: str, found: list[Quantity]) -> Iterator[Mark]:
    """Lists in brackets or after a colon right behind their total; `found`: the quantities of the stretch."""
    for place, total in enumerate(found[:-2]):
        if total.about or total.counter in ("年", "日", "天", "岁", "%", "次", "个月"):
            continue
        for pattern, stop in ((_BRACKET, "）)"), (_COLON, "。；\n")):
            cue = pattern.match(raw, total.end)
            if cue is None or (
                pattern is _COLON and not _ANNOUNCED.search(raw, max(0, total.start - 10), total.start)
            ):
                continue
            parts = _parts(raw, cue.end(), found[place + 1 :], stop)
            if len(parts) > 1 and all(one.counter == total.counter and not one.about for one in parts):
                yield from _judge(raw, cue.end(), total, parts)


def _parts(raw: str, start: int, found: list[Quantity], stop: str) -> list[Quantity]:
    """The quantities up to the sign that ends the list; none where the list holds anything else."""
    ends = [place for place in (raw.find(sign, start) for sign in stop) if place >= 0]
    end = min(ends, default=len(raw))
    parts = [one for one in found if start <= one.start and one.end <= end]
    if not parts or end - parts[-1].end > 2 or _NOT_PARTS.search(raw, start, end):
        return []
    if any(not _SIDE.fullmatch(raw, one.end, other.start) for one, other in pairwise(parts)):
        return []
    numbers = sum(1 for place in range(start, end) if raw[place].isdigit() and not raw[place - 1].isdigit())
    return parts if numbers <= len(parts) + sum(not one.whole for one in parts) else []


def _judge(raw: str, start: int, total: Quantity, parts: list[Quantity]) -> Iterator[Mark]:
    worth = sum((one.worth for one in parts), Decimal(0))
    steps = [total.step, *(one.step for one in parts)]
    slack = Decimal(0) if max(steps) == 1 else sum(steps, Decimal(0)) / 2
    if abs(worth - total.worth) > slack:
        sure = complete(
            [raw[low : one.start] for low, one in zip([start, *(p.end for p in parts)], parts, strict=False)]
        )
        yield _mark(total.start, parts[-1].end, worth, total.worth, sure=sure and slack == 0)


def ladders(raw: str) -> Iterator[Mark]:
    """8镇4乡，共13个乡镇; 5金3银2铜，共11枚奖牌."""
    for total in _RUNGS_TOTAL.finditer(raw):
        place, worth, count = total.start(), 0, 0
        while rung := _RUNG.search(raw, max(0, place - 10), place):
            worth, count, place = worth + (whole(rung[1]) or 0), count + 1, rung.start()
        stated = whole(total[1])
        if count > 1 and stated and worth != stated and not raw[place - 1 : place].isdigit():
            yield _mark(place, total.end(), Decimal(worth), Decimal(stated), sure=False)


def tables(raw: str) -> Iterator[Mark]:
    """Lines of a label and a number, the last of them 合计."""
    if not _TOTAL.search(raw):
        return
    lines = raw.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for place, line in enumerate(lines):
        total = _TOTAL_LINE.fullmatch(line) if len(line) < 40 else None
        rows = _rows(lines[max(0, place - 40) : place], total[2]) if total else []
        stated = value(total[1]) if total else None
        if len(rows) < 2 or stated is None:
            continue
        worth = sum((value(one) or Decimal(0) for one in rows), Decimal(0))
        slack = Decimal(len(rows) + 1).scaleb(-max(map(places, rows))) / 2 if max(map(places, rows)) else Decimal(0)
        if abs(worth - stated) > slack:
            yield _mark(starts[place - len(rows)], starts[place] + len(line), worth, stated, sure=False)


def _rows(lines: list[str], unit: str) -> list[str]:
    """The numbers of the lines right before, as long as they are of one form."""
    rows: list[str] = []
    for line in reversed(lines):
        found = _LINE.fullmatch(line) if len(line) < 40 else None
        if found is None or found[3] != unit or "计" in found[1]:
            break
        rows.insert(0, found[2])
    return rows


def _mark(start: int, end: int, worth: Decimal, stated: Decimal, *, sure: bool) -> Mark:
    message = f"分项之和与合计不一致：分项之和为{plain(worth)}，合计写作{plain(stated)}"
    return Mark(start, end, message, None, BASIS, confidence=0.9 if sure else 0.6, sure=sure)
