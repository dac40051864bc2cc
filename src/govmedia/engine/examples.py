"""Worked examples of indicators: facts built from a well-behaved account, and the hits they must give."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from govmedia.engine.types import AccountFacts, TextFact

START, END = date(2026, 7, 1), date(2026, 9, 30)
POINT = datetime(2026, 9, 30, 15, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Example:
    """Facts, terms that differ from the defaults, and the hits expected: (code, count), in the order given.

    `proposed` are codes whose hits must not count without a human or more looks.
    """

    says: str
    facts: AccountFacts
    expect: tuple[tuple[str, int], ...] = ()
    terms: Mapping[str, Any] = field(default_factory=dict)
    proposed: tuple[str, ...] = ()


def days(first: date, last: date, step: int = 1) -> tuple[tuple[date, int], ...]:
    """One post on every step-th day, as `post_days`."""
    count = (last - first).days // step + 1
    return tuple((first + timedelta(days=step * place), 1) for place in range(count))


def looks(point: datetime = POINT, count: int = 8, hours: int = 6) -> tuple[datetime, ...]:
    """So many looks, so many hours apart, the last one an hour before the point."""
    return tuple(point - timedelta(hours=1 + hours * place) for place in reversed(range(count)))


def healthy(**changes: Any) -> AccountFacts:
    """A covered quarter of a WeChat account that posts every third day, with the given changes."""
    facts = AccountFacts(
        account="2A3B4C5D6E",
        platform="wechat_mp",
        point=POINT,
        start=START,
        end=END,
        judged_from=date(2026, 1, 1),
        covered=((date(2026, 5, 1), END),),
        post_days=days(START, END, 3),
        looks=looks(),
        shows=frozenset({"posts"}),
        last_post_before=date(2026, 6, 29),
        name="南京发布",
    )
    return replace(facts, **changes)


def answered(code: str, count: int, note: str = "") -> AccountFacts:
    """The healthy account with one answer of the inspector."""
    return healthy(answers=((code, count, note),))


def written(category: str, level: str, *more: str) -> AccountFacts:
    """The healthy account with a hit of a text check in one post, and further ones of the same words there."""
    texts = tuple(
        TextFact(f"{kind}_check", kind, level, "示例", "示例有误", "7", "通知", END) for kind in (category, *more)
    )
    return healthy(texts=texts)
