"""What a fault was seen in is kept before anybody can change it."""

import asyncio
from datetime import date, timedelta

import pytest
from django.urls import reverse
from multidict import CIMultiDict, CIMultiDictProxy

from connectors.pages import pages
from factories import make_interface, make_post
from findings.seeing import PNG, judge, silence
from govmedia.audit.models import Entry
from govmedia.common.exhibits import path_of
from govmedia.connectors.chromium import Picture
from govmedia.connectors.guard import Guard
from govmedia.connectors.http import Reply
from govmedia.engine.hashing import tagged_sm3
from govmedia.engine.types import Evidence, Hit
from govmedia.findings.capturing import Camera, Captured, Order, capture
from govmedia.findings.models import Exhibit, Finding
from govmedia.findings.services import Report, freeze, raise_notices

pytestmark = pytest.mark.django_db
HEADERS = CIMultiDictProxy(CIMultiDict({"Content-Type": "text/html; charset=utf-8", "Server": "nginx"}))


class FakeCamera:
    """Keeps what it was ordered, and brings what a test gives it."""

    def __init__(self):
        self.orders, self.given, self.busy = [], [], False

    def start(self, order, guard):
        self.orders.append(order)
        self.busy = True

    def bring(self, **values):
        self.busy = False
        self.given.append(Captured(self.orders[-1], **values))

    def results(self):
        found, self.given = self.given, []
        return found


def reply(url="https://example.gov.cn/1", body=b"<h1>x</h1>"):
    return Reply(200, HEADERS, body, url, None, "203.0.113.9:443", 20)


@pytest.fixture
def worded(account, chen_operator, moment):
    """A finding about the words of a post."""
    post = make_post(
        account, on=date(2026, 11, 20), title="通知", text="攻府信息公开", url="https://example.gov.cn/1"
    )
    proof = Evidence("post", "《通知》“攻府”", f"post:{post.pk}:typo:攻府")
    answered = Evidence("answer", "已由人判定属实")
    judge(account, Hit("Y06", "错别字", evidence=(proof, answered)), now=moment)
    return Finding.objects.get()


def test_text_bytes_headers_and_picture_are_kept_with_hash_and_time(worded, moment, client, chen_operator):
    camera = FakeCamera()
    freeze(now=moment, camera=camera)
    assert camera.orders == [Order(worded.pk, "https://example.gov.cn/1", "https://example.gov.cn/1")]
    shot = Picture(PNG, "image/png", "https://example.gov.cn/1", True, False, ())
    camera.bring(reply=reply(), shot=shot)
    assert freeze(now=moment + timedelta(seconds=20), camera=camera) == 1
    rows = {row.kind: row for row in Exhibit.objects.all()}
    assert set(rows) == {"text", "page", "screenshot"}
    assert path_of(rows["text"].sm3).read_text("utf-8") == "通知\n\n攻府信息公开"
    assert rows["page"].sm3 == tagged_sm3(b"<h1>x</h1>")
    assert rows["page"].detail["headers"] == [["Content-Type", "text/html; charset=utf-8"], ["Server", "nginx"]]
    assert (rows["screenshot"].at, rows["screenshot"].size) == (moment + timedelta(seconds=20), len(PNG))
    kept = Entry.objects.get(verb="finding.freeze").after
    assert sorted(value for key, value in kept.items() if key.isdigit()) == sorted(row.sm3 for row in rows.values())
    client.force_login(chen_operator)
    page = client.get(reverse("findings:detail", args=[worded.pk])).content.decode()
    assert "发现时留存" in page
    assert rows["screenshot"].sm3 in page
    saved = client.get(reverse("findings:exhibit", args=[worded.pk, rows["page"].pk]))
    assert saved["Content-Disposition"].startswith("attachment")
    assert b"".join(saved.streaming_content) == b"<h1>x</h1>"


