import gzip
import tracemalloc

import pytest

from govmedia.connectors.body import Unpacker
from govmedia.connectors.errors import Trouble

BOMB = gzip.compress(b" " * 50_000_000)


def test_bomb_is_never_held_unpacked():
    unpacker = Unpacker(100_000)
    tracemalloc.start()
    try:
        assert not unpacker.feed(BOMB)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_packed_body_may_come_byte_by_byte():
    unpacker = Unpacker(100)
    assert all(unpacker.feed(bytes([byte])) for byte in gzip.compress(b"<rss/>") + gzip.compress(b"\n"))
    assert unpacker.close(200) == b"<rss/>\n"


def test_packed_body_that_ends_early_is_told():
    unpacker = Unpacker(100)
    assert unpacker.feed(gzip.compress(b"<rss/>")[:-9])
    with pytest.raises(Trouble, match="不完整"):
        unpacker.close(200)


def test_single_byte_and_nothing_are_what_they_are():
    unpacker = Unpacker(100)
    assert unpacker.feed(b"<")
    assert unpacker.close(200) == b"<"
    assert Unpacker(100).close(200) == b""
