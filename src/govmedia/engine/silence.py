"""Stretches without a post that were really seen: the arithmetic behind the indicators on updating.

A length is the difference of two calendar days: from the 1st to the 15th are 14 days. Where an earlier post is not
known, the first day that may be judged, or the first day seen after an unseen stretch, stands in its place, so that
nothing unseen ever lengthens a silence.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from govmedia.engine.calendar import SHANGHAI, day_of
from govmedia.engine.types import AccountFacts

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Silence:
    """Days without a post, all of them seen. `after` is the last post's day or stands in for it (`posted` False).

    `until` is the next post's day, or, where `running`, the last day that was seen.
    """

    after: date
    until: date
    posted: bool
    running: bool

    @property
    def days(self) -> int:
        return (self.until - self.after).days


def last_seen_day(facts: AccountFacts, fresh_hours: int) -> date:
    """The day up to which the point can be judged: its own, or that of a last look within so many hours before.

    Without this a check shortly after midnight, before the first look of the day, would take every silence back.
    """
    point_day = day_of(facts.point)
    if any(first <= point_day <= last for first, last in facts.covered):
        return point_day
    latest = max((look for look in facts.looks if look <= facts.point), default=None)
    if latest is None or facts.point - latest > timedelta(hours=fresh_hours):
        return point_day
    return day_of(latest)


def final_silence(facts: AccountFacts, until: date) -> Silence | None:
    """The silence still running on a day, or None where that day was not seen or a post came after it."""
    seen = next((span for span in joined(facts.covered) if span[0] <= until <= span[1]), None)
    if seen is None:
        return None
    post = _last_post(facts, day_of(facts.point))
    floor = max(seen[0], facts.judged_from)
    if post is not None and post >= max(facts.judged_from, seen[0] - ONE_DAY):
        floor = post
    return None if floor > until else Silence(floor, until, posted=floor == post, running=True)


def too_short_to_tell(facts: AccountFacts, until: date, longest: int) -> bool:
    """Whether the days seen up to a day reach back too little to say that no silence is longer than so many days."""
    seen = next((span for span in joined(facts.covered) if span[0] <= until <= span[1]), None)
    if seen is None:
        return True
    post = _last_post(facts, day_of(facts.point))
    return (post is None or post < seen[0]) and (until - seen[0]).days <= longest


def gaps(facts: AccountFacts, until: date, longer_than: int) -> Iterator[tuple[Silence, ...]]:
    """For each gap between posts its seen stretches of more than so many days, in order of time.

    The gap before the first post and the one after the last are gaps too; those over before the period are left
    out, and nothing after `until` is looked at.
    """
    posts = [day for day, _ in facts.post_days if day <= until]
    if facts.last_post_before is not None and (not posts or facts.last_post_before < posts[0]):
        posts.insert(0, facts.last_post_before)
    if not posts or posts[0] >= facts.start:
        yield _stretches(facts, None, posts[0] if posts else None, until, longer_than)
    for post, following in pairwise(posts):
        if (following - post).days > longer_than and following >= facts.start:
            yield _stretches(facts, post, following, until, longer_than)
    if posts:
        yield _stretches(facts, posts[-1], None, until, longer_than)


def _stretches(
    facts: AccountFacts, post: date | None, following: date | None, until: date, longer_than: int
) -> tuple[Silence, ...]:
    begin = facts.judged_from if post is None else max(post, facts.judged_from)
    end = until if following is None else following
    found = []
    for first, last in joined(facts.covered):
        # The days of the posts themselves need not have been seen: it is known that something was posted.
        low = begin if first - ONE_DAY == post == begin else max(begin, first)
        high = end if last + ONE_DAY == following else min(end, last)
        if (high - low).days > longer_than:
            found.append(Silence(low, high, posted=low == post, running=following is None and high == until))
    return tuple(found)


def joined(spans: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    """The same days with spans that touch made one."""
    whole: list[tuple[date, date]] = []
    for first, last in spans:
        if whole and first <= whole[-1][1] + ONE_DAY:
            whole[-1] = whole[-1][0], max(whole[-1][1], last)
        else:
            whole.append((first, last))
    return whole


def _last_post(facts: AccountFacts, until: date) -> date | None:
    place = bisect_right(facts.post_days, until, key=lambda row: row[0])
    return facts.post_days[place - 1][0] if place else facts.last_post_before


def looks_after(looks: Sequence[datetime], day: date, point: datetime, apart_hours: int) -> list[datetime]:
    """The looks from the start of a day up to the point, each at least so many hours after the one before."""
    since = datetime.combine(day, time.min, SHANGHAI)
    apart = timedelta(hours=apart_hours)
    taken: list[datetime] = []
    for look in looks:
        if since <= look <= point and (not taken or look - taken[-1] >= apart):
            taken.append(look)
    return taken