def test_a_picture_that_hangs_is_said_and_the_rest_is_kept(worded, moment):
    camera = FakeCamera()
    freeze(now=moment, camera=camera)
    camera.bring(reply=reply(), notes=["没有截到图：截图 25 秒内没有完成，已停止。"])
    freeze(now=moment, camera=camera)
    worded.refresh_from_db()
    assert worded.frozen_note == "没有截到图：截图 25 秒内没有完成，已停止。"
    assert Exhibit.objects.filter(kind="page").exists()
    freeze(now=moment, camera=camera)
    assert len(camera.orders) == 1


def test_of_a_silence_the_interface_is_kept(silent, account, moment):
    make_interface(account, handle="https://feeds.example.gov.cn/a.rss")
    camera = FakeCamera()
    freeze(now=moment, camera=camera)
    assert camera.orders == [Order(silent.pk, "https://feeds.example.gov.cn/a.rss", "", feed=True)]
    camera.bring(reply=reply(url="https://feeds.example.gov.cn/a.rss", body=b"<rss/>"))
    freeze(now=moment, camera=camera)
    assert Exhibit.objects.get().kind == "feed"


def test_a_link_of_a_notice_is_kept(account, chen_operator, zhou_supervisor, moment):
    report = Report(code="other", what="转载失实", origin="media", link="https://news.example.com/1")
    raise_notices(accounts=[account], report=report, by=zhou_supervisor, now=moment)
    camera = FakeCamera()
    freeze(now=moment, camera=camera)
    assert camera.orders[0].shown == "https://news.example.com/1"


def test_busy_camera_gets_nothing_more_and_a_lost_capture_is_tried_again(silent, account, moment):
    make_interface(account, handle="https://feeds.example.gov.cn/a.rss")
    camera = FakeCamera()
    freeze(now=moment, camera=camera)
    freeze(now=moment, camera=camera)
    assert len(camera.orders) == 1
    other = FakeCamera()
    freeze(now=moment + timedelta(minutes=1), camera=other)
    assert other.orders == []
    freeze(now=moment + timedelta(minutes=6), camera=other)
    assert len(other.orders) == 1


def test_what_is_old_or_only_suspected_is_left(account, chen_operator, moment):
    judge(account, silence(standing=False, looks_seen=1, looks_needed=3), now=moment)
    camera = FakeCamera()
    freeze(now=moment, camera=camera)
    judge(account, silence(), now=moment)
    freeze(now=moment + timedelta(days=4), camera=camera)
    assert camera.orders == []


def test_without_any_address_that_is_said(silent, account, moment):
    freeze(now=moment, camera=FakeCamera())
    silent.refresh_from_db()
    assert (silent.frozen_at, silent.frozen_note) == (moment, "没有网址可以留存。")


def test_capture_fetches_and_says_what_it_cannot(monkeypatch):
    monkeypatch.setattr("govmedia.findings.capturing.browser", lambda: None)
    with pages({"/": "<h1>见</h1>"}) as site:
        url = f"http://{site.place}/"
        done = asyncio.run(capture(Order(1, url, url), Guard([site.place])))
    assert done.reply.body == "<h1>见</h1>".encode()
    assert done.notes == ["本机没有安装 Chromium，没有截图。"]
    shut = asyncio.run(capture(Order(1, "http://10.0.0.1/"), Guard()))
    assert shut.reply is None
    assert shut.notes == ["没有取到当时的返回：“10.0.0.1”指向内部或保留地址 10.0.0.1。"]


def test_camera_works_in_the_background(monkeypatch):
    monkeypatch.setattr("govmedia.findings.capturing.browser", lambda: None)
    with pages({"/": "x"}) as site:
        camera = Camera()
        camera.start(Order(5, f"http://{site.place}/"), Guard([site.place]))
        camera.wait(10)
    assert not camera.busy
    (done,) = camera.results()
    assert (done.order.finding_id, done.reply.status) == (5, 200)
