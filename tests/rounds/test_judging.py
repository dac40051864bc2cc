"""Accounts of a round are judged blind, settled when the inspectors agree, and closed when all are."""

from datetime import timedelta

import pytest

from govmedia.accounts.models import Status
from govmedia.audit.models import Entry
from govmedia.checks.models import Check
from govmedia.checks.queries import visible_to as checks_visible_to
from govmedia.checks.services import answer, finish, judge_accounts, redress, start_check
from govmedia.common.clock import day_of
from govmedia.common.refusals import NoRight, Refused, WrongState
from govmedia.findings.models import Finding
from govmedia.findings.services import appeal, decide
from govmedia.rounds.models import Sample, Seat
from govmedia.rounds.queries import progress_of, samples_for, seats_of
from govmedia.rounds.services import (
    begin,
    call_arbiter,
    close_round,
    drop,
    hand_over,
    settle_due,
)
from rounds.conftest import PLAN, opened

pytestmark = pytest.mark.django_db


def _judge(seat, moment, typos=0):
    check = begin(seat_id=seat.pk, by=seat.inspector, now=moment)
    if typos:
        answer(check_id=check.pk, code="Y06", count=typos, note="见多篇", by=seat.inspector, now=moment)
    return finish(check_id=check.pk, by=seat.inspector, now=moment)


def test_one_inspector_judges_all_and_the_round_is_closed(accounts, li_supervisor, sun_inspector, moment):
    held = opened(li_supervisor, [sun_inspector], moment)
    with pytest.raises(Refused, match="还有 4 个账号"):
        close_round(round_id=held.pk, by=li_supervisor, now=moment)
    for seat in seats_of(sun_inspector):
        _judge(seat, moment)
    assert settle_due(now=moment) == 4
    assert settle_due(now=moment) == 0
    results = dict(held.samples.values_list("account__name", "check_used__passed"))
    assert results == {"健康鼓楼": True, "鼓楼卫健微博": True, "玄武教育": False, "玄武发布": True}
    progress = progress_of(held, moment)
    assert (progress.passed, progress.failed, progress.waiting, progress.left_days) == (3, 1, 0, 0.0)
    close_round(round_id=held.pk, by=li_supervisor, now=moment)
    held.refresh_from_db()
    assert held.state == "closed"
    assert list(seats_of(sun_inspector)) == []


def test_seats_are_given_evenly_and_only_to_who_may_judge_there(
    accounts, li_supervisor, sun_inspector, second_inspector, gulou, moment
):
    from factories import make_user

    local = make_user("local", "鼓楼检查", "inspector", division=gulou)
    held = opened(li_supervisor, [sun_inspector, second_inspector, local], moment)
    given = dict.fromkeys(("sun", "zheng", "local"), 0)
    for seat in Seat.objects.filter(sample__round=held).select_related("inspector", "sample__account"):
        given[seat.inspector.login] += 1
        assert seat.inspector != local or seat.sample.account.division_id == "320106"
    assert max(given.values()) - min(given.values()) <= 1


def test_two_who_agree_settle_an_account_and_nothing_follows_before(
    accounts, li_supervisor, sun_inspector, second_inspector, chen_operator, moment
):
    held = opened(li_supervisor, [sun_inspector, second_inspector], moment, seats=2)
    sample = held.samples.get(account__name="健康鼓楼")
    first, second = sample.seats.order_by("number")
    check = _judge(first, moment, typos=3)
    settle_due(now=moment)
    sample.refresh_from_db()
    assert sample.state == "waiting"
    assert not Finding.objects.filter(source="inspector").exists(), "held until the round settles it"
    assert not checks_visible_to(chen_operator).exists()
    assert check not in checks_visible_to(second.inspector), "who judges the same account must not know"
    assert check in checks_visible_to(first.inspector) and check in checks_visible_to(li_supervisor)
    _judge(second, moment, typos=3)
    settle_due(now=moment)
    sample.refresh_from_db()
    assert (sample.state, sample.check_used_id, sample.check_used.score) == ("settled", check.pk, 94)
    assert Finding.objects.get(source="inspector").code == "Y06"
    assert list(checks_visible_to(chen_operator)) == [check]


