"""When to look again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.connectors.errors import Outcome
from govmedia.posts.pacing import CEILING_S, FLOOR_S, HORIZON, after_failure, after_success, interval_s

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
chances = st.floats(0, 1)


@pytest.mark.parametrize(
    ("age_h", "window_h", "minutes"),
    [
        (0, None, 10),
        (1, None, 10),
        (24, None, 120),
        (24 * 30, None, 720),
        (24, 4, 60),  # the window holds four hours: it must not move on unseen
        (24, 1000, 120),
        (24, 0.1, 10),
    ],
)
def test_interval_follows_the_age_of_the_latest_post(age_h, window_h, minutes):
    window_s = None if window_h is None else window_h * 3600
    assert interval_s(NOW, NOW - timedelta(hours=age_h), window_s) == minutes * 60


def test_account_without_posts_is_looked_at_twice_a_day():
    assert interval_s(NOW, None, None) == CEILING_S


@given(st.integers(1, 100_000), st.sampled_from(Outcome), st.booleans(), chances)
def test_there_is_always_a_next_look(failures, outcome, cut_off, chance):
    at = after_failure(NOW, failures, outcome, None, cut_off, chance)
    assert NOW + timedelta(seconds=0.7 * FLOOR_S) < at < NOW + HORIZON


@given(st.integers(1, 100), chances, chances)
def test_gaps_grow_with_failures(failures, first, second):
    sooner = after_failure(NOW, failures, Outcome.timeout, None, False, 0)
    later = after_failure(NOW, failures + 1, Outcome.timeout, None, False, 0)
    assert sooner <= later
    assert after_failure(NOW, failures, Outcome.timeout, None, True, first) < NOW + timedelta(seconds=2 * FLOOR_S)


@given(st.integers(-10, 10**7), chances)
def test_asked_time_is_kept_up_to_a_day(seconds, chance):
    asked = NOW + timedelta(seconds=seconds)
    at = after_failure(NOW, 1, Outcome.rate_limited, asked, False, chance)
    assert at >= min(asked, NOW + timedelta(days=1))
    assert at < NOW + timedelta(days=1, minutes=2)


@given(chances)
def test_looks_spread_out(chance):
    assert timedelta(seconds=900) <= after_success(NOW, 1000, chance) - NOW <= timedelta(seconds=1100)
