"""Posts are read again when the checks have changed, and people's word on them stands."""

from datetime import date, timedelta
from functools import partial

import pytest

from factories import make_account, make_post
from govmedia.engine.content.inspector import Inspector
from govmedia.inspections import program
from govmedia.inspections.models import Inspected, TextHit
from govmedia.inspections.services import decide, inspect_due, renew_due
from govmedia.inspections.states import State

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
WRONG = "现将国办发[2019]51号转发给你们。"


@pytest.fixture
def account(gulou_health):
    return make_account(gulou_health, name="健康鼓楼")


def _with_checks(monkeypatch, *codes):
    """Another release: other checks, so another mark."""
    monkeypatch.setattr(program, "Inspector", partial(Inspector, only=list(codes)))
    monkeypatch.setattr(program, "_stamp", lambda parts: str(codes)[:16])
    monkeypatch.setattr(program, "_kept", None)


def test_a_new_installation_reads_nothing_twice(account, moment):
    make_post(account, on=ON, text=WRONG)
    inspect_due(now=moment)
    assert renew_due(now=moment).posts == 0
    assert renew_due(now=moment).posts == 0


def test_what_counts_still_is_read_again_in_steps(account, moment, monkeypatch):
    from govmedia.inspections.services import renewing

    old = make_post(account, on=date(2026, 6, 30), text=WRONG)
    posts = [make_post(account, on=ON, text=f"{WRONG}第{n}次。") for n in range(5)]
    _with_checks(monkeypatch, "form_range")
    inspect_due(now=moment)
    renew_due(now=moment)
    assert not TextHit.objects.exists()
    _with_checks(monkeypatch, "form_document_number")
    monkeypatch.setattr(renewing, "STEP", 2)
    first = renew_due(now=moment, limit=2)
    assert (first.posts, first.found, first.accounts) == (2, 2, {account.pk})
    rest = renew_due(now=moment)
    assert (rest.posts, rest.found) == (3, 3)
    assert renew_due(now=moment).posts == 0
    assert set(TextHit.objects.values_list("post_id", flat=True)) == {post.pk for post in posts}
    assert Inspected.objects.get(post=old).checks != Inspected.objects.get(post=posts[0]).checks


def test_what_the_new_checks_no_longer_say_goes_but_a_humans_word_stays(account, moment, monkeypatch, li_supervisor):
    make_post(account, on=ON, text=WRONG)
    make_post(account, on=ON, text="又见国办发[2020]3号。")
    inspect_due(now=moment)
    renew_due(now=moment)
    first, second = TextHit.objects.order_by("pk")
    decide(hit_id=first.pk, ruling="right", by=li_supervisor, now=moment)
    _with_checks(monkeypatch, "form_range")
    renew_due(now=moment)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.RIGHT, State.GONE)


def test_a_post_that_is_gone_takes_even_what_a_human_said(account, moment, li_supervisor):
    from govmedia.posts.models import PostEvent

    post = make_post(account, on=ON, text=WRONG)
    inspect_due(now=moment)
    decide(hit_id=TextHit.objects.get().pk, ruling="right", by=li_supervisor, now=moment)
    post.state = post.State.GONE
    post.save()
    PostEvent.objects.create(post=post, at=moment, kind=PostEvent.Kind.GONE)
    inspect_due(now=moment + timedelta(hours=1))
    assert TextHit.objects.get().state == State.GONE
