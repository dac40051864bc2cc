"""Document numbers (发文字号): the year in hexagonal brackets, no 第, no leading zeros, no missing 号.

Source: GB/T 9704-2012, 7.2.5: 年份应标全称，用六角括号“〔〕”括入；发文顺序号不加“第”字，不编虚位（即1不编为01），
在阿拉伯数字后加“号”字.
"""

from collections.abc import Iterator

from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.text import Text
from govmedia.engine.content.types import Example, Mark, Post, Setting

CODE = "form_document_number"
CATEGORY = "form"
LEVEL = "notice"
TITLE = "发文字号"
VERSION = 1
AUTO = True
FIELDS = ("title", "text")
BASIS = "GB/T 9704-2012 第7.2.5条：年份用六角括号“〔〕”括入，顺序号不加“第”，不编虚位，后加“号”字"

# A code of office, the year in any bracket, the number. A plain (2023) is left alone unless 号 follows the number.
_NUMBER = compiled(
    r"([\u4e00-\u9fff]{1,10}[发函字办电令规通呈报批])([〔\[［【（(﹝])((?:19|20)\d{2})年?([〕\]］】）)﹞])(第?)(0{0,3})([1-9]\d{0,4})号"
)


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each number whose year, brackets or order are not as the standard has them."""
    if "号" not in text.raw:
        return
    for found in _NUMBER.finditer(text.raw):
        _, opening, year, closing, ordinal, zeros, number = found.groups()
        right = f"〔{year}〕{number}号"
        start = found.start(2)
        if text.raw[start : found.end()] != right:
            faults = []
            if (opening, closing) != ("〔", "〕"):
                faults.append("年份应用六角括号“〔〕”")
            if ordinal:
                faults.append("顺序号不加“第”")
            if zeros:
                faults.append("顺序号不编虚位")
            message = "发文字号不规范：" + ("，".join(faults) or "年份只写数字")
            yield Mark(start, found.end(), message, right, BASIS, confidence=0.98)


EXAMPLES = (
    Example("square brackets", "按照国办发[2019]51号要求", ("[2019]51号",)),
    Example("第 and a leading zero", "苏政办发〔2019〕第056号", ("〔2019〕第056号",)),
    Example("as it should be", "国办秘函〔2019〕19号"),
    Example("a year in brackets that is no document", "会议（2023）三号厅"),
)
