"""Private data shown in full (泄露个人隐私).

Only a human sees it: the inspector's answer becomes the hit, its count the number found.
Source: 广东省 2022 年二季度通报.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.answers import hits_from_answers
from govmedia.engine.examples import Example, answered, healthy
from govmedia.engine.types import AccountFacts, Hit

CODE = "Y10"
COLOUR = "deduction"
TITLE = "泄露个人隐私"
VERSION = 1
DEFAULTS: Mapping[str, Any] = {}
MANUAL = True
QUESTION = "有几处身份证号、手机号、住址、银行账号没有打码？"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the inspector answered."""
    return hits_from_answers(CODE, TITLE, facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("the inspector found it", answered(CODE, 2, "见截图"), ((CODE, 2),)),
)
