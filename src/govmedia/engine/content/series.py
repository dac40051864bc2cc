"""Enumerations in a text against their set order: items out of order, one missing, one that is another word."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from govmedia.engine.content.nearly import is_han
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.phrases import Series

_GAP = "、，,；;和与及以“”\"' "
_GAP_MAX = 3
_PART = 3
_FEW, _LONG = 5, 6
_NEAR_NAME = 14
_AROUND = 60
_SPLIT = compiled(r"[、，,]|以及|和(?!谐)|与|及(?!其)")
_STOP = compiled(r"[。；;！!？?\n（）()：:]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an enumeration, where, and what should stand there; `sure` of it."""

    start: int
    end: int
    message: str
    right: str | None
    sure: bool = True


def faults(raw: str, start: int, end: int, series: Series) -> Iterator[Fault]:
    """Yield at most one fault of the enumeration around an item that stands at the place."""
    around = raw[max(0, start - _AROUND) : end + _AROUND]
    if any(word in around for word in series.also):
        return
    chain = _chain(raw, start, end, series.items)
    places = [series.items.index(item) for _, _, item in chain]
    whole = len(chain) == len(series.items)
    if whole or (series.part and len(chain) >= _PART):
        # 习近平新时代中国特色社会主义思想和马克思列宁主义、…: the newest may be named before all others.
        kept = places[1:] if series.part and places[0] == max(places) else places
        if kept != sorted(kept) or len(set(places)) < len(places):
            yield _order(raw, chain, series)
        return
    strangers = list(_stranger(raw, start, series, raw[start:end]))
    yield from strangers or _gone(raw, chain, places, series)


def _gone(raw: str, chain: list[tuple[int, int, str]], places: list[int], series: Series) -> Iterator[Fault]:
    """All but one of the items, in order, beside the name of the whole."""
    if len(chain) != len(series.items) - 1 or places != sorted(set(places)) or not _named(raw, chain, series.name):
        return
    gone = next(item for item in series.items if item not in {item for _, _, item in chain})
    yield Fault(chain[0][0], chain[-1][1], f"“{series.name}”疑似缺少“{gone}”", None, sure=False)


def _chain(raw: str, start: int, end: int, items: tuple[str, ...]) -> list[tuple[int, int, str]]:
    chain = [(start, end, raw[start:end])]
    place = start
    while len(chain) <= len(items) and (found := _before(raw, place, items)):
        chain.insert(0, found)
        place = found[0]
    place = end
    while len(chain) <= len(items) and (found := _behind(raw, place, items)):
        chain.append(found)
        place = found[1]
    return chain


def _before(raw: str, place: int, items: tuple[str, ...]) -> tuple[int, int, str] | None:
    for gap in range(_GAP_MAX + 1):
        stop = place - gap
        if found := max((item for item in items if raw.endswith(item, 0, stop)), key=len, default=""):
            return stop - len(found), stop, found
        if stop <= 0 or raw[stop - 1] not in _GAP:
            return None
    return None


def _behind(raw: str, place: int, items: tuple[str, ...]) -> tuple[int, int, str] | None:
    for gap in range(_GAP_MAX + 1):
        stop = place + gap
        if found := max((item for item in items if raw.startswith(item, stop)), key=len, default=""):
            return stop, stop + len(found), found
        if stop >= len(raw) or raw[stop] not in _GAP:
            return None
    return None


def _order(raw: str, chain: list[tuple[int, int, str]], series: Series) -> Fault:
    start, end = chain[0][0], chain[-1][1]
    items = [item for _, _, item in chain]
    if len(set(items)) < len(items):
        return Fault(start, end, f"“{series.name}”的内容疑似重复或缺项", None)
    marks = [raw[one[1] : other[0]] for one, other in pairwise(chain)]
    ordered = sorted(items, key=series.items.index)
    right = ordered[0] + "".join(mark + item for mark, item in zip(marks, ordered[1:], strict=True))
    return Fault(start, end, f"“{series.name}”的表述次序疑似有误", right)


def _named(raw: str, chain: list[tuple[int, int, str]], name: str) -> bool:
    start, end = chain[0][0], chain[-1][1]
    return name in raw[max(0, start - _NEAR_NAME) : start] or name in raw[end : end + _NEAR_NAME]


def _stranger(raw: str, start: int, series: Series, trigger: str) -> Iterator[Fault]:
    """An enumeration of all but one of the items, with another word where the one should stand."""
    size = len(series.items)
    if series.part or (size <= _PART and not _near_name(raw, start, start, series.name)):
        return
    pieces, here = _pieces(raw, start)
    first = here - series.items.index(trigger)
    if first < 0 or first + size > len(pieces):
        return
    wrong = [
        place
        for place, (item, (low, high)) in enumerate(zip(series.items, pieces[first : first + size], strict=True))
        if not _is_item(raw[low:high], item, place, size)
    ]
    if len(wrong) != 1:
        return
    place = wrong[0]
    item = series.items[place]
    low, high = pieces[first + place]
    trimmed = False
    if place == size - 1 and (end := _end(raw, low, high, item)) != high:
        high, trimmed = end, True
    elif place == 0 and high - low > len(item):
        low, trimmed = high - len(item), True
    found = raw[low:high]
    if trimmed and not _near_name(raw, low, high, series.name) and len(set(found) & set(item)) * 2 < len(item):
        return
    shared = len(set(found) & set(item))
    likely = (
        len(found) == len(item)
        and (shared or size >= _FEW)
        and ((size > _PART and len(item) < _LONG) or shared * 2 >= len(item))
    )
    if likely and all(map(is_han, found)) and found not in series.items:
        yield Fault(low, high, f"“{series.name}”中的“{found}”疑似应为“{item}”", item, sure=not trimmed)


def _end(raw: str, low: int, high: int, item: str) -> int:
    """Where the last piece of an enumeration ends: as long as its item, if the sentence goes on with 的 or a mark."""
    end = low + len(item)
    return end if end < high and raw[end] in '的等“”’" 为是' else high


def _near_name(raw: str, low: int, high: int, name: str) -> bool:
    return name in raw[max(0, low - _AROUND) : high + _NEAR_NAME]


def _is_item(piece: str, item: str, place: int, size: int) -> bool:
    if place == 0:
        return piece.endswith(item)
    return piece.startswith(item) if place == size - 1 else piece == item


def _pieces(raw: str, start: int) -> tuple[list[tuple[int, int]], int]:
    """The pieces between marks around the place, within its sentence, and the number of the one it lies in."""
    low, high = max(0, start - 120), min(len(raw), start + 120)
    for found in _STOP.finditer(raw, low, start):
        low = found.end()
    if after := _STOP.search(raw, start, high):
        high = after.start()
    pieces: list[tuple[int, int]] = []
    last, here = low, 0
    for found in _SPLIT.finditer(raw, low, high):
        if last <= start < found.start():
            here = len(pieces)
        pieces.append((last, found.start()))
        last = found.end()
    if last <= start:
        here = len(pieces)
    return [*pieces, (last, high)], here
