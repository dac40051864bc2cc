"""A filing on its way, and what its end does to the registry."""

from datetime import date, timedelta

import pytest

from factories import make_account, make_interface, make_organisation, make_user
from filings.conftest import FORM
from govmedia.accounts.models import Account, FormerName
from govmedia.accounts.services import close_account, index_accounts
from govmedia.audit.models import Entry
from govmedia.audit.queries import first_break
from govmedia.common.refusals import NoRight, NoteMissing, Refused, WrongState
from govmedia.filings import chain, queries, services, showing
from govmedia.filings.models import Filing
from govmedia.filings.services import FormRefused
from govmedia.notify.models import Notice
from govmedia.orgs.models import User
from govmedia.posts.models import Interface

pytestmark = pytest.mark.django_db


def test_submit_sends_it_to_the_office_of_the_same_level_with_a_due_date(submitted, zhao_reviewer, gulou):
    assert (submitted.state, submitted.at_division_id) == ("submitted", gulou.code)
    assert submitted.due_on == date(2026, 11, 30)
    assert list(queries.queue_for(zhao_reviewer)) == [submitted]
    assert Notice.objects.get(recipient=zhao_reviewer).title == "待审：开设「健康鼓楼」"
    assert showing.progress(submitted, own=True) == (
        "现在由江苏省南京市鼓楼区政府办公室审核，应在 2026-11-30 前审完，通过后报江苏省南京市政府办公室。"
    )


def test_incomplete_form_is_refused_with_a_sentence_for_each_field(draft, chen_operator, moment):
    with pytest.raises(FormRefused) as why:
        services.submit(filing_id=draft.pk, by=chen_operator, now=moment)
    assert set(why.value.errors) == {"feed_url", "name", "platform", "url", "opened_on", "contact_phone"}
    assert why.value.errors["opened_on"] == "请选择开设日期。"


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("name", "长" * 10_000, "账号名称最多 80 个字，现在有 10,000 个，请缩短。"),
        ("opened_on", "2099-01-01", "开设日期不能晚于今天。"),
        ("opened_on", "'; DROP TABLE", "开设日期应写成 2026-11-23 这样。"),
        ("url", "javascript:alert(1)", "账号链接应是以 http:// 或 https:// 开头的完整网址。"),
        ("url", "https://www.gov.cn@example.com/", "账号链接应是以 http:// 或 https:// 开头的完整网址。"),
        ("platform", "<b>", "没有这个平台，请从列表中选择。"),
        ("contact_phone", "打不通", "请填写能打通的电话，例如 025-12345678。"),
        ("functions", "\n".join(str(n) for n in range(21)), "功能栏目最多 20 项，现在有 21 项。"),
    ],
)
def test_wrong_values_are_named_beside_their_field(filled, chen_operator, moment, key, value, sentence):
    services.save_draft(filing_id=filled.pk, values={key: value}, by=chen_operator, now=moment)
    with pytest.raises(FormRefused) as why:
        services.submit(filing_id=filled.pk, by=chen_operator, now=moment)
    assert why.value.errors == {key: sentence}


def test_every_field_survives_what_people_paste(filled, chen_operator, moment):
    for nasty in ("😀" * 10_000, "\x00\x1b\u202e", "' OR 1=1 --", "<script>alert(1)</script>"):
        values = dict.fromkeys([*FORM, "description", "functions", "second_reason"], nasty)
        services.save_draft(filing_id=filled.pk, values=values, by=chen_operator, now=moment)
        with pytest.raises(FormRefused):
            services.submit(filing_id=filled.pk, by=chen_operator, now=moment)


def test_filing_is_passed_on_accepted_and_entered(accepted, chen_operator):
    account = Account.objects.get()
    assert (account.name, account.platform, account.opened_on) == ("健康鼓楼", "weibo", date(2026, 11, 20))
    assert (accepted.state, accepted.account) == ("accepted", account)
    interface = Interface.objects.get()
    assert (interface.handle, interface.account) == (FORM["feed_url"], account)
    assert Notice.objects.filter(recipient=chen_operator).latest("pk").title == "开设「健康鼓楼」已通过备案"
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"filing.submit", "filing.pass_on", "filing.accept", "account.open"} <= verbs
    assert first_break() is None


