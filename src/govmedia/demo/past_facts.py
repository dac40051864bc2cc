"""What was seen of an account in a quarter long past, as much as a verdict is proved by."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from govmedia.accounts.models import Account
from govmedia.engine.judging import Judge
from govmedia.engine.types import AccountFacts

Period = tuple[date, date, datetime]
# In a hundred accounts so many have the fault in the latest quarter; the further back, the more there were.
_SILENT, _SLOW = 1.2, 3.0
_WORSE_A_QUARTER = 0.12
_HUMAN = (
    (1.0, "Y06", 3, "三篇内容里有错别字，已截图。"),
    (0.8, "Y08", 1, "转载内容未注明来源。"),
    (0.7, "Y05", 1, "菜单里的链接打不开。"),
    (0.4, "R07", 1, "留言入口打不开，私信没有人回复，已截图。"),
)
_STEP_DAYS = (1, 2, 3, 5)
_LOOKED_BACK = timedelta(days=30)
_LOOK_APART = timedelta(hours=7)


def facts_for(account: Account, period: Period, ago: int, judge: Judge, random: Random) -> AccountFacts:
    """The facts of a quarter that lies `ago` quarters back, the inspector's answers in them."""
    start, end, point = period
    first = max(start, account.opened_on) if account.opened_on else start
    worse = 1 + _WORSE_A_QUARTER * (ago - 1)
    return AccountFacts(
        account=account.code,
        platform=account.platform,
        point=point,
        start=start,
        end=end,
        judged_from=first,
        covered=((first - _LOOKED_BACK, end),),
        post_days=tuple((day, 1) for day in _days(first, end, worse, random)),
        looks=tuple(point - _LOOK_APART * number for number in (4, 3, 2, 1)),
        shows=frozenset({"posts"}),
        answers=_answers(_asked(judge, account.platform), worse, random),
        last_post_before=first - timedelta(days=2),
        name=account.name,
    )


def _days(first: date, end: date, worse: float, random: Random) -> list[date]:
    step = random.choice(_STEP_DAYS)
    days = [first + timedelta(days=number) for number in range(0, (end - first).days + 1, step)]
    luck = random.random() * 100
    if luck < _SILENT * worse:
        last = end - timedelta(days=random.randint(16, 40))
        return [day for day in days if day < last]
    if luck < (_SILENT + _SLOW) * worse:
        gap_from = end - timedelta(days=random.randint(20, 60))
        return [day for day in days if not gap_from < day < gap_from + timedelta(days=random.randint(9, 12))]
    return days


def _answers(asked: Sequence[str], worse: float, random: Random) -> tuple[tuple[str, int, str], ...]:
    found = {code: (count, note) for share, code, count, note in _HUMAN if random.random() * 100 < share * worse}
    return tuple((code, *found.get(code, (0, ""))) for code in asked)


@cache
def _asked(judge: Judge, platform: str) -> tuple[str, ...]:
    return tuple(sorted(one.code for one in judge.questions(platform)))
