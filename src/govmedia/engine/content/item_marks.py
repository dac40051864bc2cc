"""Marks after ordinals and numbers of items: 第一， 一是 （一） 1. ① and their wrong forms."""

from collections.abc import Iterator

from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.types import Mark

BASIS = "GB/T 15834-2011 第4.5.3条、附录B.1"
_H = "一二三四五六七八九十"
# 第一、… at the beginning of a clause; 第一、第二 and 第二、三季度 are lists.
_ORDINAL = compiled(rf"第(?<![{_H}、和与及在].)[{_H}]{{1,2}}、(?![第{_H}0-9])")
_ADVERB = Pattern(
    r"、(?<=首先、|其次、|再次、|最后、|其一、|其二、|其三、|其四、)(?!首先|其次|再次|最后|其[一二三四])"
)
_POINT = Pattern(rf"是、(?<=[{_H}]是、)")
_BRACKETED = (
    Pattern(rf"）(?<=[{_H}0-9].)[、.．，。](?!\s?[0-9（(第])"),
    Pattern(rf"\)(?<=[{_H}0-9].)[、.．，。](?!\s?[0-9（(第])"),
)
_BRACKETED_BEFORE = compiled(
    rf"(?:\A|[\n。；：\s])[（(](?:[{_H}]{{1,3}}|[0-9]{{1,2}})\Z|(?:\A|\n)\s{{0,4}}[0-9]{{1,2}}\Z"
)
_DOUBLED_ITEM = Pattern(r"[.．、](?<=[0-9].)[、.．](?![0-9])")
_CIRCLED = Pattern(r"[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳][、.．，。]")
_HANZI_ITEM = Pattern(rf"[.．](?<=[{_H}].)(?=\s?[\u4e00-\u9fff])")
_HANZI_BEFORE = compiled(rf"(?:\A|\n)\s{{0,4}}[{_H}]{{1,3}}\Z")
_ARABIC_ITEM = Pattern(r"、(?<=[0-9]、)")
_ARABIC_BEFORE = compiled(r"(?:\A|\n)\s{0,4}[0-9]{1,2}\Z")
_BOUNDARY = compiled(r"(?:\A|[\n。；：，！？\s“])\Z")


def marks(raw: str) -> Iterator[Mark]:
    """Yield one mark for each item or ordinal whose mark is not the standard's; 1、 is remarked on once."""
    if "、" in raw:
        yield from _commas(raw)
    for found in (one for pattern in _BRACKETED for one in pattern.finditer(raw)):
        if _BRACKETED_BEFORE.search(raw, max(0, found.start() - 5), found.start()):
            message = "带括号的序次语后不加标点"
            yield Mark(found.start() + 1, found.end(), message, "", BASIS, confidence=0.95)
    for found in _CIRCLED.finditer(raw) if "①" in raw or "②" in raw else ():
        yield Mark(found.start() + 1, found.end(), "带圈的序次语后不加标点", "", BASIS, confidence=0.95)
    for found in _DOUBLED_ITEM.finditer(raw):
        if not (".、" in raw or "．、" in raw or "、." in raw):
            break
        if _ARABIC_BEFORE.search(raw, max(0, found.start() - 8), found.start()):
            yield Mark(found.start(), found.end(), "序次语后标点重复", ".", BASIS, confidence=0.9)
    for found in _HANZI_ITEM.finditer(raw):
        if _HANZI_BEFORE.search(raw, max(0, found.start() - 8), found.start()):
            message = "汉字数字的序次语后用顿号"
            yield Mark(found.start(), found.end(), message, "、", BASIS, confidence=0.8)


def _commas(raw: str) -> Iterator[Mark]:
    for found in _ORDINAL.finditer(raw):
        if _BOUNDARY.search(raw, max(0, found.start() - 1), found.start()):
            # 第一、 stands in older official texts.
            message = f"“{found[0][:-1]}”后用逗号"
            yield Mark(found.end() - 1, found.end(), message, "，", BASIS, confidence=0.7, sure=False)
    for found in _ADVERB.finditer(raw):
        start = found.start() - 2
        if _BOUNDARY.search(raw, max(0, start - 1), start):
            message = f"“{raw[start : found.start()]}”后用逗号"
            yield Mark(found.start(), found.end(), message, "，", BASIS, confidence=0.8)
    for found in _POINT.finditer(raw):
        yield Mark(found.start() + 1, found.end(), "“一是”等之后不用顿号", "", BASIS, confidence=0.9)
    for found in _ARABIC_ITEM.finditer(raw):
        if _ARABIC_BEFORE.search(raw, max(0, found.start() - 8), found.start()):
            message = "阿拉伯数字的序次语后用下脚点“.”（全文只提示一次）"
            yield Mark(found.start(), found.end(), message, ".", BASIS, confidence=0.5, sure=False)
            return
