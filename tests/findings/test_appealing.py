"""Appeals: who may hand them in and until when, who decides, and what follows."""

from datetime import date, timedelta

import pytest

from factories import make_user
from findings.seeing import PNG, inspect, judge, silence
from govmedia.accounts.models import Account
from govmedia.common.clock import day_of
from govmedia.common.exhibits import Upload
from govmedia.common.refusals import NoRight, NoteMissing, Refused, WrongState
from govmedia.engine.types import Evidence, Hit
from govmedia.findings.models import Appeal, Finding
from govmedia.findings.offices import offices_above
from govmedia.findings.queries import appeals_to_decide
from govmedia.findings.services import appeal, claim, decide, end_for_closed, move, withdraw
from govmedia.notify.models import Notice

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def state(finding):
    finding.refresh_from_db()
    return finding.state


def handed_in(finding, by, now, **values):
    return appeal(finding_id=finding.pk, reason="当天发过，接口漏了", by=by, now=now, **values)


def test_appeal_goes_one_level_up_and_that_office_is_told(
    silent, chen_operator, zhou_supervisor, li_supervisor, province_supervisor, moment
):
    row = handed_in(silent, chen_operator, moment, uploads=[Upload("截图.png", PNG)])
    assert (state(silent), row.at_division_id, row.exhibits.count()) == ("appealed", "320100", 1)
    assert Notice.objects.get(key=f"appeal:{row.pk}").recipient == li_supervisor
    assert list(appeals_to_decide(li_supervisor)) == list(appeals_to_decide(province_supervisor)) == [row]
    assert list(appeals_to_decide(zhou_supervisor)) == []
    with pytest.raises(NoRight):
        decide(finding_id=silent.pk, upheld=True, answer="属实", by=zhou_supervisor, now=moment)


def test_upheld_appeal_takes_the_finding_back_for_good(silent, account, chen_operator, li_supervisor, moment):
    Account.objects.filter(pk=account.pk).update(veto_open=True)
    handed_in(silent, chen_operator, moment)
    decide(finding_id=silent.pk, upheld=True, answer="核实当天有发布", by=li_supervisor, now=moment + HOUR)
    assert (state(silent), silent.end_reason) == ("dismissed", "申诉成立：核实当天有发布")
    row = Account.objects.get(pk=account.pk)
    assert (row.health, row.veto_open) == ("healthy", False)
    judge(account, silence(), now=moment + 2 * HOUR)
    assert Finding.objects.count() == 1
    assert Notice.objects.filter(recipient=chen_operator, title="「健康鼓楼」申诉成立：两周内无更新").exists()


def test_refused_appeal_goes_on_with_the_days_it_had_left(silent, chen_operator, li_supervisor, moment):
    handed_in(silent, chen_operator, moment + timedelta(days=2))
    assert Appeal.objects.get().days_left == 3
    at = moment + timedelta(days=10)
    decide(finding_id=silent.pk, upheld=False, answer="没有依据", by=li_supervisor, now=at)
    assert (state(silent), silent.due_on) == ("rectifying", date(2026, 12, 8))


def test_an_overdue_finding_wins_no_days_by_an_appeal(silent, chen_operator, li_supervisor, moment):
    handed_in(silent, chen_operator, moment + timedelta(days=20))
    decide(finding_id=silent.pk, upheld=False, answer="没有依据", by=li_supervisor, now=moment + timedelta(days=21))
    assert (state(silent), silent.due_on) == ("rectifying", date(2026, 11, 30))


def test_whoever_confirmed_does_not_decide(
    broken, chen_operator, sun_inspector, li_supervisor, province_supervisor, moment
):
    # The city's inspector confirmed it, so that the province decides.
    row = handed_in(broken, chen_operator, moment)
    assert row.at_division_id == "320000"
    with pytest.raises(NoRight):
        decide(finding_id=broken.pk, upheld=True, answer="x", by=li_supervisor, now=moment)
    decide(finding_id=broken.pk, upheld=True, answer="核实能打开", by=province_supervisor, now=moment)
    assert state(broken) == "dismissed"
    assert Notice.objects.filter(recipient=sun_inspector, key=f"appeal:{row.pk}:answer").exists()


def test_at_the_province_another_person_decides(account, jiangsu, chen_operator, province_supervisor, moment):
    judge(account, *_doubtful(), now=moment)
    finding = Finding.objects.get()
    move(finding_id=finding.pk, name="confirm", by=province_supervisor, now=moment)
    row = handed_in(finding, chen_operator, moment)
    assert row.at_division_id == "320000"
    with pytest.raises(Refused, match="由你认定"):
        decide(finding_id=finding.pk, upheld=False, answer="x", by=province_supervisor, now=moment)
    assert list(appeals_to_decide(province_supervisor)) == []
    other = make_user("other", "钱监管", "supervisor", division=jiangsu)
    decide(finding_id=finding.pk, upheld=False, answer="认定无误", by=other, now=moment)
    assert state(finding) == "rectifying"


def test_a_second_appeal_is_another_persons_and_the_last(
    silent, jiangsu, chen_operator, li_supervisor, province_supervisor, moment
):
    handed_in(silent, chen_operator, moment)
    decide(finding_id=silent.pk, upheld=False, answer="没有依据", by=li_supervisor, now=moment)
    second = handed_in(silent, chen_operator, moment)
    assert second.at_division_id == "320000"
    decide(finding_id=silent.pk, upheld=False, answer="仍无依据", by=province_supervisor, now=moment)
    with pytest.raises(Refused, match="最多申诉 2 次"):
        handed_in(silent, chen_operator, moment)


