"""Serious errors of wording (严重表述错误): leaders, institutions, territory, set political phrases.

The text checks propose what they are sure of (names and wording of the gravest kind); pictures, video and the rest
only a human sees. An inspector's answer counts with its number.
Source: 国办秘函〔2019〕19号，单项否决 1.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.examples import Example, answered, healthy, written
from govmedia.engine.texts import hits_from_texts
from govmedia.engine.types import AccountFacts, Hit

CODE = "R01"
COLOUR = "veto"
TITLE = "严重表述错误"
VERSION = 2
# Category and level of the text checks' hits that are this indicator's.
DEFAULTS: Mapping[str, Any] = {"takes": ("names:veto", "wording:veto")}
MANUAL = False
QUESTION = "领导人姓名职务、国家机构、领土主权、重大政治表述有没有严重错误？请看标题、正文、图片和视频字幕。"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the text checks are sure of or a human upheld, then what the inspector answered."""
    return hits_from_texts(CODE, TITLE, terms["takes"], facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("a check is sure", written("names", "veto"), ((CODE, 1),)),
    Example("twice the same in one post is one", written("names", "veto", "names"), ((CODE, 1),)),
    Example("another kind of hit", written("form", "notice")),
    Example("the inspector found it", answered(CODE, 1, "见截图"), ((CODE, 1),)),
)
