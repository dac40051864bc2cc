"""Handing terms over: what was signed is proved, what was changed is refused."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from govmedia.common import signing
from govmedia.common.refusals import Refused
from govmedia.lexicons.files import read_signed, signed
from govmedia.lexicons.models import Term
from govmedia.lexicons.services import approve, propose
from lexicons.test_services import ROW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def key(settings, tmp_path, moment):
    settings.HOME = tmp_path
    signing.make_key()
    signing.remember_key(now=moment)
    return signing.public_keys()[0]["x"]


@pytest.fixture
def handed_over(li_supervisor, province_supervisor, moment):
    term = propose(row=ROW, by=li_supervisor, now=moment)
    approve(term_id=term.pk, by=province_supervisor, now=moment)
    return signed([term])


def test_a_signed_file_gives_its_rows_back(handed_over, key):
    (row,) = read_signed(handed_over, key)
    assert {name: row[name] for name in ROW} == ROW


def test_a_file_that_was_changed_or_signed_by_another_is_refused(handed_over, key):
    body = json.loads(handed_over)
    body["csv"] = body["csv"].replace("蓝天街道办", "蓝天街道局")
    with pytest.raises(Refused, match="签名与公钥对不上"):
        read_signed(json.dumps(body).encode(), key)
    with pytest.raises(Refused, match="签名与公钥对不上"):
        read_signed(handed_over, "A" * 43)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b"[" * 99_999, b'{"format":"govmedia-lexicon-1","csv":1,"signature":2}']
)
def test_a_file_that_is_none_is_refused(data, key):
    with pytest.raises(Refused):
        read_signed(data, key)


def test_an_import_on_the_page_proposes_what_is_new(client, li_supervisor, handed_over, key):
    client.force_login(li_supervisor)
    Term.objects.all().delete()
    page = reverse("lexicons:import")
    given = {"public_key": key, "why": "省里下发"}
    wrong = client.post(page, {**given, "public_key": "x", "file": SimpleUploadedFile("a.json", handed_over)})
    assert (wrong.status_code, Term.objects.count()) == (422, 0)
    for _ in range(2):
        client.post(page, {**given, "file": SimpleUploadedFile("a.json", handed_over)})
    (term,) = Term.objects.all()
    assert (term.term, term.state, term.proposed_by) == ("蓝天街道办", "proposed", li_supervisor)


def test_the_export_on_the_page_is_proved_by_the_listed_key(client, li_supervisor, handed_over, key):
    client.force_login(li_supervisor)
    assert len(read_signed(client.get(reverse("lexicons:export")).content, key)) == 1