def test_next_office_is_told_and_has_its_own_due_date(submitted, zhao_reviewer, qian_reviewer, nanjing, moment):
    later = moment + timedelta(days=2)
    filing = services.move(filing_id=submitted.pk, name="pass_on", by=zhao_reviewer, now=later)
    assert (filing.at_division_id, filing.due_on) == (nanjing.code, date(2026, 12, 2))
    assert Notice.objects.filter(recipient=qian_reviewer).count() == 1
    assert not queries.queue_for(zhao_reviewer).exists()


def test_accepting_at_the_first_of_two_stops_is_refused(submitted, zhao_reviewer, moment):
    with pytest.raises(WrongState):
        services.move(filing_id=submitted.pk, name="accept", by=zhao_reviewer, now=moment)


def test_second_of_two_decisions_finds_the_state_changed(submitted, zhao_reviewer, gulou, moment):
    other = make_user("zhao2", "赵二", "reviewer", division=gulou)
    seen = services.version_of(submitted)
    services.move(filing_id=submitted.pk, name="pass_on", by=zhao_reviewer, now=moment + timedelta(minutes=1))
    for version in (seen, ""):
        with pytest.raises(WrongState):
            services.move(filing_id=submitted.pk, name="pass_on", by=other, now=moment, version=version)


def test_return_needs_a_reason_and_tells_the_submitter(submitted, zhao_reviewer, chen_operator, moment):
    with pytest.raises(NoteMissing):
        services.move(filing_id=submitted.pk, name="return", by=zhao_reviewer, now=moment, note="  ")
    filing = services.move(filing_id=submitted.pk, name="return", by=zhao_reviewer, now=moment, note="请补简介")
    assert (filing.state, filing.at_division_id, filing.due_on) == ("returned", None, None)
    assert Notice.objects.get(recipient=chen_operator).body == "请按意见修改后重新提交。意见：请补简介"


def test_returned_filing_starts_again_at_the_first_stop(
    submitted, zhao_reviewer, qian_reviewer, chen_operator, moment
):
    services.move(filing_id=submitted.pk, name="pass_on", by=zhao_reviewer, now=moment)
    services.move(filing_id=submitted.pk, name="return", by=qian_reviewer, now=moment, note="改")
    filing = services.submit(filing_id=submitted.pk, by=chen_operator, now=moment + timedelta(hours=1))
    assert filing.step == 0
    services.move(filing_id=submitted.pk, name="pass_on", by=zhao_reviewer, now=moment + timedelta(hours=2))


def test_refused_filing_leaves_the_registry_alone(submitted, zhao_reviewer, moment):
    filing = services.move(filing_id=submitted.pk, name="refuse", by=zhao_reviewer, now=moment, note="重复")
    assert (filing.state, filing.decided_by) == ("refused", zhao_reviewer)
    assert not Account.objects.exists()


def test_nobody_reviews_what_he_had_a_hand_in(submitted, zhao_reviewer, moment):
    submitted.editors.add(zhao_reviewer)
    with pytest.raises(NoRight):
        services.move(filing_id=submitted.pk, name="pass_on", by=zhao_reviewer, now=moment)
    assert queries.moves_for(submitted, zhao_reviewer) == []


def test_who_passed_the_first_stop_may_not_pass_the_next(submitted, zhao_reviewer, nanjing, moment):
    services.move(filing_id=submitted.pk, name="pass_on", by=zhao_reviewer, now=moment)
    zhao_reviewer.division = nanjing
    zhao_reviewer.save()
    with pytest.raises(NoRight):
        services.move(filing_id=submitted.pk, name="accept", by=zhao_reviewer, now=moment)


@pytest.mark.parametrize(
    "who", ["qian_reviewer", "li_supervisor", "zhou_supervisor", "stranger", "root_admin", "chen_operator"]
)
def test_only_the_office_that_has_it_reviews(submitted, moment, who, request):
    with pytest.raises(NoRight):
        services.move(filing_id=submitted.pk, name="pass_on", by=request.getfixturevalue(who), now=moment)


def test_submitter_may_withdraw_until_it_is_decided(submitted, chen_operator, zhao_reviewer, moment):
    filing = services.move(filing_id=submitted.pk, name="withdraw", by=chen_operator, now=moment)
    assert (filing.state, filing.at_division_id) == ("withdrawn", None)
    with pytest.raises(WrongState):
        services.move(filing_id=submitted.pk, name="pass_on", by=zhao_reviewer, now=moment)


