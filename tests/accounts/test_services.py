"""The registry: opened, renamed, closed, frozen, and what the machine writes."""

from datetime import date, timedelta

import pytest

from factories import make_account
from govmedia.accounts import queries, services
from govmedia.accounts.models import Account, FormerName
from govmedia.audit.models import Entry
from govmedia.common.refusals import NoRight, NoteMissing, Refused, WrongState
from govmedia.engine.codes import code_problem
from govmedia.orgs.services import change_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(gulou_health, moment):
    values = services.AccountValues(organisation=gulou_health, name="健康鼓楼", platform="weibo", platform_id="123")
    return services.open_account(filing_values=values, by=None, now=moment)


def test_opened_account_has_a_code_a_place_and_is_found(opened, gulou):
    assert code_problem(opened.code) is None
    assert (opened.division_id, opened.level, opened.field) == (gulou.code, "county", "health")
    assert [row.pk for row in queries.search("jkgl")] == [opened.pk]
    assert Entry.objects.get(verb="account.open").subject == f"account:{opened.code}"


def test_same_platform_id_twice_is_refused(opened, gulou_health, moment):
    values = services.AccountValues(organisation=gulou_health, name="另一个", platform="weibo", platform_id="123")
    with pytest.raises(Refused):
        services.open_account(filing_values=values, by=None, now=moment)


def test_renamed_account_is_found_by_both_names(opened, moment):
    services.change_account(account=opened, values={"name": "鼓楼卫健"}, by=None, now=moment, why="更名")
    assert FormerName.objects.get().name == "健康鼓楼"
    for text in ("健康鼓楼", "鼓楼卫健"):
        assert [row.name for row in queries.search(text)] == ["鼓楼卫健"]
    entry = Entry.objects.get(verb="account.change")
    assert (entry.before, entry.after, entry.why) == ({"name": "健康鼓楼"}, {"name": "鼓楼卫健"}, "更名")


def test_closed_account_stays_closed(opened, gulou_health, moment):
    heir = make_account(gulou_health)
    services.close_account(account=opened, closed_on=date(2026, 11, 1), successor=heir, by=None, now=moment)
    for deed in (
        lambda: services.close_account(
            account=opened, closed_on=date(2026, 11, 1), successor=None, by=None, now=moment
        ),
        lambda: services.change_account(account=opened, values={"name": "x"}, by=None, now=moment),
    ):
        with pytest.raises(WrongState):
            deed()
    assert not queries.live().filter(pk=opened.pk).exists()
    assert queries.in_directory().filter(pk=opened.pk).exists()


def test_account_is_not_its_own_successor(opened, moment):
    with pytest.raises(Refused):
        services.close_account(account=opened, closed_on=date(2026, 11, 1), successor=opened, by=None, now=moment)


def test_health_is_logged_where_it_turns_and_not_where_only_the_sentence_counts_on(opened, moment):
    row = services.HealthRow(opened.pk, "healthy", "", "最近一篇 1 天前", False)
    assert services.set_health_many([row], now=moment) == 1
    assert services.set_health_many([row], now=moment) == 0
    later = moment + timedelta(days=1)
    services.set_health_many([row._replace(text="最近一篇 2 天前")], now=later)
    opened.refresh_from_db()
    assert (opened.health, opened.health_text, opened.health_since) == ("healthy", "最近一篇 2 天前", moment)
    assert Entry.objects.filter(verb="account.health").count() == 1


def test_seen_times_are_kept_and_the_latest_post_never_goes_back(opened, moment):
    hour = timedelta(hours=1)
    services.note_seen_many([(opened.pk, moment, moment - hour, moment)])
    services.note_seen_many([services.SeenRow(opened.pk, moment + hour, moment - 9 * hour, moment + hour)])
    services.note_seen_many([(opened.pk, moment + 2 * hour, None, None)])
    opened.refresh_from_db()
    assert (opened.first_seen_at, opened.last_seen_at, opened.last_post_at) == (
        moment,
        moment + 2 * hour,
        moment - hour,
    )


def test_frozen_account_is_thawed_by_its_supervisor_with_a_reason(opened, zhou_supervisor, chen_operator, moment):
    frozen = services.freeze(account=opened, reason="内容像是别人的", now=moment)
    assert (frozen.health, frozen.health_cause) == ("not_seen", "frozen")
    with pytest.raises(NoRight):
        services.unfreeze(account=opened, by=chen_operator, now=moment, why="没事")
    with pytest.raises(NoteMissing):
        services.unfreeze(account=opened, by=zhou_supervisor, now=moment, why=" ")
    thawed = services.unfreeze(account=opened, by=zhou_supervisor, now=moment, why="已电话核实")
    assert (thawed.frozen_reason, thawed.health_cause) == ("", "waiting")


def test_accounts_follow_their_organisations_new_name(opened, gulou_health, li_supervisor, moment):
    values = {"name": "南京市鼓楼区卫生局", "short_name": "鼓楼卫生局", "field": "ecology"}
    change_organisation(organisation=gulou_health, values=values, by=li_supervisor, now=moment)
    assert services.follow_organisations(now=moment) == 1
    assert services.follow_organisations(now=moment) == 0
    assert queries.search("鼓楼卫生局") == [opened]
    assert Account.objects.get(pk=opened.pk).field == "ecology"


@pytest.mark.parametrize(
    ("who", "count"),
    [("chen_operator", 1), ("li_supervisor", 1), ("stranger", 0), ("suzhou_supervisor", 0), ("wu_auditor", 0)],
)
def test_accounts_are_seen_within_ones_reach(opened, who, count, request):
    assert queries.visible_to(request.getfixturevalue(who)).count() == count


def test_tally_counts_live_accounts_of_a_range(opened, gulou_health, xuanwu_school):
    make_account(xuanwu_school, platform="weibo")
    make_account(gulou_health, platform="weibo", status="closed", closed_on=date(2024, 1, 1))
    assert [(row.platform, row.level, row.health, row.count) for row in queries.tally()] == [
        ("weibo", "county", "not_seen", 2)
    ]
    assert sum(row.count for row in queries.tally(("320106", "320107"))) == 1


def test_successor_is_named_by_code_or_unique_name(opened, gulou_health):
    assert queries.open_by_code_or_name(opened.code.lower()) == opened
    assert queries.open_by_code_or_name("健康鼓楼") == opened
    make_account(gulou_health, name="健康鼓楼", platform="douyin")
    assert queries.open_by_code_or_name("健康鼓楼") is None
