"""An annual assessment from its plan to the published ranking: who may do what, when, and what it comes to."""

from datetime import timedelta
from decimal import Decimal

import pytest

from assessments.conftest import PNG, VALUES, mark_of, report_all
from govmedia.assessments import queries, services
from govmedia.assessments.models import Assessment, Proof
from govmedia.assessments.proof import RankingError, differences
from govmedia.assessments.states import AppealState
from govmedia.audit.queries import first_break
from govmedia.common.exhibits import Upload
from govmedia.common.refusals import NoRight, NoteMissing, Refused, WrongState
from govmedia.notify.models import Notice


def test_opening_measures_and_tells_each_office_once(reporting, li_supervisor, suzhou_supervisor):
    body = reporting.bodies.get(division="320100")
    assert body.marks.get(code="A04").measured == {
        "part": 1,
        "whole": 2,
        "misses": ["鼓楼卫健微博（微博）：未见，授权到期"],
    }
    # No filings, no rounds: nothing to assess, nothing lost.
    assert body.marks.get(code="A01").measured == {}
    assert Notice.objects.filter(recipient=li_supervisor, title__contains="请在 2026-11-30 前提交自评").count() == 1
    assert Notice.objects.filter(recipient=suzhou_supervisor).count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"end_on": VALUES["start_on"] - timedelta(days=1)}, "end_on"),
        ({"start_on": VALUES["end_on"] - timedelta(days=400)}, "start_on"),
        ({"report_until": VALUES["end_on"] - timedelta(days=1)}, "report_until"),
        ({"appeal_days": 0}, "appeal_days"),
        ({"scheme": "beijing"}, "scheme"),
        ({"bodies": []}, "bodies"),
        ({"bodies": ["320106"]}, "bodies"),
        ({"name": " \x00 "}, "name"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_its_field(accounts, province_supervisor, moment, values, field):
    with pytest.raises(Refused) as why:
        services.plan(values={**VALUES, **values}, by=province_supervisor, now=moment)
    assert why.value.field == field
    assert Assessment.objects.count() == 0


def test_only_a_body_itself_reports_and_only_what_is_asked(reporting, li_supervisor, suzhou_supervisor, moment):
    mark = mark_of(reporting, "320100", "A09")
    with pytest.raises(NoRight):
        services.report(mark_id=mark.pk, text="代填", by=suzhou_supervisor, now=moment)
    with pytest.raises(Refused, match="系统取数"):
        services.report(mark_id=mark_of(reporting, "320100", "A01").pk, text="都按期", by=li_supervisor, now=moment)
    with pytest.raises(Refused, match="PNG"):
        services.report(mark_id=mark.pk, text="有", uploads=[Upload("a.exe", b"MZ")], by=li_supervisor, now=moment)
    for number in range(2):
        files = [Upload(f"{number}{part}.png", PNG) for part in range(3)]
        services.report(mark_id=mark.pk, text="有制度。", uploads=files, by=li_supervisor, now=moment)
    with pytest.raises(Refused, match="最多 6 个附件"):
        services.report(mark_id=mark.pk, text="又", uploads=[Upload("x.png", PNG)], by=li_supervisor, now=moment)
    assert Proof.objects.filter(mark=mark).count() == 6


def test_a_report_with_gaps_is_not_handed_in_and_names_them(reporting, li_supervisor, moment):
    body = reporting.bodies.get(division="320100")
    with pytest.raises(Refused, match="A09 先审后发制度、A10 培训与清理整合"):
        services.hand_in(body_id=body.pk, by=li_supervisor, now=moment)


def test_reports_end_early_only_when_all_are_in(reporting, province_supervisor, li_supervisor, moment):
    report_all(reporting, "320100", li_supervisor, moment)
    with pytest.raises(Refused, match="还有 1 个单位没有提交自评"):
        services.start_review(assessment_id=reporting.pk, by=province_supervisor, now=moment)
    later = moment + timedelta(days=8)
    row = services.start_review(assessment_id=reporting.pk, by=province_supervisor, now=later)
    assert row.state == "reviewing"
    with pytest.raises(WrongState):
        services.report(mark_id=mark_of(row, "320100", "A09").pk, text="补充", by=li_supervisor, now=later)


def test_points_need_a_reason_unless_they_are_all(reviewing, province_supervisor, li_supervisor, moment):
    mark = mark_of(reviewing, "320100", "A09")
    with pytest.raises(NoteMissing):
        services.review(mark_id=mark.pk, points="3", note=" ", by=province_supervisor, now=moment)
    for typed in ("6", "-1", "1.234", "三", "", "1e3", "٣"):
        with pytest.raises(Refused, match="0 到 5"):
            services.review(mark_id=mark.pk, points=typed, note="略", by=province_supervisor, now=moment)
    services.review(mark_id=mark.pk, points="5", note="", by=province_supervisor, now=moment)
    with pytest.raises(NoRight):
        services.review(mark_id=mark.pk, points="5", note="", by=li_supervisor, now=moment)
    with pytest.raises(Refused, match="系统取数"):
        services.review(
            mark_id=mark_of(reviewing, "320100", "A04").pk, points="5", note="", by=province_supervisor, now=moment
        )


def test_marks_are_announced_only_when_all_reports_have_points(reviewing, province_supervisor, moment):
    with pytest.raises(Refused, match="还有 4 项自评没有评分"):
        services.announce(assessment_id=reviewing.pk, by=province_supervisor, now=moment)


def test_the_ranking_follows_the_figures(announced):
    nanjing, suzhou = (announced.bodies.get(division=code) for code in ("320100", "320500"))
    # A04: Nanjing 1 of 2 seen (0 points), Suzhou 1 of 1 (10); A02: none was checked (0 of 15); A03: 0 of 10.
    assert suzhou.score == Decimal("42.22")
    assert (nanjing.score, nanjing.grade) == (Decimal("20.00"), "不合格")
    # Nobody was checked: both touch the veto and have no place.
    assert (nanjing.vetoes, nanjing.place, suzhou.place) == (["V01"], None, None)


def test_an_appeal_that_wins_gives_points_and_is_decided_by_another(
    announced, li_supervisor, province_supervisor, second_provincial, moment
):
    mark = mark_of(announced, "320100", "A10")
    made = services.appeal(mark_id=mark.pk, reason="培训 3 次，见附件。", by=li_supervisor, now=moment)
    with pytest.raises(NoRight, match="另一人"):
        services.decide(appeal_id=made.pk, upheld=True, points="5", answer="属实", by=province_supervisor, now=moment)
    with pytest.raises(Refused, match="高于原来的 4"):
        services.decide(appeal_id=made.pk, upheld=True, points="4", answer="属实", by=second_provincial, now=moment)
    before = announced.bodies.get(division="320100").score
    services.decide(appeal_id=made.pk, upheld=True, points="5", answer="属实", by=second_provincial, now=moment)
    assert announced.bodies.get(division="320100").score > before
    assert Notice.objects.filter(recipient=li_supervisor, title__contains="A10 的申诉成立").exists()
    with pytest.raises(Refused, match="只能申诉一次"):
        services.appeal(mark_id=mark.pk, reason="还要", by=li_supervisor, now=moment)


def test_an_appeal_that_loses_changes_nothing(announced, li_supervisor, second_provincial, moment):
    made = services.appeal(
        mark_id=mark_of(announced, "320100", "A04").pk, reason="接口已恢复。", by=li_supervisor, now=moment
    )
    before = announced.bodies.get(division="320100").score
    done = services.decide(
        appeal_id=made.pk, upheld=False, points="", answer="取数时未见。", by=second_provincial, now=moment
    )
    assert done.state == AppealState.REFUSED
    assert announced.bodies.get(division="320100").score == before


def test_a_measured_veto_can_be_taken_back_on_appeal(announced, li_supervisor, second_provincial, moment):
    mark = mark_of(announced, "320100", "V01")
    made = services.appeal(mark_id=mark.pk, reason="本级检查未录入，见附件。", by=li_supervisor, now=moment)
    services.decide(appeal_id=made.pk, upheld=True, points="", answer="属实", by=second_provincial, now=moment)
    body = announced.bodies.get(division="320100")
    assert (body.vetoes, body.place) == ([], 1)


def test_nothing_lost_nothing_to_appeal_and_only_within_the_term(announced, suzhou_supervisor, li_supervisor, moment):
    with pytest.raises(Refused, match="没有扣分"):
        services.appeal(mark_id=mark_of(announced, "320500", "A04").pk, reason="?", by=suzhou_supervisor, now=moment)
    with pytest.raises(NoRight):
        services.appeal(mark_id=mark_of(announced, "320100", "A10").pk, reason="?", by=suzhou_supervisor, now=moment)
    assert str(announced.appeal_until) == "2026-11-30"
    late = moment + timedelta(days=8)
    with pytest.raises(Refused, match="2026-11-30"):
        services.appeal(mark_id=mark_of(announced, "320100", "A10").pk, reason="迟了", by=li_supervisor, now=late)


def test_a_veto_people_find_needs_a_reason_and_can_be_taken_back(reviewing, province_supervisor, moment):
    mark = mark_of(reviewing, "320500", "V02")
    with pytest.raises(NoteMissing):
        services.find_veto(mark_id=mark.pk, found=True, note="", by=province_supervisor, now=moment)
    services.find_veto(mark_id=mark.pk, found=True, note="省通报第 3 号", by=province_supervisor, now=moment)
    assert "V02" in reviewing.bodies.get(division="320500").vetoes
    services.find_veto(mark_id=mark.pk, found=False, note="查无此事", by=province_supervisor, now=moment)
    assert "V02" not in reviewing.bodies.get(division="320500").vetoes
    with pytest.raises(Refused):
        services.find_veto(
            mark_id=mark_of(reviewing, "320500", "V01").pk, found=True, note="无", by=province_supervisor, now=moment
        )


def test_publishing_waits_for_the_term_the_appeals_and_another_person(
    announced, li_supervisor, province_supervisor, second_provincial, moment
):
    made = services.appeal(
        mark_id=mark_of(announced, "320100", "A10").pk, reason="有误", by=li_supervisor, now=moment
    )
    with pytest.raises(NoRight, match="另一人"):
        services.publish(assessment_id=announced.pk, by=province_supervisor, now=moment)
    with pytest.raises(Refused, match="申诉期"):
        services.publish(assessment_id=announced.pk, by=second_provincial, now=moment)
    later = moment + timedelta(days=10)
    with pytest.raises(Refused, match="1 件申诉没有答复"):
        services.publish(assessment_id=announced.pk, by=second_provincial, now=later)
    services.take_back(appeal_id=made.pk, by=li_supervisor, now=later)
    assert services.publish(assessment_id=announced.pk, by=second_provincial, now=later).state == "published"


def test_what_is_published_comes_out_again_and_a_changed_figure_is_named(published):
    ranking = published.published
    assert list(differences(ranking)) == []
    ranking["bodies"][0]["lines"][5]["part"] = 0
    ranking["bodies"][1]["score"] = "99.00"
    found = list(differences(ranking))
    assert any("总分" in line for line in found)
    with pytest.raises(RankingError):
        list(differences({"format": "other"}))
    with pytest.raises(RankingError):
        list(differences({**ranking, "bodies": [{}]}))


def test_taken_in_again_its_waiting_appeals_are_moot(announced, li_supervisor, province_supervisor, moment):
    made = services.appeal(
        mark_id=mark_of(announced, "320100", "A10").pk, reason="有误", by=li_supervisor, now=moment
    )
    row = services.take_in(assessment_id=announced.pk, why="数字取错时段", by=province_supervisor, now=moment)
    assert (row.state, row.appeal_until) == ("reviewing", None)
    made.refresh_from_db()
    assert made.state == AppealState.WITHDRAWN


def test_withdrawn_it_says_why_and_the_log_holds(published, second_provincial, moment):
    with pytest.raises(NoteMissing):
        services.withdraw(assessment_id=published.pk, why="", by=second_provincial, now=moment)
    row = services.withdraw(assessment_id=published.pk, why="数字有误", by=second_provincial, now=moment)
    assert (row.state, row.end_reason) == ("withdrawn", "数字有误")
    with pytest.raises(WrongState):
        services.cancel(assessment_id=published.pk, why="再来", by=second_provincial, now=moment)
    assert first_break() is None


def test_a_body_sees_itself_only_and_points_once_they_are_announced(
    reporting, li_supervisor, suzhou_supervisor, province_supervisor, zhou_supervisor
):
    nanjing = reporting.bodies.get(division="320100")
    assert [body.division_id for body in queries.bodies_for(reporting, li_supervisor)] == ["320100"]
    assert queries.body_for(nanjing.pk, suzhou_supervisor) is None
    assert queries.body_for(nanjing.pk, zhou_supervisor) is None
    assert not queries.shows_points(nanjing, li_supervisor)
    assert queries.shows_points(nanjing, province_supervisor)
