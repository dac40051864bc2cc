"""Half-width marks of punctuation among Chinese characters: the text's own style, or a slip."""

from collections.abc import Iterator

from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.types import Mark

BASIS = "GB/T 15834-2011：汉字文本使用全角标点"
_HAN = r"[\u4e00-\u9fff]"
_AFTER = r"(?=[\u4e00-\u9fff“‘《（0-9])"
# Each half-width mark that stands where a full-width one should, and the full-width one.
_SLIPS = (
    (compiled(rf",(?<=[\u4e00-\u9fff”’》）%％].){_AFTER}"), ",", "，"),
    (compiled(rf";(?<=[\u4e00-\u9fff”’》）].){_AFTER}"), ";", "；"),
    (compiled(rf":(?<=[\u4e00-\u9fff”’》）].){_AFTER}"), ":", "："),
    (compiled(rf"\?(?<={_HAN}.)(?=[\u4e00-\u9fff“”\n]|\Z)"), "?", "？"),
    (compiled(rf"!(?<={_HAN}.)(?=[\u4e00-\u9fff“”\n]|\Z)"), "!", "！"),
    (compiled(rf"\.(?<={_HAN}.)(?={_HAN}|\n|\Z)"), ".", "。"),
)  # fmt: skip
_QUOTE = compiled(r'"(?:(?<=[\u4e00-\u9fff，。：].)|(?=[\u4e00-\u9fff]))')
_MOST = 5


def marks(raw: str) -> Iterator[Mark]:
    """Each slip in a text that has the full-width mark too; one remark where the half-width one is the style."""
    style: tuple[int, str, str] | None = None
    for pattern, half, full in _SLIPS:
        if half not in raw:
            continue
        places = [found.start() for found in pattern.finditer(raw)]
        if not places:
            continue
        if full not in raw:
            first = (places[0], half, full)
            style = first if style is None else min(style, first)
            continue
        for place in places[:_MOST]:
            message = f"全文用“{full}”，此处用了半角“{half}”"
            yield Mark(place, place + 1, message, full, BASIS, confidence=0.6, sure=False)
    if style:
        place, half, full = style
        message = f"汉字之间的半角“{half}”应为全角“{full}”（全文如此，只提示一次）"
        yield Mark(place, place + 1, message, full, BASIS, confidence=0.4, sure=False)
    if '"' in raw and (quote := _QUOTE.search(raw)):
        message = "汉字文本的引号应为“”（全文只提示一次）"
        yield Mark(quote.start(), quote.start() + 1, message, None, BASIS, confidence=0.4, sure=False)
