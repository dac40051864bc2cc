"""Document numbers (发文字号): the full year in hexagonal brackets, no 第, no leading zeros, no missing 号.

Numbers of licences, maps, certificates and lawsuits follow rules of their own and are left alone.
Source: GB/T 9704-2012, 7.2.5: 年份应标全称，用六角括号“〔〕”括入；发文顺序号不加“第”字，不编虚位（即1不编为01），
在阿拉伯数字后加“号”字.
"""

import re
from collections.abc import Iterator

from govmedia.engine.content.numbers import value
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
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

_OPEN, _CLOSE = r"〔\[［【（(﹝{｛<〈「", r"〕\]］】）)﹞}｝>〉」"
_HANZI = "[〇零○一二三四五六七八九十百千]"
# The office's code ends in a Chinese character; then the year in any bracket, then the number.
_NUMBER = Pattern(
    rf"(?<=[\u4e00-\u9fff])([{_OPEN}])\s?([0-9０-９OoIl]{{1,5}}|[〇零○一二三四五六七八九]{{4}})(年?)\s?([{_CLOSE}])\s?"
    rf"(第?)\s?(0{{0,3}})([1-9１-９][0-9０-９]{{0,4}}|{_HANZI}{{1,7}})(\s?号(?![楼线厅馆店门院井机台岛])号?)?"
)
# One bracket, or both, lost; number before year; year before code.
_BROKEN = Pattern(
    rf"(?<=[发函字])(?<=[办政国委党府部局厅院]发|[办政国委府部局厅]函|办字|秘函|政字)(?:"
    rf"[{_OPEN}]\s?((?:19|20)[0-9]{{2}})年?[\s,，]?第?0{{0,3}}([1-9][0-9]{{0,3}})号"
    rf"|((?:19|20)[0-9]{{2}})年?[\s{_CLOSE}\-—]?第?0{{0,3}}([1-9][0-9]{{0,3}})号"
    rf"|第?0{{0,3}}([1-9][0-9]{{0,3}})号\s?[{_OPEN}]((?:19|20)[0-9]{{2}})年?[{_CLOSE}])"
)
# 2023〔15〕号
_SWAPPED = Pattern(rf"[{_OPEN}](?<=[\u4e00-\u9fff](?:19|20)[0-9]{{2}}.)([1-9][0-9]{{0,3}})[{_CLOSE}]号")
_YEAR_FIRST = Pattern(
    rf"[{_OPEN}]((?:19|20)[0-9]{{2}})年?[{_CLOSE}]"
    r"([\u4e00-\u9fff]{0,5}(?:[办政国委党府部局厅院]发|[办政国委府部局厅]函|办字|秘函|政字))第?0{0,3}([1-9][0-9]{0,3})号"
)
_PLAIN = str.maketrans("OoIl○０１２３４５６７８９", "0011〇0123456789")
_ENDS = "发函字办规通报批释复税标文政呈电监价"
# Codes of documents whose round brackets are a year's by custom are told from plain words by these beginnings.
_OFFICES = compiled(
    r"(?:财|建|发改|国卫|人社|教|工信部|银保监|交|民|商|农|科|环|市监|国知|司|卫)[\u4e00-\u9fff]{1,5}\Z"
)
_LICENCE = compiled(
    r"(?:[证许准印审备消证注执]字|审图号?|[医药械食]广|准印|许可|备案|[卫食药]水|民[初终申特再]|刑[初终申])\Z"
)
_CASE = compiled(r"(?:[案仲裁罚决处告]字|公告|通告|令)\Z")
# What follows a whole number that lacks its 号.
_AFTER = compiled(r"\s?(?:文|精神|要求|规定|通知|意见|[，。；）)》]|\Z)")
# A number that goes on: a list or a range of numbers, with 号 after the last.
_GOES_ON = compiled(r"[0-9期]|[、,，—\-－–~～至到和及]{1,2}第?[0-9]")


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each number whose year, brackets or order are not as the standard has them."""
    raw = text.raw
    if "号" not in raw and "〔" not in raw and "[" not in raw:
        return
    for found in _NUMBER.finditer(raw):
        code = raw[max(0, found.start() - 8) : found.start()]
        if _is_number(code, found, raw) and (faults := _faults(code, found, setting)):
            yield _mark(code, found, faults)
    if "号" in raw:
        yield from _broken(raw)


def _broken(raw: str) -> Iterator[Mark]:
    for found in _BROKEN.finditer(raw):
        parts = [part for part in found.groups() if part]
        year, number = (parts[1], parts[0]) if found.group(5) else (parts[0], parts[1])
        message = "发文字号不规范：年份应括入六角括号“〔〕”，顺序号在年份之后"
        yield Mark(found.start(), found.end(), message, f"〔{year}〕{number}号", BASIS, confidence=0.95)
    for found in _SWAPPED.finditer(raw):
        start = found.start() - 4
        message = "发文字号不规范：年份应括入六角括号“〔〕”，顺序号在括号之后"
        yield Mark(start, found.end(), message, f"〔{raw[start : start + 4]}〕{found[1]}号", BASIS, confidence=0.95)
    if "发" in raw or "函" in raw or "字" in raw:
        for found in _YEAR_FIRST.finditer(raw):
            year, code, number = found.groups()
            message = "发文字号不规范：应依次为机关代字、年份、顺序号"
            yield Mark(found.start(), found.end(), message, f"{code}〔{year}〕{number}号", BASIS, confidence=0.95)


def _is_number(code: str, found: re.Match[str], raw: str) -> bool:
    """True where the brackets are a document number's, not a remark's, a licence's or a lawsuit's."""
    opening, year, _, closing, _, _, number, end = found.groups()
    if _LICENCE.search(code):
        return False
    hexagonal = "〔" in (opening, closing) or "〕" in (opening, closing) or (opening, closing) == ("﹝", "﹞")
    known = code[-1] in _ENDS
    if end is None:
        return len(year) == 4 and number[0].isdigit() and _lacks_its_end(code, opening, hexagonal, raw, found.end())
    if hexagonal:
        return True
    if not known and opening in "（(<〈「" and not _OFFICES.search(code):
        return False
    return len(year) == 4 or known


def _lacks_its_end(code: str, opening: str, hexagonal: bool, raw: str, place: int) -> bool:
    """True where a number stands without 号, and no list or range of numbers goes on after it."""
    if _GOES_ON.match(raw, place):
        return False
    if hexagonal:
        return code[-1] in _ENDS or _AFTER.match(raw, place) is not None
    return opening in "[［【" and code[-1] in _ENDS and code[-2:-1] in tuple("办政国委")


def _faults(code: str, found: re.Match[str], setting: Setting) -> list[str]:
    opening, year, after_year, closing, ordinal, zeros, number, end = found.groups()
    faults = []
    if (opening, closing) not in (("〔", "〕"), ("﹝", "﹞")):
        faults.append("年份应用六角括号“〔〕”")
    if after_year:
        faults.append("年份只写数字，不加“年”")
    faults.extend(_faults_of_year(year, setting))
    if ordinal:
        faults.append("顺序号不加“第”")
    if zeros:
        faults.append("顺序号不编虚位")
    if not number[0].isdigit():
        faults.append("顺序号用阿拉伯数字")
    elif not number.isascii():
        faults.append("数字应为半角")
    if end is None:
        faults.append("顺序号后应加“号”字")
    elif "号号" in end:
        faults.append("“号”字重复")
    return faults


def _faults_of_year(year: str, setting: Setting) -> Iterator[str]:
    if not year.isdigit() or not year.isascii():
        yield "年份应写四位阿拉伯数字"
    elif len(year) != 4:
        yield "年份应标全称（四位数字）"
    elif int(year) > setting.day.year + 1:
        yield f"年份{year}晚于发布时间"
    elif int(year) < 1949:
        yield f"年份{year}过早，请核对"


def _mark(code: str, found: re.Match[str], faults: list[str]) -> Mark:
    _, year, _, _, ordinal, _, number, _ = found.groups()
    right = _right(year, number)
    # Some legal documents and proclamations keep 第 or round brackets by rules of their own.
    sure = not (_CASE.search(code) and (ordinal or found.group(1) in "（(")) and "晚于" not in faults[0]
    return Mark(
        found.start(), found.end(), "发文字号不规范：" + "，".join(faults), right, BASIS,
        confidence=0.98 if sure else 0.6, sure=sure,
    )  # fmt: skip


def _right(year: str, number: str) -> str | None:
    """The number as it should be; None where the year cannot be told."""
    if not number[0].isdigit():
        worth = value(number.translate(_PLAIN))
        number = str(int(worth)) if worth is not None else ""
    number, year = number.translate(_PLAIN), year.translate(_PLAIN)
    if not year.isdigit() or not year.isascii():
        worth = value(year)
        year = str(int(worth)) if worth is not None else ""
    if len(year) <= 3 and len(number) == 4 and number[:2] in ("19", "20"):
        year, number = number, year
    if len(year) == 2:
        year = ("20" if int(year) < 50 else "19") + year
    return f"〔{year}〕{number}号" if len(year) == 4 and number and "1949" <= year <= "2099" else None


EXAMPLES = (
    Example("square brackets", "按照国办发[2019]51号要求", ("[2019]51号",)),
    Example("第 and a leading zero", "苏政办发〔2019〕第056号", ("〔2019〕第056号",)),
    Example("a year of two digits", "根据县政办发〔19〕32号文件精神", ("〔19〕32号",)),
    Example("号 is missing", "现将国办发〔2019〕51文件转发给你们", ("〔2019〕51",)),
    Example("a bracket lost", "根据国办发2019〕51号要求", ("2019〕51号",)),
    Example("as it should be", "国办秘函〔2019〕19号"),
    Example("two numbers of one year", "苏政办发〔2019〕56、57号"),
    Example("a map's number", "审图号：GS京（2022）1061号"),
    Example("a lawsuit", "（2023）苏01民终1234号"),
    Example("a year in brackets that is no document", "会议（2023）三号厅"),
)
