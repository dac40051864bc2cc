"""Items announced by number and then listed: 三个方面：一是…二是…; 5处，分别位于甲、乙、丙."""

from collections.abc import Iterator

from govmedia.engine.content.dates import whole
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.types import Mark

BASIS = "同一句中的数据应当一致：所列项数与所说相符"
_ORDER = "一二三四五六七八九十"
_ANNOUNCED = Pattern(
    r"([两三四五六七八九])(?:个方面|点(?:意见|要求|建议|希望)|[条项](?:措施|要求|意见|建议|举措|任务|工作)|件事)[^，。；：]{0,12}[：:]"
    r"\s?(?:[“\"])?一([是要])"
)
_STEP = compiled(r"([二三四五六七八九十])[是要、，](?<![0-9])")
_LIST = Pattern(
    r"(?<![0-9第.])([0-9]{1,2}|[两三四五六七八九])(?:个|处|所|家|条|座|项|类|种|名)[\u4e00-\u9fff]{0,6}[，,]分别(?:位于|设在|是|为)[：:]?"
    r"([^0-9，。；：等（）()\n]{2,90})[。；，]"
)

_ITEMS = Pattern(
    r"(?:以下|下列|如下)([2-9]|1[0-9]|[两二三四五六七八九十])(?:项|种|个|类|点|条|份|款|方面)[^，。；：\n0-9]{0,20}[：:]\s{0,3}(1[.．、]|（一）|①|（1）|一、)"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"

# A list that ends with its sentence, or with the text.
_ENDED = compiled(r"[。\n]|\Z")
_SAME = Pattern(
    r"[“\"]([两三四五六七八九十])(?:个|大|项|类|条)?([\u4e00-\u9fff]{2})[”\"](?:[\u4e00-\u9fff]{0,4}[：:]|[，,]即)([^。；：“”\n]{4,110})(?=[。；\n]|\Z)"
)
_STAGES = Pattern(
    r"分(?:为|成)?([两三四五六七八])(?:个(阶段|步骤|环节|小组|批次|片区|标段|层次)|(步)(?:走|实施|推进)?|(期|批|组|轮)(?:进行|实施|举办|推进|开展)?)[，：:。]"
)


def repeated(raw: str) -> Iterator[Mark]:
    """“三个坚持”：坚持问题导向、坚持系统思维: the word stands once for each."""
    for found in _SAME.finditer(raw):
        stated, listed = whole(found[1]), found[3].count(found[2])
        if stated and listed > 1 and listed != stated:
            message = f"列出{listed}个“{found[2]}”，写作{found[1]}个"
            yield Mark(found.start(), found.end() - 1, message, None, BASIS, confidence=0.6, sure=False)


def announced(raw: str) -> Iterator[Mark]:
    """三个方面：一是…，二是… with no third, or with a fourth in the same row."""
    for found in _ANNOUNCED.finditer(raw):
        stated = whole(found[1]) or 0
        last = _last(raw, found.end(), stated)
        if last > 1 and last != stated:
            message = f"列出{last}项，写作{found[1]}"
            yield Mark(found.start(), found.end(), message, None, BASIS, confidence=0.6, sure=False)


def _last(raw: str, place: int, stated: int) -> int:
    """The last ordinal of the row that begins at the place, in order; 0 where the row goes on in another way."""
    end = raw.find("\n", place)
    end = len(raw) if end < 0 else end
    again = raw.find("一是", place, end)
    end = again if again >= 0 else end
    last = 1
    for step in _STEP.finditer(raw, place, end):
        if _ORDER.index(step[1]) == last:
            last += 1
    if last < stated and any(sign in raw[place:] for sign in _further(last)):
        return 0
    return last


def _further(last: int) -> tuple[str, ...]:
    """How the next item may begin otherwise, in this paragraph or a later one."""
    sign = _ORDER[last]
    return (
        f"{sign}是",
        f"{sign}要",
        f"{sign}、",
        f"{sign}，",
        f"第{sign}",
        f"（{sign}）",
        f"{sign}个",
        "最后",
        f"{last + 1}.",
    )


def stages(raw: str) -> Iterator[Mark]:
    """分三个阶段：第一阶段…第二阶段… with no third, or with a fourth."""
    for found in _STAGES.finditer(raw):
        stated, name = whole(found[1]) or 0, found[2] or found[3] or found[4]
        end = raw.find("\n", found.end())
        text = raw[found.end() : end if end >= 0 else len(raw)]
        listed = 0
        while listed < 9 and (f"第{_ORDER[listed]}{name}" in text or f"第{_ORDER[listed]}个{name}" in text):
            listed += 1
        if 1 < listed != stated:
            message = f"列出{listed}个，写作{found[1]}个"
            yield Mark(found.start(), found.end(), message, None, BASIS, confidence=0.6, sure=False)


def numbered(raw: str) -> Iterator[Mark]:
    """以下4项材料：1.…；2.…；3.… that ends there, or goes on further."""
    for found in _ITEMS.finditer(raw):
        stated, first = whole(found[1]) or 0, found[2]
        last, place = 1, found.end()
        while last < 20 and (after := raw.find(_number(first, last + 1), place, place + 300)) >= 0:
            last, place = last + 1, after + 1
        ended = _ENDED.search(raw, place, place + 120)
        if last > 1 and last != stated and (last > stated or ended):
            message = f"列出{last}项，写作{found[1]}"
            yield Mark(found.start(), place, message, None, BASIS, confidence=0.6, sure=False)


def _number(first: str, place: int) -> str:
    """How the item of this number begins, in the manner of the first: 2. 2、 （二） ② （2） 二、."""
    if first == "①":
        return _CIRCLED[min(place, len(_CIRCLED)) - 1]
    return first.replace("1", str(place)) if "1" in first else first.replace("一", _ORDER[min(place, 10) - 1])


def placed(raw: str) -> Iterator[Mark]:
    """5处，分别位于城东、城西、城南."""
    for found in _LIST.finditer(raw):
        stated, listed = whole(found[1]), found[2].count("、") + 1
        if "和" in found[2] or "及" in found[2] or "与" in found[2] or listed < 2:
            continue
        if stated and stated != listed:
            message = f"列出{listed}个，写作{found[1]}"
            yield Mark(found.start(), found.end() - 1, message, None, BASIS, confidence=0.6, sure=False)
