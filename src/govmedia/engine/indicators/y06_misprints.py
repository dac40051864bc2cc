"""Ordinary errors of wording and misprints (表述错误、错别字), each distinct one once.

Only a human sees it: the inspector's answer becomes the hit, its count the number found.
Source: 江苏省 2023 年一季度通报.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.answers import hits_from_answers
from govmedia.engine.examples import Example, answered, healthy
from govmedia.engine.types import AccountFacts, Hit

CODE = "Y06"
COLOUR = "deduction"
TITLE = "表述错误、错别字"
VERSION = 1
DEFAULTS: Mapping[str, Any] = {}
MANUAL = True
QUESTION = "发现几个不同的错别字或一般性表述错误？同一篇里重复的只算一个。"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the inspector answered."""
    return hits_from_answers(CODE, TITLE, facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("the inspector found it", answered(CODE, 2, "见截图"), ((CODE, 2),)),
)
