"""An account's last year, day by day: posts, days not seen, gaps that count."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from govmedia.accounts.models import Account
from govmedia.common.clock import day_of
from govmedia.common.templatetags.drawing import Day
from govmedia.engine.silence import gaps, joined
from govmedia.engine.types import AccountFacts
from govmedia.posts.queries import FactsRow, facts_rows

SHOWN_DAYS = 365
ONE_DAY = timedelta(days=1)


def year(account: Account, longest_gap_days: int | None, now: datetime) -> list[Day]:
    """The last 365 days for the calendar; empty while the account has never been seen.

    A gap is marked where it is longer than `longest_gap_days`, by the arithmetic that judges it; None marks none.
    """
    if account.first_seen_at is None:
        return []
    end = day_of(now)
    start = end - timedelta(days=SHOWN_DAYS - 1)
    row = facts_rows([account.pk], start, end)[account.pk]
    posts = dict(row.post_days)
    seen = set(_days(joined(row.covered), start, end))
    known_from = min([day_of(account.first_seen_at), *posts])
    marked = set(_gap_days(_facts(account, row, now, start, end), longest_gap_days)) if longest_gap_days else set()
    return [
        Day(on=on, posts=posts.get(on, 0 if on in seen else None), gap=on in marked, outside=on < known_from)
        for on in _days([(start, end)], start, end)
    ]


def _days(spans: Iterable[tuple[date, date]], start: date, end: date) -> Iterator[date]:
    for first, last in spans:
        on = max(first, start)
        while on <= min(last, end):
            yield on
            on += ONE_DAY


def _facts(account: Account, row: FactsRow, now: datetime, start: date, end: date) -> AccountFacts:
    return AccountFacts(
        account=account.code,
        platform=account.platform,
        point=now,
        start=start,
        end=end,
        judged_from=max(start, day_of(account.first_seen_at or now)),
        covered=row.covered,
        post_days=row.post_days,
        looks=row.looks,
        shows=frozenset({"posts"}),
        filings=(),
        siblings=(),
        renames=(),
        answers=(),
        last_post_before=row.last_post_before,
    )


def _gap_days(facts: AccountFacts, longest: int) -> Iterator[date]:
    """The days without a post inside each gap that is too long."""
    for stretches in gaps(facts, facts.end, longest):
        for silence in stretches:
            first = silence.after + ONE_DAY if silence.posted else silence.after
            last = silence.until if silence.running else silence.until - ONE_DAY
            yield from _days([(first, last)], facts.start, facts.end)
