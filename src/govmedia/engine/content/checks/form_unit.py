"""Units: symbols in the wrong case, units that are not legal ones, doubled and split units.

亩, 斤 and other units that people live with are left alone, and so is what stands inside 《》 or quotation marks (the
name of a run is “10KM健康跑”). Source: GB 3100-93, 6 (symbols, their case, products and quotients); GB 3102.4-93
(摄氏度 is not to be split); 中华人民共和国法定计量单位 (1984).
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern, ahead
from govmedia.engine.content.text import Text, inside
from govmedia.engine.content.types import Example, Mark, Post, Setting
from govmedia.engine.content.unit_slips import slips
from govmedia.engine.tables import read_table

CODE = "form_unit"
CATEGORY = "form"
LEVEL = "notice"
TITLE = "计量单位"
VERSION = 2
AUTO = True
FIELDS = ("title", "text")
BASIS = "GB 3100-93 第6章：单位符号及其大小写、组合单位的写法"
LEGAL = "《中华人民共和国法定计量单位》：使用法定计量单位"
_FILE = Path(__file__).parents[1] / "data" / "units.toml"

_SYMBOL = Pattern(r"[0-9万亿]\s?([A-Za-zμ]{1,4}[0-9²³]?(?:[/·.•][A-Za-zμ]{1,3}[0-9²³]?)?)(?![A-Za-z0-9])")
_LOWERED = str.maketrans("²³", "23")
# The number before: not a model (苏-30M2), a road's stake (K12+300M), a version.
_NUMBER = compiled(r"(?:\A|[^A-Za-z0-9.,\-－—+#/]|[0-9%％]\s?[-－—~～]{1,2})[0-9][0-9.,]{0,14}\s?[万亿]{0,2}\s?\Z")
# What may stand before a unit in Chinese: a number, 每, a stroke.
_BEFORE_WORD = compiled(r"[0-9零一二两三四五六七八九十百千万亿半几数多余每/]\s?\Z")
# 公分母 and 平方根 are no units; 平方米 is one.
_AFTER_WORD = {
    "公分": "母之",
    "平方": "米公海千厘分毫英度里寸尺码根和差数",
    "立方": "米厘分毫公千英体根数",
    "平米": "",
    "公升": "降",
    "立升": "",
}
# Two names of one unit side by side: 5公里km, 20℃度.
_TWICE = Pattern(
    r"[0-9万亿]\s?(?:(?:公里|千米|km|KM|㎞){2,3}|(?:公斤|千克|kg|KG|㎏){2,3}|(?:平方米|㎡|m²|m2){2,3}|(?:立方米|m³|m3){2,3}"
    r"|(?:小时|h){2,3}|(?:分钟|min){2,3}|(?:毫升|mL|ml){2,3}|(?:厘米|cm){2,3}|(?:毫米|mm){2,3}|米m|m米|吨t|t吨|克g|g克"
    r"|(?:℃|°C|摄氏度)\s?(?:℃|°C|度|摄氏度|C)|度\s?(?:℃|°C|C(?![A-Za-z]))|亩亩(?![均产])|吨吨(?![位均])|元元(?![旦宵素首月年])|％%|%％|[%％]{2})"
    r"(?![A-Za-z])"
)
_POINTS = Pattern(
    r"[%％]个?百分点|个百分点[%％]|个百分比|百分之(?:[0-9.]{1,6}|[零一二三四五六七八九十百点]{1,8})[%％]"
)
_MONEY = Pattern(r"[¥￥]\s?[0-9][0-9.,]{0,12}\s?[万亿]?元|[$＄]\s?[0-9][0-9.,]{0,12}\s?[万亿]?(?:美元|元)")
_SPLIT = Pattern(r"摄氏\s?(?:零下)?\s?([0-9][0-9.]{0,4}|[一二三四五六七八九十]{1,3})\s?(度|℃)")
_ODD_DEGREE = Pattern(r"[0-9]\s?(?:[oOº˚]C|C°|c°|[°º˚]c)(?![A-Za-z])")
_BELOW = Pattern(r"零下\s?[-－—−](?=[0-9])")
_ENERGY = Pattern(r"千瓦/小?时")
# Chinese names and symbols do not mix in one quotient, where both have symbols.
_MIXED = Pattern(
    r"[0-9]\s?(?:(?:公里|千米|米|毫克|微克|公斤|千克|克|毫升|升|立方米|吨)/(?:h|s|min|m³|m3|m²|L|kg)(?![A-Za-z])"
    r"|(?:km|m|mm|mg|μg|ug|g|kg|mL|L|m³|m3|t)/(?:小时|秒|分钟|时|升|毫升|立方米|平方米|千克|公斤))"
)
_SPEED = Pattern(r"时速[^，。；\n]{0,6}?[0-9][0-9.]{0,5}\s?(?:公里|千米|km)(?:/|每)(?:小时|时|h)")
_PH = Pattern(r"(?:PH|Ph|ph)(?=值|计|试纸|[0-9<>≥≤＜＞=＝为在])")


@lru_cache(maxsize=1)
def _symbols() -> dict[str, str]:
    return {wrong: right for right, ways in read_table(_FILE)["symbols"].items() for wrong in ways}


@ahead
@lru_cache(maxsize=1)
def _words() -> tuple[Pattern, dict[str, str], dict[str, str]]:
    table = read_table(_FILE)
    words = sorted(table["words"] | table["colloquial"], key=len, reverse=True)
    return Pattern("|".join(words)), table["words"] | table["colloquial"], table["colloquial"]


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each unit that is written wrongly or is not a legal one."""
    for mark in _marks(text.raw):
        if not inside(text.titles, mark.start, mark.end) and not inside(text.quotes, mark.start, mark.end):
            yield mark


