"""Posts that have nothing to do with the duties, or personal opinion (发布无关信息或个人观点).

The text checks only ever suspect personal opinion: it becomes a hit when a human says so. An inspector's answer
counts with its number.
Source: 苏政办发〔2019〕56号 (prohibition).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.examples import Example, answered, healthy, written
from govmedia.engine.texts import hits_from_texts
from govmedia.engine.types import AccountFacts, Hit

CODE = "Y09"
COLOUR = "deduction"
TITLE = "发布无关信息或个人观点"
VERSION = 2
# Category and level of the text checks' hits that are this indicator's.
DEFAULTS: Mapping[str, Any] = {"takes": ("opinion:deduct", "coercion:deduct")}
MANUAL = False
QUESTION = "有几条与本部门职责无关、过度娱乐化，或只代表个人观点的内容？"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the text checks are sure of or a human upheld, then what the inspector answered."""
    return hits_from_texts(CODE, TITLE, terms["takes"], facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("a check is sure", written("opinion", "deduct"), ((CODE, 1),)),
    Example("twice the same in one post is one", written("opinion", "deduct", "opinion"), ((CODE, 1),)),
    Example("another kind of hit", written("form", "notice")),
    Example("the inspector found it", answered(CODE, 2, "见截图"), ((CODE, 2),)),
)
