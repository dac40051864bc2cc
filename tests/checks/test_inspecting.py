"""An inspector's check from its start to its proof."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from checks.watching import every, watch
from factories import make_account, make_coverage, make_post, make_user
from govmedia.accounts.models import Account
from govmedia.checks import verdicts
from govmedia.checks.drafts import facts_of_check
from govmedia.checks.models import Check
from govmedia.checks.queries import visible_to
from govmedia.checks.services import answer, finish, judge_accounts, recompute, rule, start_check
from govmedia.common.clock import day_of
from govmedia.common.refusals import NoRight, NoteMissing, Refused, WrongState
from govmedia.engine import registry
from govmedia.findings.models import Finding
from govmedia.notify.models import Notice

pytestmark = pytest.mark.django_db
QUARTER = (date(2026, 10, 1), date(2026, 12, 31))


def _start(account, by, moment, span=QUARTER, edition="jiangsu-2019", **values):
    return start_check(
        account=account, edition=edition, start_on=span[0], end_on=span[1], by=by, now=moment, **values
    )


def _finish(check, by, moment):
    return finish(check_id=check.pk, by=by, now=moment)


def test_clean_account_passes_with_full_marks(lively, sun_inspector, moment):
    check = _finish(_start(lively, sun_inspector, moment), sun_inspector, moment)
    assert (check.passed, check.score, check.state) == (True, 100, "final")
    assert check.verdict["deductions"] == []
    assert recompute(check) == []


def test_veto_of_the_machine_fails_without_a_score(silent, sun_inspector, moment):
    check = _finish(_start(silent, sun_inspector, moment), sun_inspector, moment)
    assert (check.passed, check.score) == (False, None)
    assert check.verdict["vetoes"] == ["R05"]
    assert recompute(check) == []


def test_answers_cost_points_up_to_the_cap(lively, sun_inspector, moment):
    check = _start(lively, sun_inspector, moment)
    answer(check_id=check.pk, code="Y06", count=20, note="见 11-02 等多篇", by=sun_inspector, now=moment)
    answer(check_id=check.pk, code="R01", count=0, by=sun_inspector, now=moment)
    check = _finish(check, sun_inspector, moment)
    assert check.score == 85
    assert check.verdict["deductions"] == [{"code": "Y06", "points": 15, "capped": True}]
    assert recompute(check) == []


def test_found_fault_becomes_a_finding_and_is_closed_by_the_next_check(lively, sun_inspector, chen_operator, moment):
    check = _start(lively, sun_inspector, moment)
    answer(check_id=check.pk, code="Y03", count=1, note="10-12 推文带货", by=sun_inspector, now=moment)
    _finish(check, sun_inspector, moment)
    finding = Finding.objects.get()
    assert (finding.code, finding.source, finding.state) == ("Y03", "inspector", "notified")
    assert finding.reason == "10-12 推文带货"
    assert Notice.objects.get().recipient == chen_operator
    assert Account.objects.get(pk=lively.pk).health == "faulty"
    later = moment + timedelta(hours=3)
    second = _start(lively, sun_inspector, later, span=(date(2026, 11, 1), date(2026, 11, 23)))
    _finish(second, sun_inspector, later)
    assert Finding.objects.get().state == "notified"
    third = _start(lively, sun_inspector, later, span=(date(2026, 11, 2), date(2026, 11, 23)))
    answer(check_id=third.pk, code="Y03", count=0, by=sun_inspector, now=later)
    _finish(third, sun_inspector, later)
    finding.refresh_from_db()
    assert (finding.state, finding.end_reason) == ("closed", "检查员复查未见问题")
    assert Account.objects.get(pk=lively.pk).health == "healthy"


@pytest.fixture
def two_names(lively, gulou_health):
    return make_account(gulou_health, name="宁小蓝", platform="kuaishou")


def test_doubtful_hit_counts_only_by_ruling(lively, two_names, sun_inspector, moment):
    check = _start(lively, sun_inspector, moment)
    assert _finish(check, sun_inspector, moment).score == 100
    ruled = _start(lively, sun_inspector, moment)
    assert ruled.pk != check.pk
    rule(check_id=ruled.pk, code="Y01", counts=True, note="与备案名称不符", by=sun_inspector, now=moment)
    done = _finish(ruled, sun_inspector, moment)
    assert done.score == 95
    assert recompute(done) == []


def test_upheld_doubt_confirms_the_machines_finding(lively, two_names, sun_inspector, chen_operator, moment):
    judge_accounts(account_ids=[lively.pk], now=moment)
    assert Finding.objects.get().needs_human
    check = _start(lively, sun_inspector, moment)
    rule(check_id=check.pk, code="Y01", counts=True, note="属实", by=sun_inspector, now=moment)
    _finish(check, sun_inspector, moment)
    finding = Finding.objects.get()
    assert (finding.state, finding.decided_by) == ("notified", sun_inspector)


def test_ruling_needs_a_reason_and_something_in_doubt(lively, two_names, sun_inspector, moment):
    check = _start(lively, sun_inspector, moment)
    with pytest.raises(NoteMissing):
        rule(check_id=check.pk, code="Y01", counts=False, note=" ", by=sun_inspector, now=moment)
    with pytest.raises(Refused):
        rule(check_id=check.pk, code="R05", counts=True, note="x", by=sun_inspector, now=moment)
    rule(check_id=check.pk, code="Y01", counts=False, note="曾用名", by=sun_inspector, now=moment)
    check = rule(check_id=check.pk, code="Y01", counts=None, by=sun_inspector, now=moment)
    assert check.rulings == {}


def test_answer_with_a_fault_needs_a_note(lively, sun_inspector, moment):
    check = _start(lively, sun_inspector, moment)
    with pytest.raises(NoteMissing):
        answer(check_id=check.pk, code="R01", count=1, note="\n", by=sun_inspector, now=moment)
    for code, count in (("R05", 0), ("Z99", 0), ("R01", 2), ("Y03", 100), ("Y03", -1)):
        with pytest.raises(Refused):
            answer(check_id=check.pk, code=code, count=count, note="x", by=sun_inspector, now=moment)
    assert Check.objects.get().answers == {}


def test_answer_is_kept_changed_and_taken_back(lively, sun_inspector, moment):
    check = _start(lively, sun_inspector, moment)
    note = "坏\x00字😀<script>'; DROP TABLE" + "长" * 10_000
    answer(check_id=check.pk, code="Y05", count=2, note=note, by=sun_inspector, now=moment)
    kept = Check.objects.get().answers["Y05"]
    assert kept["note"] == ("坏字😀<script>'; DROP TABLE" + "长" * 10_000)[:500]
    answer(check_id=check.pk, code="Y05", count=0, note="没用的话", by=sun_inspector, now=moment)
    assert Check.objects.get().answers["Y05"] == {"count": 0, "note": ""}
    answer(check_id=check.pk, code="Y05", count=None, by=sun_inspector, now=moment)
    assert Check.objects.get().answers == {}


def test_only_the_inspector_who_began_may_fill_in(lively, sun_inspector, chen_operator, jiangsu, moment):
    other = make_user("other", "另一检查员", "inspector", division=jiangsu)
    check = _start(lively, sun_inspector, moment)
    for person in (other, chen_operator):
        with pytest.raises(NoRight):
            answer(check_id=check.pk, code="R01", count=0, by=person, now=moment)
        with pytest.raises(NoRight):
            _finish(check, person, moment)
    assert list(visible_to(chen_operator)) == []
    assert list(visible_to(other)) == [check]
    _finish(check, sun_inspector, moment)
    assert list(visible_to(chen_operator)) == [check]


def test_inspector_of_another_city_is_refused(lively, suzhou, moment):
    stranger = make_user("suins", "苏检查", "inspector", division=suzhou)
    with pytest.raises(NoRight):
        _start(lively, stranger, moment)
    assert list(visible_to(stranger)) == []


def test_finished_check_cannot_be_changed(lively, sun_inspector, moment):
    check = _finish(_start(lively, sun_inspector, moment), sun_inspector, moment)
    with pytest.raises(WrongState):
        answer(check_id=check.pk, code="R01", count=0, by=sun_inspector, now=moment)
    with pytest.raises(WrongState):
        _finish(check, sun_inspector, moment)


def test_starting_twice_on_a_day_gives_the_same_draft(lively, sun_inspector, moment):
    draft = _start(lively, sun_inspector, moment)
    assert _start(lively, sun_inspector, moment + timedelta(minutes=1)) == draft
    assert _start(lively, sun_inspector, moment + timedelta(days=1)) != draft


@pytest.mark.parametrize(
    ("span", "values", "field"),
    [
        ((date(2026, 11, 2), date(2026, 11, 1)), {}, "end_on"),
        ((date(2020, 1, 1), date(2026, 11, 1)), {}, "start_on"),
        ((date(2027, 1, 1), date(2027, 3, 31)), {}, "start_on"),
        (QUARTER, {"edition": "nowhere-1999"}, "edition"),
    ],
)
def test_nonsense_is_refused_at_its_field(lively, sun_inspector, moment, span, values, field):
    with pytest.raises(Refused) as refused:
        _start(lively, sun_inspector, moment, span=span, **values)
    assert refused.value.field == field


def test_point_in_the_future_or_outside_is_refused(lively, sun_inspector, moment):
    for point in (moment + timedelta(days=1), moment - timedelta(days=100)):
        with pytest.raises(Refused) as refused:
            _start(lively, sun_inspector, moment, point_at=point)
        assert refused.value.field == "point_at"


def test_point_in_the_past_judges_what_was_then(silent, sun_inspector, moment):
    make_post(silent, on=day_of(moment))
    then = moment - timedelta(days=10)
    check = _finish(_start(silent, sun_inspector, moment, point_at=then), sun_inspector, moment)
    assert check.verdict["vetoes"] == []
    assert check.facts["end"] == day_of(then).isoformat()


def test_last_quarter_is_judged_at_its_end(gulou_health, sun_inspector, moment):
    account = watch(make_account(gulou_health), moment, posts=every(2, date(2026, 9, 30)), since=timedelta(days=200))
    check = _finish(
        _start(account, sun_inspector, moment, span=(date(2026, 7, 1), date(2026, 9, 30))), sun_inspector, moment
    )
    assert (check.passed, check.score) == (True, 100)


def test_account_never_seen_is_not_held_to_anything(gulou_health, sun_inspector, moment):
    account = make_account(gulou_health)
    check = _finish(_start(account, sun_inspector, moment), sun_inspector, moment)
    assert check.score == 100
    assert check.facts["covered"] == []


def test_national_edition_knows_no_deductions(lively, two_names, sun_inspector, moment):
    check = _start(lively, sun_inspector, moment, edition="national-2019")
    with pytest.raises(Refused):
        answer(check_id=check.pk, code="Y03", count=1, note="x", by=sun_inspector, now=moment)
    assert _finish(check, sun_inspector, moment).score == 100


def test_recompute_names_the_indicator_whose_version_changed(silent, sun_inspector, moment, monkeypatch):
    check = _finish(_start(silent, sun_inspector, moment), sun_inspector, moment)
    table = dict(registry.indicator_table())
    table["R05"] = replace(table["R05"], version=2, judge=lambda facts, terms: iter(()))
    for module in ("govmedia.engine.judging.indicator_table", "govmedia.engine.registry.indicator_table"):
        monkeypatch.setattr(module, lambda: table)
    assert recompute(check) == ["指标 R05 两周内无更新 的判定程序已由第 1 版改为第 2 版，不再比较。"]


def test_recompute_sees_a_list_that_says_other_than_the_verdict(silent, sun_inspector, moment):
    check = _finish(_start(silent, sun_inspector, moment), sun_inspector, moment)
    check.passed, check.score = True, 100
    assert recompute(check) == ["列表里的结论或得分与保存的结论不符，可能被改动过。"]


def test_recompute_sees_tampering(silent, sun_inspector, moment):
    check = _finish(_start(silent, sun_inspector, moment), sun_inspector, moment)
    check.verdict = {**check.verdict, "vetoes": [], "deductions": [{"code": "Y02", "points": 5, "capped": False}]}
    assert recompute(check) == ["按保存的命中重新计分，结果与当时的结论不同。"]
    check.refresh_from_db()
    check.facts = {**check.facts, "post_days": [["2026-11-20", 1]]}
    found = recompute(check)
    assert found[0] == "保存的事实与其指纹不符，可能被改动过。"
    assert "按保存的事实重新判定，R05 的结果与当时不同。" in found


def test_recompute_of_a_draft_is_refused(lively, sun_inspector, moment):
    with pytest.raises(WrongState):
        recompute(_start(lively, sun_inspector, moment))


def test_unseen_days_are_named(gulou_health, sun_inspector, moment):
    account = watch(make_account(gulou_health), moment, posts=every(1, day_of(moment)), since=timedelta(days=30))
    make_coverage(account, moment - timedelta(days=60), moment - timedelta(days=40))
    account.first_seen_at = moment - timedelta(days=60)
    account.save()
    check = _start(account, sun_inspector, moment)
    facts = facts_of_check(check)
    assert verdicts.unseen_days(facts) == [(date(2026, 10, 14), date(2026, 10, 24))]
    assert verdicts.days_in(verdicts.unseen_days(facts)) == 11
