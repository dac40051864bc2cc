from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from govmedia.connectors.feed_identity import MAX_ENTRIES, digest, identified
from govmedia.connectors.types import Snapshot
from govmedia.engine.hashing import sm3_hex

DAY = datetime(2026, 11, 23, tzinfo=UTC)


def names(*entries: Snapshot) -> list[str]:
    return [entry.native_id for entry in identified(entries)[0]]


def test_id_is_the_given_one_else_the_link_else_the_digest():
    bare = Snapshot("", "题", "文", published_at=DAY)
    assert names(Snapshot("g", url="http://a.cn/1"), Snapshot("", url="http://a.cn/2"), bare) == [
        "g",
        "http://a.cn/2",
        "sm3:" + sm3_hex("题\u001f2026-11-23T00:00:00+00:00\u001f文".encode()),
    ]
    assert digest(Snapshot("", "题", "文")) == "sm3:" + sm3_hex("题\u001f\u001f文".encode())


def test_id_shared_by_different_links_is_no_id():
    assert names(Snapshot("site", "甲", url="http://a.cn/1"), Snapshot("site", "乙", url="http://a.cn/2")) == [
        "http://a.cn/1",
        "http://a.cn/2",
    ]


def test_link_shared_by_different_titles_is_no_id():
    one, two = Snapshot("", "甲", url="http://a.cn/"), Snapshot("", "乙", url="http://a.cn/")
    assert names(one, two) == [digest(one), digest(two)]


def test_repeated_entry_stays_once_and_the_first_wins():
    newer, older = Snapshot("g", "新题", url="http://a.cn/1"), Snapshot("g", "旧题", url="http://a.cn/1")
    kept, skipped = identified([newer, older])
    assert ([entry.title for entry in kept], skipped) == (["新题"], 1)


def test_entries_beyond_the_cap_are_counted():
    kept, skipped = identified([Snapshot(str(number)) for number in range(MAX_ENTRIES + 1)])
    assert (len(kept), skipped) == (MAX_ENTRIES, 1)


WORDS = st.sampled_from(["", "a", "b", "http://a.cn/1", "http://a.cn/2"])


@given(st.lists(st.builds(Snapshot, WORDS, WORDS, WORDS, WORDS)))
def test_ids_are_unique_present_and_the_same_again(entries):
    kept, skipped = identified(entries)
    ids = [entry.native_id for entry in kept]
    assert all(ids)
    assert len(set(ids)) == len(ids)
    assert len(kept) + skipped == len(entries)
    assert identified(entries) == (kept, skipped)
