"""Parts and totals of one sentence that do not agree."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.quantities import Quantity
from govmedia.engine.content.types import Mark
from govmedia.engine.content.wholes import apart, complete, likely

BASIS = "同一句中的数据应当一致：分项之和等于合计"
_LAST = compiled(
    r"[^0-9，。；、（）()]{0,8}[，,；（(][^0-9，。；、（）()]{0,6}?"
    r"(?:(共计|合计|总计|全[年省市县区镇乡村校班场]共)[^0-9，。；、（）()]{0,6}|(?:总共|一共|共)(?:有|为|达|是|走访|慰问|走访慰问|培训|发放|设)?)"
)
_AMONG = compiled(
    r"[^0-9，。；：、（）()]{0,12}(?:（[^（）0-9]{1,12}）)?[，,（(：:；。]\s?(其中|分别是|分别为|即|分为|包括|包含|包括有)[有：:，,]?"
)
_LABEL = 14
EXACT, ROUNDED, WRONG = 2, 1, 0
_TRAIT = compiled(
    r"党员|团员|未成年|老年|女|男|族|岁|学历|职称|军人|代表|老人|残疾|贫困|脱贫|低保|留守|退役|返乡|外地|农民"
)
_REST = compiled(r"[，；、](?:剩余|剩下|其余|余下|另外)(?:的|还有)?\Z")
_BRACKETS = compiled(r"（[^（）]{0,30}）")
# Times, grades and prices are no totals of people or things.
_NO_TOTAL = frozenset(
    ("%", "年", "日", "天", "级", "层", "期", "届", "个月", "小时", "分钟", "岁", "周岁", "个百分点", "次")
)
# A total that is a change, a mean, or only the last of several.
_NOT_WHOLE = compiled(r"增加|减少|新增|净增|增长|下降|多了|少了|每|均|单产|[和及与、][^，。；0-9]{0,6}\Z")
_OTHER = compiled(
    r"另|其余|余下|剩余|其中|包括|分别|在内|总计|共|等[，,]|[从由]|此外|还有|同时|比上|较上|去年|上年|同比|累计|新增|增加|增长|减少"
    r"|[0-9]"
)
_PERSONS = ("选手", "获奖", "人员", "同志", "学生", "队员")
_SAME = {"名": "人", "位": "人", "块": "枚"}


def _counter(quantity: Quantity) -> str:
    return _SAME.get(quantity.counter, quantity.counter)


def total_last(raw: str, found: list[Quantity]) -> Iterator[Mark]:
    """一等奖2名、二等奖5名、三等奖10名，共计18名."""
    for place in range(2, len(found)):
        total = found[place]
        said = _LAST.fullmatch(raw, found[place - 1].end, total.start)
        if said is None:
            continue
        parts = _row_before(raw, found[:place], total)
        if len(parts) < 2 or any(one.about for one in (total, *parts)):
            continue
        # The row may begin with what is no part: every end of it that makes the total will do.
        sums = [sum((one.worth for one in parts[start:]), Decimal(0)) for start in range(len(parts) - 1)]
        fit = max(_fit(worth, parts, total) for worth in sums)
        if fit == EXACT:
            continue
        listed = _listed(raw, parts)
        whole = complete(_labels(raw, max(0, parts[0].start - _LABEL), parts))
        # 22个大项、564个小项，共有44个国家 counts things of another kind.
        noun = raw[total.end : total.end + 2].strip("，。、；：（） ")
        alike = said[1] or not noun or noun in _PERSONS or noun in raw[max(0, parts[0].start - _LABEL) : total.start]
        if whole or (alike and (listed or said[1])):
            sure = fit == WRONG and (whole or (bool(said[1]) and listed and total.worth >= parts[-1].worth))
            yield _mark(parts[0].start, total.end, sums[0], total, sure=sure)


def _row_before(raw: str, found: list[Quantity], total: Quantity) -> list[Quantity]:
    """The quantities of the total's counter that stand in a row right before it."""
    parts: list[Quantity] = []
    for one in reversed(found):
        if _counter(one) != _counter(total) or (parts and not _side_by_side(raw, one, parts[0])):
            break
        parts.insert(0, one)
    return parts


