"""Titles of laws and rules in 《》: one or two characters off a known title, or of a law that no longer holds.

Source: 国家法律法规数据库 (titles of laws, regulations, interpretations and local rules; data/laws.csv.gz) and the
articles by which laws were repealed (data/laws.toml). Titles of local rules are near only to those of the same place.
A repealed law may be spoken of, as in its own time it held: sentences about the past, the wording of laws, and a
second law that repeals it are silent, and all others go to a human.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache

from govmedia.engine.content.history import is_legal_text, is_past
from govmedia.engine.content.law_titles import STATE, NearTitle, abolished, core_of, titles
from govmedia.engine.content.nearly import slip_after
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.text import Text
from govmedia.engine.content.types import Example, Mark, Post, Setting

CODE = "names_law"
CATEGORY = "names"
LEVEL = "notice"
TITLE = "法律法规名称"
VERSION = 1
AUTO = True
FIELDS = ("title", "text")

BASIS = "《出版物汉字使用管理规定》及公文引用惯例：引用法律法规应使用全称或者规范简称"
_INNER = compiled(r"〈[^〈〉《》\n]{2,60}〉")
_ENDS = ("法", "典", "条例", "规定", "办法", "细则", "解释", "规则", "章程", "准则", "决定")
# Words by which a repealed law is spoken of as such, or as a subject of history or learning.
_SPOKEN = compiled(
    r"废止|失效|取代|替代|修订前|旧法|颁布|诞生|首部|第一部|起草|立法史|原《|原〈|公布实施|审判指导|司法解释|同时"
)


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each title that is near a known one, and one for each law repealed by the day."""
    if "《" not in text.raw:
        return
    legal: bool | None = None
    for start, end in text.titles:
        inner = text.raw[start + 1 : end - 1]
        yield from _near(inner, start + 1)
        for found in _INNER.finditer(inner) if "〈" in inner else ():
            yield from _near(found[0][1:-1], start + 2 + found.start())
        if (core := core_of(inner)) in abolished():
            if legal is None:
                legal = is_legal_text(text)
            if not legal:
                yield from _repealed(text, start, end, core, setting)


def _near(inner: str, start: int) -> Iterator[Mark]:
    core = core_of(inner)
    named = inner.startswith(STATE)
    if not named and (prefix := slip_after(inner, 0, STATE)) and _is_law(inner[prefix[2] :]):
        message = f"国名疑似有误：应为“{STATE}”"
        yield Mark(start, start + prefix[2], message, STATE, BASIS, confidence=0.95, term=STATE, lexicon="laws")
        core, named = core_of(inner[prefix[2] :]), True
    if not (near := _known_near(core, named)):
        return
    place = inner.find(core)
    low, high = (start + place, start + place + len(core)) if place >= 0 else (start, start + len(inner))
    full = (STATE if named else "") + near.core
    yield Mark(
        low,
        high,
        f"法律法规名称疑似有误：应为《{full}》",
        near.core if place >= 0 else None,
        BASIS,
        confidence=0.95 if near.sure else 0.75,
        sure=near.sure,
        term=near.core,
        lexicon="laws",
    )


@lru_cache(maxsize=4096)
def _known_near(core: str, named: bool) -> NearTitle | None:
    """Kept, since the same laws are named over and over."""
    return titles().near(core, named=named)


def _is_law(rest: str) -> bool:
    return core_of(rest).endswith(_ENDS) and len(rest) > 1


def _repealed(text: Text, start: int, end: int, core: str, setting: Setting) -> Iterator[Mark]:
    entry = abolished()[core]
    low, high = text.sentence(start)
    if setting.day < entry.since or is_past(text, start, end, entry.since) or _SPOKEN.search(text.raw, low, high):
        return
    instead = f"，现行为《{entry.instead}》" if entry.instead else ""
    since = f"{entry.since.year}年{entry.since.month}月{entry.since.day}日"
    message = f"《{core}》已于{since}废止{instead}，请核对引用是否恰当"
    yield Mark(start, end, message, None, entry.source, confidence=0.7, sure=False, term=core, lexicon="laws")


_DAY = {"published_at": datetime(2024, 5, 1, tzinfo=UTC)}
EXAMPLES = (
    Example("a character missing", "认真学习《中华人民共和国安全生法》。", ("安全生法",)),
    Example("a wrong character", "宣传《消费者权益保户法》知识。", ("消费者权益保户法",)),
    Example("a law repealed", "依据《合同法》签订劳务协议。", ("《合同法》",), given=_DAY),
    Example("the same in its own time", "2015年，双方依据《合同法》签订协议。", given=_DAY),
    Example(
        "exact, short and with a bracket",
        "《安全生产法》《中华人民共和国公司法（2023年修订）》《山东省节约能源条例》",
    ),
    Example("rules of another place", "《山西省节约能源条例》自公布之日起施行。"),
    Example("a book", "职工书屋新添《平凡的世界》。"),
)