def test_second_account_on_a_platform_needs_a_reason_and_is_marked(filled, gulou_health, chen_operator, moment):
    make_account(gulou_health, name="鼓楼卫健", platform="weibo")
    with pytest.raises(FormRefused) as why:
        services.submit(filing_id=filled.pk, by=chen_operator, now=moment)
    assert why.value.errors == {"second_reason": "请写明理由，或改为变更原有账号。"}
    services.save_draft(filing_id=filled.pk, values={"second_reason": "疫苗专用"}, by=chen_operator, now=moment)
    filing = services.submit(filing_id=filled.pk, by=chen_operator, now=moment)
    assert [warning["kind"] for warning in filing.warnings][:1] == ["second"]


def test_interface_of_another_account_is_refused(filled, xuanwu_school, chen_operator, moment):
    make_interface(make_account(xuanwu_school, name="玄武教育"), handle=FORM["feed_url"])
    with pytest.raises(FormRefused) as why:
        services.submit(filing_id=filled.pk, by=chen_operator, now=moment)
    assert set(why.value.errors) == {"feed_url"}
    assert "「玄武教育」" in why.value.errors["feed_url"]


def test_interface_taken_while_it_waited_keeps_it_from_being_accepted(
    submitted, zhao_reviewer, qian_reviewer, xuanwu_school, moment
):
    services.move(filing_id=submitted.pk, name="pass_on", by=zhao_reviewer, now=moment)
    make_interface(make_account(xuanwu_school), handle=FORM["feed_url"])
    with pytest.raises(Refused):
        services.move(filing_id=submitted.pk, name="accept", by=qian_reviewer, now=moment)
    assert Filing.objects.get().state == "passed_on"


def run_through(filing, chen, zhao, qian, moment):
    services.submit(filing_id=filing.pk, by=chen, now=moment)
    services.move(filing_id=filing.pk, name="pass_on", by=zhao, now=moment)
    return services.move(filing_id=filing.pk, name="accept", by=qian, now=moment)


def test_change_shows_differences_and_keeps_the_former_name(
    chen_operator, zhao_reviewer, qian_reviewer, gulou_health, moment
):
    account = make_account(
        gulou_health, name="健康鼓楼", url="https://a.gov.cn/", contact_name="甲", contact_phone="02583750000"
    )
    make_interface(account, handle="https://a.gov.cn/feed")
    filing = services.start(kind="change", organisation=gulou_health, account=account, by=chen_operator, now=moment)
    values = {"name": "鼓楼健康", "feed_url": "https://a.gov.cn/feed2", "happened_on": "2026-11-20", "reason": "改版"}
    filing = services.save_draft(filing_id=filing.pk, values=values, by=chen_operator, now=moment)
    changed = {row["label"]: row["was"] for row in showing.pairs(filing) if row["changed"]}
    assert changed == {"账号名称": "健康鼓楼", "数据接口": "https://a.gov.cn/feed"}
    run_through(filing, chen_operator, zhao_reviewer, qian_reviewer, moment)
    account.refresh_from_db()
    assert (account.name, account.url) == ("鼓楼健康", "https://a.gov.cn/")
    assert FormerName.objects.get().name == "健康鼓楼"
    assert Interface.objects.get().handle == "https://a.gov.cn/feed2"


def test_change_without_a_difference_is_refused(chen_operator, gulou_health, moment):
    account = make_account(gulou_health, url="https://a.gov.cn/", contact_name="甲", contact_phone="02583750000")
    make_interface(account, handle="https://a.gov.cn/feed")
    filing = services.start(kind="change", organisation=gulou_health, account=account, by=chen_operator, now=moment)
    services.save_draft(
        filing_id=filing.pk, values={"happened_on": "2026-11-20", "reason": "无"}, by=chen_operator, now=moment
    )
    with pytest.raises(FormRefused) as why:
        services.submit(filing_id=filing.pk, by=chen_operator, now=moment)
    assert set(why.value.errors) == {"name"}


