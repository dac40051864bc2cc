"""Whatever is typed into an address or a form is refused or shown as text; nothing ends in an error of ours."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from access_objects import FORMS, one_of_everything
from test_access import TABLE

pytestmark = pytest.mark.django_db
KEYS = (
    *(
        "q",
        "division",
        "level",
        "platform",
        "field",
        "status",
        "page",
        "size",
        "sort",
        "hide",
        "export",
        "at",
        "next",
    ),
    *(
        "health",
        "organisation",
        "recompute",
        "check",
        "state",
        "kind",
        "role",
        "cause",
        "since",
        "until",
        "from",
        "to",
    ),
    *("what", "name", "note", "why", "login", "password", "code", "look", "counts", "count", "start_on", "end_on"),
    *(
        "edition",
        "period",
        "point_at",
        "url",
        "feed_url",
        "move",
        "version",
        "text",
        "old",
        "new",
        "subject",
        "actor",
        "find",
        "marked",
        "post",
    ),
)
POISONS = ("a\x00b", "长" * 10_000, "😀\u202e'; DROP TABLE x; --<script>", "99999999999999999999", "²", "2026-13-45")


@pytest.fixture(scope="module")
def held(django_db_setup, django_db_blocker):
    """One of everything, made once: every answer is undone as it comes."""
    with one_of_everything(django_db_blocker) as made:
        yield made


@pytest.fixture
def persons(held, db):
    return held[0]


@pytest.fixture
def at(held, db):
    return held[1]


def clients(name, persons):
    """Browsers of people who may: one who may read the page, one who may send its form."""
    may = {who for method in ("GET", "POST") for who, said in TABLE[name][method].items() if said == "ok"}
    if "others" in may:
        may = (may - {"others"}) | {"operator", "city_supervisor"}
    for who in may:
        client = Client()
        if persons.get(who):
            client.force_login(persons[who])
        yield client


def ask(client, method, url, values):
    """One answer's status, leaving nothing behind; an error of ours is raised by the client itself."""
    with transaction.atomic():
        answer = client.get(url, values) if method == "GET" else client.post(url, values)
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return answer.status_code


def poisoned(keys, turn):
    """Each key with one of the poisons; another turn, another one."""
    return {key: POISONS[(number + turn) % len(POISONS)] for number, key in enumerate(keys)}


@pytest.mark.parametrize("name", sorted(TABLE))
def test_poison_in_a_form_or_an_address_is_refused_or_taken_as_text(name, at, persons):
    url, form = reverse(name, args=at.get(name, ())), FORMS.get(name, {})
    free = [key for key in KEYS if key not in {"move", "name", "code", "look", "counts"}]
    for client in clients(name, persons):
        for turn in range(3):
            assert ask(client, "GET", url, poisoned(KEYS, turn)) < 500
            for values in (poisoned(KEYS, turn), {**form, **poisoned(free, turn)}):
                assert ask(client, "POST", url, values) < 500


def test_poison_in_the_path_is_not_found(at, persons):
    named = {
        name: args for name, args in at.items() if name in TABLE and any(isinstance(value, str) for value in args)
    }
    assert len(named) > 5
    for name, args in named.items():
        poison_path(name, args, persons)


def poison_path(name, args, persons):
    for poison in ("\x00", "A\x00BCDEFGHI", "长" * 200, "AAAAAAAAAA\n"):
        url = reverse(name, args=[poison if isinstance(value, str) else value for value in args])
        for client in clients(name, persons):
            assert ask(client, "GET", url, {}) in {200, 302, 403, 404, 405}
            assert ask(client, "POST", url, FORMS.get(name, {})) in {200, 302, 403, 404, 405}
