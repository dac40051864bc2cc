"""No working way to interact (未提供有效互动功能).

Only a human sees it: the inspector's answer becomes the hit, its count the number found.
Source: 国办秘函〔2019〕19号，单项否决 4.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.answers import hits_from_answers
from govmedia.engine.examples import Example, answered, healthy
from govmedia.engine.types import AccountFacts, Hit

CODE = "R07"
COLOUR = "veto"
TITLE = "未提供有效互动功能"
VERSION = 1
DEFAULTS: Mapping[str, Any] = {}
MANUAL = True
QUESTION = "有没有留言、评论、咨询等互动功能，并且真的能用？"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the inspector answered."""
    return hits_from_answers(CODE, TITLE, facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("the inspector found it", answered(CODE, 1, "见截图"), ((CODE, 1),)),
)
