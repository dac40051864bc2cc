"""Brackets and quotation marks matched in one pass, however deep they nest; what does not match, and how surely."""

from collections.abc import Iterator
from dataclasses import dataclass

from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.signs import Kind

PAIRS = {
    "（": "）", "(": ")", "［": "］", "[": "]", "｛": "｝", "{": "}", "【": "】", "〔": "〕", "《": "》", "〈": "〉",
    "“": "”", "‘": "’", "「": "」", "『": "』",
}  # fmt: skip
_OPENING = {closing: opening for opening, closing in PAIRS.items()}
# The same bracket in the other width.
_WIDTHS = {"）": "(", ")": "（", "］": "[", "]": "［", "}": "｛", "｝": "{"}
_SIGNS = r"[（()）［\[\]］【】〔〕《》〈〉“”‘’「」『』{}｛｝]"
_SIGN, _KIND = compiled(_SIGNS), Kind(_SIGNS)
# How far down the stack a closing mark looks for its opening one: enough for any text, and a bound on the work.
_DEPTH = 8
# How far apart two marks that are taken for one faulty pair may stand.
_FAR = 60
# 1) a) 一) before an item; :) and the like; [0, 1) in mathematics.
_LABEL = compiled(r"(?:\A|[\s，。；：、,;:（(—/)）])[0-9A-Za-z一二三四五六七八九十①-⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]{1,3}\Z")
_FACE = compiled(r"[:;=^][\-^'~]?\Z")
_INTERVAL = compiled(r"[\[(（［]\s?[-−]?[0-9.∞]{1,8}\s?[,，]\s?[-−+]?[0-9.∞]{1,8}\s?[\])）］]")


# After a quotation mark that was meant to close; before one that was meant to open.
_AFTER_CLOSING = compiled(r"[，。、；：！？）》,.;:!?)的等]|\Z|\n")
_MEANT_TO_OPEN = compiled(r"[^“”\n]{1,40}”")


@dataclass(frozen=True, slots=True)
class Fault:
    """One sign, or the pair it belongs to, that is wrong.

    `kind`: unclosed; stray (nothing opened); crossed (another pair ends first); mismatch (closed by a mark of another
    kind); width (closed in the other width); same (a pair directly within one of its own kind); turned (an opening
    mark for a closing one, or the reverse); single (single quotation marks where double ones come first).
    """

    kind: str
    start: int
    end: int
    sign: str


@dataclass(frozen=True, slots=True)
class _Open:
    sign: str
    place: int
    paragraph: int


_PLAIN_PAIRS = tuple(opening + closing for opening, closing in PAIRS.items() if opening not in "“《‘")


def sound(raw: str) -> bool:
    """True where all pairs close in order and none stands within one of its own kind: nothing is to be looked for."""
    signs, before = _KIND.signs_in(raw), ""
    while signs != before:
        before = signs
        for pair in _PLAIN_PAIRS:
            signs = signs.replace(pair, "")
        if "““" in signs or "《《" in signs:
            return False
        signs = signs.replace("“‘’", "“").replace("“”", "").replace("《》", "")
        if len(before) - len(signs) < len(before) // 8:
            break  # deeper than any text: the stack decides
    return not signs


def faults(raw: str) -> Iterator[Fault]:
    """All faults, in the order in which they are noticed. Time is linear in the text."""
    stack: list[_Open] = []
    crossed: list[_Open] = []
    skip = {place for found in _INTERVAL.finditer(raw) for place in (found.start(), found.end() - 1)}
    paragraph = last = 0
    for found in _SIGN.finditer(raw):
        place, sign = found.start(), found[0]
        paragraph += raw.find("\n", last, place) >= 0
        last = place
        if place in skip or _no_bracket(raw, place, sign, stack):
            continue
        if sign in PAIRS:
            yield from _open(raw, stack, _Open(sign, place, paragraph))
        else:
            yield from _close(raw, stack, crossed, _Open(sign, place, paragraph))
    yield from _left_open(raw, stack)


def _left_open(raw: str, stack: list[_Open]) -> Iterator[Fault]:
    before: _Open | None = None
    for one in stack:
        near = before and before.sign == one.sign == "“" and before.paragraph == one.paragraph
        if near and before and one.place - before.place < _FAR and raw[one.place - 1] not in "：，。、；:, \n称说道":
            # “文明交通“主题: the second was meant to close the first.
            yield Fault("turned", one.place, one.place + 1, one.sign)
            before = None
            continue
        if before:
            yield Fault("unclosed", before.place, before.place + 1, before.sign)
        before = one
    if before:
        yield Fault("unclosed", before.place, before.place + 1, before.sign)