def total_first(raw: str, found: list[Quantity]) -> Iterator[Mark]:
    """共15人，其中男8人、女6人."""
    for place, total in enumerate(found[:-1]):
        cue = _AMONG.match(raw, total.end)
        if cue is None or total.about or total.counter in _NO_TOTAL or cue.end() > found[place + 1].start:
            continue
        if _NOT_WHOLE.search(raw, max(0, total.start - 10), total.start):
            continue
        parts = _parts(raw, cue.end(), found[place + 1 :], total)
        if parts and not any(one.about for one in parts) and not raw.startswith("在内", parts[-1].end + 2):
            yield from _judge(raw, cue, total, parts)


def _judge(raw: str, cue: re.Match[str], total: Quantity, parts: list[Quantity]) -> Iterator[Mark]:
    worths = [one.worth for one in parts]
    sums = [sum(worths[: count + 1], Decimal(0)) for count in range(len(worths))]
    fit = max(_fit(worth, parts, total) for worth in sums)
    if fit == EXACT:
        return
    if worths[0] > total.worth:
        message = f"分项大于总数：{_plain(worths[0])}大于{_plain(total.worth)}"
        yield Mark(total.start, parts[0].end, message, None, BASIS, confidence=0.8, sure=len(parts) == 1)
    elif len(parts) > 1:
        labels = _labels(raw, cue.end(), parts)
        sure = _certain(raw, cue[1], labels, parts, total)
        if sure is not None:
            yield _mark(total.start, parts[-1].end, sums[-1], total, sure=sure and fit == WRONG)


def _certain(raw: str, cue: str, labels: list[str], parts: list[Quantity], total: Quantity) -> bool | None:
    """Whether the parts surely are all of the total; None where they may be some of it, or overlap."""
    if complete(labels):
        return True
    if likely(labels):
        return False
    over = sum((one.worth for one in parts), Decimal(0)) > total.worth
    listed = _listed(raw, parts)
    if cue in ("分别是", "分别为", "分为", "即"):
        return listed if over or cue in ("分别是", "分别为") else False
    if not over:
        return _nearly(raw, cue, parts, total)
    if apart(labels):
        return listed
    # People are often of two kinds at once: 党员30人、女性40人.
    return False if (listed or len(labels) > 2) and not any(_TRAIT.search(label) for label in labels) else None


def _nearly(raw: str, cue: str, parts: list[Quantity], total: Quantity) -> bool | None:
    """Three parts or more that end the sentence and make nine tenths of the total: none seems left out."""
    worth = sum((one.worth for one in parts), Decimal(0))
    ends = raw[parts[-1].end : parts[-1].end + 1] in ("。", "；", "")
    if len(parts) < 3 or not ends or not _listed(raw, parts) or worth * 10 < total.worth * 9:
        return None
    return False if cue in ("包括", "包含", "包括有", "分为") else None


def unannounced(raw: str, found: list[Quantity]) -> Iterator[Mark]:
    """党员512名，男党员368名，女党员154名; 两批共86人，第一批48人，第二批36人."""
    for total, first, second in zip(found, found[1:], found[2:], strict=False):
        three = (total, first, second)
        if len({_counter(one) for one in three}) > 1 or any(one.about or one.step != 1 for one in three):
            continue
        if total.counter in _NO_TOTAL or second.end - total.end > 40 or raw[total.end : total.end + 1] not in "，：":
            continue
        both = first.worth + second.worth
        if both != total.worth > first.worth and _halves(raw, total, [first, second]):
            yield _mark(total.start, second.end, both, total, sure=False)


def _halves(raw: str, total: Quantity, parts: list[Quantity]) -> bool:
    if _NOT_WHOLE.search(raw, max(0, total.start - 6), total.start) or _OTHER.search(raw[parts[-1].end :][:8]):
        return False
    one, other = raw[total.end + 1 : parts[0].start], raw[parts[0].end + 1 : parts[1].start]
    if one.startswith("男") and other.startswith("女") and one[1:] == other[1:]:
        return True
    two = raw[max(0, total.start - 12) : total.start]
    return one[:2] == other[:1] + "一" and other[:2] == "第二" and one[2:] == other[2:] and "两" + one[2:3] in two


