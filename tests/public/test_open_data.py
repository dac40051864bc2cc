"""The page of open data and its downloads, as a person and as a program get them."""

import csv
import gzip
import hashlib
import io
import json

import pytest
from django.test import Client

from conftest import NOW
from govmedia.opendata import services
from opendata.conftest import accounts as accounts

pytestmark = pytest.mark.django_db
PAGE = "/open-data/"


@pytest.fixture
def files(accounts):
    services.make_files(now=NOW)


@pytest.fixture(autouse=True)
def present(monkeypatch):
    monkeypatch.setattr("govmedia.public.views.open_data.today", lambda: NOW.date())


def got(name, headers=None, **params) -> bytes:
    answer = Client().get(PAGE + name, params, headers=headers)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_before_anything_is_made_the_page_says_so(home, client):
    assert "正在准备" in client.get(PAGE).content.decode()
    assert client.get(PAGE + "directory.csv").status_code == 404
    assert json.loads(got("catalogue.json"))["files"] == []


def test_the_licence_is_the_installations_own_where_it_has_one(files, client, settings):
    settings.OPEN_DATA_LICENCE = "只供<本省>使用。"
    assert "许可：只供&lt;本省&gt;使用。" in client.get(PAGE).content.decode()
    assert json.loads(got("catalogue.json"))["licence"] == "只供<本省>使用。"


def test_page_says_what_there_is_and_how_to_check_it(files, client):
    page = client.get(PAGE).content.decode()
    for word in ("账号名录", "共 4 行", "名录的变化", "directory.csv", "directory.xlsx.sig.json", "CC BY 4.0",
                 "govmedia verify-file", "SM3SUMS", "统一社会信用代码", "2026-11-23"):  # fmt: skip
        assert word in page, word


def test_page_costs_the_register_nothing(files, client, django_assert_max_num_queries):
    client.get("/")
    with django_assert_max_num_queries(6):
        client.get(PAGE)


def test_downloads_cost_no_query(files, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        b"".join(client.get(PAGE + "directory.csv").streaming_content)


def test_checksums_are_those_of_the_downloads(files):
    for name, algorithm in (("SHA256SUMS", "sha256"), ("SM3SUMS", "sm3")):
        lines = got(name).decode().splitlines()
        assert len(lines) == 12
        for line in lines:
            digest, file = line.split("  ")
            assert hashlib.new(algorithm, got(file)).hexdigest() == digest
    for one in json.loads(got("catalogue.json"))["files"]:
        assert hashlib.sha256(got(one["name"])).hexdigest() == one["sha256"]


def test_whoever_can_unpack_gets_less(files):
    packed = got("directory.jsonl", {"accept-encoding": "gzip"})
    assert gzip.decompress(packed) == got("directory.jsonl")


def test_unchanged_is_304(files, client):
    tag = asked(client, "directory.csv")["ETag"]
    assert client.get(PAGE + "directory.csv", headers={"if-none-match": tag}).status_code == 304
    assert asked(client, "changes.csv?since=2026-11-17")["ETag"] != asked(client, "changes.csv")["ETag"]


def asked(client, name):
    answer = client.get(PAGE + name)
    b"".join(answer.streaming_content)
    return answer


def test_changes_since_a_day(files):
    rows = [json.loads(line) for line in got("changes.jsonl", since="2026-11-17").splitlines()]
    assert [row["change"] for row in rows] == ["renamed"]
    head, *rows = csv.reader(io.StringIO(got("changes.csv", since="2026-04-01").decode("utf-8-sig"), newline=""))
    assert head[:2] == ["变化日期", "变化"] and [row[1] for row in rows] == ["改名", "新开设", "注销"]
    assert got("changes.xlsx", since="2026-11-17").startswith(b"PK")
    assert got("changes.jsonl", since="2026-11-23") == b""


@pytest.mark.parametrize("since", ["", "昨天", "2020-01-01", "2026-13-45", "9" * 5000, "\x00", "-2026"])
def test_a_day_that_is_none_is_said_in_words(files, client, since):
    answer = client.get(PAGE + "changes.csv", {"since": since})
    assert answer.status_code == 400 and "2026-01-31" in answer.content.decode() and len(answer.content) < 600


@pytest.mark.parametrize(
    "name", ["nothing.csv", "directory.pdf", "directory.csv.sig", "..", "directory.csv/x", "lock", "长.sig.json"]
)
def test_other_names_are_not_found(files, client, name):
    assert client.get(PAGE + name).status_code in {301, 404}
