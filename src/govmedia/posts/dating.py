"""The day a post counts for: its own date, unless that cannot be."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from govmedia.common.clock import day_of
from govmedia.posts.models import Post

# Clocks and time zones are set wrong by up to a day; what lies further in the future has not happened.
TOLERANCE = timedelta(hours=24)
Basis = Post.DateBasis
Stretch = tuple[datetime, datetime]


def counting_day(
    published_at: datetime | None, first_seen_at: datetime, last_ok_at: datetime | None, seen: Sequence[Stretch]
) -> tuple[date, str]:
    """The day a post counts for, and on what basis (see Post.DateBasis).

    `last_ok_at` is the successful look before the one that first showed the post, `seen` the stretches in which the
    account was seen. A post dated more than a day before that look, at a time when the account was watched, would
    have been seen then: it was put in later, and counts for the day it appeared. Where the account was not watched
    at its date, nothing speaks against it. On the very first look nothing was watched yet, so own dates count.
    """
    if published_at is None:
        return day_of(first_seen_at), Basis.UNDATED
    if published_at > first_seen_at + TOLERANCE:
        return day_of(first_seen_at), Basis.FUTURE
    if suspicious(published_at, last_ok_at) and any(start <= published_at <= end for start, end in seen):
        return day_of(first_seen_at), Basis.BACKDATED
    return day_of(published_at), Basis.OWN


def suspicious(published_at: datetime | None, last_ok_at: datetime | None) -> bool:
    """Whether the date lies so far before the last successful look that the post should have been seen there."""
    return published_at is not None and last_ok_at is not None and published_at < last_ok_at - TOLERANCE
