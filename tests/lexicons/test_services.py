"""The life of a term: two people, a date, a way back, and the archive read anew for it."""

from datetime import date, timedelta

import pytest

from factories import make_account, make_post, make_user
from govmedia.audit.models import Entry
from govmedia.common.refusals import NoRight, NoteMissing, Refused, WrongState
from govmedia.inspections import program
from govmedia.inspections.models import TextHit
from govmedia.inspections.services import inspect_due, rescan_due
from govmedia.lexicons.models import Rescan, Term
from govmedia.lexicons.queries import preview, visible_to
from govmedia.lexicons.services import approve, end, propose, reopen, start_rescan, stop_rescan
from govmedia.lexicons.states import State

pytestmark = pytest.mark.django_db
ROW = {
    "term": "蓝天街道办", "kind": "hit", "check": "wording_terms", "level": "deduct", "suggestion": "蓝天街道",
    "note": "应写街道全称", "source": "本市行文规范", "conditions": "", "valid_from": "", "valid_to": "",
}  # fmt: skip


@pytest.fixture
def account(gulou_health):
    return make_account(gulou_health, name="健康鼓楼")


@pytest.fixture(autouse=True)
def fresh_program(monkeypatch):
    monkeypatch.setattr(program, "_kept", None)


def _hits():
    return list(TextHit.objects.filter(check_code="wording_terms").order_by("pk").values_list("found", "lexicon"))


def test_a_term_holds_once_a_second_person_approved_it(account, li_supervisor, province_supervisor, moment):
    term = propose(row=ROW, by=li_supervisor, now=moment)
    make_post(account, on=date(2026, 11, 20), text="蓝天街道办通知居民。")
    inspect_due(now=moment)
    assert _hits() == []
    with pytest.raises(Refused, match="不能自己复核"):
        approve(term_id=term.pk, by=li_supervisor, now=moment)
    approve(term_id=term.pk, by=province_supervisor, now=moment)
    make_post(account, on=date(2026, 11, 21), text="蓝天街道办通知居民。")
    inspect_due(now=moment)
    ((found, lexicon),) = _hits()
    assert found == "蓝天街道办"
    assert lexicon.startswith("local@")
    end(term_id=term.pk, why="规范已改", by=li_supervisor, now=moment)
    make_post(account, on=date(2026, 11, 22), text="蓝天街道办通知居民。")
    inspect_due(now=moment)
    assert len(_hits()) == 1
    verbs = Entry.objects.filter(subject=f"term:{term.pk}").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["term.propose", "term.approve", "term.end"]


def test_a_term_holds_only_below_its_office_and_from_its_day(
    account, suzhou, li_supervisor, province_supervisor, moment
):
    from factories import make_organisation

    elsewhere = make_account(make_organisation(division=suzhou), name="苏州发布")
    term = propose(row={**ROW, "valid_from": "2026-11-20"}, by=li_supervisor, now=moment)
    approve(term_id=term.pk, by=province_supervisor, now=moment)
    make_post(elsewhere, on=date(2026, 11, 21), text="蓝天街道办通知居民。")
    make_post(account, on=date(2026, 11, 19), text="蓝天街道办通知居民。")
    make_post(account, on=date(2026, 11, 20), text="蓝天街道办通知居民。")
    inspect_due(now=moment)
    assert [hit.counts_on.day for hit in TextHit.objects.filter(check_code="wording_terms")] == [20]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"term": ""}, "不能为空"),
        ({"term": "办"}, "单字"),
        ({"check": "nothing"}, "没有读词库的这个检查项"),
        ({"note": ""}, "理由"),
        ({"conditions": "随便"}, "没有“随便”这个条件"),
        ({"valid_from": "2026-12-01", "valid_to": "2026-11-01"}, "停用早于起用"),
        ({"valid_from": "yesterday"}, "日期"),
    ],
)
def test_a_faulty_term_says_what_is_wrong(li_supervisor, moment, change, says):
    with pytest.raises(Refused) as why:
        propose(row={**ROW, **change}, by=li_supervisor, now=moment)
    assert says in why.value.text
    assert not Term.objects.exists()


def test_the_same_term_is_not_proposed_twice_unless_it_was_ended(li_supervisor, moment):
    term = propose(row=ROW, by=li_supervisor, now=moment)
    with pytest.raises(Refused, match="已经有了"):
        propose(row=ROW, by=li_supervisor, now=moment)
    with pytest.raises(NoteMissing):
        end(term_id=term.pk, why=" ", by=li_supervisor, now=moment)
    end(term_id=term.pk, why="写错了", by=li_supervisor, now=moment)
    propose(row=ROW, by=li_supervisor, now=moment)
    with pytest.raises(Refused, match="已经有了"):
        reopen(term_id=term.pk, by=li_supervisor, now=moment)


