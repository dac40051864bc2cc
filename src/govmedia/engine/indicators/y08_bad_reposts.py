"""Reposts from sources not permitted, without source, or with a twisted title (转载不规范).

Only a human sees it: the inspector's answer becomes the hit, its count the number found.
Source: attested in other provinces' rules, see domain rules §4.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.answers import hits_from_answers
from govmedia.engine.examples import Example, answered, healthy
from govmedia.engine.types import AccountFacts, Hit

CODE = "Y08"
COLOUR = "deduction"
TITLE = "转载不规范"
VERSION = 1
DEFAULTS: Mapping[str, Any] = {}
MANUAL = True
QUESTION = "有几篇转载来源不在稿源范围、没有注明来源，或改动了标题原意？"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the inspector answered."""
    return hits_from_answers(CODE, TITLE, facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("the inspector found it", answered(CODE, 2, "见截图"), ((CODE, 2),)),
)
