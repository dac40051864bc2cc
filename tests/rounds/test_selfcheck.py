"""Units look at their accounts themselves; some are looked at again, and both are put side by side."""

import json
from datetime import date, timedelta

import pytest

from factories import make_organisation
from govmedia.accounts.models import Account, Status
from govmedia.common.clock import day_of
from govmedia.common.refusals import NoRight, Refused, WrongState
from govmedia.engine.draw_check import differences, draw_from_json
from govmedia.engine.population import read_population
from govmedia.findings.models import Finding
from govmedia.notify.models import Notice
from govmedia.rounds.honesty import Comparing, figures_of
from govmedia.rounds.models import Report, Round
from govmedia.rounds.population import unpacked
from govmedia.rounds.problems import Problem
from govmedia.rounds.queries import samples_for
from govmedia.rounds.reports import counts_of, reports_for, waiting_of
from govmedia.rounds.services import (
    announce,
    ask,
    cancel,
    close_round,
    draw_round,
    hand_in,
    keep_draft,
    open_round,
    plan_round,
    press,
    remind_reports,
)
from govmedia.rounds.services.working import edition_of
from rounds.conftest import SELF_PLAN, asking, judged

pytestmark = pytest.mark.django_db
TYPOS = Problem("Y06", 2, "两篇推送有错别字", mended=True)


@pytest.fixture
def later(moment):
    """The day after the reports were due."""
    return moment + timedelta(days=8)


@pytest.fixture
def checking(moment):
    """The day after what was reported had to be put right."""
    return moment + timedelta(days=15)


def _report(held, organisation):
    return Report.objects.get(round=held, organisation=organisation)


# ---- asked


def test_each_unit_is_told_once_however_many_accounts_it_has(
    accounts, li_supervisor, chen_operator, stranger, moment
):
    held = asking(li_supervisor, moment)
    assert held.state == "reporting"
    notices = Notice.objects.filter(recipient=chen_operator)
    assert [one.title for one in notices] == ["请自查：2026年第四季度自查"]
    assert "2026-11-30" in notices[0].body
    assert Notice.objects.filter(recipient=stranger).count() == 1
    with pytest.raises(WrongState):
        ask(round_id=held.pk, by=li_supervisor, now=moment)
    assert Notice.objects.filter(recipient=chen_operator).count() == 1


def test_who_was_left_out_with_a_reason_is_not_asked(accounts, li_supervisor, gulou_health, xuanwu_school, moment):
    left = {row.code: "已申请注销" for row in accounts if row.organisation == gulou_health}
    held = asking(li_supervisor, moment, excluded=left)
    assert [one.organisation for one in held.reports.all()] == [xuanwu_school]


def test_only_the_office_that_planned_it_asks(accounts, li_supervisor, zhou_supervisor, sun_inspector, moment):
    held = plan_round(values=SELF_PLAN, by=li_supervisor, now=moment)
    for person in (zhou_supervisor, sun_inspector):
        with pytest.raises(NoRight):
            ask(round_id=held.pk, by=person, now=moment)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"report_by": None}, "report_by"),
        ({"report_by": date(2026, 11, 1)}, "report_by"),
        ({"end_on": date(2026, 11, 22), "report_by": date(2026, 11, 22)}, "report_by"),
        ({"due_on": date(2026, 12, 7)}, "due_on"),
        ({"silent_share": "2"}, "silent_share"),
    ],
)
def test_a_self_check_whose_terms_cannot_be_is_refused_at_its_field(accounts, li_supervisor, moment, values, field):
    with pytest.raises(Refused) as why:
        plan_round(values={**SELF_PLAN, **values}, by=li_supervisor, now=moment)
    assert why.value.field == field


def test_any_other_round_asks_nobody(accounts, li_supervisor, moment):
    held = plan_round(values={**SELF_PLAN, "kind": "spot", "by": ["level"]}, by=li_supervisor, now=moment)
    with pytest.raises(WrongState):
        ask(round_id=held.pk, by=li_supervisor, now=moment)


# ---- reported


def test_one_answer_reports_on_all_accounts_and_nothing_waits_any_more(
    accounts, li_supervisor, chen_operator, gulou_health, moment
):
    held = asking(li_supervisor, moment)
    report = waiting_of(gulou_health.pk).get()
    hand_in(report_id=report.pk, problems={}, by=chen_operator, now=moment)
    report.refresh_from_db()
    assert (report.reported_by, report.late, report.problems) == (chen_operator, False, 0)
    assert not waiting_of(gulou_health.pk).exists()
    whole = counts_of(held, li_supervisor)[-1]
    assert (whole.asked, whole.in_time, whole.late, whole.left) == (2, 1, 0, 1)
    assert [row.label for row in counts_of(held, li_supervisor)] == ["玄武区", "鼓楼区", "合计"]


