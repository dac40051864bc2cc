"""An app that cannot be downloaded or used (移动客户端无法下载或使用).

Only a human sees it: the inspector's answer becomes the hit, its count the number found.
Source: 国办秘函〔2019〕19号，单项否决 3.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.answers import hits_from_answers
from govmedia.engine.examples import Example, answered, healthy
from govmedia.engine.types import AccountFacts, Hit

CODE = "R06"
COLOUR = "veto"
TITLE = "移动客户端无法下载或使用"
VERSION = 1
DEFAULTS: Mapping[str, Any] = {"only_for_platforms": ("app",)}
MANUAL = True
QUESTION = "客户端能不能下载、安装、打开、使用？请在两个应用商店各试一次。"
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield what the inspector answered."""
    return hits_from_answers(CODE, TITLE, facts)


EXAMPLES = (
    Example("nothing was asked", healthy(platform="app")),
    Example("not an app", answered(CODE, 1)),
    Example("an app gone", healthy(platform="app", answers=((CODE, 1, "两个应用商店都找不到"),)), ((CODE, 1),)),
)
