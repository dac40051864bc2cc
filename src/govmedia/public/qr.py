"""QR codes of accounts: what `qr_url` says, else `url`.

Made by the library that reads them too: it is several times as fast as one in Python, and a copy of the whole site
holds two pictures of every account.
"""

import io

import numpy as np
import segno
import zxingcpp
from PIL import Image

from govmedia.accounts.models import Account
from govmedia.engine.links import is_web

# Printed on a poster the picture has to stay sharp; a module of 16 px makes about 700 px.
PNG_SCALE = 16
BORDER = 4
_LEVEL = 3


class TooLong(ValueError):
    """A text that no code can hold."""


def content_of(account: Account) -> str:
    """What the account's code holds; empty where there is nothing a phone could open."""
    target = account.qr_url or account.url
    return target if is_web(target) else ""


def png(text: str) -> bytes:
    """The code as a PNG, black on white. Errors: TooLong."""
    return _png(_modules(text))


def svg(text: str) -> bytes:
    """The code as an SVG that fits any size. Errors: TooLong."""
    return _svg(_modules(text))


def pictures(text: str) -> tuple[bytes, bytes]:
    """(PNG, SVG) of one code. Errors: TooLong."""
    modules = _modules(text)
    return _png(modules), _svg(modules)


def _modules(text: str) -> np.ndarray:
    """Which modules are dark, with the border around."""
    try:
        if text.isascii() and text.isprintable():
            code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
            return np.pad(
                np.array(zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False)) == 0, BORDER
            )
        # Other signs as plain UTF-8: the quick library would announce them by a mark that old scanners stumble over.
        slow = segno.make_qr(text, error="M", boost_error=False)
    except ValueError as why:
        raise TooLong(str(why)) from why
    return np.pad(np.array([list(row) for row in slow.matrix], dtype=bool), BORDER)


def _png(modules: np.ndarray) -> bytes:
    side, out = len(modules) * PNG_SCALE, io.BytesIO()
    lines = np.packbits(np.repeat(~modules, PNG_SCALE, axis=1), axis=1)
    Image.frombytes("1", (side, side), lines.repeat(PNG_SCALE, axis=0).tobytes()).save(
        out, "PNG", compress_level=_LEVEL
    )
    return out.getvalue()


def _svg(modules: np.ndarray) -> bytes:
    side = len(modules)
    # Where dark begins and where it ends, row after row.
    edges = np.diff(np.pad(modules, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    starts, ends = np.argwhere(edges == 1).tolist(), np.argwhere(edges == -1)[:, 1].tolist()
    runs = [f"M{start} {y}h{end - start}v1H{start}z" for (y, start), end in zip(starts, ends, strict=True)]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{"".join(runs)}"/></svg>\n'
    ).encode()


def inline(text: str) -> str:
    """The code as an element of a page, sized by its class `qr-own`; empty where the text is too long for one."""
    try:
        code = segno.make_qr(text, error="L", boost_error=False)
    except segno.DataOverflowError:
        return ""
    return str(code.svg_inline(border=2, omitsize=True, svgclass="qr-own", lineclass=None, dark="#000", light="#fff"))
