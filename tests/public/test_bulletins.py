"""What anybody sees of bulletins: nothing before publication, all of it after, the reason after withdrawal."""

import gzip
import io
import json

import pytest

from api.test_reading import fits
from bulletins.conftest import NUMBER
from bulletins.conftest import accounts as accounts
from bulletins.conftest import closed as closed
from bulletins.conftest import draft as draft
from bulletins.conftest import published as published
from bulletins.conftest import second_supervisor as second_supervisor
from govmedia.api.description import document
from govmedia.api.schemas import SCHEMAS
from govmedia.bulletins import services
from govmedia.connectors.feed_parse import parse_feed
from govmedia.engine.bulletins.checking import differences
from govmedia.engine.bulletins.reading import read_bulletin
from govmedia.engine.hashing import tagged_sm3
from govmedia.rounds.proof import differences_in

pytestmark = pytest.mark.django_db


def test_a_draft_is_nobodys_business(draft, client):
    assert "还没有通报" in client.get("/bulletins/").content.decode()
    for path in ("", "bulletin.html", "bulletin.json", "round.jsonl"):
        assert client.get(f"/bulletins/{draft.pk}/{path}").status_code == 404
    assert client.get("/api/v1/bulletins").json() == {"items": []}


def test_a_published_one_is_readable_and_can_be_recomputed(published, client):
    page = client.get("/bulletins/").content.decode()
    assert "2026年第四季度" in page and NUMBER in page
    page = client.get(f"/bulletins/{published.pk}/").content.decode()
    assert "总体合格率为75%" in page and "govmedia verify-round" in page and published.published_sm3 in page
    data = client.get(f"/bulletins/{published.pk}/bulletin.json").content
    assert tagged_sm3(data) == published.published_sm3
    assert differences(read_bulletin(data)) == []
    plain = b"".join(client.get(f"/bulletins/{published.pk}/round.jsonl").streaming_content)
    packed = client.get(f"/bulletins/{published.pk}/round.jsonl", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip" and gzip.decompress(packed.content) == plain
    assert tagged_sm3(plain) == published.bundle.sm3
    assert list(differences_in(io.BytesIO(plain))) == []
    assert client.get(f"/bulletins/{published.pk}/bulletin.docx").content.startswith(b"PK")
    assert client.get(f"/bulletins/{published.pk}/bulletin.xlsx").status_code == 404


def test_a_withdrawn_one_keeps_its_page_and_says_why(published, li_supervisor, moment, client):
    services.move(bulletin_id=published.pk, name="withdraw", note="名单<有误>", by=li_supervisor, now=moment)
    page = client.get(f"/bulletins/{published.pk}/").content.decode()
    assert "名单&lt;有误&gt;" in page and "玄武教育" not in page
    assert "已撤下" in client.get("/bulletins/").content.decode()
    assert client.get(f"/bulletins/{published.pk}/bulletin.pdf").status_code == 404
    assert client.get(f"/bulletins/{published.pk}/round.jsonl").status_code == 404
    (item,) = client.get("/api/v1/bulletins").json()["items"]
    assert item["state"] == "withdrawn" and item["withdrawn_reason"] == "名单<有误>" and "figures" not in item
    assert "已撤下：" in client.get("/bulletins/feed.atom").content.decode()


def test_the_feed_is_read_as_a_feed_and_answers_304(published, client):
    answer = client.get("/bulletins/feed.atom")
    (entry,) = parse_feed(answer.content, "http://testserver/bulletins/feed.atom").entries
    assert entry.title == published.title
    again = {"if-none-match": answer["ETag"], "if-modified-since": answer["Last-Modified"]}
    assert client.get("/bulletins/feed.atom", headers=again).status_code == 304


def test_the_list_for_programs(published, client):
    answer = client.get("/api/v1/bulletins")
    (item,) = answer.json()["items"]
    assert item["figures"]["pass_rate"] == "75%" and item["hash"] == published.published_sm3
    assert json.loads(client.get(item["files"]["json"]).content)["number"] == NUMBER
    assert fits(answer.json(), SCHEMAS["Bulletins"])
    answered = document("public")["paths"]["/api/v1/bulletins"]["get"]["responses"]["200"]
    assert fits(answered["content"]["application/json"]["example"], SCHEMAS["Bulletins"])
    assert client.get("/api/v1/bulletins", headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert client.get("/api/v1/bulletins?division=320500").json() == {"items": []}
    assert client.get("/api/v1/bulletins?division=32").json()["items"] == [item]
    assert client.get("/api/v1/bulletins?division=3205").json() == {"items": []}
    assert client.get(f"/api/v1/bulletins?cursor={published.pk}").json() == {"items": []}
    for query in ("limit=0", "limit=x", "division=京", "cursor=-1", "limit=101"):
        answer = client.get(f"/api/v1/bulletins?{query}")
        assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
