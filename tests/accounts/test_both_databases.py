"""Both databases answer the same: what SQLite found for real names is kept, and every database is held to it.

`WRITE_ANSWERS=1 python -m pytest tests/accounts/test_both_databases.py` on SQLite writes the answers anew, to be
looked at before they are committed.
"""

import csv
import json
import os
import random
from pathlib import Path

import pytest
from django.db import connection

from factories import make_account, make_organisation
from govmedia.accounts import queries
from govmedia.accounts.models import Account, SearchEntry
from govmedia.accounts.services import index_accounts, rebuild_index, weigh
from govmedia.engine.sounds import initials, syllables

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent.parent / "data"
ANSWERS = DATA / "search_answers.json"


@pytest.fixture
def real(nanjing, gulou, suzhou, moment):
    """The real accounts, dealt over three places, under codes that never change."""
    rows = list(csv.DictReader((DATA / "accounts_real.csv").read_text(encoding="utf-8").splitlines()))
    bodies, made = {}, []
    for number, row in enumerate(rows):
        place = (nanjing, gulou, suzhou)[number % 3]
        name = row["organisation"] or "人民政府办公室"
        if (place, name) not in bodies:
            level = "county" if place is gulou else "city"
            bodies[place, name] = make_organisation(division=place, name=name, short_name="", level=level)
        made.append(
            make_account(
                bodies[place, name], name=row["name"], platform=f"p{number}", code=f"C{number:09}",
                last_post_at=moment if number % 2 else None,
            )
        )  # fmt: skip
    index_accounts([row.pk for row in made], now=moment)
    return [row["name"] for row in rows]


def asked(names):
    """Every kind of thing that people type, of these names."""
    chance = random.Random(6)
    texts = [
        *"发州局公在",
        "发布",
        "公安",
        "苏州",
        "政务",
        "健康",
        "nj",
        "fabu",
        "gongan",
        "zh",
        "xian",
        "市公安局",
        "公安局 南京",
    ]
    for name in chance.sample(names, 60):
        at = chance.randrange(len(name))
        texts += [name, name[:3], name[-3:], name[1:], initials(name), "".join(syllables(name))[:9]]
        texts += [name[:at] + "县" + name[at + 1 :], name[:2] + initials(name[2:]), name[::-1]]
    return list(dict.fromkeys(texts))


def answers(texts):
    return {text: [row.code for row in queries.search(text, most=12)] for text in texts}


def test_answers_are_those_of_the_other_database(real):
    found = answers(asked(real))
    if os.environ.get("WRITE_ANSWERS"):
        assert connection.vendor == "sqlite"
        lines = ",\n".join(
            f"{json.dumps(text, ensure_ascii=False)}: {json.dumps(codes)}" for text, codes in found.items()
        )
        ANSWERS.write_text("{\n" + lines + "\n}\n", encoding="utf-8")
    assert found == json.loads(ANSWERS.read_text(encoding="utf-8"))
    assert sum(map(bool, found.values())) > 400


def test_bands_change_no_answer(real, moment, monkeypatch):
    """On a large registry PostgreSQL looks through the accounts in bands; here they are made tiny."""
    texts = asked(real)[::6]
    before = answers(texts)
    monkeypatch.setattr("govmedia.accounts.search_index.BAND_ROWS", 20)
    monkeypatch.setattr("govmedia.accounts.search_index.FIRST_BANDS", (5, 10))
    rebuild_index(now=moment)
    bands = SearchEntry.objects.values("band").distinct().count()
    assert bands == (1 if connection.vendor == "sqlite" else 13)
    assert answers(texts) == before
    assert queries.matching("发布").count() == Account.objects.filter(name__contains="发布").count()


def test_bands_that_grew_too_large_are_dealt_anew(real, moment, monkeypatch):
    texts = asked(real)[::20]
    before = answers(texts)
    monkeypatch.setattr("govmedia.accounts.search_index.BAND_ROWS", 20)
    monkeypatch.setattr("govmedia.accounts.search_index.FIRST_BANDS", (5, 10))
    weigh(now=moment)
    bands = SearchEntry.objects.values("band").distinct().count()
    assert bands == (1 if connection.vendor == "sqlite" else 13)
    assert answers(texts) == before
    written = list(SearchEntry.objects.order_by("id").values_list("id", "band"))
    weigh(now=moment)
    assert list(SearchEntry.objects.order_by("id").values_list("id", "band")) == written


@pytest.mark.parametrize("text", ["公安", "gongan", "南京市公安局", "苏州 交警", "C00000000"])
def test_everything_that_matches_can_narrow_a_list(real, text):
    hits = {row.account_id for row in queries.matching(text)}
    assert {row.pk for row in queries.search(text, most=500)} <= hits