def test_a_problem_is_kept_and_becomes_no_finding(accounts, li_supervisor, chen_operator, gulou_health, moment):
    held = asking(li_supervisor, moment)
    report = _report(held, gulou_health)
    planned = Problem("Y08", 1, "一篇没写来源", mended=False, on=date(2026, 12, 4))
    before = Finding.objects.count()
    hand_in(report_id=report.pk, problems={accounts[0].pk: [TYPOS, planned]}, by=chen_operator, now=moment)
    said = report.said.get(account=accounts[0])
    assert said.problems["Y06"] == {"count": 2, "note": "两篇推送有错别字", "mended": True, "on": ""}
    assert said.problems["Y08"]["on"] == "2026-12-04"
    report.refresh_from_db()
    assert (report.problems, report.pending) == (2, 1)
    assert Finding.objects.count() == before
    accounts[0].refresh_from_db()
    assert not accounts[0].veto_open


def test_a_report_sent_twice_counts_once_and_a_change_is_kept(
    accounts, li_supervisor, chen_operator, gulou_health, moment
):
    report = _report(asking(li_supervisor, moment), gulou_health)
    problems = {accounts[0].pk: [TYPOS]}
    hand_in(report_id=report.pk, problems=problems, by=chen_operator, now=moment)
    hand_in(report_id=report.pk, problems=problems, by=chen_operator, now=moment + timedelta(seconds=1))
    report.refresh_from_db()
    assert (report.reported_at, report.changed_at, report.problems) == (moment, None, 1)
    hand_in(report_id=report.pk, problems={}, by=chen_operator, now=moment + timedelta(hours=1))
    report.refresh_from_db()
    assert (report.reported_at, report.problems) == (moment, 0)
    assert report.changed_at == moment + timedelta(hours=1)
    assert report.said.get(account=accounts[0]).problems == {}


def test_a_report_after_the_day_is_taken_and_is_late(accounts, li_supervisor, chen_operator, gulou_health, later):
    held = asking(li_supervisor, later - timedelta(days=8))
    report = _report(held, gulou_health)
    hand_in(report_id=report.pk, problems={}, by=chen_operator, now=later)
    report.refresh_from_db()
    assert report.late
    assert counts_of(held, li_supervisor)[-1].late == 1


@pytest.mark.parametrize(
    ("problem", "field"),
    [
        (Problem("Y06", 1, "", mended=True), "note"),
        (Problem("Y06", 0, "错字", mended=True), "count"),
        (Problem("Y06", 100, "错字", mended=True), "count"),
        (Problem("R01", 2, "失实", mended=True), "count"),
        (Problem("Z99", 1, "没有的项", mended=True), "code"),
        (Problem("Y06", 1, "错字", mended=False), "on"),
        (Problem("Y06", 1, "错字", mended=False, on=date(2026, 11, 1)), "on"),
        (Problem("Y06", 1, "错字", mended=False, on=date(2026, 12, 8)), "on"),
    ],
)
def test_a_problem_that_cannot_be_is_refused_at_its_field(
    accounts, li_supervisor, chen_operator, gulou_health, moment, problem, field
):
    report = _report(asking(li_supervisor, moment), gulou_health)
    with pytest.raises(Refused) as why:
        hand_in(report_id=report.pk, problems={accounts[0].pk: [problem]}, by=chen_operator, now=moment)
    assert why.value.field == field
    report.refresh_from_db()
    assert report.reported_at is None


def test_the_same_indicator_twice_is_refused(accounts, li_supervisor, chen_operator, gulou_health, moment):
    report = _report(asking(li_supervisor, moment), gulou_health)
    with pytest.raises(Refused, match="写了两次"):
        hand_in(report_id=report.pk, problems={accounts[0].pk: [TYPOS, TYPOS]}, by=chen_operator, now=moment)


def test_an_account_closed_meanwhile_is_not_asked_about(accounts, li_supervisor, chen_operator, gulou_health, moment):
    held = asking(li_supervisor, moment)
    report = _report(held, gulou_health)
    _close(accounts[0], moment)
    with pytest.raises(Refused, match="已注销"):
        hand_in(report_id=report.pk, problems={accounts[0].pk: [TYPOS]}, by=chen_operator, now=moment)
    hand_in(report_id=report.pk, problems={accounts[1].pk: [TYPOS]}, by=chen_operator, now=moment)
    assert reports_for(held, li_supervisor).get(organisation=gulou_health).accounts == 1


