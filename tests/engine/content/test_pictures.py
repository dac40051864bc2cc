"""Pictures from strangers: what they say, and what is refused before anything is unpacked."""

import io
import random
import struct
import sys
import zlib
from importlib.resources import files
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from govmedia.engine.content import pictures
from govmedia.engine.content.pictures import BYTES_MOST, PIXELS_MOST, PictureError, can_read_text, read_picture

SHOP = "https://item.taobao.com/item.htm?id=1"


def qr(text: str = SHOP, scale: int = 5) -> Image.Image:
    made = io.BytesIO()
    segno.make(text, error="m").save(made, kind="png", scale=scale)
    return Image.open(made).convert("RGB")


def packed(image: Image.Image, kind: str = "PNG", **how) -> bytes:
    made = io.BytesIO()
    image.save(made, kind, **how)
    return made.getvalue()


def claimed(width: int, height: int) -> bytes:
    """A PNG of some hundred bytes that claims to be so large."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.fixture
def without_reader(monkeypatch):
    monkeypatch.setattr(pictures, "find_spec", lambda name: None)


@pytest.fixture
def reader(monkeypatch):
    """A reader that finds one line in each piece of a picture, and says what pieces it saw."""
    seen = []

    def read(pixels, use_cls):
        seen.append(pixels.shape)
        box = np.array([[10, 20], [110, 20], [110, 50], [10, 50]])
        return SimpleNamespace(txts=("停水通告", "糊"), boxes=np.array([box, box]), scores=(0.98, 0.3))

    monkeypatch.setattr(pictures, "find_spec", lambda name: object())
    monkeypatch.setattr(pictures, "_reader", lambda: read)
    return seen


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_a_code_is_read_from_every_kind_of_picture(kind, without_reader):
    page = Image.new("RGB", (900, 1200), "white")
    page.paste(qr(), (500, 700))
    found = read_picture(packed(page, kind))
    assert [code.payload for code in found.codes] == [SHOP]
    left, top, right, bottom = found.codes[0].box
    assert 500 < left < right < 500 + qr().width
    assert 700 < top < bottom < 700 + qr().height
    assert (found.width, found.height, found.lines, found.text_read) == (900, 1200, (), False)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "CMYK", "I;16"])
def test_every_mode_of_colour_is_read(mode, without_reader):
    page = Image.new("RGB", (400, 400), "white")
    page.paste(qr(), (60, 60))
    if mode == "I;16":
        page = Image.fromarray(np.asarray(page.convert("L")).astype(np.uint16) * 257)
    else:
        page = page.convert(mode) if mode != "LA" else page.convert("L").convert("LA")
    found = read_picture(packed(page, "JPEG" if mode == "CMYK" else "PNG", quality=95))
    assert [code.payload for code in found.codes] == [SHOP]


def test_what_is_transparent_is_read_on_white(without_reader):
    """Black on nothing: the colours below what is transparent are often black too."""
    dark = np.asarray(qr().convert("L")) < 128
    clear = np.zeros((*dark.shape, 4), np.uint8)
    clear[..., 3] = dark * 255
    framed = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    framed.paste(Image.fromarray(clear), (60, 60))
    assert [code.payload for code in read_picture(packed(framed)).codes] == [SHOP]


def test_all_codes_of_a_picture_are_read_and_none_where_there_is_none(without_reader):
    page = Image.new("RGB", (1000, 500), "white")
    page.paste(qr("https://www.gov.cn/"), (50, 50))
    page.paste(qr(), (550, 50))
    assert sorted(code.payload for code in read_picture(packed(page)).codes) == [SHOP, "https://www.gov.cn/"]
    assert read_picture(packed(Image.new("RGB", (300, 300), "white"))).codes == ()


@pytest.mark.parametrize("size", [(30_000, 30_000), (25_001, 1_000), (1, 31_000), (2**31 - 1, 1)])
def test_a_picture_that_claims_too_much_is_refused_before_it_is_unpacked(size, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("unpacked"))
    assert len(claimed(*size)) < 200
    with pytest.raises(PictureError, match="像素"):
        read_picture(claimed(*size))


def test_a_picture_within_the_bounds_is_read(without_reader):
    image = Image.new("L", (1000, PIXELS_MOST // 1000), "white")
    assert read_picture(packed(image)).height == PIXELS_MOST // 1000


def test_too_many_bytes_are_refused():
    with pytest.raises(PictureError, match="5 MB"):
        read_picture(b"\x89PNG\r\n\x1a\n" + b"\0" * BYTES_MOST)


@pytest.mark.parametrize(
    "data",
    [b"", b"<html><title>404</title></html>", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"%PDF-1.7", b"II*\0" + b"\0" * 50],
    ids=["nothing", "a page", "a head", "half a head", "a document", "TIFF"],
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(PictureError, match="不是 PNG"):
        read_picture(data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_a_picture_cut_off_is_refused_or_read_as_far_as_it_goes(kind):
    image = Image.fromarray(np.random.default_rng(1).integers(0, 255, (300, 300, 3), dtype=np.uint8))
    whole = packed(image, kind)
    with pytest.raises(PictureError, match=r"不完整|不是 PNG"):
        read_picture(whole[: len(whole) * 2 // 3])


@given(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP", "BMP"]), st.integers(0, 2**32))
def test_a_picture_with_broken_bytes_is_read_or_refused_and_nothing_else(kind, seed):
    chance = random.Random(seed)
    data = bytearray(packed(qr(scale=3), kind))
    for _ in range(chance.randrange(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        read_picture(bytes(data), text=False)
    except PictureError as why:
        assert why.text


def test_text_is_read_with_its_place_and_unsure_readings_are_left(reader):
    found = read_picture(packed(Image.new("RGB", (1080, 800), "white")))
    assert found.text == "停水通告"
    assert (found.lines[0].box, found.lines[0].score, found.text_read) == ((10, 20, 110, 50), 0.98, True)
    assert reader == [(800, 1080, 3)]


def test_a_long_picture_is_read_in_pieces_cut_between_its_lines(reader):
    pixels = np.full((4000, 400), 255, np.uint8)
    for top in range(0, 4000, 60):
        pixels[top : top + 40, ::3] = 0
    found = read_picture(packed(Image.fromarray(pixels)))
    assert sum(height for height, _, _ in reader) == 4000
    cuts = np.cumsum([height for height, _, _ in reader])[:-1]
    assert len(cuts) >= 2 and all(cut % 60 >= 40 for cut in cuts)
    assert [line.box[1] for line in found.lines] == [20, *(cut + 20 for cut in cuts)]


def test_a_picture_that_takes_too_long_is_left_and_says_so(reader):
    long = packed(Image.new("L", (400, 8000), "white"))
    answers = iter([True, True, False])
    found = read_picture(long, go_on=lambda: next(answers))
    assert (len(found.lines), found.text_read) == (2, False)
    endless = read_picture(packed(Image.new("L", (400, 30_000), "white")))
    assert (len(endless.lines), endless.text_read) == (12, False)


def test_text_is_not_looked_for_where_it_is_not_wanted_or_cannot_be(reader):
    assert read_picture(packed(Image.new("L", (200, 200), "white")), text=False).lines == ()
    assert read_picture(packed(Image.new("L", (200, 10), "white"))).lines == ()
    assert reader == []


def test_the_reader_may_be_missing(without_reader):
    assert not can_read_text()
    assert read_picture(packed(Image.new("L", (200, 200), "white"))) == pictures.PictureText(200, 200)


def test_the_reader_is_made_once_and_told_to_be_quiet(monkeypatch):
    made = []
    stand_in = ModuleType("rapidocr")
    stand_in.RapidOCR = lambda params: made.append(params) or "reader"
    monkeypatch.setitem(sys.modules, "rapidocr", stand_in)
    pictures._reader.cache_clear()
    assert (pictures._reader(), pictures._reader()) == ("reader", "reader")
    pictures._reader.cache_clear()
    assert made == [{"Global.log_level": "error"}]


def test_chinese_is_read_where_the_reader_is_installed_and_left_where_it_is_not():
    notice = (files("govmedia.emulators") / "pictures" / "notice.png").read_bytes()
    found = read_picture(notice)
    if not can_read_text():
        assert (found.lines, found.text_read) == ((), False)
        return
    assert found.text == "演示图片，内容为虚构\n新店开业全场五折，满一百减三十\n订购热线025-00000000，先到先得"
    assert all(line.score > 0.9 for line in found.lines)
