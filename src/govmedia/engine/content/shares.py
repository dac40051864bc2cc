"""Shares of one whole that do not make 100 per cent."""

from collections.abc import Iterator
from decimal import Decimal

from govmedia.engine.content.numbers import places
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.types import Mark
from govmedia.engine.content.wholes import complete, likely

BASIS = "同一句中的数据应当一致：各部分占比之和为100%"
_SHARE = r"([0-9]{1,3}(?:\.[0-9]{1,3})?)"
# 三次产业结构比为8.5:41.3:50.2
_STRUCTURE = Pattern(rf"[:：∶](?<=[0-9][:：∶])\s?{_SHARE}\s?[:：∶]\s?{_SHARE}(?![0-9:：∶.])")
_FIRST_SHARE = compiled(rf"(?<![0-9.:：∶]){_SHARE}\Z")
_PERCENT = Pattern(r"[%％](?<=[0-9][%％])")
_WRITTEN = compiled(rf"(?<![0-9.—\-～~至到]){_SHARE}\Z")
_BREAK = compiled(r"[。；！？;\n]|其中")
_CONTENT = compiled(r"(?:非常|很|比较|基本|较)?(?:不满意|满意)|一般|不了解")
_NOT_SHARE = compiled(r"增(?!加值)|[降升减涨跌率超]|提高|扩大|同比|完成")
_REST = compiled(r"其余|剩余|剩下|余下")
_KINDS = compiled(r"三次产业|[一二三]产|结构|构成|来源|分布|占比分别|比重分别")
_SEPARATE = compiled(r"可多选|多选|交叉|重复|同时|全国|全省|全市")


def structures(raw: str) -> Iterator[Mark]:
    """Three shares with colons between that make about, but not, one hundred."""
    for found in _STRUCTURE.finditer(raw):
        first = _FIRST_SHARE.search(raw, max(0, found.start() - 6), found.start())
        if first is None:
            continue
        written = [first[1], found[1], found[2]]
        total = sum((Decimal(one) for one in written), Decimal(0))
        if 90 <= total <= 110 and abs(total - 100) > _slack(written):
            yield _mark(first.start(), found.end(), total, sure=True)


def percentages(raw: str) -> Iterator[Mark]:
    """Shares in one sentence that name all parts of a whole."""
    group: list[tuple[int, int, str]] = []
    for sign in _PERCENT.finditer(raw):
        number = _WRITTEN.search(raw, max(0, sign.start() - 8), sign.start())
        if group and (number is None or _BREAK.search(raw, group[-1][1], sign.start())):
            yield from _judge(raw, group)
            group = []
        if number and not raw.startswith(("以上", "以下", "左右"), sign.end()):
            group.append((number.start(), sign.end(), number[1]))
    yield from _judge(raw, group)


def _judge(raw: str, group: list[tuple[int, int, str]]) -> Iterator[Mark]:
    if len(group) < 2:
        return
    total = sum((Decimal(number) for _, _, number in group), Decimal(0))
    over = total - 100
    if abs(over) <= _slack([number for _, _, number in group]) or not 60 <= total <= 160:
        return
    before, after = _labels(raw, group)
    if any(_NOT_SHARE.search(label) for label in before):
        return
    for labels in (before, after):
        certain = _certain(raw, labels, group[0][0], over)
        if certain is not None:
            yield _mark(group[0][0], group[-1][1], total, sure=certain)
            return


def _certain(raw: str, labels: list[str], start: int, over: Decimal) -> bool | None:
    """Whether the labels surely name one whole; None where nothing says that they do."""
    if complete(labels):
        return True
    if likely(labels):
        return False
    if all(_CONTENT.search(label) for label in labels) and any("不满意" in label for label in labels):
        return over > 0
    if _REST.search(labels[-1]) and all("占" in label or _REST.search(label) for label in labels):
        return True
    head = raw[max(0, start - 30) : start]
    if over > 0 and len(labels) > 2 and _KINDS.search(head) and not _SEPARATE.search(head):
        return "三次产业" in head
    if over > 0 and len(labels) > 2 and all("占" in label for label in labels) and not _SEPARATE.search(head):
        return False
    return True if len(labels) == 3 and "三次产业" in head else None


def _labels(raw: str, group: list[tuple[int, int, str]]) -> tuple[list[str], list[str]]:
    """The words before each share, back to the share before it; and the words after each."""
    before = [max(0, group[0][0] - 14), *(end for _, end, _ in group[:-1])]
    after = [*(start for start, _, _ in group[1:]), min(len(raw), group[-1][1] + 14)]
    return (
        [raw[max(low, start - 16) : start] for low, (start, _, _) in zip(before, group, strict=True)],
        [raw[end : min(high, end + 16)] for high, (_, end, _) in zip(after, group, strict=True)],
    )


def _slack(written: list[str]) -> Decimal:
    """How far rounding alone may lead from 100."""
    return sum((Decimal(1).scaleb(-places(one)) for one in written), Decimal(0)) / 2


def _mark(start: int, end: int, total: Decimal, *, sure: bool) -> Mark:
    message = f"各部分占比之和为{total.normalize():f}%，不等于100%"
    return Mark(start, end, message, None, BASIS, confidence=0.9 if sure else 0.6, sure=sure)
