"""A unit reports on all its accounts at once; it may change its mind, and nothing it says is a finding."""

from datetime import date, timedelta

import pytest

from factories import make_organisation
from govmedia.accounts.models import Account
from govmedia.common.refusals import NoRight, Refused
from govmedia.findings.models import Finding
from govmedia.rounds.models import Round
from govmedia.rounds.problems import Problem
from govmedia.rounds.reports import counts_of, reports_for, waiting_of
from govmedia.rounds.services import (
    hand_in,
    keep_draft,
)
from rounds.conftest import asking, closed, report_of

pytestmark = pytest.mark.django_db
TYPOS = Problem("Y06", 2, "两篇推送有错别字", mended=True)


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
    report = report_of(held, gulou_health)
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
    report = report_of(asking(li_supervisor, moment), gulou_health)
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
    report = report_of(held, gulou_health)
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
    report = report_of(asking(li_supervisor, moment), gulou_health)
    with pytest.raises(Refused) as why:
        hand_in(report_id=report.pk, problems={accounts[0].pk: [problem]}, by=chen_operator, now=moment)
    assert why.value.field == field
    report.refresh_from_db()
    assert report.reported_at is None


def test_the_same_indicator_twice_is_refused(accounts, li_supervisor, chen_operator, gulou_health, moment):
    report = report_of(asking(li_supervisor, moment), gulou_health)
    with pytest.raises(Refused, match="写了两次"):
        hand_in(report_id=report.pk, problems={accounts[0].pk: [TYPOS, TYPOS]}, by=chen_operator, now=moment)


def test_an_account_closed_meanwhile_is_not_asked_about(accounts, li_supervisor, chen_operator, gulou_health, moment):
    held = asking(li_supervisor, moment)
    report = report_of(held, gulou_health)
    closed(accounts[0], moment)
    with pytest.raises(Refused, match="已注销"):
        hand_in(report_id=report.pk, problems={accounts[0].pk: [TYPOS]}, by=chen_operator, now=moment)
    hand_in(report_id=report.pk, problems={accounts[1].pk: [TYPOS]}, by=chen_operator, now=moment)
    assert reports_for(held, li_supervisor).get(organisation=gulou_health).accounts == 1


def test_a_unit_whose_accounts_are_all_closed_owes_nothing(accounts, li_supervisor, gulou_health, moment):
    held = asking(li_supervisor, moment)
    for row in accounts[:2]:
        closed(row, moment)
    assert not waiting_of(gulou_health.pk).exists()
    assert counts_of(held, li_supervisor)[-1].asked == 1


def test_an_account_that_went_to_another_unit_is_not_asked_about(
    accounts, li_supervisor, chen_operator, gulou_health, gulou, moment
):
    report = report_of(asking(li_supervisor, moment), gulou_health)
    Account.objects.filter(pk=accounts[0].pk).update(organisation=make_organisation(division=gulou))
    with pytest.raises(Refused, match="不再归本单位"):
        hand_in(report_id=report.pk, problems={accounts[0].pk: [TYPOS]}, by=chen_operator, now=moment)


def test_nobody_reports_for_another_unit(accounts, li_supervisor, stranger, gulou_health, moment):
    report = report_of(asking(li_supervisor, moment), gulou_health)
    for person in (stranger, li_supervisor):
        with pytest.raises(NoRight):
            hand_in(report_id=report.pk, problems={}, by=person, now=moment)
        with pytest.raises(NoRight):
            keep_draft(report_id=report.pk, typed={"p0-note": "改"}, by=person, now=moment)


def test_a_draft_is_kept_as_it_was_typed_until_it_is_handed_in(
    accounts, li_supervisor, chen_operator, gulou_health, moment
):
    report = report_of(asking(li_supervisor, moment), gulou_health)
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
    report = report_of(held, gulou_health)
    with pytest.raises(Refused, match="指标版本已找不到"):
        hand_in(report_id=report.pk, problems={}, by=chen_operator, now=moment)