def test_a_unit_whose_accounts_are_all_closed_owes_nothing(accounts, li_supervisor, gulou_health, moment):
    held = asking(li_supervisor, moment)
    for row in accounts[:2]:
        _close(row, moment)
    assert not waiting_of(gulou_health.pk).exists()
    assert counts_of(held, li_supervisor)[-1].asked == 1


def test_an_account_that_went_to_another_unit_is_not_asked_about(
    accounts, li_supervisor, chen_operator, gulou_health, gulou, moment
):
    report = _report(asking(li_supervisor, moment), gulou_health)
    Account.objects.filter(pk=accounts[0].pk).update(organisation=make_organisation(division=gulou))
    with pytest.raises(Refused, match="不再归本单位"):
        hand_in(report_id=report.pk, problems={accounts[0].pk: [TYPOS]}, by=chen_operator, now=moment)


def _close(account, moment):
    account.status, account.closed_on = Status.CLOSED, day_of(moment)
    account.save()


def test_nobody_reports_for_another_unit(accounts, li_supervisor, stranger, gulou_health, moment):
    report = _report(asking(li_supervisor, moment), gulou_health)
    for person in (stranger, li_supervisor):
        with pytest.raises(NoRight):
            hand_in(report_id=report.pk, problems={}, by=person, now=moment)
        with pytest.raises(NoRight):
            keep_draft(report_id=report.pk, typed={"p0-note": "改"}, by=person, now=moment)


def test_a_draft_is_kept_as_it_was_typed_until_it_is_handed_in(
    accounts, li_supervisor, chen_operator, gulou_health, moment
):
    report = _report(asking(li_supervisor, moment), gulou_health)
    keep_draft(report_id=report.pk, typed={"p0-note": "错\x00字", "p0-count": "很多"}, by=chen_operator, now=moment)
    report.refresh_from_db()
    assert report.draft == {"p0-note": "错字", "p0-count": "很多"}
    hand_in(report_id=report.pk, problems={}, by=chen_operator, now=moment)
    report.refresh_from_db()
    assert report.draft == {}


def test_an_edition_that_is_gone_is_said_and_nothing_is_reported(
    accounts, li_supervisor, chen_operator, gulou_health, moment
):
    held = asking(li_supervisor, moment)
    Round.objects.filter(pk=held.pk).update(edition="gone", edition_hash="sm3:0")
    report = _report(held, gulou_health)
    with pytest.raises(Refused, match="指标版本已找不到"):
        hand_in(report_id=report.pk, problems={}, by=chen_operator, now=moment)


# ---- reminded


def test_who_has_not_reported_is_reminded_once_before_and_once_after(
    accounts, li_supervisor, chen_operator, stranger, gulou_health, moment
):
    held = asking(li_supervisor, moment)
    hand_in(report_id=_report(held, gulou_health).pk, problems={}, by=chen_operator, now=moment)
    # the 30th is a Monday, so that the working day before is Friday
    for day, told in ((3, 0), (4, 1), (4, 0), (6, 0), (7, 0), (8, 1), (8, 0), (9, 0)):
        assert remind_reports(now=moment + timedelta(days=day)) == told
    assert list(Notice.objects.filter(recipient=stranger).order_by("created_at").values_list("title", flat=True)) == [
        "请自查：2026年第四季度自查", "自查将到期：2026年第四季度自查", "自查还没有报：2026年第四季度自查",
    ]  # fmt: skip
    assert Notice.objects.filter(recipient=chen_operator).count() == 1


def test_who_was_asked_on_the_last_day_is_not_reminded_at_once(accounts, li_supervisor, stranger, moment):
    asking(li_supervisor, moment, end_on=day_of(moment), report_by=day_of(moment) + timedelta(days=1))
    assert remind_reports(now=moment + timedelta(hours=1)) == 0
    assert Notice.objects.filter(recipient=stranger).count() == 1


def test_a_supervisor_presses_all_at_most_once_a_day(
    accounts, li_supervisor, zhou_supervisor, chen_operator, stranger, gulou_health, moment
):
    held = asking(li_supervisor, moment)
    hand_in(report_id=_report(held, gulou_health).pk, problems={}, by=chen_operator, now=moment)
    with pytest.raises(NoRight):
        press(round_id=held.pk, by=zhou_supervisor, now=moment)
    assert press(round_id=held.pk, by=li_supervisor, now=moment) == 1
    with pytest.raises(Refused, match="今天已经催过"):
        press(round_id=held.pk, by=li_supervisor, now=moment + timedelta(hours=3))
    assert press(round_id=held.pk, by=li_supervisor, now=moment + timedelta(days=1)) == 1
    hand_in(report_id=_report(held, stranger.organisation).pk, problems={}, by=stranger, now=moment)
    with pytest.raises(Refused, match="不用再催"):
        press(round_id=held.pk, by=li_supervisor, now=moment + timedelta(days=2))


