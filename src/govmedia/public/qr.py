"""QR codes of accounts: what `qr_url` says, else `url`."""

import io

import segno

from govmedia.accounts.models import Account

# Printed on a poster the picture has to stay sharp; a module of 16 px makes about 700 px.
PNG_SCALE = 16
BORDER = 4


def content_of(account: Account) -> str:
    """What the account's code holds; empty where there is nothing a phone could open."""
    target = account.qr_url or account.url
    return target if target.startswith(("http://", "https://")) else ""


def png(text: str) -> bytes:
    """The code as a PNG, black on white. Errors: segno.DataOverflowError for a text no code can hold."""
    out = io.BytesIO()
    segno.make_qr(text, error="M", boost_error=False).save(out, kind="png", scale=PNG_SCALE, border=BORDER)
    return out.getvalue()


def svg(text: str) -> bytes:
    """The code as an SVG that fits any size."""
    out = io.BytesIO()
    code = segno.make_qr(text, error="M", boost_error=False)
    code.save(out, kind="svg", border=BORDER, omitsize=True, dark="#000", light="#fff", xmldecl=True)
    return out.getvalue()


def inline(text: str) -> str:
    """The code as an element of a page, sized by its class `qr-own`; empty where the text is too long for one."""
    try:
        code = segno.make_qr(text, error="L", boost_error=False)
    except segno.DataOverflowError:
        return ""
    return str(code.svg_inline(border=2, omitsize=True, svgclass="qr-own", lineclass=None, dark="#000", light="#fff"))
