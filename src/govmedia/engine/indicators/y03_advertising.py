"""Commercial advertising, or links to it (发布商业广告).

The text checks propose advertising they are sure of; pictures and the rest only a human sees. An inspector's answer
counts with its number.
Source: 苏政办发〔2019〕56号附件.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.examples import Example, answered, healthy, written
from govmedia.engine.texts import hits_from_texts
from govmedia.engine.types import AccountFacts, Hit

CODE = "Y03"
COLOUR = "deduction"
TITLE = "发布商业广告"
VERSION = 2
# Category and level of the text checks' hits that are this indicator's.
DEFAULTS: Mapping[str, Any] = {"takes": ("ads:deduct", "ads:veto")}
MANUAL = False
QUESTION = "发布了几处商业广告，或链接到商业广告页面？"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the text checks are sure of or a human upheld, then what the inspector answered."""
    return hits_from_texts(CODE, TITLE, terms["takes"], facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("a check is sure", written("ads", "deduct"), ((CODE, 1),)),
    Example("twice the same in one post is one", written("ads", "deduct", "ads"), ((CODE, 1),)),
    Example("another kind of hit", written("form", "notice")),
    Example("the inspector found it", answered(CODE, 2, "见截图"), ((CODE, 2),)),
)
