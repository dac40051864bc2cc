"""Private data shown in full (泄露个人隐私).

The text checks propose numbers and addresses they are sure of; pictures and the rest only a human sees. An
inspector's answer counts with its number.
Source: 广东省 2022 年二季度通报.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.examples import Example, answered, healthy, written
from govmedia.engine.texts import hits_from_texts
from govmedia.engine.types import AccountFacts, Hit

CODE = "Y10"
COLOUR = "deduction"
TITLE = "泄露个人隐私"
VERSION = 2
# Category and level of the text checks' hits that are this indicator's.
DEFAULTS: Mapping[str, Any] = {"takes": ("privacy:deduct", "privacy:veto")}
MANUAL = False
QUESTION = "有几处身份证号、手机号、住址、银行账号没有打码？"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the text checks are sure of or a human upheld, then what the inspector answered."""
    return hits_from_texts(CODE, TITLE, terms["takes"], facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("a check is sure", written("privacy", "deduct"), ((CODE, 1),)),
    Example("twice the same in one post is one", written("privacy", "deduct", "privacy"), ((CODE, 1),)),
    Example("another kind of hit", written("form", "notice")),
    Example("the inspector found it", answered(CODE, 2, "见截图"), ((CODE, 2),)),
)
