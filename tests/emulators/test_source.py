from datetime import UTC, datetime, timedelta

import pytest

from govmedia.emulators.source import WINDOW, EmulatedFeed, EmulatedItem, FileSource, write_feeds

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "feeds.sqlite3"
    feeds = [EmulatedFeed("a", "甲", lively=True), EmulatedFeed("b", "乙", kind="atom", lively=True, mode="slow")]
    items = [
        EmulatedItem("a", f"a-{day}", f"第{day}天", "文", published_at=NOW - timedelta(days=day)) for day in range(30)
    ]
    write_feeds(path, iter(feeds), iter(items))
    source = FileSource(path)
    yield source
    source.close()


def test_feed_shows_its_newest_posts(source):
    assert [item.native_id for item in source.newest("a")] == [f"a-{day}" for day in range(WINDOW)]
    assert source.newest("b") == []


def test_what_is_written_is_read_back(source):
    assert source.feed("b") == EmulatedFeed("b", "乙", kind="atom", lively=True, mode="slow")
    assert source.item("a", "a-3") == EmulatedItem("a", "a-3", "第3天", "文", published_at=NOW - timedelta(days=3))
    assert (source.feed("c"), source.item("a", "x"), source.count()) == (None, None, 2)
    assert [feed.key for feed in source.feeds(1, 5)] == ["b"]


def test_new_post_comes_first_and_changes_the_revision(source):
    source.add_item(EmulatedItem("a", "new", "新", "文", published_at=NOW + timedelta(hours=1)), NOW)
    assert source.newest("a", 1)[0].native_id == "new"
    assert (source.feed("a").revision, source.feed("a").changed_at) == (2, NOW)


def test_shifted_feed_has_fallen_silent(source):
    assert source.shift_items("a", -20, NOW) == 30
    assert source.newest("a", 1)[0].published_at == NOW - timedelta(days=20)
    assert source.feed("a").revision == 2


def test_mode_is_kept_and_unknown_feed_is_told(source):
    assert source.set_mode("a", "http_500", NOW)
    assert not source.set_mode("zz", "ok", NOW)
    assert (source.feed("a").mode, source.feed("a").revision) == ("http_500", 2)


def test_only_lively_feeds_in_order_are_picked(source):
    assert [feed.key for feed in source.some_lively(5)] == ["a"]


def test_neighbour_is_another_account(source):
    assert (source.neighbour("a").key, source.neighbour("b").key) == ("b", "a")


def test_failed_write_leaves_nothing_behind(source):
    def poisoned():
        yield EmulatedItem("a", "one", "题", "文")
        raise RuntimeError("poison")

    with pytest.raises(RuntimeError, match="poison"):
        source.add_many([], poisoned())
    assert source.item("a", "one") is None
