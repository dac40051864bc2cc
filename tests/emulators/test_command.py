import os
import signal
import socket
import threading
import time
import urllib.request
from datetime import UTC, datetime

import pytest

from govmedia.emulators.command import main, run
from govmedia.emulators.phrases import made_up_feeds, made_up_posts
from govmedia.emulators.source import WINDOW

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_command_serves_made_up_accounts_until_stopped(capsys):
    port = free_port()
    pages: list[str] = []

    def visit() -> None:
        for _ in range(100):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/feeds/000003.json") as answer:
                    pages.append(answer.read().decode())
                os.kill(os.getpid(), signal.SIGTERM)
                break
            except OSError:
                time.sleep(0.05)

    visitor = threading.Thread(target=visit)
    visitor.start()
    assert run(port=port, accounts=3, source=None, clock=lambda: NOW) == 0
    visitor.join()
    assert "jsonfeed.org" in pages[0]
    assert "3 个账号" in capsys.readouterr().err


def test_taken_port_is_told(capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert run(port=port, accounts=1, source=None) == 1
    assert f"端口 {port} 打不开" in capsys.readouterr().err


def test_wrong_usage_and_missing_file_are_told(capsys, tmp_path):
    assert main(["--accounts", "0"]) == 2
    assert main(["--source", str(tmp_path / "none.sqlite3")]) == 1
    assert "没有这个文件" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--port", "x"])


def test_made_up_accounts_have_different_names_and_recent_posts():
    feeds = made_up_feeds(500, NOW)
    assert len({feed.title for feed in feeds}) == 500
    assert {feed.kind for feed in feeds} == {"rss", "atom", "json", "rdf"}
    posts = list(made_up_posts(feeds[:3], NOW))
    assert len({(post.key, post.native_id) for post in posts}) == 3 * WINDOW
    assert all(post.published_at < NOW and "{" not in post.title + post.text for post in posts)
    assert posts == list(made_up_posts(feeds[:3], NOW))
