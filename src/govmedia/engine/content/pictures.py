"""What pictures say: QR codes always, text where the optional reader is installed.

Pictures come from strangers. What they claim to be is looked at before anything is unpacked: kinds, bytes and pixels
have bounds, and a picture that is not whole is refused. Reading text stops when its time is up.
"""

import io
import logging
import struct
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

KINDS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
BYTES_MOST = 5 * 1024 * 1024
# A long picture of a whole article is 1,080 wide and up to 20,000 high.
PIXELS_MOST = 25_000_000
SIDE_MOST = 30_000
# Smaller than this nothing can be read: points that count readers, lines, bullets.
SIDE_LEAST = 24
NO_READER = "没有安装图片文字识别组件，只识别二维码。需要时请运行：pip install 'govmedia[pictures]'"
# Text is read piece by piece, so that a long picture keeps its sharpness and memory stays bounded; the rest of a
# longer one is left.
_PIECE = 1600
_PIECES_MOST = 12
# A piece ends at the quietest row of so many.
_SEEK = 240
_SURE = 0.6
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, KeyError, struct.error, MemoryError)
# Pillow itself refuses what claims to be larger, before it unpacks it.
Image.MAX_IMAGE_PIXELS = PIXELS_MOST

# left, top, right, bottom, in the picture's pixels
Box = tuple[int, int, int, int]
Pixels = NDArray[np.uint8]


class PictureError(Exception):
    """A picture that cannot or must not be read; `text` says in Chinese why."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in a picture; `score` from 0 to 1 says how sure its reading is."""

    text: str
    box: Box
    score: float


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code and what it says."""

    payload: str
    box: Box


@dataclass(frozen=True, slots=True)
class PictureText:
    """What a picture says. `text_read`: its text was looked for to the end; False where there is no reader, the
    picture is too long or the time was up."""

    width: int
    height: int
    codes: tuple[Code, ...] = ()
    lines: tuple[Line, ...] = ()
    text_read: bool = False

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def can_read_text() -> bool:
    """Whether the optional reader of text is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read_picture(
    data: bytes, *, text: bool = True, go_on: Callable[[], bool] = lambda: True, most: int = BYTES_MOST
) -> PictureText:
    """QR codes and, if wanted and possible, text of a picture; `go_on` False stops the reading of text.
    `most` is how many bytes it may have.

    Errors: PictureError for what is no picture, of another kind, too large or broken.
    """
    plain = plain_picture(data, most)
    codes = tuple(_codes(plain.convert("L")))
    lines, whole = _lines(plain, go_on) if text and min(plain.size) >= SIDE_LEAST else ((), text)
    return PictureText(*plain.size, codes, lines, whole and can_read_text())


def plain_picture(data: bytes, most: int = BYTES_MOST) -> Image.Image:
    """The first frame of a picture in plain colours. Errors: PictureError, as of `read_picture`."""
    with warnings.catch_warnings():
        # What is odd about a stranger's picture is nothing for our log; too many pixels are more than odd.
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with _opened(data, most) as image:
            try:
                return _on_white(image)
            except _BROKEN as why:
                raise PictureError(f"图片不完整或已损坏（{type(why).__name__}）。") from why


def _opened(data: bytes, most: int) -> Image.Image:
    """The picture with its head read and nothing unpacked."""
    if len(data) > most:
        raise PictureError(f"图片超过 {most // 1024 // 1024} MB，没有读取。")
    try:
        image = Image.open(io.BytesIO(data), formats=KINDS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise PictureError(f"图片的像素超过 {PIXELS_MOST // 10_000:,} 万，没有读取。") from None
    except _BROKEN as why:
        raise PictureError("不是 PNG、JPEG、GIF、WebP 或 BMP 图片，或文件开头已损坏。") from why
    if max(image.size) > SIDE_MOST:
        image.close()
        raise PictureError(f"图片的边长超过 {SIDE_MOST:,} 像素，没有读取。")
    return image


def _on_white(image: Image.Image) -> Image.Image:
    """The first frame in plain colours, where it is transparent white shows."""
    if image.format == "JPEG" and image.mode == "CMYK":
        return image.convert("RGB")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        white = Image.new("RGB", clear.size, "white")
        white.paste(clear, mask=clear.getchannel("A"))
        return white
    return image.convert("RGB")


def _codes(grey: Image.Image) -> Iterator[Code]:
    # Made anew each time: what a module keeps until the end of the process the library reports as leaked.
    kinds = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.MicroQRCode])
    for one in zxingcpp.read_barcodes(grey, formats=kinds):
        corners = [getattr(one.position, name) for name in ("top_left", "top_right", "bottom_right", "bottom_left")]
        if one.text.strip():
            yield Code(one.text.strip(), _box([(corner.x, corner.y) for corner in corners], 0))


def _lines(image: Image.Image, go_on: Callable[[], bool]) -> tuple[tuple[Line, ...], bool]:
    """The lines of text from top to bottom, and whether that is all of them."""
    if not can_read_text():
        return (), False
    lines: list[Line] = []
    pixels: Pixels = np.asarray(image)
    for number, (top, bottom) in enumerate(_pieces(pixels)):
        if number == _PIECES_MOST or not go_on():
            return tuple(lines), False
        lines += _read(pixels[top:bottom], top)
    return tuple(lines), True


def _pieces(pixels: Pixels) -> Iterator[tuple[int, int]]:
    """The picture cut across where it is quietest, so that no line of text is."""
    height = len(pixels)
    top = 0
    while height - top > _PIECE:
        rows = pixels[top + _PIECE - _SEEK : top + _PIECE].astype(np.int16)
        unrest = np.abs(np.diff(rows, axis=1)).sum(axis=(1, 2))
        bottom = top + _PIECE - _SEEK + int(unrest.argmin()) + 1
        yield top, bottom
        top = bottom
    yield top, height


def _read(piece: Pixels, top: int) -> Iterator[Line]:
    # The reader takes blue first.
    found = _reader()(np.ascontiguousarray(piece[:, :, ::-1]), use_cls=False)
    if found.txts is None or found.boxes is None or found.scores is None:
        return
    for text, corners, score in zip(found.txts, found.boxes, found.scores, strict=True):
        if score >= _SURE and text.strip():
            yield Line(text.strip(), _box(corners, top), round(float(score), 3))


@cache
def _reader() -> Any:
    """The reader with its models, which lie in its package; nothing is fetched."""
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return import_module("rapidocr").RapidOCR(params={"Global.log_level": "error"})


def _box(corners: Any, top: int) -> Box:
    across, down = [int(corner[0]) for corner in corners], [int(corner[1]) for corner in corners]
    return min(across), min(down) + top, max(across), max(down) + top
