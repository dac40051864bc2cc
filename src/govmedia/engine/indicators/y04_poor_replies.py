"""Questions not answered, answered late or beside the point (互动回应不当).

Only a human sees it: the inspector's answer becomes the hit, its count the number found.
Source: 苏政办发〔2019〕56号附件；days are a proposal.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.answers import hits_from_answers
from govmedia.engine.examples import Example, answered, healthy
from govmedia.engine.types import AccountFacts, Hit

CODE = "Y04"
COLOUR = "deduction"
TITLE = "互动回应不当"
VERSION = 1
DEFAULTS: Mapping[str, Any] = {"reply_working_days": 5}
MANUAL = True
QUESTION = "有几条留言、评论、咨询没有答复、答复超时或答非所问？"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the inspector answered."""
    return hits_from_answers(CODE, TITLE, facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("the inspector found it", answered(CODE, 2, "见截图"), ((CODE, 2),)),
)
