"""Feeds on loopback, and filings that are ready to be sent."""

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.cache import cache

from govmedia.filings import services


def rss(title="健康鼓楼", link="https://weibo.com/gulou", latest=datetime(2026, 11, 22, 1, 0, tzinfo=UTC), posts=3):
    items = "".join(
        f"<item><guid>g{n}</guid><title>通知第{n}号</title><link>https://weibo.com/gulou/{n}</link>"
        f"<pubDate>{format_datetime(latest - timedelta(days=n))}</pubDate></item>"
        for n in range(posts)
    )
    return (
        f"<rss version='2.0'><channel><title>{title}</title><link>{link}</link>"
        f"<description>鼓楼区卫生健康委员会的官方发布</description>{items}</channel></rss>"
    ).encode()


class Feeds:
    """What the server answers by path: (status, type, body)."""

    def __init__(self, port):
        self.port = port
        self.pages = {}

    def add(self, path, body, status=200, kind="application/rss+xml"):
        self.pages[path] = (status, kind, body)
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def feeds(settings):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, kind, body = self.server.feeds.pages.get(self.path, (404, "text/plain", b""))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.feeds = Feeds(server.server_address[1])
    settings.FETCH_ALLOW = [f"127.0.0.1:{server.feeds.port}"]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.feeds
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


FORM = {
    "name": "健康鼓楼",
    "platform": "weibo",
    "url": "https://weibo.com/gulou",
    "feed_url": "https://feeds.example.gov.cn/gulou.xml",
    "opened_on": "2026-11-20",
    "contact_name": "陈运维",
    "contact_phone": "025-83750000",
}


@pytest.fixture
def draft(chen_operator, gulou_health, moment):
    return services.start(kind="open", organisation=gulou_health, by=chen_operator, now=moment)


@pytest.fixture
def filled(draft, chen_operator, moment):
    return services.save_draft(filing_id=draft.pk, values=FORM, by=chen_operator, now=moment)


@pytest.fixture
def submitted(filled, chen_operator, zhao_reviewer, moment):
    return services.submit(filing_id=filled.pk, by=chen_operator, now=moment)


@pytest.fixture
def accepted(submitted, zhao_reviewer, qian_reviewer, moment):
    services.move(filing_id=submitted.pk, name="pass_on", by=zhao_reviewer, now=moment)
    return services.move(filing_id=submitted.pk, name="accept", by=qian_reviewer, now=moment)
