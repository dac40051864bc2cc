"""Wording about territory, sovereignty, Hong Kong, Macao and Taiwan: the lexicon's terms, and what patterns see.

Source: 新华社《新闻信息报道中的禁用词和慎用词》（2016年7月修订）第四部分；中央台办、外交部、中央宣传部
《关于正确使用涉台宣传用语的意见》（2016年3月修订）；《公开地图内容表示规范》（自然资规〔2023〕2号）. Patterns: the
regions listed among states (等国家 without 和地区), people of the regions who 来华, 内地 for 大陆 and the reverse,
years of 民国 after 1949, and 国外 or 出国 said of the regions.
"""

from collections.abc import Iterator

from govmedia.engine.content.beside_states import beside_states
from govmedia.engine.content.conditions import is_quoted
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.terms import marks_of
from govmedia.engine.content.text import Text, inside
from govmedia.engine.content.types import Example, Mark, Post, Setting

CODE = "wording_territory"
CATEGORY = "wording"
LEVEL = "notice"
TITLE = "领土主权和港澳台表述"
VERSION = 2
AUTO = True
FIELDS = ("title", "text")

XINHUA = "新华社《新闻信息报道中的禁用词和慎用词》（2016年7月修订）涉及领土、主权和港澳台类"
TAIWAN = "《关于正确使用涉台宣传用语的意见》（2016年3月修订）"

_REGION = Pattern("台湾|香港|澳门|港澳|台胞|台商")
_AS_STATES = compiled(
    r"(?:等(?:[\d一二两三四五六七八九十百]{1,4}[多余]?个?)?|[\d两三四五六七八九十]{1,3}个)"
    r"(?:国家(?![级和或及与、（(/重战规中公综高课项实发部机标政安队化试创文非大法所领元地])|国(?![家际内外产民务有标旗网资庆债企画宝药考道防力土营籍语歌泰学展]))"
)
_REGION_END = compiled(r"(?:香港|澳门|台湾|港澳台|港澳|台北)(?:地区|特区|省)?(?=$|[、和与及])")
_ITEM_LONGEST = 8
_STATES_COUNTED = Pattern(r"(?:香港|澳门|台湾)(?:地区)?[两三四五六七八九十]国(?![语际家演志杀时])")
_PERSON = (
    "同胞|游客|旅客|居民|学生|青年|青少年|客商|企业家|投资者|代表团|人士|商人|师生|专家|学者|民众|旅游团|旅行团"
    "|参访团|艺人"
)
_COMING = Pattern(
    rf"((?:港澳台|台港澳|台湾|香港|澳门|港澳)(?:地区)?(?:{_PERSON})|台胞|台商|港商|澳商|港胞|台生)[\u4e00-\u9fff]{{0,2}}?"
    r"(来华|访华)(?![夏山安东南北西侨容为润亭池强清中蓥阴宁])"
)
_FOREIGNERS = ("外国", "外籍", "外商", "海外", "国外", "外宾")
_TAIWAN_INLAND = Pattern(
    r"(?:台湾(?:同胞|青年|居民|学生|游客|民众|企业|企业家|农民|师生|人才|乡亲|专家)|台胞|台商|台企|台青|台生)([\u4e00-\u9fff]{0,6}?)(内地)"
)
_HONG_KONG_MAINLAND = Pattern(
    r"(?:(?:香港|澳门|港澳)(?:同胞|青年|居民|学生|青少年|企业|企业家|师生|投资者)|港人|港商|港企|澳企|港青)"
    r"([\u4e00-\u9fff]{0,6}?)(大陆)(?![架性板桥漂])"
)
_MAINLAND_TO_TAIWAN = Pattern(
    r"(内地)(?:居民|游客|旅客|同胞|学生|青年|企业|企业家)[\u4e00-\u9fff]{0,6}?(?:赴台|去台湾|到台湾|往来台湾|来往台湾|赴台湾)"
)
_INLAND_TO_HONG_KONG = Pattern(
    r"(大陆)(?:居民|游客|旅客|同胞|学生|青年|企业|企业家)[\u4e00-\u9fff]{0,6}?"
    r"(?:(?:赴|去|到|往来|来往)(?:香港|澳门|港澳)|赴港|赴澳)(?![^。，；]{0,3}台)"
)
_REPUBLIC_YEAR = Pattern(r"民国(\d{2,3}|[一二三四五六七八九十百零〇]{2,6})年(?!代)")
_ABROAD = Pattern(
    r"国外[（(](?:含|包括|包含|如)?(?:港澳台|香港|澳门|台湾)|(?:含|包括|包含)(?:港澳台|香港|澳门|台湾)(?:地区)?(?:在内)?的?(?:国外|外国)"
    r"|(?:港澳台|香港|澳门|台湾)(?:地区)?等(?:国外|外国|海外国家|境外国家|邻国)"
    r"|出国(?:到|去|赴|前往|至)(?:香港|澳门|台湾|港澳台)|(?:赴|去|到|前往)(?:香港|澳门|台湾|港澳台)(?:地区)?(?:旅游|探亲|学习|交流|考察)?(?:须|需|要)?(?:办理)?出国"
)
_LAST_OLD_YEAR = 38
_FIRST_YEAR = 1911


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield the marks of the lexicons' entries for this check and of the patterns."""
    yield from marks_of(CODE, text, setting)
    yield from _republic_years(text)
    for start, end, message in beside_states(text):
        if not _is_anothers(text, start, end):
            yield Mark(start, end, message, None, XINHUA, "deduct", confidence=0.6, sure=False)
    if _REGION.search(text.raw):
        yield from _among_states(text)
        yield from _sides(text)
    if "赴" in text.raw or "往" in text.raw:
        yield from _goers(text)


