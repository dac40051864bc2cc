"""The life of a finding."""

from datetime import date, timedelta

import pytest

from factories import make_account, make_user
from govmedia.accounts.models import Account
from govmedia.audit.models import Entry
from govmedia.common.refusals import NoRight, NoteMissing, Refused, WrongState
from govmedia.engine.types import Evidence, Hit
from govmedia.findings.messages import PAGE
from govmedia.findings.models import EditionCopy, Finding
from govmedia.findings.queries import (
    counting_accounts,
    edition,
    edition_as_judged,
    edition_from,
    open_of,
    supervisors_over,
    table_hash,
    visible_to,
)
from govmedia.findings.services import Inspected, apply_hits, apply_inspection, move
from govmedia.notify.models import Notice

pytestmark = pytest.mark.django_db
VERSIONS = {"Y01": 1, "R05": 3}


@pytest.fixture
def account(gulou_health):
    return make_account(gulou_health, name="健康鼓楼", health="healthy", health_cause="")


def _silence(**values) -> Hit:
    values.setdefault("on", date(2026, 11, 20))
    return Hit("R05", "已连续 16 天无更新", evidence=(Evidence("gap", "最后一次发布是 11-07"),), **values)


def _unlike() -> Hit:
    return Hit("Y01", "各平台名称不一致", evidence=(Evidence("account", "宁小蓝", "AAAA"),), certain=False)


def _apply(account, *hits, now, seen=True, name="jiangsu-2019"):
    apply_hits(account=account, hits=hits, edition=edition(name), versions=VERSIONS, now=now, seen=seen)


def test_certain_finding_goes_all_the_way_to_the_operator(account, chen_operator, moment):
    _apply(account, _silence(), now=moment)
    finding = Finding.objects.get()
    assert (finding.state, finding.title, finding.colour) == ("notified", "两周内无更新", "veto")
    assert (finding.confirmed_at, finding.notified_at, finding.indicator_version) == (moment, moment, 3)
    assert finding.edition_hash == edition("jiangsu-2019").hash
    notice = Notice.objects.get()
    assert (notice.recipient, notice.key, notice.url) == (
        chen_operator,
        f"finding:{finding.pk}",
        PAGE.format(finding.pk),
    )


def test_notice_promises_only_the_cure_that_can_come(account, chen_operator, sun_inspector, moment):
    _apply(account, _silence(), now=moment)
    hit = Hit("Y05", "菜单打不开。", evidence=(Evidence("answer", "看到"),))
    apply_inspection(
        account=account,
        inspected=Inspected(hits=(hit,)),
        edition=edition("jiangsu-2019"),
        versions=VERSIONS,
        by=sun_inspector,
        now=moment,
    )
    assert list(Notice.objects.order_by("pk").values_list("body", flat=True)) == [
        "已连续 16 天无更新。请在 11 月 30 日前整改。恢复发布。系统下一次查看到新内容后自动销号，一般在 12 小时内，"
        "不用另外报告。如认为有误，可在问题页面申诉。",
        "菜单打不开。请在 11 月 30 日前整改。整改后，在问题页面报告已整改并附上说明，由监管员或检查员复查后销号。"
        "如认为有误，可在问题页面申诉。",
    ]


def test_operator_who_comes_later_is_told_then(account, moment, gulou_health):
    _apply(account, _silence(), now=moment)
    assert Finding.objects.get().state == "confirmed"
    make_user("late", "新运维", "operator", organisation=gulou_health)
    _apply(account, _silence(), now=moment + timedelta(hours=1))
    assert Finding.objects.get().state == "notified"
    assert Notice.objects.count() == 1


def test_doubtful_finding_waits_for_a_human(account, chen_operator, zhou_supervisor, moment):
    _apply(account, _unlike(), now=moment)
    finding = Finding.objects.get()
    assert (finding.state, finding.needs_human) == ("raised", True)
    assert not Notice.objects.exists()
    assert list(visible_to(chen_operator)) == []
    assert list(visible_to(zhou_supervisor)) == [finding]
    move(finding_id=finding.pk, name="confirm", by=zhou_supervisor, now=moment)
    finding.refresh_from_db()
    assert (finding.state, finding.decided_by, finding.needs_human) == ("notified", zhou_supervisor, False)
    assert list(visible_to(chen_operator)) == [finding]
    assert Account.objects.get(pk=account.pk).health == "faulty"


def test_dismissed_finding_is_not_raised_again(account, chen_operator, zhou_supervisor, moment):
    _apply(account, _unlike(), now=moment)
    move(finding_id=Finding.objects.get().pk, name="dismiss", by=zhou_supervisor, now=moment, note="历史名称，已说明")
    _apply(account, _unlike(), now=moment + timedelta(hours=1))
    assert list(Finding.objects.values_list("state", "end_reason")) == [("dismissed", "历史名称，已说明")]
    _apply(account, _silence(), now=moment + timedelta(hours=2))
    assert open_of(account).count() == 1


def test_dropped_finding_is_raised_again_when_it_comes_back(account, moment):
    waiting = _silence(standing=False, looks_seen=1, looks_needed=3)
    _apply(account, waiting, now=moment)
    _apply(account, now=moment + timedelta(hours=1))
    _apply(account, waiting, now=moment + timedelta(hours=2))
    assert list(Finding.objects.order_by("pk").values_list("state", flat=True)) == ["dismissed", "raised"]


