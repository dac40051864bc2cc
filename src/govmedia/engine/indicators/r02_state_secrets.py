"""State secrets disclosed (泄露国家秘密).

The text checks propose marks of secrecy they are sure of; pictures and the rest only a human sees. An inspector's
answer counts with its number.
Source: 国办秘函〔2019〕19号，单项否决 1.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.examples import Example, answered, healthy, written
from govmedia.engine.texts import hits_from_texts
from govmedia.engine.types import AccountFacts, Hit

CODE = "R02"
COLOUR = "veto"
TITLE = "泄露国家秘密"
VERSION = 2
# Category and level of the text checks' hits that are this indicator's.
DEFAULTS: Mapping[str, Any] = {"takes": ("secrecy:veto",)}
MANUAL = False
QUESTION = "有没有发布标密文件、内部资料或涉密工程、军事信息？拿不准请先联系保密部门。"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the text checks are sure of or a human upheld, then what the inspector answered."""
    return hits_from_texts(CODE, TITLE, terms["takes"], facts)


EXAMPLES = (
    Example("nothing was asked", healthy()),
    Example("looked at, nothing found", answered(CODE, 0)),
    Example("a check is sure", written("secrecy", "veto"), ((CODE, 1),)),
    Example("twice the same in one post is one", written("secrecy", "veto", "secrecy"), ((CODE, 1),)),
    Example("another kind of hit", written("form", "notice")),
    Example("the inspector found it", answered(CODE, 1, "见截图"), ((CODE, 1),)),
)
