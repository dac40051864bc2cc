"""A whole and its two halves, in words that leave nothing out: 其余, 不合格 beside 合格, 男 and 女, two batches."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.quantities import Quantity
from govmedia.engine.content.sums import NO_TOTAL, NOT_WHOLE, OTHER, counter, labels, mark
from govmedia.engine.content.types import Mark
from govmedia.engine.content.wholes import complete

_TOLD = compiled(r"[共总]|合计|累计|现有|下辖|辖|设有?|全[县市区镇乡村校]有")
_GONE = compiled(r"[每均限满约带吸投]|发放|完成|收到|获|参加|参与|比|占")
_REST = compiled(r"[，；、](?:剩余|剩下|其余|余下|另外|还剩余?|尚余|尚剩)(?:的|还有)?\Z")


def rests(raw: str, found: list[Quantity]) -> Iterator[Mark]:
    """12个村，8个完成，其余5个在建; 抽检100批次，合格95批次，不合格8批次."""
    for place, (total, first, second) in enumerate(zip(found, found[1:], found[2:], strict=False)):
        three = (total, first, second)
        if len({counter(one) for one in three}) > 1 or any(one.about or one.step != 1 for one in three):
            continue
        # The second of a row is no total.
        if (place and counter(found[place - 1]) == counter(total)) or second.start - total.end > 60:
            continue
        if total.counter in NO_TOTAL or NOT_WHOLE.search(raw, max(0, total.start - 4), total.start):
            continue
        rest = _REST.search(raw, first.end, second.start) or complete(labels(raw, total.end, [first, second]))
        if rest and first.worth + second.worth != total.worth > first.worth:
            yield mark(total.start, second.end, first.worth + second.worth, total, sure=False)


def covering(raw: str, found: list[Quantity]) -> Iterator[Mark]:
    """全县共有中学12所，城区5所，农村8所: parts in a row to the end of the sentence that nearly make the total."""
    for place, total in enumerate(found[:-2]):
        parts = [one for one in found[place + 1 :] if counter(one) == counter(total)]
        if (
            len(parts) < 2
            or parts != found[place + 1 :]
            or any(one.about or one.step != 1 for one in (total, *parts))
        ):
            continue
        if total.counter in NO_TOTAL or raw[parts[-1].end : parts[-1].end + 1] not in ("。", "；", ""):
            continue
        if not _TOLD.search(raw, max(0, total.start - 14), total.start) or NOT_WHOLE.search(
            raw, total.start - 6, total.start
        ):
            continue
        between = [raw[one.end : other.start] for one, other in pairwise([total, *parts])]
        if any(
            not 1 < len(gap) < 9 or gap[0] not in "，、：" or OTHER.search(gap) or _GONE.search(gap)
            for gap in between
        ):
            continue
        worth = sum((one.worth for one in parts), Decimal(0))
        if worth != total.worth and abs(worth - total.worth) * 6 <= total.worth:
            yield mark(total.start, parts[-1].end, worth, total, sure=False)
        return


def exceeding(raw: str, found: list[Quantity]) -> Iterator[Mark]:
    """22个项目，总投资186亿元，其中亿元以上项目24个: more than there are."""
    for total, other, part in zip(found, found[1:], found[2:], strict=False):
        if counter(total) != counter(part) or counter(other) == counter(total) or total.about or part.about:
            continue
        if total.counter in NO_TOTAL or total.step != 1:
            continue
        between = raw[other.end : part.start]
        noun = raw[max(0, total.start - 2) : total.start]
        if total.worth < part.worth and between.startswith("，其中") and len(noun) == 2 and noun in between:
            yield mark(total.start, part.end, part.worth, total, sure=False)


def unannounced(raw: str, found: list[Quantity]) -> Iterator[Mark]:
    """党员512名，男党员368名，女党员154名; 两批共86人，第一批48人，第二批36人."""
    for total, first, second in zip(found, found[1:], found[2:], strict=False):
        three = (total, first, second)
        if len({counter(one) for one in three}) > 1 or any(one.about or one.step != 1 for one in three):
            continue
        if total.counter in NO_TOTAL or second.end - total.end > 40 or raw[total.end : total.end + 1] not in "，：":
            continue
        both = first.worth + second.worth
        if both != total.worth > first.worth and _halves(raw, total, [first, second]):
            yield mark(total.start, second.end, both, total, sure=False)


def _halves(raw: str, total: Quantity, parts: list[Quantity]) -> bool:
    if NOT_WHOLE.search(raw, max(0, total.start - 6), total.start) or OTHER.search(raw[parts[-1].end :][:8]):
        return False
    one, other = raw[total.end + 1 : parts[0].start], raw[parts[0].end + 1 : parts[1].start]
    if one.startswith("男") and other.startswith("女") and one[1:] == other[1:]:
        return True
    two = raw[max(0, total.start - 12) : total.start]
    return one[:2] == other[:1] + "一" and other[:2] == "第二" and one[2:] == other[2:] and "两" + one[2:3] in two