def test_who_still_owes_a_report_is_told_that_it_was_cancelled(
    accounts, li_supervisor, chen_operator, stranger, gulou_health, moment
):
    held = asking(li_supervisor, moment)
    hand_in(report_id=_report(held, gulou_health).pk, problems={}, by=chen_operator, now=moment)
    cancel(round_id=held.pk, why="与专项检查重复", by=li_supervisor, now=moment)
    assert Notice.objects.get(recipient=stranger, title__contains="已取消").body == "原因：与专项检查重复"
    assert not Notice.objects.filter(recipient=chen_operator, title__contains="已取消").exists()
    assert not waiting_of(stranger.organisation_id).exists()


# ---- looked at again


def test_nothing_is_drawn_while_units_may_still_report(accounts, li_supervisor, later):
    held = asking(li_supervisor, later - timedelta(days=8))
    with pytest.raises(Refused, match="还有 2 家没报"):
        announce(round_id=held.pk, by=li_supervisor, now=later - timedelta(days=1))
    assert announce(round_id=held.pk, by=li_supervisor, now=later).state == "announced"


def test_a_self_check_that_was_not_held_is_not_sampled(accounts, li_supervisor, moment):
    held = plan_round(values=SELF_PLAN, by=li_supervisor, now=moment)
    with pytest.raises(WrongState):
        announce(round_id=held.pk, by=li_supervisor, now=moment)


def test_those_that_did_not_report_are_a_stratum_of_their_own_and_anybody_can_repeat_the_draw(
    accounts, li_supervisor, chen_operator, gulou_health, moment, later
):
    held = asking(li_supervisor, moment, share="0.1", always_governments=False)
    hand_in(report_id=_report(held, gulou_health).pk, problems={}, by=chen_operator, now=moment)
    drawn = _drawn(held, li_supervisor, later)
    strata = {one["key"][1]: (one["size"], len(one["drawn"])) for one in drawn.draw["strata"]}
    assert strata == {"reported": (2, 1), "silent": (2, 2)}
    plan, given = draw_from_json(json.dumps(drawn.draw).encode())
    assert list(differences(given, plan, read_population(unpacked(drawn.population)), held.promise_hash)) == []
    assert {one.said.report.reported_at is None for one in drawn.samples.filter(stratum__contains="silent")} == {True}


def test_where_all_have_reported_the_draw_needs_no_share_for_the_others(
    accounts, li_supervisor, chen_operator, stranger, moment
):
    held = asking(li_supervisor, moment)
    for person in (chen_operator, stranger):
        hand_in(report_id=_report(held, person.organisation).pk, problems={}, by=person, now=moment)
    # all are in, so that nobody has to wait for the day
    assert _drawn(held, li_supervisor, moment).state == "drawn"


def test_nothing_is_changed_once_it_may_be_checked(
    accounts, li_supervisor, chen_operator, gulou_health, moment, later
):
    held = asking(li_supervisor, moment)
    announce(round_id=held.pk, by=li_supervisor, now=later)
    with pytest.raises(WrongState, match="转入复核"):
        hand_in(report_id=_report(held, gulou_health).pk, problems={}, by=chen_operator, now=later)


def test_an_account_closed_before_the_draw_is_not_in_the_population_and_blocks_nothing(
    accounts, li_supervisor, moment, later
):
    held = asking(li_supervisor, moment, excluded={accounts[1].code: "已申请注销"})
    _close(accounts[0], moment)
    _close(accounts[1], moment)
    drawn = _drawn(held, li_supervisor, later)
    assert drawn.population_size == 3
    assert set(drawn.samples.values_list("account__name", flat=True)) == {"玄武教育", "玄武发布"}


def test_inspectors_begin_only_after_what_was_reported_had_its_time(
    accounts, li_supervisor, sun_inspector, moment, later, checking
):
    held = asking(li_supervisor, moment)
    _drawn(held, li_supervisor, later)
    with pytest.raises(Refused, match="2026-12-07"):
        open_round(round_id=held.pk, inspector_ids=[sun_inspector.pk], by=li_supervisor, now=later)
    opened = open_round(round_id=held.pk, inspector_ids=[sun_inspector.pk], by=li_supervisor, now=checking)
    assert opened.state == "judging"


