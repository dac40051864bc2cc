"""A ruling becomes a sentence that the checks must judge so ever after: two people's decision, tried by itself."""

from datetime import date, timedelta
from functools import partial

import pytest

from factories import make_account, make_post
from govmedia.common.refusals import NoteMissing, Refused, WrongState
from govmedia.engine.content.inspector import Inspector
from govmedia.inspections import program as program_of
from govmedia.inspections.models import Specimen, TextHit
from govmedia.inspections.services import (
    allow,
    decide,
    end_specimen,
    inspect_due,
    keep_specimen,
    propose_allowance,
    propose_specimen,
    try_specimens,
    undo,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
TEXT = "各镇街道：现将苏试发[2019]51号转发给你们。请认真执行。"


@pytest.fixture
def hit(gulou_health, moment):
    make_post(make_account(gulou_health, name="健康鼓楼"), on=ON, title="通知", text=TEXT)
    inspect_due(now=moment)
    return TextHit.objects.get()


def _kept(hit, ruling, proposer, approver, moment):
    decide(hit_id=hit.pk, ruling=ruling, by=proposer, now=moment)
    made = propose_specimen(hit_id=hit.pk, why="原文如此", by=proposer, now=moment)
    return keep_specimen(specimen_id=made.pk, by=approver, now=moment)


def test_the_sentence_is_kept_with_the_place_of_the_fault(hit, li_supervisor, province_supervisor, moment):
    made = _kept(hit, "right", li_supervisor, province_supervisor, moment)
    assert (made.text, made.found, made.is_error) == (
        "各镇街道：现将苏试发[2019]51号转发给你们。",
        "[2019]51号",
        True,
    )
    assert made.holds is None
    assert try_specimens(now=moment) == 0
    made.refresh_from_db()
    assert made.holds is True


def test_two_people_and_a_reason(hit, li_supervisor, province_supervisor, moment):
    with pytest.raises(WrongState):
        propose_specimen(hit_id=hit.pk, why="原文如此", by=li_supervisor, now=moment)
    decide(hit_id=hit.pk, ruling="right", by=li_supervisor, now=moment)
    with pytest.raises(NoteMissing):
        propose_specimen(hit_id=hit.pk, why=" ", by=li_supervisor, now=moment)
    made = propose_specimen(hit_id=hit.pk, why="原文如此", by=li_supervisor, now=moment)
    with pytest.raises(Refused, match="已经是测试句"):
        propose_specimen(hit_id=hit.pk, why="再提", by=li_supervisor, now=moment)
    with pytest.raises(Refused, match="不能自己复核"):
        keep_specimen(specimen_id=made.pk, by=li_supervisor, now=moment)
    undo(hit_id=hit.pk, by=li_supervisor, now=moment)
    with pytest.raises(WrongState):
        keep_specimen(specimen_id=made.pk, by=province_supervisor, now=moment)


def test_a_false_alarm_does_not_hold_until_the_check_passes_over_it(hit, li_supervisor, province_supervisor, moment):
    made = _kept(hit, "wrong", li_supervisor, province_supervisor, moment)
    assert try_specimens(now=moment) == 1
    allowed = propose_allowance(hit_id=hit.pk, phrase="苏试发[2019]51号", why="原文", by=li_supervisor, now=moment)
    allow(allowance_id=allowed.pk, by=province_supervisor, now=moment)
    assert try_specimens(now=moment) == 0, "tried again since what people decided has changed"
    made.refresh_from_db()
    assert made.holds is True
    assert try_specimens(now=moment + timedelta(hours=1)) == 0


def test_no_allowance_may_silence_a_specimen(hit, gulou_health, li_supervisor, province_supervisor, moment):
    _kept(hit, "right", li_supervisor, province_supervisor, moment)
    make_post(make_account(gulou_health, name="文明鼓楼"), on=ON, title="", text="见苏试发[2019]51号。")
    inspect_due(now=moment)
    other = TextHit.objects.get(state="open")
    decide(hit_id=other.pk, ruling="wrong", by=li_supervisor, now=moment)
    wide = propose_allowance(hit_id=other.pk, phrase="发[2019]51号", why="原文", by=li_supervisor, now=moment)
    with pytest.raises(Refused, match="1 条已复核为错误的测试句"):
        allow(allowance_id=wide.pk, by=province_supervisor, now=moment)
    narrow = propose_allowance(hit_id=other.pk, phrase="见苏试发[2019]51号", why="原文", by=li_supervisor, now=moment)
    allow(allowance_id=narrow.pk, by=province_supervisor, now=moment)


def test_a_check_that_no_longer_finds_it_is_told_of(
    hit, li_supervisor, province_supervisor, moment, monkeypatch, client
):
    _kept(hit, "right", li_supervisor, province_supervisor, moment)
    monkeypatch.setattr(program_of, "Inspector", partial(Inspector, only=["form_range"]))
    monkeypatch.setattr(program_of, "_kept", None)
    assert try_specimens(now=moment) == 1
    client.force_login(province_supervisor)
    assert "1 条</b></a>与现在的检查不符" in client.get("/desk/inspect/checks/").content.decode()
    listed = client.get("/desk/inspect/specimens/?standing=fails").content.decode()
    assert "[2019]51号" in listed and "不符" in listed
    assert "[2019]51号" not in client.get("/desk/inspect/specimens/?standing=holds").content.decode()


def test_one_that_is_ended_is_tried_no_more(hit, li_supervisor, province_supervisor, moment):
    made = _kept(hit, "wrong", li_supervisor, province_supervisor, moment)
    end_specimen(specimen_id=made.pk, by=li_supervisor, now=moment)
    assert try_specimens(now=moment) == 0
    with pytest.raises(WrongState):
        end_specimen(specimen_id=made.pk, by=li_supervisor, now=moment)


def test_a_hit_that_only_its_post_explains_is_no_specimen(hit, li_supervisor, moment, monkeypatch):
    decide(hit_id=hit.pk, ruling="right", by=li_supervisor, now=moment)
    monkeypatch.setattr(program_of, "Inspector", partial(Inspector, only=["form_range"]))
    monkeypatch.setattr(program_of, "_kept", None)
    with pytest.raises(Refused, match="单独这一句查不出"):
        propose_specimen(hit_id=hit.pk, why="原文如此", by=li_supervisor, now=moment)
    assert not Specimen.objects.exists()


def test_from_the_hit_to_the_export(hit, li_supervisor, province_supervisor, moment, client, capsys):
    from argparse import Namespace

    from govmedia.cli.tables import run_export_specimens

    decide(hit_id=hit.pk, ruling="right", by=li_supervisor, now=moment)
    client.force_login(li_supervisor)
    assert "存为测试句" in client.get(f"/desk/inspect/hits/{hit.pk}/").content.decode()
    client.post(f"/desk/inspect/hits/{hit.pk}/specimen/", {"why": "原文如此"})
    made = Specimen.objects.get()
    client.force_login(province_supervisor)
    page = client.get("/desk/inspect/checks/").content.decode()
    assert "待复核的句子" in page and "原文如此" in page
    client.post(f"/desk/inspect/specimens/{made.pk}/", {"deed": "approve", "next": "checks"})
    run_export_specimens.__wrapped__(Namespace())
    assert '"errors":["[2019]51号"]' in capsys.readouterr().out
