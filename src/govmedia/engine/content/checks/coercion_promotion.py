"""Pressing people to like, forward, follow, install or vote; quotas and rankings of it; bought followers.

Ordinary invitations (欢迎关注、点赞支持、请为喜爱的作品投票) are silent, and so is every sentence that forbids,
corrects or reports such doings, or that quotes them.
Source: 国办秘函〔2019〕19号 单项否决“弄虚作假”（购买“粉丝”、强制要求群众点赞等）；国办发〔2018〕123号；《关于防治
“指尖上的形式主义”的若干意见》（不得强制下载、打卡、排名通报）；data/coercion_words.toml.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from govmedia.engine.content.clauses import MOST_PIECES, Piece, clauses
from govmedia.engine.content.evasions import is_pulled_apart
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern, Patterns
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
# What presses by itself, and behind it what may press together with other parts of its sentence.
_FOUND = Patterns([pattern for *_, pattern in _RULES] + _TABLE["parts"]["action"])
_PARTS = {name: Pattern("|".join(words)) for name, words in _TABLE["parts"].items()}
# Parts that press when they stand in one sentence with an action, the reason, and whether that is certain.
_TOGETHER = (
    (("sharing", "reward"), "以好处换取转发、点赞", True),
    (("quota", "sanction"), "下达关注、下载、注册等指标任务", True),
    (("quota", "force", "object"), "下达关注、下载、注册等指标任务", True),
    (("missing", "sanction", "object"), "未关注、未转发即受处理", True),
    (("missing", "sanction", "sharing"), "未关注、未转发即受处理", True),
    (("ranked", "crowd"), "下达关注、下载、注册等指标任务", True),
    (("object", "crowd", "force"), "强制关注、转发、下载或注册", True),
    (("object", "crowd", "proof"), "要求转发并留存证明", True),
    (("sharing", "proof", "reward"), "要求转发并留存证明", True),
    (("vote", "plea"), "组织拉票、刷票", True),
    (("object", "reward"), "以好处换取关注、下载", False),
)
_SILENT = compiled("|".join(_TABLE["silent"]["words"]))
# Reason and certainty by the number of a piece's rule.
_REASONS = [(reason, sure) for reason, sure, _ in _RULES] + [(reason, sure) for _, reason, sure in _TOGETHER]


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each sentence that presses, named by the surest reason."""
    pulled = is_pulled_apart(text)
    body = text.squeezed if pulled else text.folded
    pieces: list[Piece] = []
    actions: list[tuple[int, int]] = []
    for place, match in islice(_FOUND.finditer(body), MOST_PIECES):
        span = text.origin(*match.span()) if pulled else match.span()
        if place >= len(_RULES):
            actions.append(span)
        elif not _is_talk(text, *span):
            pieces.append(Piece(*span, place))
    pieces.extend(_together(text, actions))
    for clause in clauses(text, pieces):
        sure = any(_REASONS[rule][1] for rule in clause.rules)
        reason = next(_REASONS[rule][0] for rule in clause.rules if _REASONS[rule][1] is sure)
        message, confidence = f"{reason}，不得强制或诱导", 0.92 if sure else 0.6
        yield Mark(clause.start, clause.end, message, None, BASIS, confidence=confidence, sure=sure)


def _together(text: Text, actions: list[tuple[int, int]]) -> Iterator[Piece]:
    """Sentences about something done online whose parts press only together."""
    seen: set[tuple[int, int]] = set()
    for start, end in actions:
        low, high = text.sentence(start)
        if (low, high) in seen:
            continue
        seen.add((low, high))
        sentence = text.folded[low:high]
        pressing = (
            number
            for number, (parts, _, _) in enumerate(_TOGETHER)
            if all(_PARTS[part].may_begin(text.folded, low, high) for part in parts)
            and all(_PARTS[part].compiled.search(sentence) for part in parts)
        )
        rule = next(pressing, None)
        if rule is not None and not _is_talk(text, start, end):
            yield Piece(start, end, len(_RULES) + rule)


def _is_talk(text: Text, start: int, end: int) -> bool:
    """True where the words are quoted, or the sentence forbids, corrects or reports such doings."""
    if inside(text.quotes, start, end):
        return True
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
