"""`POST /api/v1/inspect`: what comes back, and what is refused how."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from api.conftest import INSPECT, problem_of
from conftest import NOW
from govmedia.api import entry
from govmedia.common import pace
from govmedia.common.clock import now
from govmedia.inspections.models import TextHit
from govmedia.orgs.models import Token
from govmedia.orgs.services import make_token, revoke_token

pytestmark = pytest.mark.django_db
WRONG = "根据国办发[2019]19号文件，现将有关事项通知如下。"
GOOD = {"id": "1", "text": "现将有关事项通知如下。"}
MIB = 1024 * 1024


def found(inspection):
    return [(hit["check"], hit["field"], hit["found"]) for hit in inspection["hits"]]


def test_one_post_gets_one_inspection(send):
    answer = send({"id": "甲", "text": WRONG})
    said = json.loads(answer.content)
    assert (answer.status_code, said["id"]) == (200, "甲")
    assert found(said) == [("form_document_number", "text", "[2019]19号")]
    (hit,) = said["hits"]
    assert WRONG[hit["start"] : hit["end"]] == hit["found"]


def test_offsets_count_characters_also_outside_the_first_plane(send):
    text = "😀😀" + WRONG
    (hit,) = json.loads(send({"id": "1", "text": text}).content)["hits"]
    assert text[hit["start"] : hit["end"]] == "[2019]19号"


def test_list_gets_a_list_in_its_order_with_errors_in_their_places(send):
    given = [{"id": "2", "text": WRONG}, {"id": "x"}, "text", {"id": 1, "text": ""}, {"id": "2", "text": WRONG}]
    said = json.loads(send(given).content)
    assert [row["id"] for row in said] == ["2", None, None, "1", "2"]
    assert [row.get("line") for row in said] == [None, 2, 3, None, None]
    assert said[1]["error"] == "缺少 text。Post 至少要有 id 和 text。"
    assert said[0] == said[4]
    assert said[3]["hits"] == []


def test_empty_list_gets_an_empty_list(send):
    assert json.loads(send([]).content) == []


def test_hundred_posts_are_taken_and_one_more_is_not(send):
    assert len(json.loads(send([GOOD] * 100).content)) == 100
    status, detail = problem_of(send([GOOD] * 101))
    assert (status, "100" in detail, "101" in detail) == (422, True, True)


def test_nothing_is_kept_and_nobody_is_logged_in(send):
    answer = send({"id": "1", "text": WRONG})
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/json", "no-store")
    assert (bool(answer.cookies), "Cookie" in answer.get("Vary", "")) == (False, False)
    assert TextHit.objects.count() == 0


def test_no_session_is_asked_for(send, django_assert_max_num_queries):
    send(GOOD)
    with django_assert_max_num_queries(8) as seen:
        send(GOOD)
    assert not [query for query in seen.captured_queries if "session" in query["sql"]]


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"id": "1"},
        {"text": "x"},
        {"id": "", "text": "x"},
        {"id": None, "text": "x"},
        {"id": "1", "text": None},
        {"id": "1", "text": 7},
        {"id": "1", "text": "x", "links": "http://example.gov.cn/"},
        {"id": "1", "text": "x", "original": "yes"},
        {"id": "1", "text": "x", "published_at": "昨天"},
        "text",
        7,
        None,
        True,
    ],
)
def test_single_post_that_is_none_is_422(send, value):
    assert problem_of(send(value))[0] == 422


@pytest.mark.parametrize(
    "image",
    [
        "/etc/passwd",
        "photo.png",
        "file:///etc/passwd",
        "ftp://example.cn/a",
        "data:image/png;base64,AA",
        "http://",
        "",
        "https:///a.png",
        "http://[::1",
        "//example.gov.cn/a.png",
        "C:\\a.png",
        "javascript:alert(1)",
    ],
)
def test_pictures_are_addresses_and_never_paths(send, image):
    good = "https://example.gov.cn/a.png"
    status, detail = problem_of(send({**GOOD, "images": [good, image]}))
    assert (status, "images 第 2 项" in detail) == (422, True)
    (row,) = json.loads(send([{**GOOD, "images": [image]}]).content)
    assert (row["id"], row["line"], "images 第 1 项" in row["error"]) == (None, 1, True)


def test_picture_by_address_is_taken(send):
    for image in ("http://example.gov.cn/a.png", "HTTPS://example.gov.cn/图.png"):
        assert send({**GOOD, "images": [image]}).status_code == 200


@pytest.mark.parametrize(
    "data",
    [
        b" ",
        b"{",
        b'{"id":"1","text":"x"',
        b"[1,]",
        b"{'id': 1}",
        b'{"id":"1","text":"x"}{}',
        b'{"id":"1","text":"x","reads":NaN}',
        b'{"id":"1","text":"x","reads":-Infinity}',
        b'{"id":"1","text":"\xff"}',
        '{"id":"1","text":"中文"}'.encode("gb18030"),
        '{"id":"1","text":"中文"}'.encode("utf-16"),
        b"[" * 100_000,
        b"\x00\x01\x02",
        b"1" * 100_000,
        b"a=1&b=2",
    ],
)
def test_what_is_no_json_is_400(send, data):
    assert problem_of(send(data))[0] == 400


def test_nothing_is_400_too(secret):
    headers = {"Authorization": f"Bearer {secret}"}
    answer = Client().generic("POST", INSPECT, b"", headers=headers, CONTENT_TYPE="application/json")
    assert problem_of(answer)[0] == 400


def test_byte_order_mark_and_half_characters(send):
    assert send(b"\xef\xbb\xbf" + json.dumps(GOOD).encode()).status_code == 200
    assert problem_of(send(b'{"id":"1","text":"\\ud800"}'))[0] == 422
    (row,) = json.loads(send(b'[{"id":"\\udfff","text":"x"}]').content)
    assert row["id"] is None


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "json"]
)
def test_other_formats_are_415(send, kind):
    assert problem_of(send(GOOD, kind=kind))[0] == 415


def test_charset_may_be_named_if_it_is_the_one(send):
    assert send(GOOD, kind="application/json; charset=UTF-8").status_code == 200
    assert send(GOOD, kind="Application/JSON;charset=utf8").status_code == 200
    for charset in ("gbk", "utf-16", "nonsense"):
        assert problem_of(send(GOOD, kind=f"application/json; charset={charset}"))[0] == 415


def padded(size):
    """A good post of so many bytes."""
    head, tail = b'{"id":"1","text":"x","pad":"', b'"}'
    return head + b"x" * (size - len(head) - len(tail)) + tail


def test_eight_mib_are_taken_and_a_byte_more_is_413(send):
    assert send(padded(8 * MIB)).status_code == 200
    assert problem_of(send(padded(8 * MIB + 1)))[0] == 413


def test_size_said_is_believed_before_anything_is_read(secret):
    class Unread:
        def read(self, size=-1):
            raise AssertionError("read")

        readline = read

    answer = Client().generic(
        "POST", INSPECT, b"", "application/json", headers={"Authorization": f"Bearer {secret}"},
        **{"wsgi.input": Unread(), "CONTENT_LENGTH": str(9 * MIB), "CONTENT_TYPE": "application/json"},
    )  # fmt: skip
    assert problem_of(answer)[0] == 413


def test_body_is_read_no_further_than_the_limit(send, monkeypatch):
    monkeypatch.setattr(entry, "BODY_MOST", 100)
    assert problem_of(send(padded(101)))[0] == 413
    assert send(padded(100)).status_code == 200


def test_without_a_token_the_way_in_is_told(db):
    answer = Client().post(INSPECT, GOOD, content_type="application/json")
    assert problem_of(answer)[0] == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="govmedia"'


def test_bad_tokens_are_401_and_said_to_be_bad(chen_operator, send, secret):
    token = Token.objects.get()
    wrong = [send(GOOD, Authorization=text) for text in ("Bearer gm_wrong", "Basic YTpi", "Bearer", secret)]
    Token.objects.update(expires_at=now() - timedelta(seconds=1))
    wrong.append(send(GOOD))
    Token.objects.update(expires_at=now() + timedelta(days=1))
    chen_operator.is_active = False
    chen_operator.save()
    wrong.append(send(GOOD))
    chen_operator.is_active = True
    chen_operator.save()
    assert send(GOOD).status_code == 200
    revoke_token(token=token, by=chen_operator, now=now())
    wrong.append(send(GOOD))
    for answer in wrong:
        assert problem_of(answer)[0] == 401
        assert answer["WWW-Authenticate"] == 'Bearer realm="govmedia", error="invalid_token"'


def test_token_of_another_purpose_and_lost_right_are_403(send, secret, chen_operator):
    Token.objects.update(scope="posts")
    answer = send(GOOD)
    assert problem_of(answer)[0] == 403
    assert answer["WWW-Authenticate"] == 'Bearer realm="govmedia", error="insufficient_scope", scope="inspect"'
    Token.objects.update(scope="inspect")
    assert send(GOOD).status_code == 200


def test_role_that_may_not_inspect_is_403(send, secret, chen_operator, jiangsu):
    chen_operator.role, chen_operator.organisation, chen_operator.division = "auditor", None, jiangsu
    chen_operator.save()
    assert problem_of(send(GOOD))[0] == 403


def test_log_in_is_worth_nothing(chen_operator):
    client = Client()
    client.force_login(chen_operator)
    assert client.post(INSPECT, GOOD, content_type="application/json").status_code == 401


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_are_405(secret, method):
    answer = Client().generic(method, INSPECT, headers={"Authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert method == "HEAD" or problem_of(answer)[0] == 405


def test_sixty_a_minute_and_then_a_wait(send, secret, monkeypatch, chen_operator):
    monkeypatch.setattr(pace, "REQUESTS", 3)
    monkeypatch.setattr(entry, "REQUESTS", 3)
    monkeypatch.setattr(entry, "now", lambda: now().replace(second=10, microsecond=0))
    left = [send(GOOD)["RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    answer = send(GOOD)
    assert problem_of(answer)[0] == 429
    names = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After")
    assert [answer[name] for name in names] == ["3", "0", "50", "50"]
    other = make_token(user=chen_operator, name="另一个", scope="inspect", by=chen_operator, now=NOW)[1]
    assert send(GOOD, Authorization=f"Bearer {other}").status_code == 200
    monkeypatch.setattr(entry, "now", lambda: now().replace(second=10, microsecond=0) + timedelta(minutes=1))
    assert send(GOOD)["RateLimit-Remaining"] == "2"


def test_bad_requests_count_too_and_say_what_is_left(send):
    assert send(b"{")["RateLimit-Remaining"] == "59"
    assert send(GOOD, kind="text/plain")["RateLimit-Remaining"] == "58"


POISONS = ("a\x00b", "长" * 10_000, "😀\u202e'; DROP TABLE x; --<script>", "99999999999999999999", "²", "2026-13-45")


@pytest.mark.parametrize("poison", [*POISONS, [], {}, 0, -1, 1e400, True, None, ["\x00"], [[]], {"a": {}}])
def test_poison_in_any_field_is_text_or_refused(send, poison):
    names = (
        "id",
        "text",
        "title",
        "account",
        "platform",
        "url",
        "published_at",
        "updated_at",
        "author",
        "source_name",
    )
    for name in (*names, "original", "links", "images", "reads", "x" * 1000):
        data = json.dumps({**GOOD, name: poison}).replace("Infinity", "1e400").encode()
        assert send(data).status_code in {200, 422}
        assert send(b"[" + data + b"]").status_code == 200
