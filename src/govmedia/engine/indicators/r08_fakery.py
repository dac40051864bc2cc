"""Fakery: bought followers, forced likes (弄虚作假).

Only a human sees it: the inspector's answer becomes the hit, its count the number found.
Source: 国办秘函〔2019〕19号，单项否决 4.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.answers import hits_from_answers
from govmedia.engine.examples import Example, answered, healthy
from govmedia.engine.types import AccountFacts, Hit

CODE = "R08"
COLOUR = "veto"
TITLE = "弄虚作假"
VERSION = 1
DEFAULTS: Mapping[str, Any] = {}
MANUAL = True
QUESTION = "有没有购买粉丝、刷阅读量，或强制群众点赞、转发、关注、安装？"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the inspector answered."""
    return hits_from_answers(CODE, TITLE, facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("the inspector found it", answered(CODE, 1, "见截图"), ((CODE, 1),)),
)
