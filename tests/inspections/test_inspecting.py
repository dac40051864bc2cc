"""From a post to its hits, and what an edit, a deletion and a human's word do to them."""

from datetime import date, timedelta

import pytest

from factories import make_account, make_post
from govmedia.common import installation
from govmedia.inspections import queries
from govmedia.inspections.models import Inspected, TextHit
from govmedia.inspections.services import begin_at, decide, inspect_due, inspect_posts
from govmedia.inspections.services.inspecting import POSTS_READ
from govmedia.inspections.states import State
from govmedia.posts.models import PostEvent

pytestmark = pytest.mark.django_db
WRONG = "现将国办发[2019]51号转发给你们。"
RIGHT = "现将国办发〔2019〕51号转发给你们。"
ON = date(2026, 11, 20)


@pytest.fixture
def account(gulou_health):
    return make_account(gulou_health, name="健康鼓楼")


def _hits(**values):
    return TextHit.objects.filter(check_code="form_document_number", **values).order_by("pk")


def _edit(post, text, now):
    before = post.text
    post.text, post.version = text, post.version + 1
    post.save()
    PostEvent.objects.create(post=post, at=now, kind=PostEvent.Kind.EDITED, text_before=before)


def test_new_posts_are_inspected_once(account, moment):
    post = make_post(account, on=ON, title="通知", text=WRONG)
    first = inspect_due(now=moment)
    assert (first.posts, first.accounts) == (1, {account.pk})
    hit = _hits().get()
    assert (hit.post_id, hit.found, hit.suggestion, hit.state) == (post.pk, "[2019]51号", "〔2019〕51号", State.OPEN)
    assert hit.before + hit.found + hit.after == WRONG
    assert Inspected.objects.get().sm3 == post.sm3
    assert inspect_due(now=moment).posts == 0
    assert _hits().count() == 1


def test_an_edit_that_cures_ends_the_hit_and_one_that_brings_it_back_raises_another(account, moment):
    post = make_post(account, on=ON, text=WRONG)
    inspect_due(now=moment)
    _edit(post, RIGHT, moment)
    report = inspect_due(now=moment)
    assert (report.cured, report.accounts) == (1, {account.pk})
    assert [hit.state for hit in _hits()] == [State.GONE]
    _edit(post, WRONG, moment)
    inspect_due(now=moment)
    assert [hit.state for hit in _hits()] == [State.GONE, State.OPEN]


def test_an_edit_elsewhere_keeps_what_a_human_said(account, li_supervisor, moment):
    post = make_post(account, on=ON, text=WRONG)
    inspect_due(now=moment)
    decide(hit_id=_hits().get().pk, ruling="wrong", by=li_supervisor, now=moment)
    _edit(post, "各单位：" + WRONG, moment)
    assert inspect_due(now=moment).found == 0
    assert _hits().get().state == State.WRONG


def test_a_deleted_post_has_no_hits_left(account, moment):
    post = make_post(account, on=ON, text=WRONG)
    inspect_due(now=moment)
    post.state = "gone"
    post.save()
    PostEvent.objects.create(post=post, at=moment, kind=PostEvent.Kind.GONE)
    inspect_due(now=moment)
    assert [hit.state for hit in _hits()] == [State.GONE]


def test_an_archive_taken_over_is_left_for_a_rescan(account, moment):
    old = make_post(account, on=ON, text=WRONG)
    assert begin_at(since=old.first_seen_at + timedelta(minutes=1), now=moment) == old.pk
    assert inspect_due(now=moment).posts == 0
    assert installation.read(POSTS_READ) == old.pk
    assert inspect_posts(post_ids=[old.pk], now=moment).found == 1


def test_a_run_stops_where_it_is_told_and_goes_on_there(account, moment):
    for number in range(3):
        make_post(account, on=ON, text=WRONG + str(number))
    assert inspect_due(now=moment, go_on=lambda: False).posts == 0
    assert inspect_due(now=moment).posts == 3


def test_judging_takes_what_is_sure_or_ruled_right_and_no_hints(account, li_supervisor, moment):
    post = make_post(account, on=ON, title="通知", text="x")
    common = {
        "post": post, "account": account, "counts_on": ON, "check_code": "typo", "category": "typo", "field": "text",
        "start": 0, "end": 1, "message": "错字", "confidence": 0.9, "post_sm3": post.sm3, "gain": 1,
        "seen_at": moment,
    }  # fmt: skip
    TextHit.objects.create(**common, level="deduct", auto=True, found="sure")
    suspected = TextHit.objects.create(**common, level="deduct", auto=False, found="suspected")
    TextHit.objects.create(**common, level="deduct", auto=True, found="gone", state=State.GONE)
    TextHit.objects.create(**common, level="notice", auto=True, found="hint")
    wrong = TextHit.objects.create(**common, level="deduct", auto=True, found="wrong")
    decide(hit_id=wrong.pk, ruling="wrong", by=li_supervisor, now=moment)
    rows = queries.fact_rows([account.pk], ON, ON)[account.pk]
    assert [(row.found, row.ruled, row.title) for row in rows] == [("sure", False, "通知")]
    decide(hit_id=suspected.pk, ruling="right", by=li_supervisor, now=moment)
    rows = queries.fact_rows([account.pk], ON, ON)[account.pk]
    assert [(row.found, row.ruled) for row in rows] == [("sure", False), ("suspected", True)]
    assert queries.fact_rows([account.pk], ON + timedelta(days=1), ON + timedelta(days=9)) == {}


def test_what_is_less_likely_right_than_wrong_takes_nobodys_time(account, moment, monkeypatch):
    from dataclasses import replace

    from govmedia.inspections import program

    class Unsure(program.Inspector.func):
        def inspect_all(self, posts):
            for found in super().inspect_all(posts):
                first, second = found.hits
                yield replace(found, hits=(replace(first, auto=False, confidence=0.4), replace(second, auto=False)))

    monkeypatch.setattr(program, "Inspector", lambda **given: Unsure(**given, only=["form_document_number"]))
    make_post(account, on=ON, text=WRONG + "又国办发[2020]3号。")
    inspect_due(now=moment)
    assert [hit.found for hit in _hits()] == ["[2020]3号"]