def _among_states(text: Text) -> Iterator[Mark]:
    for found in _AS_STATES.finditer(text.raw):
        place = _region_before(text.raw, found.start())
        if place is not None and not _is_anothers(text, place[0], found.end()):
            message = "香港、澳门、台湾与国家并列时应写作“国家和地区”"
            yield Mark(place[0], found.end(), message, None, XINHUA, "veto")
    for found in _STATES_COUNTED.finditer(text.raw):
        if not _is_anothers(text, *found.span()):
            yield Mark(*found.span(), "香港、澳门、台湾不是国家，不得计入“几国”", None, XINHUA, "veto")
    for found in _ABROAD.finditer(text.raw):
        if not _is_anothers(text, *found.span()):
            message = "香港、澳门、台湾是中国的一部分，不得归入国外，可说“境外”"
            yield Mark(*found.span(), message, None, XINHUA, "deduct")


def _region_before(raw: str, end: int) -> tuple[int, int] | None:
    """The region that stands in the list which ends at `end`, if one does."""
    start = max(0, end - 60)
    piece = raw[start:end]
    for found in _REGION_END.finditer(piece):
        rest = piece[found.end() :]
        items = rest.replace("和", "、").replace("与", "、").replace("及", "、").split("、")
        if not items[0] and all(item.isalpha() and len(item) <= _ITEM_LONGEST for item in items[1:]):
            return start + found.start(), start + found.end()
    return None


def _sides(text: Text) -> Iterator[Mark]:
    """People of the regions who come to China, and the two names for the rest of the country mixed up."""
    for found in _COMING.finditer(text.raw):
        with_foreigners = any(word in text.raw[max(0, found.start() - 20) : found.start()] for word in _FOREIGNERS)
        if not with_foreigners and not _is_anothers(text, *found.span()):
            right = "来大陆" if "台" in found[1] and "港" not in found[1] else "来内地"
            message = "港澳台居民来大陆（内地）不得说“来华”“访华”"
            yield Mark(*found.span(2), message, right, XINHUA, "deduct")
    for found in _TAIWAN_INLAND.finditer(text.raw):
        is_both = text.raw.startswith(("（", "("), found.end())
        if not is_both and not _is_joint(text.raw, found.start(), found[1], "港澳大陆"):
            message = "“台湾”与“大陆（祖国大陆）”是对应概念，不与“内地”相对"
            yield Mark(*found.span(2), message, "大陆", XINHUA)
    for found in _HONG_KONG_MAINLAND.finditer(text.raw):
        if not _is_joint(text.raw, found.start(), found[1], "台内"):
            message = "“香港、澳门”与“内地”是对应概念，不与“大陆”相对"
            yield Mark(*found.span(2), message, "内地", XINHUA)


def _goers(text: Text) -> Iterator[Mark]:
    """The two names mixed up for those who go the other way."""
    for pattern, right, region in (
        (_MAINLAND_TO_TAIWAN, "大陆", "台湾"),
        (_INLAND_TO_HONG_KONG, "内地", "香港、澳门"),
    ):
        for found in pattern.finditer(text.raw):
            if not _is_anothers(text, *found.span()):
                yield Mark(*found.span(1), f"与“{region}”相对应称“{right}”", right, XINHUA)


def _is_joint(raw: str, start: int, between: str, others: str) -> bool:
    """True where others are named along with them, so that either word may stand."""
    return raw[max(0, start - 1) : start] in ("、", "和", "与", "及", "港", "澳") or any(
        one in between for one in others
    )


def _republic_years(text: Text) -> Iterator[Mark]:
    for found in _REPUBLIC_YEAR.finditer(text.raw):
        year = int(found[1]) if found[1].isdigit() else _number(found[1])
        if year > _LAST_OLD_YEAR and not _is_anothers(text, *found.span()):
            message = "1949年10月1日之后不使用“民国”纪年"
            yield Mark(*found.span(), message, f"{_FIRST_YEAR + year}年", TAIWAN, "veto")


def _number(written: str) -> int:
    """一百一十三 and 一一三 as a number."""
    digits = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0}
    if not set(written) & {"十", "百"}:
        return int("".join(str(digits[sign]) for sign in written))
    total, last = 0, 1
    for sign in written:
        if sign in "十百":
            total, last = total + last * (10 if sign == "十" else 100), 0
        else:
            last = digits[sign]
    return total + (last if written[-1] not in "十百" else 0)


def _is_anothers(text: Text, start: int, end: int) -> bool:
    return inside(text.titles, start, end) or is_quoted(text, start, end)


EXAMPLES = (
    Example("an office of the Taiwan authorities", "台湾立法院昨日开会", ("台湾立法院",)),
    Example("with the marks the rule asks for", "台湾“立法院”昨日开会，台当局坚持“台独”立场"),
    Example("a separatist word bare", "坚决反对一切台独行径", ("台独",)),
    Example("a longer word", "新疆独库公路恢复通行，西藏独特的文化吸引游客，舞台独具匠心"),
    Example("a region among states", "来自日本、韩国、台湾等国家的客商", ("台湾等国家",)),
    Example("states and regions", "来自日本、韩国、台湾等国家和地区的客商"),
    Example("coming to China", "今年港澳台同胞来华旅游人数增长", ("来华",)),
    Example("the wrong half", "台商在内地投资兴业", ("内地",)),
    Example("a year of the republic", "民国113年，台北举行活动", ("民国113年",)),
    Example("a year of its own time", "该校始建于民国二十六年"),
)
