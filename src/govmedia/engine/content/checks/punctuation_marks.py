"""Single marks of punctuation: doubled, half-width among Chinese, wrong ellipses and dashes, marks of items.

Half-width marks never go out by themselves: a text that has them throughout has its own style and gets one remark; in
one that has both, each is named. 、 between 《》《》 or “”“” is left to the writer. Up to three ！ or ？ are allowed.
Source: GB/T 15834-2011, 4 and 5.
"""

from collections.abc import Iterator

from govmedia.engine.content import item_marks, mark_widths
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.text import Text, inside
from govmedia.engine.content.types import Example, Mark, Post, Setting

CODE = "punctuation_marks"
CATEGORY = "punctuation"
LEVEL = "notice"
TITLE = "标点用法"
VERSION = 1
AUTO = True
FIELDS = ("title", "text")
_BASIS = "GB/T 15834-2011 第{}条"
_MOST = 30

# Two marks side by side of which one is too many.
_DOUBLED = Pattern(
    r"[，。、；：！？](?:[，。、；：,;:]{1,9}|(?<=[，。、；：])[！？!?]|(?<=[，。、；：])\.(?![.0-9])"
    r"|(?<=[\u4e00-\u9fff][，、；：])[）》])"
)
_HALF_FIRST = Pattern(r"[,.;:!?](?:(?<=[\u4e00-\u9fff）”》].)[，。、；：！？]|(?<=[\u4e00-\u9fff][,;])[,;]{1,9})")
_SHOUTING = Pattern(r"[！!？?](?<=[\u4e00-\u9fff].)[！!？?]{3,30}")
_DOTS = Pattern(r"\.(?<=[\u4e00-\u9fff”》），。].)\.{2,12}(?![./0-9A-Za-z])")
_ELLIPSIS = compiled(r"…(?<=[^….]…)(?!…)")
_AND_SO_ON = Pattern(r"……等(?![待候])|等等……")
_DASH = Pattern(r"-(?<=[\u4e00-\u9fff”》）]-)-{1,3}(?=[\u4e00-\u9fff“《（])|－－{1,3}|———{1,3}")
_STOP_TWICE = Pattern(r"。(?:》|[”’]。)")
_AND = Pattern(
    r"、和(?![谐平睦气解衷风蔼美声田林局县政顺静龙硕龚布暖歌善缓煦弦约棋服议颜悦乐惠邻而合德谈、]|[\u4e00-\u9fff]{0,8}?(?:对话|交流|聊))"
)
_SO_ON = Pattern(r"、等(?=[，。；]|地(?!方)|方面|部门|单位|情况|问题|[0-9两三四五六七八九十]{1,3}[个家项名种类])")
_SPACES = tuple(Pattern(rf"{blank}(?<=[\u4e00-\u9fff]{blank})[，。；：、！？!?,;]") for blank in (" ", "\u3000"))
_RANGE = Pattern(r"[~\-](?:(?<=[0-9%％年月日时元万亿人℃]~)|(?<=[0-9][年月日号]-))[0-9]")
_POINT_IN_NAME = Pattern(r"[．•](?<=[\u4e00-\u9fff].)[\u4e00-\u9fff]")
# A question that ends in a full stop.
_QUESTION = Pattern(r"[吗呢]。")
_ASKING = compiled(r"(?:为什么|怎么|怎样|如何|哪里|谁|多少)[^。，；\n]{0,16}\Z")
_LINE_START = Pattern(r"\n[，。、；：！？）》](?=[\u4e00-\u9fff])")
_TITLE_END = compiled(r"[。，、；：](?=[”]?\Z)")


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each mark of punctuation that the standard writes in another way."""
    raw = text.raw
    count = 0
    for mark in _marks(raw):
        if not inside(text.addresses, mark.start, mark.end):
            yield mark
            count += 1
            if count == _MOST:
                return
    if raw.rstrip()[-1:] in ("、", "，") and len(raw) > 8:
        place = len(raw.rstrip()) - 1
        message = "全文不以顿号、逗号结束"
        yield Mark(place, place + 1, message, None, _BASIS.format("4.1"), confidence=0.5, sure=False)
    elif raw is post.title or raw == post.title:
        for found in _TITLE_END.finditer(raw, max(0, len(raw) - 2)):
            message = "标题末尾不用句号、逗号、顿号、分号、冒号"
            yield Mark(found.start(), found.end(), message, "", _BASIS.format("5.1"), confidence=0.6, sure=False)


def _marks(raw: str) -> Iterator[Mark]:
    yield from _doubled(raw)
    yield from _dots_and_dashes(raw)
    yield from _within(raw)
    yield from item_marks.marks(raw)
    yield from mark_widths.marks(raw)


def _doubled(raw: str) -> Iterator[Mark]:
    basis = _BASIS.format("4")
    for pattern in (_DOUBLED, _HALF_FIRST):
        for found in pattern.finditer(raw):
            piece = found[0]
            if piece[1] in "）》":
                message = f"“{piece[1]}”前不用“{piece[0]}”"
                yield Mark(found.start(), found.start() + 1, message, "", basis, confidence=0.6, sure=False)
                continue
            if len(piece) > 2 and len(set(piece)) == 1:
                message, right = "省略号应为“……”", "……"
            else:
                message, right = f"标点重复：“{piece}”", "。" if "。" in piece else piece[0]
            sure = not piece[0].isascii() and not piece[1].isascii()
            confidence = 0.95 if sure else 0.7
            yield Mark(found.start(), found.end(), message, right, basis, confidence=confidence, sure=sure)
    for found in _SHOUTING.finditer(raw):
        if not any(sign * 2 in raw for sign in "！？!?"):
            break
        message = "问号、叹号叠用不超过三个"
        yield Mark(
            found.start(), found.end(), message, found[0][:3], _BASIS.format("4.3"), confidence=0.6, sure=False
        )


def _dots_and_dashes(raw: str) -> Iterator[Mark]:
    last = len(raw.rstrip())
    for found in _DOTS.finditer(raw):
        # A platform cuts a text off with three points.
        if found.end() < last or len(found[0]) == 6:
            yield Mark(
                found.start(), found.end(), "省略号应为“……”", "……", _BASIS.format("4.11"), confidence=0.7, sure=False
            )
    if "…" in raw:
        for found in _ELLIPSIS.finditer(raw):
            if found.end() < last:
                yield Mark(
                    found.start(),
                    found.end(),
                    "省略号应为六点“……”",
                    "……",
                    _BASIS.format("4.11"),
                    confidence=0.7,
                    sure=False,
                )
        for found in _AND_SO_ON.finditer(raw):
            message = "省略号与“等”不并用"
            yield Mark(found.start(), found.end(), message, None, _BASIS.format("4.11"), confidence=0.8)
    for found in _DASH.finditer(raw):
        yield Mark(
            found.start(), found.end(), "破折号应为“——”", "——", _BASIS.format("4.10"), confidence=0.7, sure=False
        )
    for found in _RANGE.finditer(raw):
        wrong = found[0][0]
        right, name = ("～", "浪纹线“～”") if wrong == "~" else ("—", "一字线“—”")
        message = f"起止之间用{name}（全文只提示一次）"
        yield Mark(
            found.start(), found.start() + 1, message, right, _BASIS.format("4.13"), confidence=0.5, sure=False
        )
        return


def _within(raw: str) -> Iterator[Mark]:
    for found in _STOP_TWICE.finditer(raw):
        title = found[0][1] == "》"
        message = "书名号内末尾不用句号" if title else "引号内外句号重复"
        yield Mark(
            found.start(),
            found.start() + 1,
            message,
            "" if title else None,
            _BASIS.format("4.15"),
            confidence=0.8,
            sure=title,
        )
    for found in _SO_ON.finditer(raw):
        yield Mark(found.start(), found.end(), "“等”前不用顿号", "等", _BASIS.format("4.5"), confidence=0.9)
    for found in _AND.finditer(raw):
        message = f"“{found[0][1]}”前不用顿号"
        yield Mark(
            found.start(), found.end(), message, found[0][1:], _BASIS.format("4.5"), confidence=0.6, sure=False
        )
    for found in (one for pattern in _SPACES for one in pattern.finditer(raw)):
        yield Mark(
            found.start(), found.end(), "标点前不空格", found[0][1], _BASIS.format("5.1"), confidence=0.7, sure=False
        )
    for found in _POINT_IN_NAME.finditer(raw):
        message = "外国人名、民族人名内用间隔号“·”，句末用“。”"
        yield Mark(found.start(), found.start() + 1, message, None, _BASIS.format("4.14"), confidence=0.5, sure=False)
    for found in _QUESTION.finditer(raw):
        if found[0][0] == "吗" or _ASKING.search(raw, max(0, found.start() - 24), found.start()):
            message = "疑问句末尾用问号"
            yield Mark(
                found.start() + 1, found.end(), message, "？", _BASIS.format("4.2"), confidence=0.6, sure=False
            )
    for found in _LINE_START.finditer(raw):
        message = "标点不出现在一行之首"
        yield Mark(found.start() + 1, found.end(), message, None, _BASIS.format("5.1"), confidence=0.5, sure=False)


EXAMPLES = (
    Example("doubled", "会议强调，，要压实责任。。", ("，，", "。。")),
    Example("full stops for an ellipsis", "感谢您的支持。。。", ("。。。",)),
    Example("a slip among full-width commas", "会议指出，要提高站位,压实责任", (",",)),
    Example("a dash of two hyphens", "青岭--宜居之城", ("--",)),
    Example("an adverb", "首先、要提高认识", ("、",)),
    Example("an item in brackets", "（一）、加强领导", ("、",)),
    Example("and so on", "涉及交通、水利、等部门", ("、等",)),
    Example("up to three", "加油！！！"),
    Example("lists of ordinals", "第一、第二产业；第二、三季度"),
    Example("titles side by side", "《条例》《办法》和“一网”“一门”"),
    Example("a name", "涉及和谐、和平、及时等方面，社会公平、和谐稳定"),
)
