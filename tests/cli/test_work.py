"""Polling, judging and fetching by command."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from factories import make_account, make_interface
from govmedia.posts.models import Post

FEED = """<rss version="2.0"><channel><title>健康鼓楼</title><link>https://example.gov.cn/</link><description>d</description>
<item><guid>b</guid><title>二</title><pubDate>Wed, 11 Nov 2026 08:00:00 +0800</pubDate></item>
<item><guid>u</guid><title>无日期</title></item>
<item><guid>a</guid><title>一</title><pubDate>Tue, 10 Nov 2026 08:00:00 +0800</pubDate></item>
</channel></rss>"""


@pytest.fixture
def feed(monkeypatch, settings):
    """A feed on loopback; its path tells what it answers."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = {"/feed": FEED, "/login": "<html><body>请登录</body></html>"}.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    place = f"127.0.0.1:{server.server_address[1]}"
    monkeypatch.setenv("GOVMEDIA_FETCH_ALLOW", place)
    settings.FETCH_ALLOW = [place]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://{place}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_since_is_inclusive_and_keeps_undated_items(run, feed):
    said = run("fetch", "feed", f"{feed}/feed", "--since", "2026-11-11T00:00:00Z")
    assert (said.status, said.err) == (0, "")
    assert [row["id"] for row in said.rows] == ["b", "u"]
    assert "published_at" not in said.rows[1]
    assert [
        row["id"] for row in run("fetch", "feed", f"{feed}/feed", "--since", "2026-11-11T08:00:01+08:00").rows
    ] == ["u"]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["feed", "{}/login"], 1),
        (["feed", "{}/nothing"], 1),
        (["feed", "http://10.0.0.1/"], 1),
        (["feed", "file:///etc/passwd"], 1),
        (["wechat_mp", "x"], 2),
        (["feed", "{}/feed", "--since", "gestern"], 2),
        (["feed", "{}/feed", "--since", "2026-11-11"], 2),
    ],
)
def test_what_cannot_be_fetched_says_why(run, feed, words, status):
    said = run("fetch", *(word.format(feed) for word in words))
    assert (said.status, said.out, bool(said.err)) == (status, "", True)


@pytest.mark.django_db
def test_poll_once_looks_at_everything_due_and_then_finds_nothing(run, feed, gulou_health):
    make_interface(make_account(gulou_health), handle=f"{feed}/feed", host="x")
    assert run("poll", "--once")[:2] == (0, "")
    assert Post.objects.count() == 3
    assert run("poll", "--once").err == "没有到期的账号。\n"


@pytest.mark.django_db
def test_check_prints_facts_and_a_proposed_verdict(run, gulou_health):
    account = make_account(gulou_health)
    (row,) = run("check", "--account", account.code.lower()).rows
    assert (row["account"], row["verdict"]["passed"], row["facts"]["covered"]) == (account.code, True, [])
    assert [json.loads(line)["account"] for line in run("check").out.splitlines()] == [account.code]
    said = run("check", "--account", "AAAAAAAAAA")
    assert (said.status, said.out) == (1, "")
