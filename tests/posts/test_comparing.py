"""What changed between two looks."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.connectors.types import Snapshot
from govmedia.posts.cleaning import draft_of
from govmedia.posts.comparing import Stored, compare

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


def draft(number: int, text: str = ""):
    """Post number n was published n hours after the start; a negative one has no date."""
    at = None if number < 0 else NOW - 100 * HOUR + number * HOUR
    return draft_of(Snapshot(f"p{number}", f"标题{number}", text, published_at=at))


def stored(number: int, state="present", since=None, first_seen_at=NOW - 50 * HOUR):
    shown = draft(number)
    return Stored(
        *(number, shown.native_id, shown.sm3, state, 1, shown.title, "", "", since, shown.published_at),
        first_seen_at=first_seen_at,
    )


def ids(posts) -> list[str]:
    return [post.native_id for post in posts]


def test_new_and_edited_posts_are_told_apart():
    changes = compare([draft(5), draft(4, "改"), draft(3)], [stored(4), stored(3)], NOW)
    assert ids(changes.new) == ["p5"]
    assert [post.native_id for post, _ in changes.edited] == ["p4"]
    assert (changes.missing, changes.gone, changes.waiting) == ([], [], 0)


@pytest.mark.parametrize("turn", [False, True])
def test_only_what_lies_within_the_window_can_be_missing(turn):
    drafts = [draft(9), draft(8), draft(5)]
    known = [stored(number) for number in (9, 8, 7, 5, 4, 3)]
    changes = compare(drafts[::-1] if turn else drafts, known, NOW)
    assert (ids(changes.missing), changes.waiting) == (["p7"], 1)


def test_pinned_old_post_does_not_stretch_the_window():
    changes = compare(
        [draft(1), draft(9), draft(8), draft(7)], [stored(number) for number in (9, 8, 7, 6, 5, 1)], NOW
    )
    assert changes.missing == []


@pytest.mark.parametrize(("since_h", "gone", "waiting"), [(0.5, [], 1), (1, ["p7"], 0)])
def test_second_look_must_be_an_hour_later(since_h, gone, waiting):
    known = [stored(8), stored(7, "missing", NOW - since_h * HOUR), stored(5)]
    changes = compare([draft(8), draft(5)], known, NOW)
    assert (ids(changes.gone), changes.waiting) == (gone, waiting)


def test_gone_post_that_is_shown_again_returned():
    changes = compare([draft(8)], [stored(8, "gone", NOW - 5 * HOUR), stored(7, "gone", NOW)], NOW)
    assert (ids(changes.returned), changes.gone, changes.missing) == (["p8"], [], [])


def test_undated_posts_go_by_when_they_were_first_seen():
    known = [
        stored(-1, first_seen_at=NOW - 9 * HOUR),
        stored(-2, first_seen_at=NOW - 8 * HOUR),
        stored(-3, first_seen_at=NOW - 7 * HOUR),
    ]
    assert ids(compare([draft(-3), draft(-1)], known, NOW).missing) == ["p-2"]
    assert compare([draft(-4), draft(-3), draft(-2)], known, NOW).missing == []


def test_what_is_not_the_whole_lacks_nothing():
    assert compare([draft(9), draft(5)], [stored(7)], NOW, whole=False).missing == []


@given(st.lists(st.integers(0, 60), unique=True, min_size=1), st.integers(1, 25))
def test_feed_that_only_moves_on_never_lacks_anything(numbers, window):
    """Posts appear in order of time, the feed shows the newest ones: whatever the window, nothing is missing."""
    numbers.sort()
    known: dict[int, Stored] = {}
    for end in range(1, len(numbers) + 1):
        shown = numbers[max(0, end - window) : end][::-1]
        changes = compare([draft(number) for number in shown], list(known.values()), NOW)
        assert (changes.missing, changes.gone, changes.edited) == ([], [], [])
        known.update({number: stored(number) for number in shown})


@given(st.sets(st.integers(0, 30), min_size=3), st.data())
def test_deleted_post_between_others_is_missed(numbers, data):
    ordered = sorted(numbers, reverse=True)
    lost = data.draw(st.sampled_from(ordered[:-1]))
    drafts = [draft(number) for number in ordered if number != lost]
    changes = compare(drafts, [stored(number) for number in ordered], NOW)
    assert ids(changes.missing) == [f"p{lost}"]