def test_closing_names_its_successor_and_stops_looking(
    chen_operator, zhao_reviewer, qian_reviewer, gulou_health, moment
):
    account = make_account(gulou_health, name="秦淮卫生")
    make_interface(account)
    heir = make_account(gulou_health, name="健康秦淮", platform="douyin")
    index_accounts([heir.pk])
    filing = services.start(kind="close", organisation=gulou_health, account=account, by=chen_operator, now=moment)
    values = {"closed_on": "2026-11-20", "notice_url": "https://a.gov.cn/n", "reason": "整合", "successor": "不存在"}
    services.save_draft(filing_id=filing.pk, values=values, by=chen_operator, now=moment)
    with pytest.raises(FormRefused) as why:
        services.submit(filing_id=filing.pk, by=chen_operator, now=moment)
    assert set(why.value.errors) == {"successor"}
    services.save_draft(filing_id=filing.pk, values={"successor": "健康秦"}, by=chen_operator, now=moment)
    with pytest.raises(FormRefused) as why:
        services.submit(filing_id=filing.pk, by=chen_operator, now=moment)
    assert f"是不是：「健康秦淮」（抖音，{heir.code}）？" in why.value.errors["successor"]
    services.save_draft(filing_id=filing.pk, values={"successor": heir.code.lower()}, by=chen_operator, now=moment)
    run_through(filing, chen_operator, zhao_reviewer, qian_reviewer, moment)
    account.refresh_from_db()
    assert (account.status, account.successor, account.closed_on) == ("closed", heir, date(2026, 11, 20))
    assert Interface.objects.get().state == "stopped"


def test_day_of_the_first_submission_stays(submitted, zhao_reviewer, chen_operator, moment):
    services.move(filing_id=submitted.pk, name="return", by=zhao_reviewer, now=moment, note="改")
    filing = services.submit(filing_id=submitted.pk, by=chen_operator, now=moment + timedelta(days=9))
    assert filing.submitted_at == moment


def test_directory_says_that_a_closing_is_under_way_until_it_fails(
    chen_operator, zhao_reviewer, gulou_health, moment
):
    account = make_account(gulou_health, name="秦淮卫生")
    filing = services.start(kind="close", organisation=gulou_health, account=account, by=chen_operator, now=moment)
    values = {"closed_on": "2026-11-20", "notice_url": "https://a.gov.cn/n", "reason": "整合"}
    services.save_draft(filing_id=filing.pk, values=values, by=chen_operator, now=moment)
    services.submit(filing_id=filing.pk, by=chen_operator, now=moment)
    account.refresh_from_db()
    assert account.status == "closing"
    services.move(filing_id=filing.pk, name="refuse", by=zhao_reviewer, now=moment, note="缺证明")
    account.refresh_from_db()
    assert account.status == "open"


@pytest.mark.parametrize(
    ("where", "offices"),
    [("jiangsu", ["320000"]), ("nanjing", ["320100", "320000"]), ("gulou", ["320106", "320100"])],
)
def test_chain_is_the_own_office_then_the_one_above(where, offices, request):
    organisation = make_organisation(division=request.getfixturevalue(where))
    assert [stop.division for stop in chain.resolve(organisation)] == offices


def test_townships_filing_goes_to_the_county_then_the_city(gulou):
    from factories import make_division

    town = make_division("320106001", "宁海路街道", "township", parent=gulou)
    assert [stop.division for stop in chain.resolve(make_organisation(division=town))] == ["320106", "320100"]


def test_broken_chain_file_is_explained(settings, tmp_path, gulou_health):
    settings.HOME = tmp_path
    (tmp_path / "chains").mkdir()
    (tmp_path / "chains" / "default.toml").write_text("silent_days = 14", encoding="utf-8")
    with pytest.raises(chain.ChainProblem):
        chain.resolve(gulou_health)


def pass_on_and_accept(filing, zhao, qian, moment):
    services.move(filing_id=filing.pk, name="pass_on", by=zhao, now=moment)
    return services.move(filing_id=filing.pk, name="accept", by=qian, now=moment)


def test_reason_left_behind_from_another_platform_allows_no_second_account(
    filled, chen_operator, zhao_reviewer, qian_reviewer, moment
):
    services.save_draft(filing_id=filled.pk, values={"second_reason": "疫苗专用"}, by=chen_operator, now=moment)
    services.submit(filing_id=filled.pk, by=chen_operator, now=moment)
    assert pass_on_and_accept(filled, zhao_reviewer, qian_reviewer, moment).account.second_allowed is False


def test_second_account_with_a_reason_is_allowed(
    filled, gulou_health, chen_operator, zhao_reviewer, qian_reviewer, moment
):
    make_account(gulou_health, name="鼓楼卫健", platform="weibo")
    services.save_draft(filing_id=filled.pk, values={"second_reason": "疫苗专用"}, by=chen_operator, now=moment)
    services.submit(filing_id=filled.pk, by=chen_operator, now=moment)
    assert pass_on_and_accept(filled, zhao_reviewer, qian_reviewer, moment).account.second_allowed is True