def test_an_appeal_upheld_between_two_checks_is_no_difference_between_them(
    accounts, li_supervisor, sun_inspector, second_inspector, province_supervisor, stranger, moment
):
    held = opened(li_supervisor, [sun_inspector, second_inspector], moment, seats=2)
    sample = held.samples.get(account__name="玄武教育")
    judge_accounts(account_ids=[sample.account_id], now=moment)
    first, second = sample.seats.order_by("number")
    check = _judge(first, moment)
    assert (check.passed, check.score) == (False, None)
    finding, later = Finding.objects.get(account=sample.account_id, code="R05"), moment + timedelta(hours=1)
    appeal(finding_id=finding.pk, reason="接口坏了", by=stranger, now=later)
    decide(finding_id=finding.pk, upheld=True, answer="属实", by=province_supervisor, now=later)
    redress(now=later)
    redress(now=later + timedelta(hours=2))
    assert _judge(second, later + timedelta(hours=3)).score == 100
    settle_due(now=later + timedelta(hours=4))
    sample.refresh_from_db()
    assert (sample.state, sample.check_used_id, sample.check_used.score) == ("settled", check.pk, 100)
    assert sample.check_used.taken_back.get().verdict_before["vetoes"] == ["R05"]
    settled = Entry.objects.get(verb="round.settle", subject=f"sample:{sample.pk}")
    assert settled.after["passed"] is True


def test_where_two_differ_a_third_decides(
    accounts, li_supervisor, sun_inspector, second_inspector, third_inspector, moment
):
    held = opened(li_supervisor, [sun_inspector, second_inspector], moment, seats=2)
    sample = held.samples.get(account__name="健康鼓楼")
    first, second = sample.seats.order_by("number")
    _judge(first, moment, typos=3)
    _judge(second, moment)
    settle_due(now=moment)
    sample.refresh_from_db()
    assert sample.state == "differing"
    with pytest.raises(Refused, match="另选一位"):
        call_arbiter(sample_id=sample.pk, inspector_id=sun_inspector.pk, by=li_supervisor, now=moment)
    third = call_arbiter(sample_id=sample.pk, inspector_id=third_inspector.pk, by=li_supervisor, now=moment)
    check = _judge(third, moment, typos=1)
    settle_due(now=moment)
    sample.refresh_from_db()
    assert (sample.state, sample.check_used_id, sample.check_used.score) == ("settled", check.pk, 98)
    assert Check.objects.filter(held=True).count() == 2


def test_another_ones_seat_and_a_seat_that_is_done_are_shut(
    accounts, li_supervisor, sun_inspector, second_inspector, moment
):
    held = opened(li_supervisor, [sun_inspector], moment)
    seat = held.samples.first().seats.get()
    with pytest.raises(NoRight):
        begin(seat_id=seat.pk, by=second_inspector, now=moment)
    check = begin(seat_id=seat.pk, by=sun_inspector, now=moment)
    assert begin(seat_id=seat.pk, by=sun_inspector, now=moment) == check, "gone on with, not begun again"
    finish(check_id=check.pk, by=sun_inspector, now=moment)
    settle_due(now=moment)
    with pytest.raises(WrongState):
        begin(seat_id=seat.pk, by=sun_inspector, now=moment)


def test_an_account_closed_meanwhile_is_left_out_with_the_reason(accounts, li_supervisor, sun_inspector, moment):
    held = opened(li_supervisor, [sun_inspector], moment)
    sample = held.samples.get(account__name="健康鼓楼")
    sample.account.status, sample.account.closed_on = Status.CLOSED, day_of(moment)
    sample.account.save()
    assert begin(seat_id=sample.seats.get().pk, by=sun_inspector, now=moment) is None
    sample.refresh_from_db()
    assert (sample.state, sample.reason) == ("dropped", "检查前账号已注销")
    other = held.samples.get(account__name="玄武教育")
    with pytest.raises(Refused):
        drop(sample_id=other.pk, why="", by=li_supervisor, now=moment)
    drop(sample_id=other.pk, why="单位已撤销", by=li_supervisor, now=moment)
    assert progress_of(held, moment).dropped == 2