def test_unseen_account_neither_gets_nor_loses(account, chen_operator, moment):
    _apply(account, _silence(), now=moment, seen=False)
    assert not Finding.objects.exists()
    _apply(account, _silence(), now=moment)
    _apply(account, now=moment + timedelta(hours=1), seen=False)
    assert Finding.objects.get().state == "notified"


def test_shadow_indicator_never_raises_and_takes_back_what_a_former_edition_raised(account, chen_operator, moment):
    deduction = Hit("Y02", "相隔 9 天", on=date(2026, 10, 9))
    _apply(account, deduction, now=moment, name="national-2019")
    assert not Finding.objects.exists()
    _apply(account, deduction, now=moment)
    _apply(account, deduction, now=moment + timedelta(hours=1), name="national-2019")
    assert list(Finding.objects.values_list("state", "end_reason")) == [("closed", "现行检查指标不含此项")]


def test_finding_without_enough_looks_cannot_be_confirmed_by_hand(account, zhou_supervisor, moment):
    _apply(account, _silence(standing=False, looks_seen=1, looks_needed=3), now=moment)
    with pytest.raises(WrongState) as refused:
        move(finding_id=Finding.objects.get().pk, name="confirm", by=zhou_supervisor, now=moment)
    assert refused.value.text.startswith("还没有看够次数")


@pytest.mark.parametrize("name", ["notify", "cure", "drop", "nonsense"])
def test_moves_of_the_machine_are_not_for_people(account, zhou_supervisor, moment, name):
    _apply(account, _unlike(), now=moment)
    with pytest.raises(WrongState):
        move(finding_id=Finding.objects.get().pk, name=name, by=zhou_supervisor, now=moment, note="x")


def test_people_without_the_right_are_refused(account, chen_operator, sun_inspector, suzhou_supervisor, moment):
    _apply(account, _unlike(), now=moment)
    finding_id = Finding.objects.get().pk
    for person in (chen_operator, suzhou_supervisor):
        with pytest.raises(NoRight):
            move(finding_id=finding_id, name="confirm", by=person, now=moment)
    with pytest.raises(NoRight):
        move(finding_id=finding_id, name="dismiss", by=sun_inspector, now=moment, note="x")
    assert Finding.objects.get().state == "raised"


def test_dismissing_needs_a_reason(account, zhou_supervisor, moment):
    _apply(account, _unlike(), now=moment)
    with pytest.raises(NoteMissing):
        move(finding_id=Finding.objects.get().pk, name="dismiss", by=zhou_supervisor, now=moment, note=" ")


def test_reason_too_long_to_keep_is_refused_and_not_cut(account, chen_operator, zhou_supervisor, moment):
    _apply(account, _silence(), now=moment)
    finding = Finding.objects.get()
    with pytest.raises(Refused, match="理由最多 300 个字，现在有 301 个，请缩短。"):
        move(finding_id=finding.pk, name="dismiss", by=zhou_supervisor, now=moment, note="长" * 301)
    move(finding_id=finding.pk, name="dismiss", by=zhou_supervisor, now=moment, note="误\x00判" + "长" * 298)
    finding.refresh_from_db()
    assert (finding.state, finding.end_reason) == ("dismissed", "误判" + "长" * 298)


def test_second_decision_on_the_same_finding_is_refused(account, zhou_supervisor, li_supervisor, moment):
    _apply(account, _unlike(), now=moment)
    finding_id = Finding.objects.get().pk
    move(finding_id=finding_id, name="dismiss", by=zhou_supervisor, now=moment, note="已核实")
    with pytest.raises(WrongState):
        move(finding_id=finding_id, name="dismiss", by=li_supervisor, now=moment, note="已核实")
    assert Entry.objects.filter(verb="finding.dismiss").count() == 1


def test_dismissing_the_last_finding_makes_the_account_healthy(account, chen_operator, zhou_supervisor, moment):
    _apply(account, _silence(), now=moment)
    Account.objects.filter(pk=account.pk).update(health="faulty", veto_open=True)
    move(finding_id=Finding.objects.get().pk, name="dismiss", by=zhou_supervisor, now=moment, note="接口有误")
    row = Account.objects.get(pk=account.pk)
    assert (row.health, row.veto_open, row.health_text) == ("healthy", False, "暂无发布；红线均未触及")


def test_counting_leaves_out_what_is_only_raised(account, chen_operator, moment):
    _apply(account, _silence(), _unlike(), now=moment)
    assert [row.code for row in counting_accounts([account.pk])[account.pk]] == ["R05"]


def test_edition_is_kept_as_it_was(account, chen_operator, moment):
    _apply(account, _silence(), now=moment)
    copy = EditionCopy.objects.get()
    assert table_hash(copy.table) == copy.hash
    assert edition_from(copy.table) == edition("jiangsu-2019")
    copy.pk, copy.table["title"] = "sm3:other", "从前的版本"
    copy.save()
    assert edition_as_judged("jiangsu-2019", "sm3:other").title == "从前的版本"
    assert edition_as_judged("jiangsu-2019", "sm3:none") is None


def test_supervisors_nearest_above_are_named(gulou, zhou_supervisor, li_supervisor, province_supervisor, xuanwu):
    assert supervisors_over("320106") == [zhou_supervisor]
    assert supervisors_over("320106001") == [zhou_supervisor]
    assert supervisors_over("320102") == [li_supervisor]
    assert supervisors_over("320500") == [province_supervisor]
    assert supervisors_over("110000") == []