def _listed(raw: str, parts: list[Quantity]) -> bool:
    return all(set(raw[left.end : right.start]) & set("、和及") for left, right in pairwise(parts))


def _parts(raw: str, place: int, found: list[Quantity], total: Quantity) -> list[Quantity]:
    """The quantities of the total's counter that follow the cue in one list; of its noun where it is named again."""
    parts: list[Quantity] = []
    cue = place
    for one in found:
        if raw.rfind("（", cue, one.start) > raw.rfind("）", cue, one.start):
            continue
        between = _BRACKETS.sub("", raw[place : one.start])
        if _counter(one) != _counter(total) or len(between) > _LABEL + 4 or _OTHER.search(between) or "。" in between:
            break
        parts.append(one)
        place = one.end
    noun = raw[total.end : total.end + 2]
    named = [one for one in parts if raw.startswith(noun, one.end)] if noun.strip("，。、；（ ") == noun else []
    return named or parts


def _labels(raw: str, place: int, parts: list[Quantity]) -> list[str]:
    """What each part is called: the words before its number, or those after it where none stand before."""
    labels = []
    for one in parts:
        before = raw[place : one.start].strip("、，,和及；有为是 ")
        labels.append(before)
        place = one.end
    if all(labels):
        # 8个外资项目、27个内资项目: what stands between belongs to the number before.
        return labels
    ends = [*(one.start for one in parts[1:]), min(len(raw), parts[-1].end + _LABEL)]
    after = [raw[one.end : end] for one, end in zip(parts, ends, strict=True)]
    return [label.split("，")[0].split("。")[0].split("、")[0] for label in after]


def _side_by_side(raw: str, first: Quantity, second: Quantity) -> bool:
    between = raw[first.end : second.start]
    return len(between) <= _LABEL and any(sign in between for sign in "、，,和") and not _OTHER.search(between)


def _fit(worth: Decimal, parts: list[Quantity], total: Quantity) -> int:
    """EXACT where the figures agree; ROUNDED where whole 万 or 亿 might just be rounded; else WRONG."""
    if worth == total.worth:
        return EXACT
    steps = [total.step, *(one.step for one in parts)]
    if max(steps) == 1 or abs(worth - total.worth) > sum(steps, Decimal(0)) / 2:
        return WRONG
    return ROUNDED if all(one.whole for one in (total, *parts)) else EXACT


def rests(raw: str, found: list[Quantity]) -> Iterator[Mark]:
    """12个村，8个完成，其余5个在建; 抽检100批次，合格95批次，不合格8批次."""
    for place, (total, first, second) in enumerate(zip(found, found[1:], found[2:], strict=False)):
        three = (total, first, second)
        if len({_counter(one) for one in three}) > 1 or any(one.about or one.step != 1 for one in three):
            continue
        # The second of a row is no total.
        if (place and _counter(found[place - 1]) == _counter(total)) or second.start - total.end > 60:
            continue
        if total.counter in _NO_TOTAL or _NOT_WHOLE.search(raw, max(0, total.start - 4), total.start):
            continue
        rest = _REST.search(raw, first.end, second.start) or complete(_labels(raw, total.end, [first, second]))
        if rest and first.worth + second.worth != total.worth > first.worth:
            yield _mark(total.start, second.end, first.worth + second.worth, total, sure=False)


def _mark(start: int, end: int, worth: Decimal, total: Quantity, *, sure: bool) -> Mark:
    message = f"分项之和与合计不一致：分项之和为{_plain(worth)}，合计写作{_plain(total.worth)}"
    return Mark(start, end, message, None, BASIS, confidence=0.9 if sure else 0.6, sure=sure)


def _plain(worth: Decimal) -> str:
    return f"{worth.normalize():f}"
