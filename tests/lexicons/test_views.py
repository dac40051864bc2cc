"""Pages of terms as a supervisor uses them."""

from datetime import date

import pytest
from django.urls import reverse

from factories import make_account, make_post
from govmedia.lexicons.models import Rescan, Term
from lexicons.test_services import ROW

pytestmark = pytest.mark.django_db


def test_a_term_is_previewed_proposed_approved_and_the_archive_read(
    client, gulou_health, li_supervisor, province_supervisor
):
    make_post(make_account(gulou_health), on=date(2026, 11, 20), text="蓝天街道办通知居民。")
    client.force_login(li_supervisor)
    page = client.post(reverse("lexicons:new"), {**ROW, "preview": "1"})
    assert (page.status_code, page.context["preview"].hits) == (200, 1)
    assert page.context["form"]["note"].value() == ROW["note"]
    assert not Term.objects.exists()
    answer = client.post(reverse("lexicons:new"), ROW)
    term = Term.objects.get()
    assert answer["Location"] == reverse("lexicons:detail", args=[term.pk])
    assert "同意启用" not in client.get(answer["Location"]).content.decode()
    client.force_login(province_supervisor)
    assert "同意启用" in client.get(answer["Location"]).content.decode()
    client.post(reverse("lexicons:settle", args=[term.pk]), {"deed": "approve"})
    client.post(reverse("lexicons:rescan", args=[term.pk]), {"since": "2026-06-01"})
    assert Rescan.objects.get().term == term


def test_a_faulty_term_keeps_what_was_typed(client, li_supervisor):
    client.force_login(li_supervisor)
    page = client.post(reverse("lexicons:new"), {**ROW, "conditions": "随便"})
    assert page.status_code == 422
    assert page.context["form"]["term"].value() == ROW["term"]
    assert "没有“随便”这个条件" in page.content.decode()


def test_a_refused_ending_keeps_its_reason(client, li_supervisor):
    client.force_login(li_supervisor)
    client.post(reverse("lexicons:new"), ROW)
    settle = reverse("lexicons:settle", args=[Term.objects.get().pk])
    assert client.post(settle, {"deed": "end", "why": " "}).status_code == 422
    client.post(settle, {"deed": "end", "why": "写错了"})
    page = client.post(settle, {"deed": "end", "why": "再停一次"})
    assert page.status_code == 409


def test_the_list_shows_one_row_and_three_in_as_many_queries(client, li_supervisor, django_assert_num_queries):
    client.force_login(li_supervisor)
    for number in range(3):
        client.post(reverse("lexicons:new"), {**ROW, "term": f"蓝天街道办{number}号"})
        with django_assert_num_queries(11):
            assert client.get(reverse("lexicons:list")).context["page"].total == number + 1