def test_what_units_said_is_put_beside_what_was_found(
    accounts, li_supervisor, chen_operator, stranger, sun_inspector, gulou_health, moment, later, checking
):
    """Kept silent about Y08, put right Y06, reported Y09 that nobody sees; the school did not report."""
    held = asking(li_supervisor, moment)
    planned = Problem("Y09", 1, "一篇娱乐内容", mended=False, on=date(2026, 12, 4))
    said = {accounts[0].pk: [TYPOS], accounts[1].pk: [planned]}
    hand_in(report_id=_report(held, gulou_health).pk, problems=said, by=chen_operator, now=moment)
    _drawn(held, li_supervisor, later)
    open_round(round_id=held.pk, inspector_ids=[sun_inspector.pk], by=li_supervisor, now=checking)
    judged(held, sun_inspector, checking, {"健康鼓楼": {"Y08": 1, "Y06": 0}, "鼓楼卫健微博": {"Y09": 0}})
    comparing = Comparing(edition_of(held))
    found = {row.account.name: comparing.of(row) for row in samples_for(held, li_supervisor)}
    assert found["健康鼓楼"].text == "漏报：Y08"
    assert (found["鼓楼卫健微博"].label, found["鼓楼卫健微博"].over) == ("多报", ["Y09"])
    assert found["玄武教育"].label == "未报自查"
    rows = {row.label: (row.cells, row.rate) for row in figures_of(held, li_supervisor, comparing)}
    assert rows["鼓楼区"] == ([2, 0, 1, 1, 0], "50.0")
    assert rows["玄武区"] == ([0, 0, 0, 0, 2], "")
    assert rows["合计"] == ([2, 0, 1, 1, 2], "50.0")
    close_round(round_id=held.pk, by=li_supervisor, now=checking)


def test_what_the_machine_held_against_an_account_is_no_silence(
    accounts, li_supervisor, chen_operator, sun_inspector, gulou_health, moment, later, checking
):
    held = asking(li_supervisor, moment)
    Finding.objects.create(
        account=accounts[0], code="Y08", colour="deduction", state="notified", reason="转载未注明来源",
        edition_hash="sm3:0", edition="jiangsu-2019", evidence_sm3="0", raised_at=moment, seen_at=moment,
        confirmed_at=moment, notified_at=moment,
    )  # fmt: skip
    hand_in(report_id=_report(held, gulou_health).pk, problems={}, by=chen_operator, now=moment)
    _drawn(held, li_supervisor, later)
    open_round(round_id=held.pk, inspector_ids=[sun_inspector.pk], by=li_supervisor, now=checking)
    judged(held, sun_inspector, checking, {"健康鼓楼": {"Y08": 1}, "鼓楼卫健微博": {"Y08": 1}})
    comparing = Comparing(edition_of(held))
    found = {row.account.name: comparing.of(row) for row in samples_for(held, li_supervisor)}
    assert (found["健康鼓楼"].label, found["鼓楼卫健微博"].label) == ("一致", "漏报")


def test_who_said_so_himself_is_no_worse_off(
    accounts, li_supervisor, chen_operator, sun_inspector, gulou_health, moment, later, checking
):
    """The same account, the same eyes: a report of typing errors changes neither points nor the verdict."""
    scores = []
    for problems in ({}, {accounts[0].pk: [TYPOS]}):
        held = asking(li_supervisor, moment)
        hand_in(report_id=_report(held, gulou_health).pk, problems=problems, by=chen_operator, now=moment)
        _drawn(held, li_supervisor, later)
        open_round(round_id=held.pk, inspector_ids=[sun_inspector.pk], by=li_supervisor, now=checking)
        judged(held, sun_inspector, checking, {"健康鼓楼": {"Y06": 0}})
        check = held.samples.get(account=accounts[0]).check_used
        scores.append((check.passed, check.score))
    assert scores[0] == scores[1]


def test_nobody_sees_what_is_not_his(
    accounts, li_supervisor, zhou_supervisor, suzhou_supervisor, sun_inspector, moment
):
    held = asking(li_supervisor, moment)
    assert reports_for(held, li_supervisor).count() == 2
    assert reports_for(held, zhou_supervisor).count() == 1, "the county sees its own units"
    assert not reports_for(held, suzhou_supervisor).exists()
    assert not reports_for(held, sun_inspector).exists(), "who looks again must not know"


def _drawn(held, by, at):
    announce(round_id=held.pk, by=by, now=at)
    return draw_round(round_id=held.pk, public_value="1234", public_source="试验", by=by, now=at)
