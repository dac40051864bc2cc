"""The description of the API says what the API does; the public keys prove what was signed."""

import base64
import json
import re
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import get_resolver

from api.conftest import INSPECT, problem_of
from conftest import NOW
from govmedia.api.description import document
from govmedia.api.schemas import SCHEMAS
from govmedia.api.urls import patterns
from govmedia.common import signing
from govmedia.engine.content.reading import post_from_json
from govmedia.engine.content.types import Hit, Post

pytestmark = pytest.mark.django_db
PAGE, DOCUMENT, KEYS = "/api/v1/", "/api/v1/openapi.json", "/.well-known/govmedia-keys.json"
BULLETINS, ACCOUNTS = "/api/v1/bulletins", "/api/v1/accounts"
VERIFY = "/api/v1/verify"
OPEN = {VERIFY, BULLETINS, ACCOUNTS, ACCOUNTS + "/{code}", KEYS}


def walk(value) -> Iterator[dict]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from walk(part)
    elif isinstance(value, list):
        for part in value:
            yield from walk(part)


def fits(value, schema) -> bool:
    """As much of JSON Schema as the document uses."""
    if "$ref" in schema:
        return fits(value, SCHEMAS[schema["$ref"].rpartition("/")[2]])
    if "oneOf" in schema:
        return sum(fits(value, one) for one in schema["oneOf"]) == 1
    kinds = {"string": str, "integer": int, "number": int | float, "boolean": bool, "array": list, "object": dict}
    if schema["type"] == "null":
        return value is None
    if not isinstance(value, kinds[schema["type"]]) or (isinstance(value, bool) and schema["type"] != "boolean"):
        return False
    if schema["type"] == "array":
        return all(fits(part, schema["items"]) for part in value)
    if schema["type"] == "object":
        known = schema["properties"]
        return set(schema["required"]) <= set(value) <= set(known) and all(fits(value[k], known[k]) for k in value)
    return value in schema.get("enum", [value]) and value == schema.get("const", value)


def test_document_is_served_and_every_reference_leads_somewhere():
    answer = Client().get(DOCUMENT)
    said = json.loads(answer.content)
    assert (answer["Content-Type"], said["openapi"]) == ("application/json", "3.1.0")
    names = {one["$ref"].rpartition("/")[2] for one in walk(said) if "$ref" in one}
    assert names == set(SCHEMAS)
    identities = [one["operationId"] for one in walk(said) if "operationId" in one]
    assert len(identities) == len(set(identities)) == 6
    assert all(row["description"] for schema in SCHEMAS.values() for row in schema["properties"].values())


def test_every_address_of_data_is_described_for_its_site():
    for site in ("all", "public", "desk"):
        (inside,) = patterns(site)
        served = {f"/{one.pattern}".replace("<str:code>", "{code}") for one in inside.url_patterns}
        assert served - {PAGE, DOCUMENT} == set(document(site)["paths"])
    assert set(document("public")["paths"]) == OPEN
    assert set(document("all")["paths"]) == set(document("desk")["paths"]) == {*OPEN, INSPECT}


def test_methods_described_are_those_answered():
    for path, methods in document("all")["paths"].items():
        allowed = Client().delete(path)["Allow"].replace("HEAD", "").strip(", ").split(", ")
        assert [method.upper() for method in methods] == allowed


def test_example_is_what_is_really_answered(send):
    one = document("all")["paths"][INSPECT]["post"]
    given = one["requestBody"]["content"]["application/json"]
    said = one["responses"]["200"]["content"]["application/json"]
    assert fits(given["example"], given["schema"])
    assert fits(said["example"], said["schema"])
    answered = json.loads(send(given["example"]).content)
    told = ("check", "category", "level", "field", "start", "end", "found", "suggestion", "auto")
    assert [[hit[name] for name in told] for hit in answered["hits"]] == [
        [hit[name] for name in told] for hit in said["example"]["hits"]
    ]
    assert len(answered["hits"]) == 1


def test_answers_fit_their_schemas(send):
    schema = document("all")["paths"][INSPECT]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    text = "根据国办发[2019]19号文件，点击 http://t.cn/A6abcd 领取。"
    for given in ({"id": "1", "text": text, "links": ["http://t.cn/A6abcd"]}, [{"id": "1", "text": text}, {}]):
        assert fits(json.loads(send(given).content), schema)
    problem = json.loads(send(b"{").content)
    assert fits(problem, SCHEMAS["Problem"])


def test_schema_of_a_post_names_every_field_that_is_read_and_no_other():
    fields, moment = set(Post.__dataclass_fields__), "2026-11-01T09:00:00+08:00"
    given = {"original": True, "links": ["x"], "images": ["x"], "published_at": moment, "updated_at": moment}
    full, least = post_from_json({**dict.fromkeys(fields, "x"), **given}), Post("")
    read = {name for name in fields if getattr(full, name) != getattr(least, name)}
    assert set(SCHEMAS["Post"]["properties"]) == read
    assert SCHEMAS["Post"]["required"] == ["id", "text"]


