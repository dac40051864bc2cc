"""Opened against the rules (开设不规范), as far as the register shows it.

Certain: the organisation has another live account on the same platform that no reviewer allowed. Doubtful, so for a
human: its accounts on other platforms bear names that speak of other work, of another place, or of a shop; where
names show neither work nor place in common or apart, those less alike than `name_likeness_percent`. 健康南京 beside
南京卫健委 is left alone: the rules want one name, but two in five honest names differ so much. The rest
(certification, inner divisions, name and duties) the inspector answers.
Source: 国办发〔2018〕123号；苏政办发〔2019〕56号附件.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from govmedia.engine.answers import hits_from_answers
from govmedia.engine.examples import Example, answered, healthy
from govmedia.engine.likeness import core, likeness, same_bearer
from govmedia.engine.platforms import platform_label
from govmedia.engine.types import REASON_MAX, AccountFacts, Evidence, Hit, Sibling

CODE = "Y01"
COLOUR = "deduction"
TITLE = "开设不规范"
VERSION = 2
DEFAULTS: Mapping[str, Any] = {"name_likeness_percent": 50}
MANUAL = False
QUESTION = (
    "除已列出的以外，还有几处不规范：未认证、名称与职责无关、没写明主办单位、用内设机构名义、各平台名称不一致？"
)
NEEDS: frozenset[str] = frozenset()


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield a hit for accounts doubled on the platform, one for unlike names, and what the inspector answered."""
    doubled = [other for other in facts.siblings if other.platform == facts.platform and not other.allowed]
    if doubled:
        yield Hit(
            CODE,
            f"同一单位在{platform_label(facts.platform)}还开设了 {len(doubled)} 个账号，没有审核同意并存的记录",
            evidence=tuple(Evidence("account", f"{other.name}（{other.code}）", other.code) for other in doubled),
        )
    unlike = [other for other in facts.siblings if _unlike(facts, other, terms["name_likeness_percent"])]
    if unlike:
        names = "、".join(f"{other.name}（{platform_label(other.platform)}）" for other in unlike)
        yield Hit(
            CODE,
            f"各平台名称不一致：本账号“{facts.name}”，另有{names}"[:REASON_MAX],
            evidence=tuple(Evidence("account", f"{other.name}（{other.code}）", other.code) for other in unlike),
            certain=False,
        )
    yield from hits_from_answers(CODE, TITLE, facts)


def _unlike(facts: AccountFacts, other: Sibling, percent: int) -> bool:
    if other.platform == facts.platform or other.name == facts.name or not facts.name or not other.name:
        return False
    if sorted(core(facts.name)) == sorted(core(other.name)):
        return False
    same = same_bearer(facts.name, other.name)
    return likeness(facts.name, other.name).score * 100 < percent if same is None else not same


_TWIN = Sibling("7K8M9N2P3Q", "南京发布", "wechat_mp")
_WEIBO = Sibling("8M9N2P3Q4R", "南京发布", "weibo")

EXAMPLES = (
    Example("alone", healthy()),
    Example("the same name on another platform", healthy(siblings=(_WEIBO,))),
    Example("two on one platform", healthy(siblings=(_TWIN,)), ((CODE, 1),)),
    Example(
        "two on one platform, allowed by a reviewer",
        healthy(siblings=(Sibling("7K8M9N2P3Q", "南京发布", "wechat_mp", allowed=True),)),
    ),
    Example(
        "another name on another platform",
        healthy(siblings=(Sibling("8M9N2P3Q4R", "宁小蓝", "weibo"),)),
        ((CODE, 1),),
        proposed=(CODE,),
    ),
    Example(
        "the same place and work in other words",
        healthy(name="健康南京", siblings=(Sibling("8M9N2P3Q4R", "南京市卫生健康委员会", "weibo"),)),
    ),
    Example(
        "another place",
        healthy(siblings=(Sibling("8M9N2P3Q4R", "北京发布", "weibo"),)),
        ((CODE, 1),),
        proposed=(CODE,),
    ),
    Example(
        "other work",
        healthy(name="健康南京", siblings=(Sibling("8M9N2P3Q4R", "南京交警", "weibo"),)),
        ((CODE, 1),),
        proposed=(CODE,),
    ),
    Example("the inspector found two more", answered(CODE, 2, "未认证，名称与职责无关"), ((CODE, 2),)),
)
