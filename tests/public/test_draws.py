"""What anybody sees of a draw: the population, the promise, the draw, and nothing before it is announced."""

import json

import pytest

from govmedia.engine.draw_check import differences, draw_from_json
from govmedia.engine.population import read_population
from govmedia.rounds.services import announce, draw_round, plan_round
from rounds.conftest import PLAN
from rounds.conftest import accounts as accounts

pytestmark = pytest.mark.django_db


def test_the_published_files_are_enough_to_repeat_a_draw(accounts, li_supervisor, moment, client):
    held = plan_round(values=PLAN, by=li_supervisor, now=moment)
    assert "还没有公开抽取" in client.get("/draws/").content.decode()
    assert client.get(f"/draws/{held.pk}/").status_code == 404
    assert client.get(f"/draws/{held.pk}/population.csv").status_code == 404
    announce(round_id=held.pk, by=li_supervisor, now=moment)
    held.refresh_from_db()
    page = client.get(f"/draws/{held.pk}/").content.decode()
    assert held.promise_hash in page and held.promise not in page
    assert client.get(f"/draws/{held.pk}/draw.json").status_code == 404
    draw_round(round_id=held.pk, public_value="03 08 15", public_source="第 7 期", by=li_supervisor, now=moment)
    page = client.get(f"/draws/{held.pk}/").content.decode()
    assert held.promise in page and "第 7 期" in page
    population = read_population(client.get(f"/draws/{held.pk}/population.csv").content)
    plan, given = draw_from_json(client.get(f"/draws/{held.pk}/draw.json").content)
    assert list(differences(given, plan, population, held.promise_hash)) == []
    assert json.loads(client.get(f"/draws/{held.pk}/draw.json").content)["algorithm"] == "govmedia-draw-1"
