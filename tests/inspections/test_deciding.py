"""People's word on hits: who may say it, what follows from it, and how it is taken back."""

from datetime import date

import pytest

from factories import make_account, make_post, make_user
from govmedia.audit.models import Entry
from govmedia.common.refusals import NoRight, NoteMissing, Refused, WrongState
from govmedia.inspections.models import Allowance, Demotion, TextHit
from govmedia.inspections.program import program
from govmedia.inspections.queries import like_cases, queue_for, visible_to
from govmedia.inspections.services import (
    allow,
    decide,
    end_allowance,
    inspect_due,
    propose_allowance,
    restore_check,
    undo,
)
from govmedia.inspections.services.deciding import lowest_share
from govmedia.inspections.states import State

pytestmark = pytest.mark.django_db
TEXT = "现将苏试发[2019]51号转发给你们。"


@pytest.fixture
def account(gulou_health):
    return make_account(gulou_health, name="健康鼓楼")


def _written(account, now, count=1):
    for _ in range(count):
        make_post(account, on=date(2026, 11, 20), text=TEXT)
    inspect_due(now=now)
    return list(TextHit.objects.filter(check_code="form_document_number").order_by("pk"))


def test_a_ruling_is_kept_logged_and_taken_back(account, li_supervisor, moment):
    (hit,) = _written(account, moment)
    decide(hit_id=hit.pk, ruling="minor", by=li_supervisor, now=moment)
    with pytest.raises(WrongState):
        decide(hit_id=hit.pk, ruling="right", by=li_supervisor, now=moment)
    hit.refresh_from_db()
    assert (hit.state, hit.decided_by) == (State.MINOR, li_supervisor)
    undo(hit_id=hit.pk, by=li_supervisor, now=moment)
    hit.refresh_from_db()
    assert (hit.state, hit.decided_by) == (State.OPEN, None)
    verbs = Entry.objects.filter(subject=f"texthit:{hit.pk}").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["inspection.decide", "inspection.undo"]
    with pytest.raises(WrongState):
        undo(hit_id=hit.pk, by=li_supervisor, now=moment)


def test_only_those_over_the_account_may_rule(account, chen_operator, suzhou, moment):
    (hit,) = _written(account, moment)
    stranger = make_user("sz", "苏州监管", "supervisor", division=suzhou)
    for person in (chen_operator, stranger):
        with pytest.raises(NoRight):
            decide(hit_id=hit.pk, ruling="right", by=person, now=moment)
    assert not queue_for(stranger).exists()
    with pytest.raises(Refused):
        decide(
            hit_id=hit.pk,
            ruling="gone",
            by=make_user("nj", "宁监管", "supervisor", division=account.division),
            now=moment,
        )


def test_an_organisation_never_sees_what_is_only_suspected(account, chen_operator, li_supervisor, moment):
    (hit,) = _written(account, moment)
    TextHit.objects.update(auto=False)
    assert not visible_to(chen_operator).exists()
    assert list(visible_to(li_supervisor)) == [hit]
    decide(hit_id=hit.pk, ruling="right", by=li_supervisor, now=moment)
    assert list(visible_to(chen_operator)) == [hit]


def test_an_allowance_needs_two_people_and_then_holds(
    account, li_supervisor, zhou_supervisor, province_supervisor, moment
):
    first, second = _written(account, moment, 2)
    with pytest.raises(WrongState):
        propose_allowance(hit_id=first.pk, phrase="苏试发[2019]51号", why="原文如此", by=li_supervisor, now=moment)
    decide(hit_id=first.pk, ruling="wrong", by=li_supervisor, now=moment)
    for phrase, why, refusal in (
        ("苏试发[2019]51号", " ", NoteMissing),
        ("苏试发", "原文如此", Refused),
        ("另一处[2019]51号", "原文如此", Refused),
    ):
        with pytest.raises(refusal):
            propose_allowance(hit_id=first.pk, phrase=phrase, why=why, by=li_supervisor, now=moment)
    made = propose_allowance(hit_id=first.pk, phrase="苏试发[2019]51号", why="原文如此", by=li_supervisor, now=moment)
    with pytest.raises(Refused):
        propose_allowance(hit_id=first.pk, phrase="苏试发[2019]51号", why="再提", by=li_supervisor, now=moment)
    with pytest.raises(Refused, match="不能自己复核"):
        allow(allowance_id=made.pk, by=li_supervisor, now=moment)
    before = program(moment.date()).fingerprint
    with pytest.raises(NoRight):
        # A county's supervisor cannot decide what holds in the whole city.
        allow(allowance_id=made.pk, by=zhou_supervisor, now=moment)
    allow(allowance_id=made.pk, by=province_supervisor, now=moment)
    second.refresh_from_db()
    assert second.state == State.WRONG
    assert program(moment.date()).fingerprint != before
    _written(account, moment)
    assert TextHit.objects.filter(state=State.OPEN).count() == 0
    end_allowance(allowance_id=made.pk, by=province_supervisor, now=moment)
    assert len(_written(account, moment)) == 3


def test_a_proposal_falls_with_the_ruling_it_rests_on(account, li_supervisor, province_supervisor, moment):
    (hit,) = _written(account, moment)
    decide(hit_id=hit.pk, ruling="wrong", by=li_supervisor, now=moment)
    made = propose_allowance(hit_id=hit.pk, phrase="[2019]51号", why="原文如此", by=li_supervisor, now=moment)
    undo(hit_id=hit.pk, by=li_supervisor, now=moment)
    with pytest.raises(WrongState):
        allow(allowance_id=made.pk, by=province_supervisor, now=moment)
    assert not Allowance.objects.filter(ended_at__isnull=True).exists()


def test_a_check_that_is_overturned_too_often_is_demoted_by_itself(
    account, li_supervisor, province_supervisor, moment
):
    hits = _written(account, moment, 8)
    for hit in hits[:6]:
        decide(hit_id=hit.pk, ruling="right", by=li_supervisor, now=moment)
    decide(hit_id=hits[6].pk, ruling="wrong", by=li_supervisor, now=moment)
    assert not Demotion.objects.exists()
    decide(hit_id=hits[7].pk, ruling="wrong", by=li_supervisor, now=moment)
    assert "8 处自动提示中有 2 处是误报" in Demotion.objects.get().reason
    make_post(account, on=date(2026, 11, 21), text=TEXT)
    inspect_due(now=moment)
    assert TextHit.objects.latest("pk").auto is False
    with pytest.raises(NoRight):
        restore_check(check_code="form_document_number", why="已修", by=li_supervisor, now=moment)
    with pytest.raises(NoteMissing):
        restore_check(check_code="form_document_number", why=" ", by=province_supervisor, now=moment)
    restore_check(check_code="form_document_number", why="已修", by=province_supervisor, now=moment)
    make_post(account, on=date(2026, 11, 22), text=TEXT)
    inspect_due(now=moment)
    assert TextHit.objects.latest("pk").auto is True


def test_the_kindest_reading_of_few_rulings_is_kind():
    assert lowest_share(0, 0) == 0
    assert lowest_share(1, 8) < 0.05 < lowest_share(2, 8)
    assert lowest_share(5, 100) < 0.05 < lowest_share(11, 100)


def test_like_cases_are_those_with_the_same_words_first(account, li_supervisor, moment):
    first, second, third = _written(account, moment, 3)
    decide(hit_id=first.pk, ruling="right", by=li_supervisor, now=moment)
    decide(hit_id=second.pk, ruling="wrong", by=li_supervisor, now=moment)
    assert {hit.pk for hit in like_cases(third)} == {first.pk, second.pk}
