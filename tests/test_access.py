"""Who sees what is a table: every address, asked for as every person, compared with access.toml.

`GET` says what the page answers, `POST` what a filled form sent there answers, so that no right is checked in the
page alone. `TOKEN` says what a POST answers to everybody's token of the API, and to one that is nobody's; a log-in is
worth nothing there. `login` is the way to the log-in page; `ok` any answer of somebody who may; `refused` an answer
that the thing cannot be done now, of somebody who may try.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from access_objects import BODIES, FORMS, SCOPE_OF, one_of_everything, token_of

TABLE = tomllib.loads((Path(__file__).parent / "access.toml").read_text(encoding="utf-8"))
PERSONS = [
    "nobody", "operator", "editor", "other_operator", "county_reviewer", "city_reviewer", "county_supervisor",
    "city_supervisor", "other_supervisor", "inspector", "other_inspector", "auditor", "admin",
]  # fmt: skip
pytestmark = pytest.mark.django_db


def names(patterns=None, prefix=""):
    for entry in patterns or get_resolver().url_patterns:
        if isinstance(entry, URLResolver):
            yield from names(entry.url_patterns, f"{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern) and entry.name:
            yield prefix + entry.name


def answer(client: Client, method: str, url: str, form: Any, **how: str) -> str:
    """One answer as the table writes it, without leaving a trace in the database."""
    with transaction.atomic():
        response = client.get(url) if method == "GET" else client.post(url, form, **how)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    if response.status_code == 302 and "/desk/login/" in response["Location"]:
        return "login"
    if response.status_code in {401, 403, 404, 405}:
        return str(response.status_code)
    if response.status_code in {400, 409, 422}:
        return "refused"
    assert response.status_code in {200, 201, 204, 302, 303}, f"{method} {url}: {response.status_code}"
    return "ok"


def seen(name: str, at, clients) -> dict[str, str]:
    url = reverse(name, args=at.get(name, ()))
    return {
        f"{method} {who}": answer(clients[who], method, url, FORMS.get(name, {}))
        for method in ("GET", "POST")
        for who in PERSONS
    }


@pytest.fixture(scope="module")
def held(django_db_setup, django_db_blocker):
    """One of everything, made once: every answer is undone as it comes, so nobody leaves a trace for the next."""
    with one_of_everything(django_db_blocker) as made:
        yield made


@pytest.fixture
def clients(all_people):
    made = {}
    for who in PERSONS:
        made[who] = Client()
        if all_people.get(who):
            made[who].force_login(all_people[who])
    return made


@pytest.fixture
def all_people(held, db):
    return held[0]


@pytest.fixture
def at(held, db):
    return held[1]


def test_every_address_stands_in_the_table():
    assert sorted(TABLE) == sorted(set(names()))


@pytest.mark.parametrize("name", sorted(TABLE))
def test_everybody_gets_what_the_table_says(name, at, clients):
    said = {}
    for method in ("GET", "POST"):
        row = TABLE[name][method]
        others = row.get("others", "")
        said.update({f"{method} {who}": row.get(who, others) for who in PERSONS})
    assert seen(name, at, clients) == said


@pytest.mark.parametrize("name", sorted(name for name in TABLE if name.startswith("api:")))
def test_everybodys_token_gets_what_the_table_says(name, at, all_people):
    row = TABLE[name].get("TOKEN")
    # What refuses strangers is there for tokens, and the table must say whose.
    assert (row is not None) == (TABLE[name]["POST"]["others"] == "401")
    url, scope = reverse(name, args=at.get(name, ())), SCOPE_OF.get(name)
    said = {}
    for who in PERSONS if row else ():
        secret = token_of(all_people[who], scope) if all_people[who] else "gm_" + "x" * 43
        headers = {"Authorization": f"Bearer {secret}"}
        said[who] = answer(Client(headers=headers), "POST", url, BODIES[name], content_type="application/json")
    assert said == {who: row.get(who, row["others"]) for who in PERSONS if row}


def test_the_table_would_notice_a_page_without_rights(at, clients):
    """Something that could leak is there: the operator's own pages show his account's name, a stranger's do not."""
    url = reverse("desk:account", args=at["desk:account"])
    assert "健康鼓楼" in clients["operator"].get(url).content.decode()
    assert "健康鼓楼" not in clients["other_operator"].get(url).content.decode()
