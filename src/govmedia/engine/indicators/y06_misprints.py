"""Ordinary errors of wording and misprints (表述错误、错别字), each distinct one once.

The text checks propose misprints and wrong names they are sure of; pictures and the rest only a human sees. An
inspector's answer counts with its number.
Source: 江苏省 2023 年一季度通报.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.examples import Example, answered, healthy, written
from govmedia.engine.texts import hits_from_texts
from govmedia.engine.types import AccountFacts, Hit

CODE = "Y06"
COLOUR = "deduction"
TITLE = "表述错误、错别字"
VERSION = 2
# Category and level of the text checks' hits that are this indicator's.
DEFAULTS: Mapping[str, Any] = {"takes": ("typo:deduct", "wording:deduct", "names:deduct")}
MANUAL = False
QUESTION = "发现几个不同的错别字或一般性表述错误？同一篇里重复的只算一个。"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the text checks are sure of or a human upheld, then what the inspector answered."""
    return hits_from_texts(CODE, TITLE, terms["takes"], facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("a check is sure", written("typo", "deduct"), ((CODE, 1),)),
    Example("twice the same in one post is one", written("typo", "deduct", "typo"), ((CODE, 1),)),
    Example("another kind of hit", written("form", "notice")),
    Example("the inspector found it", answered(CODE, 2, "见截图"), ((CODE, 2),)),
)
