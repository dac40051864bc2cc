"""Fakery: bought followers, forced likes (弄虚作假).

The text checks propose orders to like, forward or vote they are sure of; bought followers only a human sees. An
inspector's answer counts with its number.
Source: 国办秘函〔2019〕19号，单项否决 4.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.examples import Example, answered, healthy, written
from govmedia.engine.texts import hits_from_texts
from govmedia.engine.types import AccountFacts, Hit

CODE = "R08"
COLOUR = "veto"
TITLE = "弄虚作假"
VERSION = 2
# Category and level of the text checks' hits that are this indicator's.
DEFAULTS: Mapping[str, Any] = {"takes": ("coercion:veto",)}
MANUAL = False
QUESTION = "有没有购买粉丝、刷阅读量，或强制群众点赞、转发、关注、安装？"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the text checks are sure of or a human upheld, then what the inspector answered."""
    return hits_from_texts(CODE, TITLE, terms["takes"], facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("a check is sure", written("coercion", "veto"), ((CODE, 1),)),
    Example("twice the same in one post is one", written("coercion", "veto", "coercion"), ((CODE, 1),)),
    Example("another kind of hit", written("form", "notice")),
    Example("the inspector found it", answered(CODE, 1, "见截图"), ((CODE, 1),)),
)
