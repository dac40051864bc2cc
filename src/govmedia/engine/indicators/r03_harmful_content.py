"""Harmful content published or linked to (反动、暴力、色情), old links that were taken over included.

The text checks propose harmful offers they are sure of; pictures, videos and links that changed hands only a human
sees. An inspector's answer counts with its number.
Source: 国办秘函〔2019〕19号，单项否决 1.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.examples import Example, answered, healthy, written
from govmedia.engine.texts import hits_from_texts
from govmedia.engine.types import AccountFacts, Hit

CODE = "R03"
COLOUR = "veto"
TITLE = "发布或链接有害内容"
VERSION = 2
# Category and level of the text checks' hits that are this indicator's.
DEFAULTS: Mapping[str, Any] = {"takes": ("harm:veto", "link:veto")}
MANUAL = False
QUESTION = "内容和外链里有没有反动、暴力、色情、赌博信息？旧文章的链接也请点开看看。"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the text checks are sure of or a human upheld, then what the inspector answered."""
    return hits_from_texts(CODE, TITLE, terms["takes"], facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("a check is sure", written("harm", "veto"), ((CODE, 1),)),
    Example("twice the same in one post is one", written("harm", "veto", "harm"), ((CODE, 1),)),
    Example("another kind of hit", written("form", "notice")),
    Example("the inspector found it", answered(CODE, 1, "见截图"), ((CODE, 1),)),
)
