"""The text of a file, whichever of the two encodings it was saved in."""

import re

_BOM = b"\xef\xbb\xbf"
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_BROKEN = re.compile("[\udc80-\udcff]+")


def text_of(data: bytes) -> tuple[str, str]:
    """The text, and its encoding's name: UTF-8 or GB18030. Bytes that are neither stay visible to `broken_bytes`.

    A broken sign never takes a separator, quotation mark or line end with it: in both encodings those stand for
    themselves only. So the cell it stands in is the only one that is in doubt.
    """
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        name, codec = ("UTF-8", "utf-8-sig") if _means_utf8(data) else ("GB18030", "gb18030")
        return data.decode(codec, errors="surrogateescape"), name


def broken_bytes(text: str) -> str:
    """The bytes of the first place that could not be read, as people write them (E5 81); empty where all could."""
    found = _BROKEN.search(text)
    return found[0].encode("utf-8", "surrogateescape").hex(" ").upper() if found else ""


def readable(text: str) -> str:
    """The text with a question mark of its own for each place that could not be read."""
    return _BROKEN.sub("\ufffd", text)


def _means_utf8(data: bytes) -> bool:
    """True for UTF-8 with a few broken signs. Read as GB18030 it would often be valid, and nonsense."""
    if data.startswith(_BOM):
        return True
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    return len(_NOT_ASCII.findall(text)) - bad >= bad
