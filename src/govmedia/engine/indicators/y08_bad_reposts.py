"""Reposts from sources not permitted, without source, or with a twisted title (转载不规范).

The text checks propose reposts without a source they are sure of; twisted titles only a human sees. An inspector's
answer counts with its number.
Source: attested in other provinces' rules, see domain rules §4.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.examples import Example, answered, healthy, written
from govmedia.engine.texts import hits_from_texts
from govmedia.engine.types import AccountFacts, Hit

CODE = "Y08"
COLOUR = "deduction"
TITLE = "转载不规范"
VERSION = 2
# Category and level of the text checks' hits that are this indicator's.
DEFAULTS: Mapping[str, Any] = {"takes": ("source:deduct",)}
MANUAL = False
QUESTION = "有几篇转载来源不在稿源范围、没有注明来源，或改动了标题原意？"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the text checks are sure of or a human upheld, then what the inspector answered."""
    return hits_from_texts(CODE, TITLE, terms["takes"], facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("a check is sure", written("source", "deduct"), ((CODE, 1),)),
    Example("twice the same in one post is one", written("source", "deduct", "source"), ((CODE, 1),)),
    Example("another kind of hit", written("form", "notice")),
    Example("the inspector found it", answered(CODE, 2, "见截图"), ((CODE, 2),)),
)