def test_appeal_of_what_was_claimed_goes_back_to_the_recheck(broken, chen_operator, province_supervisor, moment):
    claim(finding_id=broken.pk, note="已修", by=chen_operator, now=moment)
    handed_in(broken, chen_operator, moment)
    decide(finding_id=broken.pk, upheld=False, answer="没有依据", by=province_supervisor, now=moment)
    assert state(broken) == "fixed"


def test_withdrawn_appeal_wins_no_days(silent, chen_operator, stranger, moment):
    handed_in(silent, chen_operator, moment)
    with pytest.raises(WrongState):
        handed_in(silent, chen_operator, moment)
    with pytest.raises(NoRight):
        withdraw(finding_id=silent.pk, by=stranger, now=moment)
    withdraw(finding_id=silent.pk, by=chen_operator, now=moment + timedelta(days=4))
    assert (state(silent), silent.due_on) == ("rectifying", date(2026, 11, 30))
    with pytest.raises(WrongState):
        withdraw(finding_id=silent.pk, by=chen_operator, now=moment)


def test_appeal_after_its_term_gets_a_clear_answer(silent, account, chen_operator, li_supervisor, moment):
    late = moment + timedelta(days=30)
    row = handed_in(silent, chen_operator, late)
    assert row.state == "waiting"
    withdraw(finding_id=silent.pk, by=chen_operator, now=late)
    judge(account, now=late + HOUR)
    with pytest.raises(Refused) as refused:
        handed_in(silent, chen_operator, late + HOUR)
    assert refused.value.text == (
        "申诉期限已过：这个问题已销号，销号后的申诉应在通知后 10 个工作日内（2026-12-07 前）提出。"
        "没有了结的问题随时可以申诉。"
    )


def test_closed_finding_is_appealed_in_time_without_being_opened(
    silent, account, chen_operator, li_supervisor, moment
):
    judge(account, now=moment + HOUR)
    handed_in(silent, chen_operator, moment + 2 * HOUR)
    assert state(silent) == "closed"
    # The same indicator may be found again meanwhile.
    judge(account, silence(on=date(2026, 11, 25)), now=moment + timedelta(days=3))
    decide(finding_id=silent.pk, upheld=True, answer="核实有发布", by=li_supervisor, now=moment + timedelta(days=4))
    assert list(Finding.objects.order_by("pk").values_list("state", flat=True)) == ["dismissed", "notified"]


def test_what_is_appealed_stays_as_it_was(silent, account, chen_operator, moment):
    handed_in(silent, chen_operator, moment)
    before = Finding.objects.values("evidence_sm3", "reason", "state").get()
    judge(account, silence(on=date(2026, 11, 21)), now=moment + HOUR)
    judge(account, now=moment + 2 * HOUR)
    assert Finding.objects.values("evidence_sm3", "reason", "state").get() == before


def test_account_closed_meanwhile_does_not_take_the_appeal_away(
    silent, account, chen_operator, li_supervisor, moment
):
    handed_in(silent, chen_operator, moment)
    Account.objects.filter(pk=account.pk).update(status="closed", closed_on=day_of(moment))
    end_for_closed(now=moment)
    assert state(silent) == "closed"
    decide(finding_id=silent.pk, upheld=True, answer="核实有发布", by=li_supervisor, now=moment)
    assert state(silent) == "dismissed"


def test_two_at_once_second_is_told(silent, chen_operator, li_supervisor, province_supervisor, moment):
    handed_in(silent, chen_operator, moment)
    decide(finding_id=silent.pk, upheld=True, answer="属实", by=li_supervisor, now=moment)
    with pytest.raises(WrongState):
        decide(finding_id=silent.pk, upheld=False, answer="不属实", by=province_supervisor, now=moment)
    with pytest.raises(WrongState, match="已撤销"):
        handed_in(silent, chen_operator, moment)


def test_reasons_and_answers_are_needed(silent, chen_operator, li_supervisor, stranger, moment):
    with pytest.raises(NoteMissing):
        appeal(finding_id=silent.pk, reason=" ", by=chen_operator, now=moment)
    with pytest.raises(NoRight):
        handed_in(silent, stranger, moment)
    handed_in(silent, chen_operator, moment)
    with pytest.raises(NoteMissing):
        decide(finding_id=silent.pk, upheld=True, answer="", by=li_supervisor, now=moment)
    with pytest.raises(WrongState):
        move(finding_id=silent.pk, name="dismiss", by=li_supervisor, now=moment, note="x")


def _doubtful():
    return (Hit("Y01", "各平台名称不一致", evidence=(Evidence("account", "宁小蓝", "AAAA"),), certain=False),)


def test_offices_above():
    assert offices_above("320106") == ["320100", "320000"]
    assert offices_above("320106001") == ["320106", "320100", "320000"]
    assert offices_above("320000") == ["320000"]


def test_inspected_finding_that_was_closed_is_found_again(broken, account, sun_inspector, chen_operator, moment):
    inspect(account, by=sun_inspector, now=moment + HOUR, found=False)
    inspect(account, by=sun_inspector, now=moment + 2 * HOUR)
    assert list(Finding.objects.order_by("pk").values_list("state", flat=True)) == ["closed", "notified"]


def test_appeal_before_anybody_was_told_gets_its_due_date_with_the_refusal(
    account, gulou_health, li_supervisor, moment
):
    judge(account, silence(), now=moment)
    finding = Finding.objects.get()
    assert (finding.state, finding.due_on) == ("confirmed", None)
    newcomer = make_user("late", "新运维", "operator", organisation=gulou_health)
    handed_in(finding, newcomer, moment)
    decide(finding_id=finding.pk, upheld=False, answer="没有依据", by=li_supervisor, now=moment)
    finding.refresh_from_db()
    assert (finding.state, finding.due_on, finding.notified_at) == ("rectifying", date(2026, 11, 30), moment)