def test_an_inspector_who_leaves_hands_over_what_he_has_not_finished(
    accounts, li_supervisor, sun_inspector, second_inspector, moment
):
    held = opened(li_supervisor, [sun_inspector], moment)
    seats = list(seats_of(sun_inspector))
    _judge(seats[0], moment)
    left = begin(seat_id=seats[1].pk, by=sun_inspector, now=moment)
    settle_due(now=moment)
    moved = hand_over(
        round_id=held.pk, leaves=sun_inspector.pk, inspector_ids=[second_inspector.pk], by=li_supervisor, now=moment
    )
    assert moved == 3
    assert seats_of(sun_inspector).count() == 0 and seats_of(second_inspector).count() == 3
    seats[1].refresh_from_db()
    assert seats[1].check_made is None and Check.objects.filter(pk=left.pk).exists()
    with pytest.raises(Refused, match="接手"):
        hand_over(round_id=held.pk, leaves=second_inspector.pk, inspector_ids=[], by=li_supervisor, now=moment)


def test_a_round_keeps_its_edition_whatever_becomes_of_the_file(
    accounts, li_supervisor, sun_inspector, moment, tmp_path, settings
):
    from importlib.resources import files

    source = files("govmedia.engine") / "editions" / "jiangsu-2019.toml"
    text = source.read_text(encoding="utf-8").replace('name = "jiangsu-2019"', 'name = "trial"')
    path = tmp_path / "trial.toml"
    path.write_text(text, encoding="utf-8")
    settings.EDITION_FOLDERS = [tmp_path]
    held = opened(li_supervisor, [sun_inspector], moment, edition="trial")
    path.unlink()
    seat = held.samples.get(account__name="健康鼓楼").seats.get()
    assert _judge(seat, moment).edition_hash == held.edition_hash


def test_an_inspector_sees_only_the_accounts_he_has_a_seat_at(
    accounts, li_supervisor, sun_inspector, second_inspector, zhou_supervisor, moment
):
    held = opened(li_supervisor, [sun_inspector, second_inspector], moment)
    own = set(samples_for(held, sun_inspector))
    assert own and own.isdisjoint(samples_for(held, second_inspector))
    assert {row.account.division_id for row in samples_for(held, zhou_supervisor)} == {"320106"}
    assert Sample.objects.count() == 4


def test_too_few_inspectors_are_refused(accounts, li_supervisor, sun_inspector, moment):
    with pytest.raises(Refused, match="至少要选 2 位"):
        opened(li_supervisor, [sun_inspector], moment, seats=2)


def test_what_came_up_after_the_look_is_not_closed_by_it(
    accounts, li_supervisor, sun_inspector, second_inspector, moment
):
    held = opened(li_supervisor, [sun_inspector], moment)
    sample = held.samples.get(account__name="健康鼓楼")
    check = begin(seat_id=sample.seats.get().pk, by=sun_inspector, now=moment)
    answer(check_id=check.pk, code="Y06", count=0, by=sun_inspector, now=moment)
    finish(check_id=check.pk, by=sun_inspector, now=moment)
    later = moment + timedelta(hours=2)
    own = start_check(
        account=sample.account, edition="jiangsu-2019", start_on=PLAN["start_on"], end_on=PLAN["end_on"],
        by=second_inspector, now=later,
    )  # fmt: skip
    answer(check_id=own.pk, code="Y06", count=1, note="见 11-23 推文", by=second_inspector, now=later)
    finish(check_id=own.pk, by=second_inspector, now=later)
    settle_due(now=later + timedelta(hours=1))
    sample.refresh_from_db()
    assert sample.state == "settled"
    assert Finding.objects.get(code="Y06", source="inspector").ended_at is None