def test_first_account_that_came_meanwhile_asks_for_a_reason(
    submitted, gulou_health, zhao_reviewer, qian_reviewer, moment
):
    make_account(gulou_health, name="鼓楼卫健", platform="weibo")
    with pytest.raises(Refused, match=r"提交之后情况有变.*请退回补充理由"):
        pass_on_and_accept(submitted, zhao_reviewer, qian_reviewer, moment)
    assert Account.objects.count() == 1


def test_organisation_put_out_of_use_meanwhile_is_said(submitted, gulou_health, zhao_reviewer, qian_reviewer, moment):
    gulou_health.active = False
    gulou_health.save()
    with pytest.raises(Refused, match="已停用"):
        pass_on_and_accept(submitted, zhao_reviewer, qian_reviewer, moment)
    assert Account.objects.count() == 0


@pytest.mark.parametrize("name", ["refuse", "withdraw"])
def test_closing_of_an_account_that_was_closed_otherwise_can_be_ended(
    chen_operator, zhao_reviewer, gulou_health, moment, name
):
    account = make_account(gulou_health, name="秦淮卫生")
    filing = services.start(kind="close", organisation=gulou_health, account=account, by=chen_operator, now=moment)
    values = {"closed_on": "2026-11-20", "notice_url": "https://a.gov.cn/n", "reason": "整合"}
    services.save_draft(filing_id=filing.pk, values=values, by=chen_operator, now=moment)
    services.submit(filing_id=filing.pk, by=chen_operator, now=moment)
    close_account(account=account, closed_on=date(2026, 11, 1), successor=None, by=None, now=moment)
    by = zhao_reviewer if name == "refuse" else chen_operator
    services.move(filing_id=filing.pk, name=name, by=by, now=moment, note="已注销")
    account.refresh_from_db()
    assert account.status == "closed"


def test_successor_closed_meanwhile_keeps_a_closing_from_being_accepted(
    chen_operator, zhao_reviewer, qian_reviewer, gulou_health, moment
):
    account = make_account(gulou_health, name="秦淮卫生")
    heir = make_account(gulou_health, name="健康秦淮", platform="douyin")
    filing = services.start(kind="close", organisation=gulou_health, account=account, by=chen_operator, now=moment)
    values = {"closed_on": "2026-11-20", "notice_url": "https://a.gov.cn/n", "reason": "整合", "successor": heir.code}
    services.save_draft(filing_id=filing.pk, values=values, by=chen_operator, now=moment)
    services.submit(filing_id=filing.pk, by=chen_operator, now=moment)
    close_account(account=heir, closed_on=date(2026, 11, 1), successor=None, by=None, now=moment)
    with pytest.raises(Refused, match="没有找到这个账号"):
        pass_on_and_accept(filing, zhao_reviewer, qian_reviewer, moment)
    account.refresh_from_db()
    assert (account.status, Filing.objects.get().state) == ("closing", "passed_on")


def test_day_before_the_account_was_opened_is_refused(chen_operator, gulou_health, moment):
    account = make_account(gulou_health, name="秦淮卫生", opened_on=date(2026, 11, 10))
    filing = services.start(kind="close", organisation=gulou_health, account=account, by=chen_operator, now=moment)
    values = {"closed_on": "2026-11-09", "notice_url": "https://a.gov.cn/n", "reason": "整合"}
    services.save_draft(filing_id=filing.pk, values=values, by=chen_operator, now=moment)
    with pytest.raises(FormRefused) as why:
        services.submit(filing_id=filing.pk, by=chen_operator, now=moment)
    assert why.value.errors == {"closed_on": "这一天早于账号的开设日期 2026-11-10，请核对。"}


def test_nobody_reviews_what_he_submitted_in_a_former_post(submitted, chen_operator, gulou, moment):
    User.objects.filter(pk=chen_operator.pk).update(role="reviewer", organisation=None, division=gulou)
    chen_operator.refresh_from_db()
    for name in ("pass_on", "return", "refuse"):
        with pytest.raises(NoRight):
            services.move(filing_id=submitted.pk, name=name, by=chen_operator, now=moment, note="同意")
