"""Figures of one sentence that do not agree: parts and total, shares and 100 %, growth and its two values, counts.

Only where the sentence itself says that the parts are all of the whole (共计, 男女, 分别为, 三次产业 …) and no figure
is rounded by a word (约, 多, 以上). Source: plain arithmetic; GB/T 15835-2011 says nothing of sums.
"""

from collections.abc import Iterator

from govmedia.engine.content import (
    bounds,
    contradictions,
    counts,
    differences,
    growth,
    outlines,
    portions,
    reckon,
    rests,
    roll_calls,
    shares,
    spans,
    steps,
    sums,
    tallies,
)
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.quantities import quantities
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.text import Text
from govmedia.engine.content.types import Example, Mark, Post, Setting

CODE = "form_sum"
CATEGORY = "form"
LEVEL = "notice"
TITLE = "数据不一致"
VERSION = 3
AUTO = True
FIELDS = ("title", "text")

_TOTAL = compiled(
    r"[其合总共一分包累，、,（(剩余不非未](?:中|余|计|共|人?数|别[是为]|为|括|即|男(?=[^，。；0-9]{0,4}[0-9])|第一[批期组](?=[0-9])"
    r"|(?<=共)[^0-9，。；、]{0,14}(?=[0-9])|(?<=[不非未])[合完符]|全(?=[天年省市县区镇乡村校班场]共)|(?<=（)[^0-9（）]{0,8}[0-9])"
)
_SEVERALLY = Pattern("，分别")
_DIGIT = compiled(r"[0-9]")
_STOP = compiled(r"[。！？\n]")
_NUMBER = compiled(r"[0-9][0-9.,]{0,14}")


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each sentence whose figures do not agree."""
    raw = text.raw
    yield from _outlines(raw)
    if not _DIGIT.search(raw):
        return
    yield from _totals(text)
    if "%" in raw or "％" in raw:
        yield from shares.percentages(raw)
    if "：" in raw or ":" in raw or "∶" in raw:
        yield from shares.structures(raw)
    yield from growth.changes(raw)
    yield from growth.rates(raw)
    yield from steps.steps(raw)
    yield from bounds.impossible(raw)
    yield from contradictions.contradictions(raw)
    yield from differences.differences(raw)
    yield from spans.spans(raw)
    yield from portions.portions(raw)
    yield from reckon.reckoned(raw)
    yield from _counts(raw)


def _outlines(raw: str) -> Iterator[Mark]:
    """Items announced by number, whether or not the text holds digits."""
    yield from outlines.announced(raw)
    if _SEVERALLY.search(raw):
        yield from outlines.placed(raw)
    yield from outlines.numbered(raw)
    if "、" in raw:
        yield from roll_calls.rows(raw)
    if "分" in raw and "第一" in raw:
        yield from outlines.stages(raw)
    if "”" in raw:
        yield from outlines.repeated(raw)


def _totals(text: Text) -> Iterator[Mark]:
    raw, seen = text.raw, -1
    for cue in _TOTAL.finditer(raw):
        if cue.start() < seen:
            continue
        low, seen = text.sentence(cue.start())
        if raw[seen : seen + 1] == "；" and "其中" in raw[low:seen]:
            seen = _later(raw, seen)
        if cue[0] == "其中" and cue.start() <= low + 1:
            # The total stands in the sentence before.
            low = text.sentence(max(0, low - 2))[0]
        if len(_NUMBER.findall(raw, low, seen)) < 2:
            continue
        # 两年 in 两年共 counts no things.
        found = [one for one in quantities(raw, low, seen) if one.counter != "年" or raw[one.start].isdigit()]
        if len(found) > 1:
            yield from sums.total_last(raw, found)
            yield from sums.total_first(raw, found)
            yield from rests.rests(raw, found)
            yield from rests.unannounced(raw, found)
            yield from rests.exceeding(raw, found)
            yield from rests.covering(raw, found)
            yield from tallies.tallies(raw, found)


def _later(raw: str, end: int) -> int:
    """Where the list behind 其中 ends that goes on over semicolons."""
    found = _STOP.search(raw, end, end + 200)
    return found.start() if found else min(len(raw), end + 200)


def _counts(raw: str) -> Iterator[Mark]:
    if "共" in raw or "计" in raw:
        yield from tallies.ladders(raw)
        if "\n" in raw:
            yield from tallies.tables(raw)
    if "天" in raw:
        yield from counts.days(raw)
        yield from counts.days_before(raw)
    yield from roll_calls.roll_calls(raw)
    if "均" in raw:
        yield from counts.averages(raw)
    if "每" in raw:
        yield from counts.products(raw)
        yield from counts.groups(raw)
        yield from counts.rounds(raw)


EXAMPLES = (
    Example(
        "parts and total", "评出一等奖2名、二等奖5名、三等奖10名，共计18名", ("2名、二等奖5名、三等奖10名，共计18名",)
    ),
    Example("men and women", "全县共有村医200人，其中男性120人、女性90人", ("200人，其中男性120人、女性90人",)),
    Example("a structure", "三次产业结构调整为8.5:41.3:51.2", ("8.5:41.3:51.2",)),
    Example("growth", "产值由100万元增加到150万元，增长60%", ("由100万元增加到150万元，增长60%",)),
    Example("points", "参保率由90%提高到95%，提高5%", ("由90%提高到95%，提高5%",)),
    Example("a rate", "受理诉求1200件，办结1100件，办结率98.5%", ("1200件，办结1100件，办结率98.5%",)),
    Example("days", "5月1日至5日放假，共4天", ("5月1日至5日放假，共4天",)),
    Example("attendance", "应到代表52人，实到48人，缺席6人", ("应到代表52人，实到48人，缺席6人",)),
    Example("an outline", "从三个方面抓落实：一是压实责任，二是强化督查。", ("三个方面抓落实：一是",)),
    Example("places", "新增便民点4处，分别位于城东、城西、城南。", ("4处，分别位于城东、城西、城南",)),
    Example("an outline that goes on", "从三个方面抓落实：一是压实责任，二是强化督查。三是严格考核。"),
    Example("they agree", "评出一等奖2名、二等奖5名、三等奖10名，共计17名"),
    Example("only some of the parts", "全县共有党员3200人，其中女性900人"),
    Example("rounded", "由约100万元增加到150多万元，增长60%"),
)
