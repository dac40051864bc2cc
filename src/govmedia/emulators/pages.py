"""The emulator's own pages: what there is, with a switch for each feed, and each post as a page."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from importlib.resources import files
from urllib.parse import quote

from govmedia.emulators.modes import MODES
from govmedia.emulators.render import as_html
from govmedia.emulators.source import EmulatedFeed, EmulatedItem

PER_PAGE = 50


@lru_cache(maxsize=1)
def style() -> str:
    """The sheet of these pages."""
    return (files("govmedia.emulators") / "style.css").read_text("utf-8")


def page(title: str, body: str) -> str:
    """A whole page that says what it is."""
    return (
        f"<!DOCTYPE html>\n<html lang='zh-CN'><head><meta charset='utf-8'><title>{escape(title)}</title>"
        "<meta name='viewport' content='width=device-width'><link rel='stylesheet' href='/style.css'></head>"
        f"<body><p class='note'>演示数据：这里是平台接口的模拟器，内容均为虚构，只在本机可见。</p>"
        f"<main><h1>{escape(title)}</h1>{body}</main></body></html>\n"
    )


def overview(feeds: Sequence[EmulatedFeed], total: int, number: int) -> str:
    """A page of the list of feeds, each with its address and its switch."""
    rows = "".join(_row(feed) for feed in feeds)
    pages = max(1, -(-total // PER_PAGE))
    turn = [f"<a href='/?page={number - 1}'>上一页</a>"] if number > 1 else []
    turn += [f"<a href='/?page={number + 1}'>下一页</a>"] if number < pages else []
    return page(
        "演示用模拟器",
        f"<p>共 {total:,} 个账号的订阅源。选一种状态再按“切换”，下次健康检查就会看到变化。</p>"
        "<table><thead><tr><th scope='col'>账号</th><th scope='col'>订阅源</th><th scope='col'>现在</th>"
        f"<th scope='col'>切换为</th></tr></thead><tbody>{rows}</tbody></table>"
        f"<p>第 {number} 页，共 {pages} 页　{'　'.join(turn)}</p>",
    )


def _row(feed: EmulatedFeed) -> str:
    options = "".join(
        f"<option value='{mode}'{' selected' if mode == feed.mode else ''}>{label}</option>"
        for mode, label in MODES.items()
    )
    path = f"/feeds/{quote(feed.key)}.{feed.kind}"
    return (
        f"<tr><td>{escape(feed.title)}</td><td><a href='{path}'>{escape(path)}</a></td>"
        f"<td>{MODES.get(feed.mode, escape(feed.mode))}</td>"
        f"<td><form method='post' action='/control/{quote(feed.key)}'>"
        f"<select name='mode' aria-label='{escape(feed.title)}的状态'>{options}</select><button>切换</button>"
        "</form></td></tr>"
    )


def post(feed: EmulatedFeed, item: EmulatedItem) -> str:
    """One post to read."""
    when = f"<p><time>{item.published_at.isoformat()}</time></p>" if item.published_at else ""
    return page(item.title or feed.title, f"<article><p>{escape(feed.title)}</p>{when}{as_html(item.text)}</article>")
