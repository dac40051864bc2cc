"""Posts that have nothing to do with the duties, or personal opinion (发布无关信息或个人观点).

Only a human sees it: the inspector's answer becomes the hit, its count the number found.
Source: 苏政办发〔2019〕56号 (prohibition).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.answers import hits_from_answers
from govmedia.engine.examples import Example, answered, healthy
from govmedia.engine.types import AccountFacts, Hit

CODE = "Y09"
COLOUR = "deduction"
TITLE = "发布无关信息或个人观点"
VERSION = 1
DEFAULTS: Mapping[str, Any] = {}
MANUAL = True
QUESTION = "有几条与本部门职责无关、过度娱乐化，或只代表个人观点的内容？"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the inspector answered."""
    return hits_from_answers(CODE, TITLE, facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("the inspector found it", answered(CODE, 2, "见截图"), ((CODE, 2),)),
)
