"""The watch list and its reminders."""

from datetime import timedelta

import pytest
from django.urls import reverse

from checks.watching import every, watch
from factories import make_account, make_post, make_user
from govmedia.checks.models import Watched
from govmedia.checks.queries import watched_for, watched_now
from govmedia.checks.services import judge_accounts
from govmedia.common.clock import day_of
from govmedia.findings.models import Finding
from govmedia.notify.models import Notice
from govmedia.posts.models import Coverage, Interface, Look

pytestmark = pytest.mark.django_db


@pytest.fixture
def slow(gulou_health, moment):
    """Has not posted for eight days."""
    account = make_account(gulou_health, name="鼓楼疾控", platform="douyin")
    return watch(account, moment, posts=every(2, day_of(moment) - timedelta(days=8)))


def days_on(account, moment, days):
    """The machine goes on looking and sees nothing new."""
    now = moment + timedelta(days=days)
    Coverage.objects.filter(account=account).update(end_at=now)
    Interface.objects.filter(account=account).update(last_ok_at=now, last_look_at=now)
    for hours in (0, 8, 16):
        Look.objects.create(account=account, at=now - timedelta(hours=hours), ok=True, outcome="ok")
    judge_accounts(account_ids=[account.pk], now=now)


def reminders():
    return list(Notice.objects.filter(key__startswith="silence:").order_by("pk").values_list("title", flat=True))


def test_operator_is_reminded_once_at_each_threshold_and_the_list_ends_with_the_red_line(
    slow, chen_operator, zhou_supervisor, moment
):
    judge_accounts(account_ids=[slow.pk], now=moment)
    judge_accounts(account_ids=[slow.pk], now=moment + timedelta(hours=1))
    row = Watched.objects.get()
    assert (row.days, row.reached, row.reminded_at, row.posted) == (8, 7, moment, True)
    assert row.veto_on == day_of(moment) + timedelta(days=7)
    assert reminders() == ["「鼓楼疾控」已 8 天没有发布，请尽快更新"]
    assert list(watched_for(zhou_supervisor)) == [row]
    for days in (1, 2, 3, 4, 5, 6):
        days_on(slow, moment, days)
    assert reminders() == [f"「鼓楼疾控」已 {days} 天没有发布，请尽快更新" for days in (8, 10, 12)]
    assert Watched.objects.get().days == 14
    assert not Finding.objects.filter(code="R05").exists()
    days_on(slow, moment, 7)
    assert not Watched.objects.exists()
    assert Finding.objects.filter(code="R05").exists()


def test_a_post_takes_the_account_off_the_list(slow, chen_operator, moment):
    judge_accounts(account_ids=[slow.pk], now=moment)
    make_post(slow, on=day_of(moment))
    judge_accounts(account_ids=[slow.pk], now=moment)
    assert not Watched.objects.exists()


def test_nobody_to_remind_is_said_and_made_up_for(slow, moment, gulou_health):
    judge_accounts(account_ids=[slow.pk], now=moment)
    assert Watched.objects.get().reminded_at is None
    make_user("late", "新运维", "operator", organisation=gulou_health)
    judge_accounts(account_ids=[slow.pk], now=moment + timedelta(hours=1))
    assert len(reminders()) == 1


def test_what_is_not_seen_or_closed_is_not_listed(slow, chen_operator, moment):
    judge_accounts(account_ids=[slow.pk], now=moment)
    type(slow).objects.filter(pk=slow.pk).update(health="not_seen")
    assert not watched_now().exists()


def test_lively_and_silent_accounts_are_not_on_it(lively, silent, chen_operator, moment):
    judge_accounts(account_ids=[lively.pk, silent.pk], now=moment)
    assert not Watched.objects.exists()


def test_page_and_start_pages(client, slow, chen_operator, zhou_supervisor, moment):
    judge_accounts(account_ids=[slow.pk], now=moment)
    client.force_login(zhou_supervisor)
    page = client.get(reverse("checks:watch")).content.decode()
    assert "鼓楼疾控" in page
    assert "重点关注：1 个账号快要两周没有更新" in client.get(reverse("desk:today")).content.decode()
    client.force_login(chen_operator)
    assert "更新：「鼓楼疾控」已 8 天没有发布" in client.get(reverse("desk:today")).content.decode()
    assert client.get(reverse("checks:watch")).status_code == 403
