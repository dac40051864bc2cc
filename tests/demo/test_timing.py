"""Parts as they come out in time: who pauses how long, and when looks fail."""

from datetime import UTC, datetime
from itertools import pairwise
from random import Random

import pytest

from govmedia.common.clock import day_of
from govmedia.common.refusals import Refused
from govmedia.demo.places import bodies, places
from govmedia.demo.plan import FAULTS, Part, make_plan, span
from govmedia.demo.timing import DAY, perform
from govmedia.demo.words import load
from govmedia.orgs import divisions
from govmedia.orgs.models import Division

HOUR_S = 3600
MOMENTS = [
    datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
    datetime(2026, 12, 31, 15, 59, tzinfo=UTC),
    datetime(2027, 1, 1, 16, 30, tzinfo=UTC),
    datetime(2026, 10, 8, 22, 0, tzinfo=UTC),
]


@pytest.fixture(scope="module")
def offices():
    rows = [
        Division(code=row.code, name=row.name, full_name=row.full_name, level=row.level, parent_id=row.parent or None)
        for row in sorted(divisions.rows(("32",)))
        if row.code.startswith("32")
    ]
    return bodies(places(rows), load().namings, 160, Random(1))


def _played(offices, now, posts=None, accounts=320):
    time = span(accounts=accounts, posts=posts, now=now)
    chance = Random(3)
    plan = make_plan(accounts=accounts, bodies=offices, time=time, random=chance)
    return time, [(role, perform(role, time, chance, dense=True)) for role in plan.roles]


def _pauses(done, now):
    """Longest pause between posts in calendar days, and days since the last."""
    days = [day_of(datetime.fromtimestamp(at, UTC)).toordinal() for at in done.posts]
    longest = max((later - earlier for earlier, later in pairwise(days)), default=0)
    return longest, day_of(now).toordinal() - days[-1]


@pytest.mark.parametrize("now", MOMENTS)
@pytest.mark.parametrize("posts", [None, 320 * 9, 320 * 4])
def test_perform_keeps_each_part_what_it_is(offices, now, posts):
    time, played = _played(offices, now, posts)
    second = int(now.timestamp())
    for role, done in played:
        assert all(at < second for at in (*done.posts, *done.waiting))
        assert all(at <= second for at, _ in done.looks)
        assert done.posts == sorted(set(done.posts))
        if role.part in {Part.WELL, Part.NEW, Part.HOLE, Part.CLOSING}:
            assert max(_pauses(done, now)) <= 7, role
        if role.part is Part.DEAD and time.days >= 18:
            assert not done.posts or _pauses(done, now)[1] > 14
        if role.part is Part.SLOW and time.days >= 30:
            assert 7 < max(_pauses(done, now)) <= 14
        if role.part in FAULTS:
            assert [ok for _, ok in done.looks][-1] is False


@pytest.mark.parametrize("now", MOMENTS)
def test_span_has_enough_posts_for_the_quarters(offices, now):
    time, played = _played(offices, now)
    stored = sum(len(done.posts) for _, done in played)
    assert stored >= max(12_000, time.posts * 0.98)
    assert time.start_on.day == 1
    assert time.start_on.month in {1, 4, 7, 10}
    assert 92 <= time.days <= 184 + 1


def test_span_of_a_country_covers_a_quarter_with_four_million():
    time = span(accounts=110_000, posts=4_000_000, now=MOMENTS[0])
    assert time.start_on.isoformat() == "2026-07-01"


def test_span_refuses_too_few_posts():
    with pytest.raises(Refused):
        span(accounts=100, posts=299, now=MOMENTS[0])


def test_perform_looks_often_enough_to_prove_a_silence(offices):
    _, played = _played(offices, MOMENTS[0])
    for role, done in played:
        if role.part is Part.DEAD:
            recent = [at for at, ok in done.looks if ok and at > MOMENTS[0].timestamp() - DAY]
            assert len(recent) >= 3
            assert all(later - earlier >= 5 * HOUR_S for earlier, later in pairwise(recent))
