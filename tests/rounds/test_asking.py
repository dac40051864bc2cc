"""Units are asked to look at their accounts themselves, and reminded, each once for each occasion."""

from datetime import date, timedelta

import pytest

from govmedia.common.clock import day_of
from govmedia.common.refusals import NoRight, Refused, WrongState
from govmedia.notify.models import Notice
from govmedia.rounds.reports import waiting_of
from govmedia.rounds.services import (
    ask,
    cancel,
    hand_in,
    plan_round,
    press,
    remind_reports,
)
from rounds.conftest import SELF_PLAN, asking, report_of

pytestmark = pytest.mark.django_db


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


def test_who_has_not_reported_is_reminded_once_before_and_once_after(
    accounts, li_supervisor, chen_operator, stranger, gulou_health, moment
):
    held = asking(li_supervisor, moment)
    hand_in(report_id=report_of(held, gulou_health).pk, problems={}, by=chen_operator, now=moment)
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
    hand_in(report_id=report_of(held, gulou_health).pk, problems={}, by=chen_operator, now=moment)
    with pytest.raises(NoRight):
        press(round_id=held.pk, by=zhou_supervisor, now=moment)
    assert press(round_id=held.pk, by=li_supervisor, now=moment) == 1
    with pytest.raises(Refused, match="今天已经催过"):
        press(round_id=held.pk, by=li_supervisor, now=moment + timedelta(hours=3))
    assert press(round_id=held.pk, by=li_supervisor, now=moment + timedelta(days=1)) == 1
    hand_in(report_id=report_of(held, stranger.organisation).pk, problems={}, by=stranger, now=moment)
    with pytest.raises(Refused, match="不用再催"):
        press(round_id=held.pk, by=li_supervisor, now=moment + timedelta(days=2))


def test_who_still_owes_a_report_is_told_that_it_was_cancelled(
    accounts, li_supervisor, chen_operator, stranger, gulou_health, moment
):
    held = asking(li_supervisor, moment)
    hand_in(report_id=report_of(held, gulou_health).pk, problems={}, by=chen_operator, now=moment)
    cancel(round_id=held.pk, why="与专项检查重复", by=li_supervisor, now=moment)
    assert Notice.objects.get(recipient=stranger, title__contains="已取消").body == "原因：与专项检查重复"
    assert not Notice.objects.filter(recipient=chen_operator, title__contains="已取消").exists()
    assert not waiting_of(stranger.organisation_id).exists()
