"""Pressing people to like, forward, follow, install or vote; quotas and rankings of it; bought followers.

Ordinary invitations (欢迎关注、点赞支持、请为喜爱的作品投票) are silent, and so is every sentence that forbids,
corrects or reports such doings, or that quotes them.
Source: 国办秘函〔2019〕19号 单项否决“弄虚作假”（购买“粉丝”、强制要求群众点赞等）；国办发〔2018〕123号；《关于防治
“指尖上的形式主义”的若干意见》（不得强制下载、打卡、排名通报）；data/coercion_words.toml.
"""

from collections.abc import Iterator
from pathlib import Path

from govmedia.engine.content.evasions import is_pulled_apart
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Patterns
from govmedia.engine.content.text import Text, inside
from govmedia.engine.content.types import Example, Mark, Post, Setting
from govmedia.engine.tables import read_table

CODE = "coercion_promotion"
CATEGORY = "coercion"
LEVEL = "deduct"
TITLE = "强制或诱导推广"
VERSION = 1
AUTO = True
FIELDS = ("title", "text")
BASIS = "国办秘函〔2019〕19号：不得强制要求群众点赞；《关于防治“指尖上的形式主义”的若干意见》：不得强制推广、打卡排名"

_TABLE = read_table(Path(__file__).parents[1] / "data" / "coercion_words.toml")
_RULES = [(rule["reason"], rule["sure"], pattern) for rule in _TABLE["rules"] for pattern in rule["patterns"]]
_PRESSING = Patterns([pattern for *_, pattern in _RULES])
_SILENT = compiled("|".join(_TABLE["silent"]["words"]))

_Span = tuple[int, int]
# Start and end in the field, number of the rule.
_Found = tuple[int, int, int]
# A sentence up to this length is marked as a whole.
_LONGEST = 80


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each sentence that presses, named by the surest reason."""
    pulled = is_pulled_apart(text)
    body = text.squeezed if pulled else text.folded
    spans: dict[_Span, list[_Found]] = {}
    for place, match in _PRESSING.finditer(body):
        start, end = text.origin(*match.span()) if pulled else match.span()
        if not inside(text.quotes, start, end) and not _is_talk(text, start, end):
            spans.setdefault(text.sentence(start), []).append((start, end, place))
    for (low, high), found in _together(spans):
        sure = any(_RULES[place][1] for *_, place in found)
        reason = next(_RULES[place][0] for *_, place in found if _RULES[place][1] is sure)
        start, end = _stretch(text.raw, low, max(high, found[0][1]), found)
        yield Mark(start, end, f"{reason}，不得强制或诱导", None, BASIS, confidence=0.92 if sure else 0.6, sure=sure)


def _together(spans: dict[_Span, list[_Found]]) -> Iterator[tuple[_Span, list[_Found]]]:
    """Sentences that press, those right behind one another joined."""
    open_: tuple[_Span, list[_Found]] | None = None
    for (low, high), found in sorted(spans.items()):
        if open_ and low <= open_[0][1] + 1:
            open_ = (open_[0][0], high), open_[1] + found
            continue
        if open_:
            yield open_
        open_ = (low, high), found
    if open_:
        yield open_


def _stretch(raw: str, low: int, high: int, found: list[_Found]) -> _Span:
    """The whole sentence where it is short, else from the first to the last piece that presses."""
    low += len(raw[low:high]) - len(raw[low:high].lstrip())
    if high - low <= _LONGEST:
        return low, high
    return min(start for start, *_ in found), max(end for _, end, _ in found)


def _is_talk(text: Text, start: int, end: int) -> bool:
    """True where the sentence forbids, corrects or reports such doings."""
    low, high = text.sentence(start)
    return _SILENT.search(text.raw, low, max(high, end)) is not None


EXAMPLES = (
    Example("likes for a prize", "转发朋友圈集满38个赞即可领取礼品", ("转发朋友圈集满38个赞即可领取礼品",)),
    Example("everybody must", "全体教职工必须关注公众号，请各班统计", ("全体教职工必须关注公众号，请各班统计",)),
    Example("a quota", "各村APP注册率须达到95%以上", ("各村APP注册率须达到95%以上",)),
    Example("an invitation", "欢迎关注“某县发布”公众号，点赞支持"),
    Example("a rule against it", "严禁强制要求干部群众点赞、转发、投票，不得下达下载任务"),
    Example("a vote", "请为您喜爱的作品投票，每人每天可投3票"),
)
