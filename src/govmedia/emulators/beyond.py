"""What posts and feeds lead to: pictures and pages elsewhere, well-behaved ones and others.

GET  /pictures/NAME   a picture, or what passes for one
GET  /avatars/NAME    the picture of whoever is called so
GET  /pages/NAME      a page of somebody else's site
"""

import asyncio
import hashlib
import io
import struct
import zlib
from collections.abc import Awaitable, Callable
from functools import lru_cache
from html import escape
from importlib.resources import files

import segno
from aiohttp import web
from PIL import Image

HANG_S = 120.0
MEGABYTE = 1024 * 1024
SHOP = "https://item.taobao.com/item.htm?id=20261123"
OFFICE = "https://www.gov.cn/zhengce/"
# title and paragraphs
PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "notice.html": ("停水通告", ("因管道检修，11月25日22时起城北片区停水。", "请提前储水，敬请谅解。")),
    "casino.html": (
        "澳门娱乐城在线投注",
        ("百家乐、老虎机、时时彩，注册即送彩金。", "真人荷官，网上赌博，秒到账。"),
    ),
}


def qr(text: str) -> bytes:
    """A picture of a QR code."""
    made = io.BytesIO()
    segno.make(text, error="m").save(made, kind="png", scale=6, border=4)
    return made.getvalue()


@lru_cache(maxsize=1)
def notice() -> bytes:
    """A picture with text: an advertisement that calls itself invented."""
    return (files("govmedia.emulators") / "pictures" / "notice.png").read_bytes()


@lru_cache(maxsize=512)
def avatar(name: str) -> bytes:
    """A picture for a name, the same for the same: patches of two tones, as far as can be told apart."""
    bits = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    small = Image.new("L", (8, 8))
    small.putdata([230 if bits >> at & 1 else 40 for at in range(64)])
    made = io.BytesIO()
    small.resize((192, 192), Image.Resampling.NEAREST).save(made, "PNG")
    return made.getvalue()


def claimed(width: int, height: int) -> bytes:
    """A PNG of less than a kilobyte that claims to be so large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * MEGABYTE, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )


async def _slow(request: web.Request) -> web.StreamResponse:
    """Nothing for two minutes."""
    await asyncio.sleep(HANG_S)
    return web.Response(status=504)


async def _too_large(request: web.Request) -> web.StreamResponse:
    """Twenty megabytes without a length."""
    response = web.StreamResponse(headers={"Content-Type": "image/png"})
    await response.prepare(request)
    for _ in range(20):
        await response.write(b"\x89PNG\r\n\x1a\n" * (MEGABYTE // 8))
    await response.write_eof()
    return response


def _image(make: Callable[[], bytes]) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(body=make(), content_type="image/png")

    return handler


PICTURES: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = {
    "notice.png": _image(notice),
    "shop.png": _image(lambda: qr(SHOP)),
    "office.png": _image(lambda: qr(OFFICE)),
    "huge.png": _image(lambda: claimed(30_000, 30_000)),
    "broken.png": _image(lambda: notice()[:2000]),
    "page.png": _image(lambda: b"<!DOCTYPE html><title>404</title>"),
    "large.png": _too_large,
    "slow.png": _slow,
}


async def picture(request: web.Request) -> web.StreamResponse:
    """A picture by its name."""
    make = PICTURES.get(request.match_info["name"])
    return await make(request) if make else web.Response(status=404, text="没有这张图片。\n")


async def face(request: web.Request) -> web.StreamResponse:
    """The picture of whoever has the name of the address."""
    return web.Response(body=avatar(request.match_info["name"]), content_type="image/png")


async def page(request: web.Request) -> web.StreamResponse:
    """A page by its name; `slow.html`, `large.html`, `file.html` (a download) and `gone.html` misbehave."""
    name = request.match_info["name"]
    if name == "slow.html":
        return await _slow(request)
    if name == "large.html":
        return await _too_large(request)
    if name == "file.html":
        return web.Response(body=b"PK\x03\x04" + b"\0" * 500, content_type="application/zip")
    if name not in PAGES:
        return web.Response(status=410 if name == "gone.html" else 404, text="没有这个页面。\n")
    title, blocks = PAGES[name]
    body = "".join(f"<p>{escape(block)}</p>" for block in blocks)
    text = (
        f"<!DOCTYPE html>\n<html lang='zh-CN'><head><meta charset='utf-8'><title>{escape(title)}</title>"
        f"<script>var a = '赌博';</script></head><body><h1>{escape(title)}</h1>{body}</body></html>\n"
    )
    return web.Response(text=text, content_type="text/html")
