"""Pages of content inspection as each kind of person uses them."""

from datetime import date

import pytest
from django.urls import reverse

from factories import make_account, make_post
from govmedia.inspections.models import Allowance, TextHit
from govmedia.inspections.services import decide, inspect_due
from govmedia.inspections.states import State

pytestmark = pytest.mark.django_db
TEXT = "现将国办发[2019]51号转发给你们。\n请认真落实国办发[2020]3号。"


@pytest.fixture
def hits(gulou_health, moment):
    account = make_account(gulou_health, name="健康鼓楼")
    for _ in range(2):
        make_post(account, on=date(2026, 11, 20), title="转发通知", text=TEXT)
    inspect_due(now=moment)
    return list(TextHit.objects.order_by("pk"))


def test_a_pasted_text_shows_its_hits_in_place_and_nothing_is_kept(client, chen_operator):
    client.force_login(chen_operator)
    page = client.post(reverse("inspections:paste"), {"title": "通知", "text": TEXT})
    body = page.content.decode()
    assert page.status_code == 200
    assert body.count('class="hit notice"') == 2
    assert "提示 2" in body
    assert not TextHit.objects.exists()


def test_accepted_suggestions_are_made_and_the_text_inspected_again(client, chen_operator):
    client.force_login(chen_operator)
    given = {"title": "", "text": TEXT, "take": ["form_document_number-text-5-14", "nonsense"], "accept": "1"}
    page = client.post(reverse("inspections:paste"), given)
    assert page.context["accepted"] == 1
    assert page.context["form"]["text"].value() == TEXT.replace("[2019]51号", "〔2019〕51号")
    assert len(page.context["cards"]) == 1


@pytest.mark.parametrize("text", ["", " \n", "字" * 100_001])
def test_a_text_that_cannot_be_inspected_is_told_why_and_stays(client, chen_operator, text):
    client.force_login(chen_operator)
    page = client.post(reverse("inspections:paste"), {"title": "通知", "text": text})
    assert page.status_code == 422
    assert page.context["form"].errors["text"]
    assert page.context["form"]["title"].value() == "通知"


def test_markup_in_a_pasted_text_is_shown_as_text(client, chen_operator):
    client.force_login(chen_operator)
    page = client.post(reverse("inspections:paste"), {"text": "<script>alert(1)</script>国办发[2019]51号</textarea>"})
    assert "<script>alert" not in page.content.decode()
    assert "&lt;/textarea&gt;" in page.content.decode()


def test_the_queue_goes_from_hit_to_hit_by_rulings(client, li_supervisor, hits):
    client.force_login(li_supervisor)
    page = client.get(reverse("inspections:queue"))
    assert (page.context["total"], page.context["hit"]) == (4, hits[0])
    answer = client.post(
        reverse("inspections:decide", args=[hits[0].pk]), {"ruling": "wrong", "next": "queue", "check": ""}
    )
    assert answer["Location"] == reverse("inspections:queue")
    page = client.get(answer["Location"])
    assert (page.context["total"], page.context["hit"]) == (3, hits[1])
    assert [one.pk for one in page.context["like"]] == [hits[0].pk]
    skipping = client.get(reverse("inspections:queue"), {"skip": f"{hits[1].pk},x,"})
    assert skipping.context["hit"] == hits[2]
    client.post(reverse("inspections:undo", args=[hits[0].pk]))
    hits[0].refresh_from_db()
    assert hits[0].state == State.OPEN


def test_a_hit_somebody_else_ruled_on_says_so(client, li_supervisor, hits, moment):
    decide(hit_id=hits[0].pk, ruling="right", by=li_supervisor, now=moment)
    client.force_login(li_supervisor)
    answer = client.post(reverse("inspections:decide", args=[hits[0].pk]), {"ruling": "wrong"}, follow=True)
    assert "可能已有人先处理" in answer.content.decode()


def test_an_allowance_is_proposed_and_settled_on_the_pages(client, li_supervisor, sun_inspector, hits, moment):
    decide(hit_id=hits[0].pk, ruling="wrong", by=li_supervisor, now=moment)
    client.force_login(li_supervisor)
    propose = reverse("inspections:propose", args=[hits[0].pk])
    refused = client.post(propose, {"phrase": "别的", "why": "原文如此"})
    assert refused.status_code == 422
    assert refused.context["allowance_form"]["why"].value() == "原文如此"
    client.post(propose, {"phrase": "国办发[2019]51号", "why": "原文如此"})
    made = Allowance.objects.get()
    own = client.get(reverse("inspections:checks")).content.decode()
    assert "国办发[2019]51号" in own and "同意放行" not in own
    client.force_login(sun_inspector)
    client.post(reverse("inspections:settle", args=[made.pk]), {"deed": "approve"})
    made.refresh_from_db()
    assert made.approved_by == sun_inspector


def test_an_operator_sees_what_is_sure_and_cannot_rule(client, chen_operator, hits):
    client.force_login(chen_operator)
    TextHit.objects.filter(pk=hits[0].pk).update(auto=False)
    assert client.get(reverse("inspections:list")).context["page"].total == 3
    assert client.get(reverse("inspections:detail", args=[hits[0].pk])).status_code == 404
    assert client.get(reverse("inspections:detail", args=[hits[1].pk])).status_code == 200
    assert client.post(reverse("inspections:decide", args=[hits[1].pk]), {"ruling": "wrong"}).status_code == 403
    assert client.get(reverse("inspections:queue")).status_code == 403


def test_every_check_has_a_line_with_its_figures(client, li_supervisor, hits):
    client.force_login(li_supervisor)
    body = client.get(reverse("inspections:checks")).content.decode()
    assert "发文字号" in body and "form_document_number" in body


def test_the_list_exports_what_it_shows(client, li_supervisor, hits):
    client.force_login(li_supervisor)
    body = b"".join(client.get(reverse("inspections:list"), {"export": "csv"}).streaming_content).decode("utf-8-sig")
    assert body.count("[2019]51号") == 2
