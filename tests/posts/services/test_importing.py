"""Posts from a file."""

import json
from datetime import timedelta

import pytest

from factories import make_account, make_coverage, make_interface
from govmedia.audit.models import Entry
from govmedia.posts.models import Coverage, Post
from govmedia.posts.services import import_posts

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(gulou_health):
    return make_account(gulou_health)


def line(account, name, **values):
    return json.dumps({"account": account.code, "id": name, "text": f"{name}正文", **values}, ensure_ascii=False)


def test_posts_are_stored_and_a_second_import_changes_nothing(account, moment, root_admin):
    lines = [
        line(account, "a", published_at="2026-11-20T08:00:00+08:00", title="标题", links=["http://x.example/"]),
        "",
        line(account, "b"),
    ]
    report = import_posts(lines, now=moment, by=root_admin)
    assert report.text == "读取 2 条：新增 2，改动 0，相同 0，未导入 0。"
    post = Post.objects.get(native_id="a")
    assert (post.title, post.counts_on.isoformat(), post.date_basis) == ("标题", "2026-11-20", "own")
    assert post.extra == {"links": ["http://x.example/"]}
    assert Post.objects.get(native_id="b").date_basis == "undated"
    again = import_posts(lines, now=moment, by=root_admin)
    assert (again.read, again.created, again.changed) == (2, 0, 0)
    assert (Entry.objects.earliest("seq").actor, Coverage.objects.count()) == ("root", 0)


def test_bad_lines_are_named_and_the_rest_goes_on(account, moment):
    lines = [
        "{",
        "[]",
        json.dumps({"id": "a", "text": ""}),
        json.dumps({"account": account.code, "text": "x"}),
        json.dumps({"account": "NOSUCHCODE", "id": "a"}),
        line(account, "b", published_at="yesterday"),
        line(account, "c", title=5),
        line(account, "d", links="x"),
        line(account, "e", original="yes"),
        line(account, "good"),
        line(account, "good"),
        "[" * 100_000,
    ]
    report = import_posts(lines, now=moment, by=None)
    assert dict(report.problems) == {
        1: "不是有效的 JSON，每行应是一个内容对象",
        2: "每行应是一个内容对象，形如 {“account”: …, “id”: …, “text”: …}",
        3: "缺少 account（账号编号）",
        4: "缺少 id（内容编号）",
        5: "没有编号为“NOSUCHCODE”的账号，请核对 account",
        6: "published_at 应为时间，例如 2026-11-23T08:00:00+08:00",
        7: "title 应为文字",
        8: "links 应为文字的列表",
        9: "original 应为 true 或 false",
        11: "编号与前面的一条重复，已搁置",
        12: "不是有效的 JSON，每行应是一个内容对象",
    }
    assert (report.created, Post.objects.count()) == (1, 1)


def test_file_cannot_undo_a_silence_that_was_seen(account, moment):
    make_interface(account, last_ok_at=moment - timedelta(hours=1))
    make_coverage(account, moment - timedelta(days=30), moment - timedelta(hours=1))
    old = (moment - timedelta(days=10)).isoformat()
    import_posts([line(account, "a", published_at=old)], now=moment, by=None)
    assert Post.objects.get().date_basis == "backdated"


def test_import_deletes_nothing(account, moment):
    day = "2026-11-{:02d}T08:00:00+08:00"
    import_posts([line(account, f"p{n}", published_at=day.format(n)) for n in range(1, 10)], now=moment, by=None)
    report = import_posts([line(account, f"p{n}", published_at=day.format(n)) for n in (1, 9)], now=moment, by=None)
    assert (report.created, report.changed) == (0, 0)
    assert not Post.objects.exclude(state="present").exists()
