"""Whose feed is it."""

import pytest

from govmedia.connectors.types import Feed, Snapshot
from govmedia.posts.identity import Fresh, Known, doubt, plain_id, seen_name

OURS = [("https://www.gulou.gov.cn/1.html", "鼓楼区"), ("https://www.gulou.gov.cn/2.html", "鼓楼区")] * 2
STRANGE = [Fresh(f"https://spam.example/{n}", f"https://spam.example/{n}", "某某") for n in range(4)]


def feed(feed_id="", title="鼓楼发布", entries=4) -> Feed:
    items = tuple(Snapshot(str(number)) for number in range(entries))
    return Feed("rss", title, "", "", feed_id, "", items, "fast")


def known(feed_id="", title="鼓楼发布", posts=()) -> Known:
    return Known(feed_id, title, "鼓楼发布", posts)


def test_same_id_vouches_for_title_and_items():
    assert doubt(known("urn:1", posts=OURS), feed("urn:1", "新名称"), STRANGE) == ""


def test_changed_id_is_doubt_enough():
    assert doubt(known("urn:1"), feed("urn:2"), []) == "订阅源的标识由“urn:1”变为“urn:2”"


def test_move_to_https_is_no_change():
    assert doubt(known("http://A.example/feed/"), feed("https://a.example/feed"), []) == ""
    assert plain_id("https://a.example/feed?x=1") != plain_id("https://a.example/feed?x=2")


def test_changed_title_without_id_is_doubt():
    assert doubt(known(), feed(title="某某商城"), []).startswith("订阅源的名称由“鼓楼发布”变为“某某商城”")
    assert doubt(known(), feed(title=" 鼓楼 发布 "), []) == ""


def test_mostly_foreign_items_are_doubt_and_a_burst_of_own_ones_is_not():
    assert doubt(known(posts=OURS), feed(), STRANGE) == "多数内容的来源网站和作者与此前不同，可能是别的账号的内容"
    own = [Fresh(str(number), f"https://www.gulou.gov.cn/{number}.html", "") for number in range(4)]
    assert doubt(known(posts=OURS), feed(), own) == ""
    moved = [Fresh(str(number), f"https://new.gulou.gov.cn/{number}.html", "鼓楼区") for number in range(4)]
    assert doubt(known(posts=OURS), feed(), moved) == ""
    assert doubt(known(posts=OURS), feed(entries=20), STRANGE) == ""
    assert doubt(known(), feed(), STRANGE) == ""
    assert doubt(known(title="", posts=OURS), feed(), STRANGE) == ""


@pytest.mark.parametrize(
    ("pinned", "shown", "expected"),
    [
        ("鼓楼发布", "鼓楼发布", ""),
        ("鼓楼区门户 要闻", "鼓楼区门户·要闻", ""),
        ("鼓楼区门户要闻", "鼓楼发布", ""),
        ("鼓楼发布", "鼓楼融媒", "鼓楼融媒"),
        ("鼓楼发布", "", ""),
        ("", "鼓楼融媒", ""),
    ],
)
def test_name_seen_is_one_that_was_neither_filed_nor_pinned(pinned, shown, expected):
    assert seen_name(known(title=pinned), feed(title=shown)) == expected
