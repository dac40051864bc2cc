"""Reports of rectification, and looking again."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import make_account, make_interface
from findings.seeing import PNG, inspect, judge, silence, slow
from govmedia.audit.models import Entry
from govmedia.common.clock import day_of
from govmedia.common.exhibits import Upload
from govmedia.common.refusals import NoRight, NoteMissing, Refused, WrongState
from govmedia.findings.models import Claim, Finding
from govmedia.findings.queries import rechecks_for
from govmedia.findings.services import claim, claim_many, end_for_closed, move, postpone, postpone_many, unclaim
from govmedia.notify.models import Notice

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def state(finding):
    finding.refresh_from_db()
    return finding.state


def test_due_date_is_five_working_days_on(silent):
    assert (silent.due_on, silent.due_known) == (date(2026, 11, 30), True)


def test_claim_waits_until_the_machine_looked_again_and_then_closes(silent, account, chen_operator, moment):
    claim(finding_id=silent.pk, note="已恢复更新", by=chen_operator, now=moment + HOUR)
    judge(account, silence(), now=moment + 2 * HOUR, looked_at=moment)
    assert state(silent) == "fixed"
    judge(account, now=moment + 3 * HOUR, looked_at=moment + 3 * HOUR)
    assert state(silent) == "closed"
    assert Claim.objects.get().outcome == "cured"


def test_claim_that_does_not_hold_is_reopened_counted_and_told(silent, account, chen_operator, moment):
    for number in (1, 2):
        at = moment + timedelta(days=number)
        claim(finding_id=silent.pk, note="已恢复更新", by=chen_operator, now=at)
        judge(account, silence(), now=at + HOUR, looked_at=at + HOUR)
        assert (state(silent), silent.reopened) == ("reopened", number)
    assert list(Claim.objects.values_list("outcome", flat=True)) == ["persists", "persists"]
    assert silent.due_on == date(2026, 12, 2)
    assert Notice.objects.filter(title="「健康鼓楼」复查未通过：两周内无更新").count() == 2


def test_what_stays_on_record_is_rechecked_by_a_human(account, chen_operator, zhou_supervisor, moment):
    judge(account, *slow(date(2026, 10, 9)), now=moment)
    finding = Finding.objects.get()
    claim(finding_id=finding.pk, note="已安排专人", by=chen_operator, now=moment)
    judge(account, *slow(date(2026, 10, 9)), now=moment + HOUR, looked_at=moment + HOUR)
    assert state(finding) == "fixed"
    assert list(rechecks_for(zhou_supervisor)) == [finding]
    judge(account, *slow(date(2026, 10, 9), date(2026, 11, 22)), now=moment + 2 * HOUR, looked_at=moment + 2 * HOUR)
    assert (state(finding), finding.reopened, finding.count) == ("reopened", 1, 2)


def test_what_an_inspector_found_is_rechecked_by_a_human(
    broken, chen_operator, sun_inspector, zhou_supervisor, suzhou_supervisor, moment
):
    claim(finding_id=broken.pk, note="已修好菜单", by=chen_operator, now=moment)
    assert list(rechecks_for(sun_inspector)) == [broken]
    assert list(rechecks_for(suzhou_supervisor)) == []
    move(finding_id=broken.pk, name="reopen", by=zhou_supervisor, now=moment + HOUR, note="仍打不开")
    assert (state(broken), broken.reopened) == ("reopened", 1)
    assert Claim.objects.get().answer == "仍打不开"
    claim(finding_id=broken.pk, note="再次修好", by=chen_operator, now=moment + 2 * HOUR)
    move(finding_id=broken.pk, name="close", by=sun_inspector, now=moment + 3 * HOUR, note="已能打开")
    assert (state(broken), broken.end_reason) == ("closed", "已能打开")
    assert list(Claim.objects.order_by("pk").values_list("outcome", flat=True)) == ["persists", "cured"]


def test_a_later_check_closes_or_reopens(broken, account, chen_operator, sun_inspector, moment):
    claim(finding_id=broken.pk, note="已修好菜单", by=chen_operator, now=moment)
    inspect(account, by=sun_inspector, now=moment + HOUR)
    assert (state(broken), broken.reopened) == ("reopened", 1)
    claim(finding_id=broken.pk, note="又修了", by=chen_operator, now=moment + 2 * HOUR)
    inspect(account, by=sun_inspector, now=moment + 3 * HOUR, found=False)
    assert state(broken) == "closed"


def test_the_machine_is_not_forestalled_by_hand_where_it_sees(
    silent, account, chen_operator, zhou_supervisor, moment
):
    claim(finding_id=silent.pk, note="已恢复", by=chen_operator, now=moment)
    assert list(rechecks_for(zhou_supervisor)) == []
    with pytest.raises(Refused, match="由系统复查"):
        move(finding_id=silent.pk, name="close", by=zhou_supervisor, now=moment, note="看到了")
    type(account).objects.filter(pk=account.pk).update(health="not_seen")
    assert list(rechecks_for(zhou_supervisor)) == [silent]
    move(finding_id=silent.pk, name="close", by=zhou_supervisor, now=moment, note="打开手机看到了")
    assert state(silent) == "closed"


def test_claim_is_only_for_the_own_operators_and_needs_words(
    silent, stranger, zhou_supervisor, chen_operator, moment
):
    for person in (stranger, zhou_supervisor):
        with pytest.raises(NoRight):
            claim(finding_id=silent.pk, note="好了", by=person, now=moment)
    with pytest.raises(NoteMissing):
        claim(finding_id=silent.pk, note=" \x00", by=chen_operator, now=moment)
    with pytest.raises(Refused, match="最多 2,000 个字"):
        claim(finding_id=silent.pk, note="长" * 2001, by=chen_operator, now=moment)
    assert state(silent) == "notified"


def test_claim_may_be_taken_back_until_it_is_rechecked(silent, chen_operator, moment):
    claim(finding_id=silent.pk, note="好了", by=chen_operator, now=moment)
    with pytest.raises(WrongState):
        claim(finding_id=silent.pk, note="好了", by=chen_operator, now=moment)
    unclaim(finding_id=silent.pk, by=chen_operator, now=moment)
    assert (state(silent), Claim.objects.get().outcome) == ("rectifying", "withdrawn")
    with pytest.raises(WrongState):
        unclaim(finding_id=silent.pk, by=chen_operator, now=moment)


def test_files_come_with_a_claim_or_it_does_not_come_at_all(silent, chen_operator, moment):
    with pytest.raises(Refused, match="只收 PNG"):
        claim(finding_id=silent.pk, note="好了", uploads=[Upload("a.exe", b"MZ")], by=chen_operator, now=moment)
    assert state(silent) == "notified"
    uploads = [Upload("../../etc/改<好>.exe", PNG)]
    claim(finding_id=silent.pk, note="好了", uploads=uploads, by=chen_operator, now=moment)
    exhibit = Claim.objects.get().exhibits.get()
    assert (exhibit.name, exhibit.media_type) == ("改好.png", "image/png")


def test_claim_has_the_account_looked_at_soon(silent, account, chen_operator, moment):
    interface = make_interface(account, next_due_at=moment + timedelta(hours=9))
    claim(finding_id=silent.pk, note="好了", by=chen_operator, now=moment)
    interface.refresh_from_db()
    assert interface.next_due_at == moment


def test_due_date_moves_with_a_reason_and_is_told(silent, zhou_supervisor, chen_operator, stranger, moment):
    new = date(2026, 12, 11)
    with pytest.raises(NoRight):
        postpone(finding_id=silent.pk, due_on=new, why="x", by=chen_operator, now=moment)
    with pytest.raises(NoteMissing):
        postpone(finding_id=silent.pk, due_on=new, why="", by=zhou_supervisor, now=moment)
    for wrong in (date(2026, 11, 22), date(2029, 1, 1)):
        with pytest.raises(Refused):
            postpone(finding_id=silent.pk, due_on=wrong, why="x", by=zhou_supervisor, now=moment)
    postpone(finding_id=silent.pk, due_on=new, why="系统迁移", by=zhou_supervisor, now=moment)
    silent.refresh_from_db()
    assert silent.due_on == new
    assert Notice.objects.filter(recipient=chen_operator, title__contains="12 月 11 日").count() == 1
    assert Entry.objects.get(verb="finding.postpone").why == "系统迁移"


def test_the_day_of_many_is_set_without_a_word_to_anybody(
    silent, broken, zhou_supervisor, suzhou_supervisor, chen_operator, moment
):
    new, ids = date(2026, 12, 11), [silent.pk, broken.pk]
    before = Notice.objects.count()
    assert postpone_many(finding_ids=ids, due_on=new, why="通报", by=suzhou_supervisor, now=moment) == []
    assert postpone_many(finding_ids=ids, due_on=date(2026, 1, 1), why="通报", by=zhou_supervisor, now=moment) == []
    changed = postpone_many(finding_ids=ids, due_on=new, why="通报", by=zhou_supervisor, now=moment)
    assert [row.pk for row in changed] == sorted(ids)
    assert set(Finding.objects.values_list("due_on", flat=True)) == {new}
    assert postpone_many(finding_ids=ids, due_on=new, why="通报", by=zhou_supervisor, now=moment) == []
    assert (Notice.objects.count(), Entry.objects.filter(verb="finding.postpone").count()) == (before, 2)


def test_many_are_claimed_at_once_and_what_cannot_be_says_why(
    silent, account, gulou_health, xuanwu_school, stranger, chen_operator, moment
):
    other = make_account(xuanwu_school, name="玄武教育")
    judge(other, silence(), now=moment)
    done = claim_many(
        finding_ids=list(Finding.objects.values_list("pk", flat=True)), note="都好了", by=chen_operator, now=moment
    )
    assert done.done == 1
    assert done.text == "已处理 1 项；1 项没有处理：你没有这项权限。如需办理，请联系本级监管员（1 项）。"
    again = claim_many(finding_ids=[silent.pk], note="都好了", by=chen_operator, now=moment)
    assert (again.done, again.left.total()) == (0, 1)


def test_ten_thousand_claims_take_no_more_queries_than_their_parts(account, chen_operator, moment):
    Finding.objects.bulk_create(
        Finding(
            account=account, code=f"Y{number}", colour="deduction", source="notice", state="notified", reason="乱码",
            edition="jiangsu-2019", edition_hash="sm3:0", evidence_sm3="0", raised_at=moment, seen_at=moment,
            confirmed_at=moment, notified_at=moment,
        )
        for number in range(10_001)
    )  # fmt: skip
    ids = list(Finding.objects.order_by("pk").values_list("pk", flat=True))
    with pytest.raises(Refused, match="一次最多处理 10,000 项，选中了 10,001 项"):
        claim_many(finding_ids=ids, note="都改好了", by=chen_operator, now=moment)
    assert not Claim.objects.exists()
    with CaptureQueriesContext(connection) as caught:
        done = claim_many(finding_ids=ids[:10_000], note="都改好了", by=chen_operator, now=moment)
    assert (done.done, done.text) == (10_000, "已处理 10,000 项。")
    assert Claim.objects.count() == Finding.objects.filter(state="fixed").count() == 10_000
    assert len(caught) < 300


def test_findings_of_a_closed_account_end_whatever_their_state(silent, account, chen_operator, moment):
    claim(finding_id=silent.pk, note="已申请注销", by=chen_operator, now=moment)
    type(account).objects.filter(pk=account.pk).update(status="closed", closed_on=day_of(moment))
    assert end_for_closed(now=moment + HOUR) == 1
    assert (state(silent), silent.end_reason) == ("closed", "账号已注销")
    with pytest.raises(WrongState):
        unclaim(finding_id=silent.pk, by=chen_operator, now=moment + HOUR)