def test_an_ending_is_taken_back_and_waits_for_a_second_person_again(li_supervisor, province_supervisor, moment):
    term = propose(row=ROW, by=li_supervisor, now=moment)
    approve(term_id=term.pk, by=province_supervisor, now=moment)
    end(term_id=term.pk, why="误停", by=li_supervisor, now=moment)
    reopen(term_id=term.pk, by=province_supervisor, now=moment)
    term.refresh_from_db()
    assert (term.state, term.proposed_by, term.approved_by) == (State.PROPOSED, province_supervisor, None)
    approve(term_id=term.pk, by=li_supervisor, now=moment)


def test_only_supervisors_over_the_place_may_touch_terms(
    li_supervisor, zhou_supervisor, sun_inspector, suzhou, moment
):
    with pytest.raises(NoRight):
        propose(row=ROW, by=sun_inspector, now=moment)
    term = propose(row=ROW, by=li_supervisor, now=moment)
    other = make_user("sz", "苏州监管", "supervisor", division=suzhou)
    for person in (zhou_supervisor, other, sun_inspector):
        with pytest.raises(NoRight):
            approve(term_id=term.pk, by=person, now=moment)
    # What holds in the city holds in its counties, whose people may see it.
    assert list(visible_to(zhou_supervisor)) == [term]
    assert list(visible_to(other)) == []


def test_the_preview_counts_what_would_be_hit_and_keeps_nothing(account, li_supervisor, moment):
    make_post(account, on=date(2026, 11, 20), title="蓝天街道办", text="蓝天街道办和“蓝天街道办”。")
    make_post(account, on=date(2026, 11, 20), text="与此无关。")
    make_post(account, on=date(2026, 1, 1), text="蓝天街道办。")
    term = propose(row={**ROW, "conditions": "引号内可用"}, by=li_supervisor, now=moment)
    seen = preview(term, now=moment)
    assert (seen.posts, seen.hits, seen.more) == (1, 2, False)
    assert [one.found for one in seen.samples] == ["蓝天街道办"] * 2
    assert not TextHit.objects.exists()


def test_a_rescan_reads_the_archive_once_and_says_how_far_it_is(account, li_supervisor, province_supervisor, moment):
    old = make_post(account, on=date(2026, 3, 1), text="蓝天街道办通知居民。")
    make_post(account, on=date(2026, 11, 1), text="蓝天街道办通知居民。")
    make_post(account, on=date(2026, 11, 2), text="与此无关。")
    inspect_due(now=moment)
    term = propose(row=ROW, by=li_supervisor, now=moment)
    with pytest.raises(WrongState):
        start_rescan(term_id=term.pk, since=date(2026, 1, 1), by=li_supervisor, now=moment)
    approve(term_id=term.pk, by=province_supervisor, now=moment)
    with pytest.raises(Refused, match="三年"):
        start_rescan(term_id=term.pk, since=date(2010, 1, 1), by=li_supervisor, now=moment)
    start_rescan(term_id=term.pk, since=date(2026, 6, 1), by=li_supervisor, now=moment)
    with pytest.raises(WrongState):
        start_rescan(term_id=term.pk, since=date(2026, 6, 1), by=li_supervisor, now=moment)
    assert rescan_due(now=moment) == {account.pk}
    done = Rescan.objects.get()
    assert (done.looked, done.found, done.finished_at, done.share) == (1, 1, moment, 1.0)
    assert rescan_due(now=moment) == set()
    assert not TextHit.objects.filter(post=old).exists()


def test_a_rescan_can_be_stopped(account, li_supervisor, province_supervisor, moment):
    make_post(account, on=date(2026, 11, 1), text="蓝天街道办通知居民。")
    term = propose(row=ROW, by=li_supervisor, now=moment)
    approve(term_id=term.pk, by=province_supervisor, now=moment)
    rescan = start_rescan(term_id=term.pk, since=(moment - timedelta(days=60)).date(), by=li_supervisor, now=moment)
    assert rescan_due(now=moment, go_on=lambda: False) == set()
    stop_rescan(rescan_id=rescan.pk, by=li_supervisor, now=moment)
    assert rescan_due(now=moment) == set()
    with pytest.raises(WrongState):
        stop_rescan(rescan_id=rescan.pk, by=li_supervisor, now=moment)
