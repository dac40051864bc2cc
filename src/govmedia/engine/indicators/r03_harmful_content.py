"""Harmful content published or linked to (反动、暴力、色情), old links that were taken over included.

Only a human sees it: the inspector's answer becomes the hit, its count the number found.
Source: 国办秘函〔2019〕19号，单项否决 1.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.answers import hits_from_answers
from govmedia.engine.examples import Example, answered, healthy
from govmedia.engine.types import AccountFacts, Hit

CODE = "R03"
COLOUR = "veto"
TITLE = "发布或链接有害内容"
VERSION = 1
DEFAULTS: Mapping[str, Any] = {}
MANUAL = True
QUESTION = "内容和外链里有没有反动、暴力、色情、赌博信息？旧文章的链接也请点开看看。"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the inspector answered."""
    return hits_from_answers(CODE, TITLE, facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("the inspector found it", answered(CODE, 1, "见截图"), ((CODE, 1),)),
)
