"""An inspector goes from one account of a round to the next."""

import pytest
from django.urls import reverse

from govmedia.rounds.queries import seats_of
from govmedia.rounds.services import begin
from rounds.conftest import opened

pytestmark = pytest.mark.django_db


def test_after_a_verdict_the_next_account_is_one_key_away(accounts, li_supervisor, sun_inspector, moment, client):
    held = opened(li_supervisor, [sun_inspector], moment)
    first, second = seats_of(sun_inspector)[:2]
    check = begin(seat_id=first.pk, by=sun_inspector, now=moment)
    client.force_login(sun_inspector)
    page = client.post(reverse("checks:finish", args=[check.pk]), follow=True)
    assert page.redirect_chain[-1][0] == reverse("rounds:work", args=[held.pk])
    assert page.context["next"] == second
    text = page.content.decode()
    assert f"「{first.sample.account.name}」：" in text
    assert f'action="{reverse("rounds:seat", args=[second.pk])}"' in text
    assert "data-focus>开始检查</button>" in text
    verdict = client.get(reverse("checks:detail", args=[check.pk])).content.decode()
    assert f'href="{reverse("rounds:work", args=[held.pk])}">查这一轮的下一个' in verdict
    client.force_login(li_supervisor)
    assert "查这一轮的下一个" not in client.get(reverse("checks:detail", args=[check.pk])).content.decode()
