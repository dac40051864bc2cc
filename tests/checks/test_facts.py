"""Facts from rows."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from checks.watching import every, watch
from factories import make_account
from govmedia.checks.queries import facts_of
from govmedia.common.clock import day_of
from govmedia.engine.types import AccountFacts, FilingFact, RenameFact, Sibling
from govmedia.filings.models import Filing

pytestmark = pytest.mark.django_db
START, END = date(2026, 10, 1), date(2026, 11, 23)


def _facts(account, moment) -> AccountFacts:
    return facts_of([account.pk], START, END, moment)[0]


def _file(account, person, **values):
    values.setdefault("submitted_by", person)
    values.setdefault("submitted_at", datetime(2026, 10, 20, 2, tzinfo=UTC))
    return Filing.objects.create(
        organisation=account.organisation,
        account=account,
        created_by=person,
        created_at=values["submitted_at"],
        updated_at=values["submitted_at"],
        **values,
    )


def test_facts_survive_json(lively, moment):
    facts = _facts(lively, moment)
    assert AccountFacts.from_json(facts.to_json()) == facts
    assert facts.post_days[-1] == (END, 1)
    assert facts.last_post_before == date(2026, 9, 30)
    assert facts.shows == frozenset({"posts"})


def test_account_is_judged_from_the_later_of_opened_and_first_seen(lively, moment):
    assert _facts(lively, moment).judged_from == day_of(moment) - timedelta(days=120)
    lively.opened_on = date(2026, 11, 1)
    lively.save()
    assert _facts(lively, moment).judged_from == date(2026, 11, 1)


def test_platform_without_posts_shows_none(gulou_health, moment):
    account = watch(make_account(gulou_health, platform="miniprogram"), moment)
    assert _facts(account, moment).shows == frozenset()


def test_siblings_are_live_others_of_the_organisation(lively, gulou_health, xuanwu_school, moment):
    make_account(xuanwu_school)
    make_account(gulou_health, platform="weibo", status="closed", closed_on=END)
    make_account(gulou_health, platform="weibo", opened_on=date(2027, 1, 1))
    other = make_account(gulou_health, name="鼓楼二号", second_allowed=True)
    assert _facts(lively, moment).siblings == (Sibling(other.code, "鼓楼二号", "wechat_mp", True),)
    # Being allowed beside another holds for both of them.
    assert [one.allowed for one in _facts(other, moment).siblings] == [True]


def test_filings_that_came_to_something_are_facts(lively, chen_operator, moment):
    _file(lively, chen_operator, kind="change", state="draft", happened_on=date(2026, 10, 1))
    _file(lively, chen_operator, kind="change", state="refused", happened_on=date(2026, 10, 1))
    _file(
        lively,
        chen_operator,
        kind="open",
        state="accepted",
        happened_on=date(2026, 10, 8),
        decided_by=chen_operator,
        decided_at=datetime(2026, 10, 21, 2, tzinfo=UTC),
    )
    assert _facts(lively, moment).filings == (
        FilingFact("open", date(2026, 10, 8), date(2026, 10, 20), date(2026, 10, 21)),
    )


def test_rename_seen_is_a_fact_until_the_name_is_filed(gulou_health, chen_operator, moment):
    account = make_account(gulou_health, name="健康鼓楼")
    since = datetime(2026, 11, 2, 2, tzinfo=UTC)
    watch(account, moment, seen_name="鼓楼新闻", seen_name_since=since)
    assert _facts(account, moment).renames == (RenameFact("鼓楼新闻", "健康鼓楼", date(2026, 11, 2)),)
    _file(account, chen_operator, kind="change", state="submitted", happened_on=date(2026, 11, 2), name="鼓楼新闻")
    assert _facts(account, moment).renames[0].filed_on == date(2026, 10, 20)
    account.name = "鼓楼新闻"
    account.save()
    assert _facts(account, moment).renames == ()


def test_looks_after_the_point_are_no_facts(lively, moment):
    early = moment - timedelta(hours=20)
    assert facts_of([lively.pk], START, END, early)[0].looks[-1] <= early


def test_queries_are_fixed(gulou_health, xuanwu_school, moment):
    accounts = [
        watch(
            make_account(org, platform=f"p{number}"),
            moment,
            posts=every(9, END),
            handle=f"http://127.0.0.1/{org.pk}/{number}.rss",
        )
        for org in (gulou_health, xuanwu_school)
        for number in range(3)
    ]
    with CaptureQueriesContext(connection) as one:
        facts_of([accounts[0].pk], START, END, moment)
    with CaptureQueriesContext(connection) as six:
        assert len(facts_of([account.pk for account in accounts], START, END, moment)) == 6
    assert len(one) == len(six) == 9
