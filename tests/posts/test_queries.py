"""Facts in bulk."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import make_account, make_coverage, make_interface, make_look, make_post
from govmedia.accounts.models import Account
from govmedia.posts.models import Interface, Outage, Post
from govmedia.posts.queries import (
    FactsRow,
    coverage_24h,
    covered_days,
    facts_rows,
    late_interfaces,
    open_outage,
    recent_posts,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: float = 0) -> datetime:
    return datetime(2026, 9, 1, tzinfo=SHANGHAI) + timedelta(days=day - 1, hours=hour)


def day(number: int) -> date:
    return date(2026, 9, number)


@pytest.mark.parametrize(
    ("start", "end", "until", "days"),
    [
        (at(1), at(10), at(21), (1, 9)),
        (at(1, 5), at(10, 12), at(21), (2, 9)),
        (at(1, 5), at(1, 23), at(21), None),
        (at(1, 5), at(2, 23), at(21), None),
        (at(1), at(30), at(21), (1, 20)),  # goes on after what is asked for
        (at(1), at(20, 9), at(21), (1, 20)),  # still running: the present day counts up to the last look
        (at(1), at(19, 20), at(21), (1, 19)),
        (at(1), at(19, 6), at(21), (1, 18)),  # broke off
        (at(20, 9), at(20, 9), at(21), None),  # first look ever: no whole day yet
        (at(19, 23), at(20, 9), at(21), (20, 20)),
    ],
)
def test_day_counts_as_covered_only_when_seen_as_a_whole(start, end, until, days):
    expected = days and (day(days[0]), day(days[1]))
    assert covered_days(start, end, until) == expected
    assert covered_days(start.astimezone(UTC), end.astimezone(UTC), until) == expected


def test_facts_come_in_bulk_and_a_deleted_post_still_counts(gulou_health, django_assert_num_queries):
    account, silent = make_account(gulou_health), make_account(gulou_health, platform="weibo")
    make_post(account, on=day(2))
    make_post(account, on=day(2), state="gone")
    make_post(account, on=day(5))
    make_post(account, on=date(2026, 8, 1))
    make_post(account, on=date(2026, 8, 20))
    make_post(account, on=day(21))
    make_coverage(account, at(1) - timedelta(days=60), at(3))
    make_coverage(account, at(6), at(30))
    looks = [make_look(account, at(20, hour)).at for hour in (1, 8)]
    make_look(account, at(20, 9), ok=False)
    make_look(account, at(1))
    make_look(account, at(21))
    with django_assert_num_queries(4):
        rows = facts_rows([account.pk, silent.pk], day(1), day(20))
    assert rows == {
        account.pk: FactsRow(
            ((day(2), 2), (day(5), 1)),
            ((date(2026, 7, 3), day(2)), (day(6), day(20))),
            tuple(looks),
            date(2026, 8, 20),
        ),
        silent.pk: FactsRow(),
    }


def test_number_of_queries_for_facts_is_fixed(gulou_health):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            facts_rows(list(Account.objects.values_list("pk", flat=True)), day(1), day(20))
        return len(captured)

    make_post(make_account(gulou_health), on=day(2))
    one = queries()
    for _ in range(5):
        make_post(make_account(gulou_health), on=day(2))
    assert queries() == one


def test_share_seen_counts_live_accounts_only(gulou_health, moment):
    make_account(gulou_health, last_seen_at=moment - timedelta(hours=3))
    make_account(gulou_health, last_seen_at=moment - timedelta(hours=25))
    make_account(gulou_health)
    make_account(gulou_health, status="closed", closed_on=day(1), last_seen_at=moment)
    assert coverage_24h(Account.objects.all(), now=moment) == (1, 3)


def test_late_interfaces_are_over_an_hour_late(gulou_health, moment):
    late = make_interface(make_account(gulou_health), next_due_at=moment - timedelta(minutes=61))
    make_interface(make_account(gulou_health), next_due_at=moment - timedelta(minutes=59))
    make_interface(make_account(gulou_health), next_due_at=moment - timedelta(days=1), state="stopped")
    assert list(late_interfaces(now=moment)) == [late]
    assert Interface.objects.count() == 3


def test_open_outage_is_the_one_without_end(db, moment):
    Outage.objects.create(kind="mass", started_at=moment, ended_at=moment)
    assert open_outage() is None
    running = Outage.objects.create(kind="network", started_at=moment - timedelta(hours=1))
    assert open_outage() == running


def test_recent_posts_come_latest_first(gulou_health):
    account = make_account(gulou_health)
    posts = [make_post(account, on=day(number)) for number in (3, 9, 6)]
    assert list(recent_posts(account)) == [posts[1], posts[2], posts[0]]
    assert Post.objects.count() == 3
