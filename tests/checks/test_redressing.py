"""What people take back no longer counts in any verdict, and the verdict says so."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from govmedia.audit.models import Entry
from govmedia.checks.drafts import hits_of, standing_of
from govmedia.checks.models import Check, TakenBack
from govmedia.checks.services import answer, finish, judge_accounts, recompute, redress, release, start_check
from govmedia.findings.models import Finding
from govmedia.findings.services import appeal, decide, move
from govmedia.findings.states import OPEN
from govmedia.notify.models import Notice

pytestmark = pytest.mark.django_db
QUARTER = (date(2026, 10, 1), date(2026, 12, 31))
HOUR = timedelta(hours=1)


def checked(account, by, now, **answers) -> Check:
    check = start_check(
        account=account, edition="jiangsu-2019", start_on=QUARTER[0], end_on=QUARTER[1], by=by, now=now
    )
    for code, note in answers.items():
        answer(check_id=check.pk, code=code, count=1, note=note, by=by, now=now)
    return finish(check_id=check.pk, by=by, now=now)


def win(finding, operator, supervisor, now):
    appeal(finding_id=finding.pk, reason="有误", by=operator, now=now)
    decide(finding_id=finding.pk, upheld=True, answer="核实有误", by=supervisor, now=now)


def test_veto_that_was_overturned_comes_back_with_its_points(
    silent, sun_inspector, chen_operator, li_supervisor, moment, client
):
    check = checked(silent, sun_inspector, moment)
    assert (check.passed, check.score) == (False, None)
    win(Finding.objects.get(code="R05"), chen_operator, li_supervisor, moment + HOUR)
    assert redress(now=moment + 2 * HOUR) == 1
    check.refresh_from_db()
    assert (check.passed, check.verdict["vetoes"]) == (True, [])
    assert check.score == 100
    assert len(standing_of(check)) == len(hits_of(check)) - 1
    assert recompute(check) == []
    assert redress(now=moment + 3 * HOUR) == 0
    assert Entry.objects.get(verb="check.redress").before["passed"] is False
    told = Notice.objects.filter(title="「鼓楼疾控」的检查结论已重新核定：100 分，合格")
    assert set(told.values_list("recipient", flat=True)) == {sun_inspector.pk, chen_operator.pk}
    client.force_login(chen_operator)
    page = client.get(reverse("checks:detail", args=[check.pk])).content.decode()
    assert "结论已重新核定" in page
    assert "原为 不合格" in page


def test_only_what_was_overturned_comes_back(lively, sun_inspector, chen_operator, province_supervisor, moment):
    check = checked(lively, sun_inspector, moment, Y03="10-12 推文带货", Y08="10-15 未注明来源")
    assert check.score == 93
    finding = Finding.objects.get(code="Y03")
    win(finding, chen_operator, province_supervisor, moment + HOUR)
    assert redress(now=moment + 2 * HOUR) == 1
    check.refresh_from_db()
    assert (check.score, [one["code"] for one in check.verdict["deductions"]]) == (98, ["Y08"])
    assert Finding.objects.get(code="Y08").state == "notified"


def test_another_check_that_found_the_same_kind_keeps_its_verdict(
    lively, sun_inspector, chen_operator, province_supervisor, moment
):
    first = checked(lively, sun_inspector, moment, Y03="10-12 推文带货")
    win(Finding.objects.get(code="Y03"), chen_operator, province_supervisor, moment + HOUR)
    second = checked(lively, sun_inspector, moment + timedelta(days=1), Y03="11-20 又有推文带货")
    redress(now=moment + timedelta(days=2))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.score, second.score) == (100, 95)


def test_what_was_overturned_before_counts_in_no_later_check(
    silent, sun_inspector, chen_operator, li_supervisor, moment
):
    judge_accounts(account_ids=[silent.pk], now=moment)
    win(Finding.objects.get(code="R05"), chen_operator, li_supervisor, moment)
    check = checked(silent, sun_inspector, moment + HOUR)
    assert check.score == 100
    assert TakenBack.objects.get().verdict_before == {}
    assert recompute(check) == []
    assert redress(now=moment + 2 * HOUR) == 0


def test_what_an_office_dismisses_comes_back_as_well(silent, sun_inspector, chen_operator, zhou_supervisor, moment):
    check = checked(silent, sun_inspector, moment)
    finding = Finding.objects.get(code="R05")
    move(finding_id=finding.pk, name="dismiss", by=zhou_supervisor, now=moment + HOUR, note="接口坏了")
    assert redress(now=moment + HOUR) == 1
    check.refresh_from_db()
    assert check.passed


def held_check(account, by, now) -> Check:
    check = start_check(
        account=account, edition="jiangsu-2019", start_on=QUARTER[0], end_on=QUARTER[1], for_round=1, by=by, now=now
    )
    return finish(check_id=check.pk, by=by, now=now)


def test_what_was_overturned_while_a_round_held_the_check_is_out_at_its_release(
    silent, sun_inspector, chen_operator, li_supervisor, moment, client
):
    judge_accounts(account_ids=[silent.pk], now=moment)
    check = held_check(silent, sun_inspector, moment)
    assert check.verdict["vetoes"] == ["R05"]
    win(Finding.objects.get(code="R05"), chen_operator, li_supervisor, moment + HOUR)
    for hours in (2, 4, 6):
        redress(now=moment + hours * HOUR)
    released = release(check_id=check.pk, now=moment + 7 * HOUR)
    check.refresh_from_db()
    assert (check.held, check.passed, check.score) == (False, True, 100)
    assert (released.passed, released.score) == (True, 100)
    row = TakenBack.objects.get()
    assert (row.code, row.why, row.verdict_before["vetoes"]) == ("R05", "申诉成立：核实有误", ["R05"])
    assert recompute(check) == []
    assert not Finding.objects.filter(state__in=OPEN, code="R05").exists()
    assert Entry.objects.get(verb="check.redress").before["passed"] is False
    # The unit never knew of the verdict before; the inspector wrote it.
    told = Notice.objects.filter(key__startswith=f"check:{check.pk}:redress")
    assert list(told.values_list("recipient", flat=True)) == [sun_inspector.pk]
    client.force_login(sun_inspector)
    assert "结论已重新核定" in client.get(reverse("checks:detail", args=[check.pk])).content.decode()
    redress(now=moment + 8 * HOUR)
    release(check_id=check.pk, now=moment + 9 * HOUR)
    assert TakenBack.objects.count() == 1


def test_an_inspectors_word_taken_back_before_release_raises_no_finding_again(
    lively, sun_inspector, chen_operator, province_supervisor, moment
):
    first = checked(lively, sun_inspector, moment, Y03="10-12 推文带货")
    later = moment + HOUR
    check = start_check(
        account=lively, edition="jiangsu-2019", start_on=QUARTER[0], end_on=QUARTER[1], for_round=1, by=sun_inspector,
        now=later,
    )  # fmt: skip
    answer(check_id=check.pk, code="Y03", count=1, note="10-12 推文带货", by=sun_inspector, now=later)
    finish(check_id=check.pk, by=sun_inspector, now=later)
    win(Finding.objects.get(code="Y03"), chen_operator, province_supervisor, moment + 2 * HOUR)
    redress(now=moment + 2 * HOUR)
    redress(now=moment + 5 * HOUR)
    release(check_id=check.pk, now=moment + 6 * HOUR)
    scores = [Check.objects.get(pk=one.pk).score for one in (first, check)]
    assert (scores, Finding.objects.filter(code="Y03", state__in=OPEN).count()) == ([100, 100], 0)