def test_schema_of_a_hit_names_every_part():
    full = Hit("c", "form", "notice", "text", 0, 1, "x", "m", "b", 0.9, True, "y", 0, "l", 1).to_json()
    assert set(SCHEMAS["Hit"]["properties"]) == set(full)
    assert fits(full, SCHEMAS["Hit"])
    least = Hit("c", "form", "notice", "text", 0, 1, "x", "m", "b", 0.9, True).to_json()
    assert set(SCHEMAS["Hit"]["required"]) <= set(least)


def test_page_says_the_same_in_words(client):
    answer = client.get(PAGE)
    text = answer.content.decode()
    assert "Inspection 或 列表（每项是 Inspection 或 ItemError）" in text
    for word in (INSPECT, KEYS, "Bearer gm_", DOCUMENT, "〔2019〕19号", *SCHEMAS):
        assert word in text
    ids = re.findall(r'id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_page_costs_a_person_who_is_logged_in_nothing_more(chen_operator, django_assert_max_num_queries):
    client = Client()
    client.force_login(chen_operator)
    with django_assert_max_num_queries(3):
        assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("url", [PAGE, DOCUMENT, KEYS])
def test_what_is_read_is_not_written_to(url):
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        answer = Client(enforce_csrf_checks=True).generic(method, url, b"{}", content_type="application/json")
        assert problem_of(answer)[0] == 405
        assert answer["Allow"] == "GET, HEAD"


def test_public_keys_prove_what_was_signed(tmp_path, settings):
    assert json.loads(Client().get(KEYS).content) == {"keys": []}
    settings.HOME, settings.SIGNING_KEY = tmp_path, ""
    signing.make_key()
    signing.remember_key(now=NOW)
    kid, signature = signing.sign("词库".encode())
    answer = Client().get(KEYS)
    (key,) = json.loads(answer.content)["keys"]
    assert key["kid"] == kid
    assert fits({"keys": [key]}, SCHEMAS["Keys"])
    assert signing.verify("词库".encode(), signature, key["x"])
    assert len(base64.urlsafe_b64decode(key["x"] + "=")) == 32
    assert (bool(answer.cookies), answer["Cache-Control"]) == (False, "no-store")


@pytest.mark.parametrize(
    "url", ["/api/v1/nothing", "/api/v1/inspect/", "/api/v2/", "/api/v1/\x00", "/api/", "/api/v1/长"]
)
def test_unknown_address_is_a_problem(url):
    for method in ("GET", "POST"):
        assert problem_of(Client().generic(method, url))[0] == 404


def test_unknown_address_elsewhere_is_a_page_and_a_missing_slash_is_forgiven(db):
    assert "没有找到这一页" in Client().get("/nothing/").content.decode()
    answer = Client().get("/api/v1")
    assert (answer.status_code, answer["Location"]) == (301, PAGE)


def test_wrong_host_is_a_problem_under_the_api_and_a_page_elsewhere():
    assert problem_of(Client().get(PAGE, headers={"host": "evil.example"}))[0] == 400
    assert "html" in Client().get("/", headers={"host": "evil.example"})["Content-Type"]


def test_error_of_ours_is_a_problem_that_tells_nothing(send, monkeypatch):
    def broken(day):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("govmedia.api.views.inspecting.program", broken)
    with pytest.raises(RuntimeError):
        send({"id": "1", "text": "x"})
    handler = get_resolver(django_settings.ROOT_URLCONF).resolve_error_handler(500)
    request = Client().get(PAGE).wsgi_request
    status, detail = problem_of(handler(request))
    assert (status, "secret" in detail) == (500, False)
    request.path = "/desk/"
    assert "html" in handler(request)["Content-Type"]


@pytest.mark.parametrize(
    ("site", "status", "described"), [("public", 404, False), ("desk", 401, True), ("all", 401, True)]
)
def test_inspecting_belongs_to_the_desk_and_reading_to_both(settings, site, status, described):
    settings.SITE, settings.ROOT_URLCONF = site, f"govmedia.config.urls_{site}"
    client = Client()
    assert problem_of(client.post(INSPECT, {}, content_type="application/json"))[0] == status
    assert (INSPECT in client.get(PAGE).content.decode()) == described
    assert (INSPECT in json.loads(client.get(DOCUMENT).content)["paths"]) == described
    assert client.get(KEYS).status_code == 200
    assert client.get("/desk/login/").status_code == (404 if site == "public" else 200)
    assert client.get("/directory/").status_code == (404 if site == "desk" else 200)


def navigation(client, url) -> list[str]:
    page = client.get(url).content.decode()
    return re.findall(r'href="([^"]+)"', page.partition('<nav aria-label="主导航">')[2].partition("</nav>")[0])


def test_page_has_the_ways_of_the_public_site_where_there_is_one(client, settings):
    public = navigation(client, "/open-data/")
    assert "/draws/" in public and navigation(client, PAGE) == navigation(client, "/no/such/page/") == public
    settings.SITE, settings.ROOT_URLCONF = "desk", "govmedia.config.urls_desk"
    assert navigation(client, PAGE) == ["/desk/"]
