"""Where in a text numbers of persons stand: identity cards, bank cards, mobiles, plates, passports; and their masks.

Each finder yields stretches of the field with the bare number. Blanks, dashes and symbols between the digits are
seen through, full-width and circled digits too; masked numbers (138****1234) are never found.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from govmedia.engine.content.identity_numbers import is_card_number, is_identity_number, is_old_identity_number
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.signs import Kind
from govmedia.engine.content.text import Text

# Blanks, dashes, marks without width, stars and dots that evasions put between digits.
_GAP = "[ \\t\\u00a0\\u2000-\\u200f\\u2060\\ufeff\\u3000\\ufe0f\\u20e3\\-–—─·.．・_★☆●]"
_IDENTITY = compiled(rf"(?<!\d)[1-9](?:{_GAP}{{0,2}}\d){{16}}{_GAP}{{0,2}}[\dxхⅹ×](?![\dx])")
# The certificate of a disabled person: the identity number, kind and grade, and B1 for a second issue.
_DISABILITY = compiled(r"(?<!\d)([1-9]\d{16}[\dx])[1-7][1-4](?:b\d)?(?![\dx])")
_OLD_IDENTITY = compiled(r"(?<![\d.])[1-9]\d{14}(?!\d)")
_CARD = compiled(r"(?<!\d)(?<!\d[ -])(?:[3-9]\d{14,18}|[3-9]\d{3}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?)(?!\d)")
_MOBILE = Pattern(
    rf"(?<!\d)(?:86{_GAP}?|0)?1[3-9]\d{{9}}(?!\d)"
    rf"|(?<!\d)(?<!\d{_GAP})(?:86{_GAP})?1[3-9]\d{_GAP}{{1,2}}\d{{4}}{_GAP}{{1,2}}\d{{4}}(?!{_GAP}?\d)"
    rf"|(?<!\d)(?<!\d{_GAP})1[3-9]\d\d{_GAP}\d{{3}}{_GAP}\d{{4}}(?!{_GAP}?\d)"
    rf"|(?<!\d)1(?:{_GAP}{{1,3}}\d){{10}}(?!\d)"
    r"|(?<![零〇一二三四五六七八九幺])[一幺][三四五六七八九][零〇一二三四五六七八九幺]{9}(?![零〇一二三四五六七八九幺])"
)
_PLATE = Pattern(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-hj-z][·•\s.\-]?[a-hj-np-z0-9]{4,5}[a-hj-np-z0-9挂学警](?![a-z0-9*])"
)
_PASSPORT = Pattern(
    r"(?:护照|通行证|台胞证|回乡证|passport)[\u4e00-\u9fff]{0,4}(?:号码|号|no)?[）)]?[\s:：.为是]{0,4}([a-z]{1,2}\d{7,10})(?![\d*])"
    r"|(?:台胞证|台湾居民来往大陆通行证)[号码]{0,2}[\s:：.为是]{0,4}(\d{8})(?![\d*])"
)
_DIGIT, _DIGITS = Kind(r"\d"), compiled(r"\d(?:[^\w\u4e00-\u9fff\n]{0,3}\d){6}")
_SEVEN = 24  # characters from the first of seven digits to the last, at most
_WRITTEN_DIGITS = Pattern(r"[一幺][三四五六七八九][零〇一二三四五六七八九幺]{9}")
_CIRCLED, _CIRCLED_DIGITS = "①②③④⑤⑥⑦⑧⑨", compiled(r"[①-⑨]\W{0,3}[①-⑨]")


class Number(NamedTuple):
    """A number and where it stands in the field."""

    start: int
    end: int
    digits: str


def has_numbers(text: Text) -> bool:
    """A cheap look: False where no number of a person can be."""
    if (known := text.memo.get(has_numbers)) is None:
        known = text.memo[has_numbers] = _has_digits(text.raw)
    return bool(known)


def _has_digits(raw: str) -> bool:
    places = _DIGIT.places(raw)
    near = places[:-6][places[6:] - places[:-6] <= _SEVEN] if places.size > 6 else places[:0]
    return (
        any(_DIGITS.match(raw, place) for place in near.tolist())
        or _WRITTEN_DIGITS.search(raw) is not None
        or (any(sign in raw for sign in _CIRCLED) and _CIRCLED_DIGITS.search(raw) is not None)
    )


def _bare(piece: str) -> str:
    return "".join("x" if sign in "хⅹ×" else sign for sign in piece if sign.isdecimal() or sign in "xхⅹ×")


def identity_numbers(text: Text, latest: date) -> Iterator[Number]:
    """Numbers of identity cards, 18 characters with a right check digit; also inside a disability certificate's."""
    for found in _IDENTITY.finditer(text.folded):
        if is_identity_number(bare := _bare(found[0]), latest=latest):
            yield Number(*found.span(), bare)
    if "残疾" in text.raw:
        for found in _DISABILITY.finditer(text.folded):
            if is_identity_number(found[1], latest=latest):
                yield Number(*found.span(), found[1])


def old_identity_numbers(text: Text) -> Iterator[Number]:
    """Fifteen digits that can be an old card's number; only a word beside them can tell."""
    for found in _OLD_IDENTITY.finditer(text.folded):
        if is_old_identity_number(found[0]):
            yield Number(*found.span(), found[0])


def card_numbers(text: Text) -> Iterator[Number]:
    """Numbers that can be a bank card's."""
    for found in _CARD.finditer(text.folded):
        if is_card_number(bare := _bare(found[0])):
            yield Number(*found.span(), bare)


def mobiles(text: Text) -> Iterator[Number]:
    """Mobile numbers, however they are spaced."""
    for found in _MOBILE.finditer(text.folded):
        yield Number(*found.span(), _bare(found[0]))


def plates(text: Text) -> Iterator[Number]:
    """Vehicle plates."""
    for found in _PLATE.finditer(text.folded):
        yield Number(*found.span(), found[0])


def passports(text: Text) -> Iterator[Number]:
    """Numbers behind the word passport or travel permit."""
    for found in _PASSPORT.finditer(text.folded):
        group = found.lastindex or 0
        yield Number(*found.span(group), found[group])


def overlap(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """True where the stretch shares a character with one of the sorted spans, which share none with one another."""
    place = bisect_left(spans, (start, start))
    return (place < len(spans) and spans[place][0] < end) or (place > 0 and spans[place - 1][1] > start)


def masked(piece: str, head: int, tail: int) -> str:
    """The piece with stars for all letters and digits but the first `head` and the last `tail`; the same length."""
    places = [place for place, sign in enumerate(piece) if sign.isalnum()]
    hidden = set(places[head : max(head, len(places) - tail)])
    return "".join("*" if place in hidden else sign for place, sign in enumerate(piece))
