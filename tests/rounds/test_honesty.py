"""After a self-check some accounts are looked at again, and what was said stands beside what was found."""

import json
from datetime import date, timedelta

import pytest

from govmedia.common.refusals import Refused, WrongState
from govmedia.engine.draw_check import differences, draw_from_json
from govmedia.engine.population import read_population
from govmedia.findings.models import Finding
from govmedia.rounds.honesty import Comparing, figures_of
from govmedia.rounds.population import unpacked
from govmedia.rounds.problems import Problem
from govmedia.rounds.queries import samples_for
from govmedia.rounds.reports import reports_for
from govmedia.rounds.services import (
    announce,
    close_round,
    hand_in,
    open_round,
    plan_round,
)
from govmedia.rounds.services.working import edition_of
from rounds.conftest import SELF_PLAN, asking, closed, drawn, judged, report_of

pytestmark = pytest.mark.django_db
TYPOS = Problem("Y06", 2, "两篇推送有错别字", mended=True)


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
    hand_in(report_id=report_of(held, gulou_health).pk, problems={}, by=chen_operator, now=moment)
    made = drawn(held, li_supervisor, later)
    strata = {one["key"][1]: (one["size"], len(one["drawn"])) for one in made.draw["strata"]}
    assert strata == {"reported": (2, 1), "silent": (2, 2)}
    plan, given = draw_from_json(json.dumps(made.draw).encode())
    assert list(differences(given, plan, read_population(unpacked(made.population)), held.promise_hash)) == []
    assert {one.said.report.reported_at is None for one in made.samples.filter(stratum__contains="silent")} == {True}


def test_where_all_have_reported_the_draw_needs_no_share_for_the_others(
    accounts, li_supervisor, chen_operator, stranger, moment
):
    held = asking(li_supervisor, moment)
    for person in (chen_operator, stranger):
        hand_in(report_id=report_of(held, person.organisation).pk, problems={}, by=person, now=moment)
    # all are in, so that nobody has to wait for the day
    assert drawn(held, li_supervisor, moment).state == "drawn"


def test_nothing_is_changed_once_it_may_be_checked(
    accounts, li_supervisor, chen_operator, gulou_health, moment, later
):
    held = asking(li_supervisor, moment)
    announce(round_id=held.pk, by=li_supervisor, now=later)
    with pytest.raises(WrongState, match="转入复核"):
        hand_in(report_id=report_of(held, gulou_health).pk, problems={}, by=chen_operator, now=later)


def test_an_account_closed_before_the_draw_is_not_in_the_population_and_blocks_nothing(
    accounts, li_supervisor, moment, later
):
    held = asking(li_supervisor, moment, excluded={accounts[1].code: "已申请注销"})
    closed(accounts[0], moment)
    closed(accounts[1], moment)
    made = drawn(held, li_supervisor, later)
    assert made.population_size == 3
    assert set(made.samples.values_list("account__name", flat=True)) == {"玄武教育", "玄武发布"}


def test_inspectors_begin_only_after_what_was_reported_had_its_time(
    accounts, li_supervisor, sun_inspector, moment, later, checking
):
    held = asking(li_supervisor, moment)
    drawn(held, li_supervisor, later)
    with pytest.raises(Refused, match="2026-12-07"):
        open_round(round_id=held.pk, inspector_ids=[sun_inspector.pk], by=li_supervisor, now=later)
    begun = open_round(round_id=held.pk, inspector_ids=[sun_inspector.pk], by=li_supervisor, now=checking)
    assert begun.state == "judging"


def test_what_units_said_is_put_beside_what_was_found(
    accounts, li_supervisor, chen_operator, stranger, sun_inspector, gulou_health, moment, later, checking
):
    """Kept silent about Y08, put right Y06, reported Y09 that nobody sees; the school did not report."""
    held = asking(li_supervisor, moment)
    planned = Problem("Y09", 1, "一篇娱乐内容", mended=False, on=date(2026, 12, 4))
    said = {accounts[0].pk: [TYPOS], accounts[1].pk: [planned]}
    hand_in(report_id=report_of(held, gulou_health).pk, problems=said, by=chen_operator, now=moment)
    drawn(held, li_supervisor, later)
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
    hand_in(report_id=report_of(held, gulou_health).pk, problems={}, by=chen_operator, now=moment)
    drawn(held, li_supervisor, later)
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
        hand_in(report_id=report_of(held, gulou_health).pk, problems=problems, by=chen_operator, now=moment)
        drawn(held, li_supervisor, later)
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
