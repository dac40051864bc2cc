"""The day a post counts for."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from govmedia.common.clock import day_of
from govmedia.posts.dating import counting_day

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TODAY = day_of(NOW)
moments = st.floats(-400, 400).map(lambda days: NOW + timedelta(days=days))


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def test_own_date_counts_unless_it_cannot_be():
    seen = [(days_ago(30), days_ago(0.5))]
    last = days_ago(0.5)
    assert counting_day(days_ago(0.2), NOW, last, seen) == (day_of(days_ago(0.2)), "own")
    assert counting_day(None, NOW, last, seen) == (TODAY, "undated")
    assert counting_day(NOW + timedelta(hours=24), NOW, last, seen)[1] == "own"
    assert counting_day(NOW + timedelta(hours=25), NOW, last, seen) == (TODAY, "future")
    # within a day before the last look: published while it was under way, or shown late
    assert counting_day(days_ago(1.4), NOW, last, seen)[1] == "own"
    assert counting_day(days_ago(1.6), NOW, last, seen) == (TODAY, "backdated")
    # before the account was watched, or while it was not
    assert counting_day(days_ago(31), NOW, last, seen) == (day_of(days_ago(31)), "own")
    assert counting_day(days_ago(5), NOW, last, [(days_ago(30), days_ago(9)), (days_ago(2), last)])[1] == "own"


def test_first_look_takes_all_dates_as_they_are():
    assert counting_day(days_ago(300), NOW, None, []) == (day_of(days_ago(300)), "own")


@given(published=moments, first=moments, last=moments)
def test_backdated_post_never_fills_a_day_that_was_seen_without_it(published, first, last):
    """Whatever it says, a post that appears after a seen time cannot count for a day well within it."""
    begin, end = min(first, last), max(first, last)
    on, basis = counting_day(published, NOW, end, [(begin, end)])
    if begin <= published < end - timedelta(hours=24) and published <= NOW:
        assert (on, basis) == (TODAY, "backdated")
    assert on == (day_of(published) if basis == "own" else TODAY)