def _no_bracket(raw: str, place: int, sign: str, stack: list[_Open]) -> bool:
    """True for the apostrophe of it's and the bracket of a face."""
    before, after = raw[max(0, place - 1) : place], raw[place + 1 : place + 2]
    if sign in "’‘":
        lettered = before.isascii() and before.isalnum()
        return lettered and ((after.isascii() and after.isalpha()) or all(one.sign != "‘" for one in stack[-3:]))
    if sign in "()[]{}":
        return _FACE.search(raw, max(0, place - 2), place) is not None or (after != "" and after in ":;=^")
    return False


def _open(raw: str, stack: list[_Open], one: _Open) -> Iterator[Fault]:
    if one.sign in "“‘" and stack:
        if one.paragraph > stack[-1].paragraph and _begins_paragraph(raw, one.place):
            # A quotation of several paragraphs has an opening mark before each and one closing mark after the last.
            _drop_earlier(stack, one)
        elif (
            stack[-1].sign == one.sign
            and _AFTER_CLOSING.match(raw, one.place + 1)
            and one.place - stack[-1].place > 1
        ):
            stack.pop()
            yield Fault("turned", one.place, one.place + 1, one.sign)
            return
    stack.append(one)


def _begins_paragraph(raw: str, place: int) -> bool:
    return raw[max(0, place - 6) : place].rpartition("\n")[2].strip() == "" and place > 0


def _drop_earlier(stack: list[_Open], one: _Open) -> None:
    for depth in range(1, min(_DEPTH, len(stack)) + 1):
        if stack[-depth].sign == one.sign and stack[-depth].paragraph < one.paragraph:
            del stack[-depth]
            return


def _close(raw: str, stack: list[_Open], crossed: list[_Open], one: _Open) -> Iterator[Fault]:
    wanted = (_OPENING[one.sign], _WIDTHS.get(one.sign, ""))
    for depth in range(1, min(_DEPTH, len(stack)) + 1):
        if stack[-depth].sign not in wanted:
            continue
        for left in stack[len(stack) - depth + 1 :]:
            yield Fault("crossed", left.place, left.place + 1, left.sign)
            crossed.append(left)
        partner = stack[-depth]
        del stack[-depth:]
        yield from _pair(raw, stack, partner, one)
        return
    for depth in range(1, min(_DEPTH, len(crossed)) + 1):
        if crossed[-depth].sign in wanted and one.place - crossed[-depth].place < _FAR:
            del crossed[-depth]  # its opening mark is a fault already
            return
    yield from _alone(raw, stack, one)


def _alone(raw: str, stack: list[_Open], one: _Open) -> Iterator[Fault]:
    """A closing mark for which nothing of its kind is open."""
    if one.sign in ")）" and _LABEL.search(raw, max(0, one.place - 4), one.place):
        return
    last = stack[-1] if stack else None
    near = last is not None and last.paragraph == one.paragraph and one.place - last.place < _FAR
    if near and last and raw.find(PAIRS[last.sign], one.place, one.place + _FAR) < 0:
        stack.pop()
        yield Fault("mismatch", last.place, one.place + 1, last.sign)
        return
    if (
        one.sign == "”"
        and _MEANT_TO_OPEN.match(raw, one.place + 1)
        and raw[one.place - 1 : one.place] not in "。！？…\n"
    ):
        stack.append(_Open("“", one.place, one.paragraph))
        yield Fault("turned", one.place, one.place + 1, one.sign)
    else:
        yield Fault("stray", one.place, one.place + 1, one.sign)


def _pair(raw: str, stack: list[_Open], partner: _Open, one: _Open) -> Iterator[Fault]:
    if partner.sign != _OPENING[one.sign]:
        yield Fault("width", partner.place, one.place + 1, one.sign)
    outer = stack[-1] if stack else None
    if outer is None and partner.sign == "‘" and one.place - partner.place > 1:
        yield Fault("single", partner.place, one.place + 1, partner.sign)
    if outer is None or outer.sign != partner.sign or partner.sign not in "“《" or outer.paragraph != one.paragraph:
        return
    # 《关于修改<甲《乙》办法>的决定》: a half-width pair stands between.
    between = raw[outer.place : min(partner.place, outer.place + 100)]
    if not ("<" in between or "＜" in between):
        yield Fault("same", partner.place, one.place + 1, partner.sign)
