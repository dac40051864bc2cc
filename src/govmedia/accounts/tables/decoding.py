"""The text of a file, whichever of the two encodings it was saved in."""

import re

from govmedia.accounts.tables.report import BadFile

_BOM = b"\xef\xbb\xbf"
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_AGAIN = "请用表格软件打开，另存为“CSV UTF-8”或 .xlsx 再导入。"
# What else is taken for a table, by how it begins.
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", f"这是旧式 Excel 文件（.xls），或加了密码的。{_AGAIN}"),
    (b"\xff\xfe", f"这是 Unicode 文本（UTF-16）。{_AGAIN}"),
    (b"\xfe\xff", f"这是 Unicode 文本（UTF-16）。{_AGAIN}"),
    (b"%PDF", "这是 PDF，不是表格。请向提供的人要 CSV 或 Excel 文件。"),
    (b"<", f"这是网页或 XML，不是 CSV。{_AGAIN}"),
    (b"{", "这是 JSON，给程序用的，不能导入。请用 CSV 或 Excel 文件，如 govmedia export accounts --format csv。"),
    (b"[", "这是 JSON，给程序用的，不能导入。请用 CSV 或 Excel 文件，如 govmedia export accounts --format csv。"),
)
_BROKEN = re.compile("[\udc80-\udcff]+")


def text_of(data: bytes) -> tuple[str, str]:
    """The text, and its encoding's name: UTF-8 or GB18030. Bytes that are neither stay visible to `broken_bytes`.

    A broken sign never takes a separator, quotation mark or line end with it: in both encodings those stand for
    themselves only. So the cell it stands in is the only one that is in doubt. Errors: BadFile for what is no text.
    """
    _is_text(data)
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        name, codec = ("UTF-8", "utf-8-sig") if _means_utf8(data) else ("GB18030", "gb18030")
        return data.decode(codec, errors="surrogateescape"), name


def _is_text(data: bytes) -> None:
    begin = data[:4096].removeprefix(_BOM).lstrip()
    for sign, text in _OTHERS:
        if begin.startswith(sign):
            raise BadFile(text)
    if b"\0" in data:
        raise BadFile(f"这不是文本，也不是 Excel 工作簿，或者编码不对。{_AGAIN}")


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
