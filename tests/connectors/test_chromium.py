"""Pictures of pages by the system's Chromium."""

import asyncio
import tempfile
from pathlib import Path

import pytest

from connectors.pages import HANG, pages
from govmedia.connectors.chromium import browser, picture
from govmedia.connectors.errors import AddressRefused, Trouble
from govmedia.connectors.guard import Guard

pytestmark = pytest.mark.skipif(browser() is None, reason="no Chromium on this machine")


def shoot(url, *allow, **how):
    return asyncio.run(picture(url, Guard(allow), binary=browser(), **how))


def test_a_long_page_is_pictured_whole_and_a_dialog_does_not_hold_it_up():
    with pages({"/": "<script>alert(1)</script><div style='height:3000px'>长</div>"}) as site:
        shot = shoot(f"http://{site.place}/", site.place)
    width, height = (int.from_bytes(shot.data[start : start + 4]) for start in (16, 20))
    assert (shot.media_type, width, shot.loaded, shot.cut) == ("image/png", 1280, True, False)
    assert height >= 3000


def test_a_page_reaches_no_private_address():
    with pages({}) as inner, pages({}) as outer:
        outer.pages["/"] = f"<img src='http://{inner.place}/a'><script>fetch('http://{inner.place}/b')</script>"
        shot = shoot(f"http://{outer.place}/", outer.place)
        assert inner.asked == []
    assert f"http://{inner.place}/a" in shot.refused


def test_a_page_that_hangs_is_killed_and_leaves_nothing(monkeypatch):
    # A folder of its own, and a short one: Chromium's socket lies in it, and their names are bounded.
    folder = Path(tempfile.mkdtemp())
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    with pages({"/": HANG}) as site, pytest.raises(Trouble, match="截图 3 秒内没有完成，已停止。"):
        shoot(f"http://{site.place}/", site.place, total_s=3.0)
    assert [one for one in Path("/proc").iterdir() if str(folder).encode() in _command(one)] == []
    assert list(folder.iterdir()) == []
    folder.rmdir()


def test_refused_address_starts_nothing():
    with pytest.raises(AddressRefused):
        shoot("http://127.0.0.1/")


def test_a_browser_that_is_none_is_said():
    with pytest.raises(Trouble, match="浏览器没有截成图"):
        asyncio.run(picture("http://127.0.0.1:8099/", Guard(["127.0.0.1:8099"]), binary="/bin/true"))


def _command(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""
