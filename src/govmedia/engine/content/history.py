"""Whether a sentence speaks of the past, so that a name that no longer holds is right in it.

A date before the change, 原, 前身, 时任, 更名, 组建 and their like; years of life and awards too. A check that judges
names by a day asks here before it speaks: an old name in its own time is no fault.
"""

from datetime import date

from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.text import Text

_CUES = compiled(
    r"前身|时任|历任|曾任|曾经|曾是|曾在|曾为|更名|改名|改称|易名|旧称|旧名|旧址|前称|当时|当年|那时|那年|年代|不再保留"
    r"|机构改革|转隶|划转|并入|撤并|重组|整合组建|合并组建|合并为|合并成|改组|改为|改制为|职责整合|的职责|沿革|退休|离休|离任"
    r"|烈士|生前|逝世|诞辰|回忆|追忆|回顾|史料|史上|历史上|昔日|早年|过去|以前|此前|撤县|撤市|撤区|撤地|设区|建区|行政区划|区划调整|撤销|废止|失效|替代|取代"
    r"|出版社|年版|“?十[一二三]五”?(?:期间|时期|规划|以来|末)|解放[前初]|建国|新中国成立初|民国|抗战|改革开放初|世纪"
)
# 原 before a name, but not that of 太原, 平原, 原则 and other words.
_FORMER = compiled(
    r"(?:^|[^太平中固高草三五清还开雪荒复])原(?!则|因|料|来|创|文|件|有|平市|阳县|州区)[\u4e00-\u9fff、（）()]{0,16}$"
)
_YEAR = compiled(r"(?<![\d.])((?:19|20)\d{2})(?!\d)(?:\s?年\s?(\d{1,2})\s?月|[-./](\d{1,2})(?!\d))?")
_WRITTEN_YEAR = compiled(r"一九[〇○零一二三四五六七八九]{2}年?|二[〇○零][〇○零一][〇○零一二三四五六七八九]年?")
# What is given is kept under the name of its giver: a plaque does not change with the body.
_GIVEN = compiled(
    r"授予|评为|评定为|认定为|命名为|颁发|荣获|被列为|列入|称号|牌匾|重点实验室|令第|第?\d{1,4}号令|公告第|部令"
)
_NUMBER_OF_ACT = compiled(r"[（(]?(?:令|公告|通告|第?\s?\d{1,4}\s?号|〔\d{4}〕|\[\d{4}\]|联发|部令)")
_ARTICLE = compiled(r"(?:^|\n)[\s\u3000]{0,4}第[一二三四五六七八九十百零〇\d]{1,6}条")
_FEW_ARTICLES = 3


def is_past(text: Text, start: int, end: int, since: date) -> bool:
    """True where the sentence around the stretch speaks of a time before `since`."""
    low, high = text.sentence(start)
    # A date or a 原 that opens the sentence counts; what stands in the next sentence does not.
    sentence, before, after = (
        text.raw[low:high],
        text.raw[max(low, start - 20) : start],
        text.raw[end : min(high, end + 24)],
    )
    return bool(
        _FORMER.search(before)
        or after.startswith(("原", "（原", "前身"))
        or _NUMBER_OF_ACT.match(after)
        or _GIVEN.search(after)
        or _CUES.search(sentence)
        or _WRITTEN_YEAR.search(sentence)
        or has_year_before(sentence, since)
    )


def has_year_before(piece: str, since: date) -> bool:
    """True where the piece names a year, or a month of a year, that lies before `since`."""
    for found in _YEAR.finditer(piece):
        month = int(found[2] or found[3] or 1)
        if (int(found[1]), month if 1 <= month <= 12 else 1) < (since.year, since.month):
            return True
    return False


def is_legal_text(text: Text) -> bool:
    """True for the wording of a law or rules: three or more paragraphs open with 第…条."""
    if "条" not in text.raw:
        return False
    return any(number >= _FEW_ARTICLES for number, _ in enumerate(_ARTICLE.finditer(text.raw), 1))


def near_past(text: Text, start: int, since: date, around: int = 300) -> bool:
    """True where a year before `since` stands within `around` characters: then a hit waits for a human."""
    return has_year_before(text.raw[max(0, start - around) : start + around], since)
