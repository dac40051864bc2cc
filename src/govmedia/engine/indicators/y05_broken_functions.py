"""Menus, columns, links or services that fail or are empty (功能无法使用).

Only a human sees it: the inspector's answer becomes the hit, its count the number found.
Source: 苏政办发〔2019〕56号附件.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.answers import hits_from_answers
from govmedia.engine.examples import Example, answered, healthy
from govmedia.engine.types import AccountFacts, Hit

CODE = "Y05"
COLOUR = "deduction"
TITLE = "功能无法使用"
VERSION = 1
DEFAULTS: Mapping[str, Any] = {}
MANUAL = True
QUESTION = "有几处菜单、栏目、链接、服务入口打不开、报错或为空？"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the inspector answered."""
    return hits_from_answers(CODE, TITLE, facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("the inspector found it", answered(CODE, 2, "见截图"), ((CODE, 2),)),
)