def _marks(raw: str) -> Iterator[Mark]:
    yield from _by_symbol(raw)
    yield from _by_word(raw)
    yield from _doubled(raw)
    yield from _degrees(raw)
    for start, end, message in slips(raw):
        yield Mark(start, end, message, None, BASIS, confidence=0.6, sure=False)
    if "/" in raw or "每" in raw:
        yield from _quotients(raw)


def _by_symbol(raw: str) -> Iterator[Mark]:
    for found in _SYMBOL.finditer(raw):
        right = _symbols().get(found[1])
        if right and _NUMBER.search(raw, max(0, found.start(1) - 18), found.start(1)):
            message = f"单位符号应为“{right}”"
            # Where no raised figures can be set, m2 is what people write; cc is usual in medicine.
            sure = right.translate(_LOWERED) != found[1] and found[1].lower() != "cc"
            confidence = 0.95 if sure else 0.6
            yield Mark(found.start(1), found.end(1), message, right, BASIS, confidence=confidence, sure=sure)
    for found in _PH.finditer(raw):
        if not found.start() or not (raw[found.start() - 1].isascii() and raw[found.start() - 1].isalpha()):
            yield Mark(found.start(), found.end(), "酸碱度应写作“pH”", "pH", BASIS, confidence=0.95)


def _by_word(raw: str) -> Iterator[Mark]:
    pattern, words, colloquial = _words()
    for found in pattern.finditer(raw):
        word = found[0]
        if not _BEFORE_WORD.search(raw, max(0, found.start() - 2), found.start()):
            continue
        if raw[found.end() : found.end() + 1] in tuple(_AFTER_WORD.get(word, "")):
            continue
        sure = word not in colloquial
        message = f"“{word}”不是法定计量单位，应为“{words[word]}”" if sure else f"“{word}”不规范，应为“{words[word]}”"
        # One 华里 is half a kilometre: the number changes with the unit.
        exact = word not in ("华里", "市尺", "市寸", "市斤", "公斤力")
        yield Mark(
            found.start(), found.end(), message, words[word] if exact else None, LEGAL,
            confidence=0.9 if sure else 0.6, sure=sure,
        )  # fmt: skip


def _doubled(raw: str) -> Iterator[Mark]:
    for found in _TWICE.finditer(raw):
        start = found.start() + 1
        yield Mark(start, found.end(), f"单位重复：“{raw[start : found.end()].strip()}”", None, BASIS, confidence=0.9)
    for found in _POINTS.finditer(raw):
        right = "个百分点" if "个" in found[0] or "点" in found[0] else None
        message = "百分号与“百分之”“百分点”重复" if right is None or "%" in found[0] else "应为“个百分点”"
        yield Mark(found.start(), found.end(), message, right, BASIS, confidence=0.95)
    for found in _MONEY.finditer(raw):
        yield Mark(found.start(), found.end(), "货币符号与“元”重复", None, BASIS, confidence=0.9)


def _degrees(raw: str) -> Iterator[Mark]:
    for found in _SPLIT.finditer(raw):
        below = "零下" if "零下" in found[0] else ""
        right = f"{below}{found[1]}摄氏度"
        yield Mark(found.start(), found.end(), "“摄氏度”不能拆开", right, "GB 3102.4-93", confidence=0.95)
    for found in _ODD_DEGREE.finditer(raw):
        yield Mark(found.start() + 1, found.end(), "摄氏度的符号应为“℃”", "℃", BASIS, confidence=0.9)
    for found in _BELOW.finditer(raw):
        yield Mark(found.start(), found.end(), "“零下”与负号重复", "零下", BASIS, confidence=0.95)


def _quotients(raw: str) -> Iterator[Mark]:
    for found in _ENERGY.finditer(raw):
        hour = found[0] == "千瓦/时"
        yield Mark(found.start(), found.end(), "电能的单位是“千瓦时”", "千瓦时", BASIS, confidence=0.8, sure=hour)
    for found in _MIXED.finditer(raw):
        message = "组合单位中汉字与符号不能混用"
        yield Mark(found.start() + 1, found.end(), message, None, BASIS, confidence=0.9)
    for found in _SPEED.finditer(raw):
        message = "“时速”与“每小时”重复"
        yield Mark(found.start(), found.end(), message, None, BASIS, confidence=0.6, sure=False)


EXAMPLES = (
    Example("case", "线路全长12KM，电压220KV", ("KM", "KV")),
    Example("a power of ten", "浓度为35ug/m3", ("ug/m3",)),
    Example("not a legal unit", "积雪深20公分", ("公分",)),
    Example("split", "气温升至摄氏35度", ("摄氏35度",)),
    Example("twice", "全程5公里km", ("公里km",)),
    Example("points of per cent", "比上年提高3%个百分点", ("%个百分点",)),
    Example("Chinese and symbols mixed", "限速60公里/h", ("公里/h",)),
    Example("as it should be", "限速60公里/小时，电压220kV，浓度35μg/m³"),
    Example("an aircraft", "苏-30M2战斗机"),
    Example("the name of a run", "“10KM健康跑”开跑"),
    Example("mu", "新增高标准农田3万亩，亩产1200斤"),
)
