"""Serious errors of wording (严重表述错误): leaders, institutions, territory, set political phrases.

Only a human sees it: the inspector's answer becomes the hit, its count the number found.
Source: 国办秘函〔2019〕19号，单项否决 1.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.answers import hits_from_answers
from govmedia.engine.examples import Example, answered, healthy
from govmedia.engine.types import AccountFacts, Hit

CODE = "R01"
COLOUR = "veto"
TITLE = "严重表述错误"
VERSION = 1
DEFAULTS: Mapping[str, Any] = {}
MANUAL = True
QUESTION = "领导人姓名职务、国家机构、领土主权、重大政治表述有没有严重错误？请看标题、正文、图片和视频字幕。"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the inspector answered."""
    return hits_from_answers(CODE, TITLE, facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("the inspector found it", answered(CODE, 1, "见截图"), ((CODE, 1),)),
)
