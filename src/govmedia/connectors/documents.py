"""Documents as Posts: plain text, .docx and .html (saved WeChat articles too), each with its path as id."""

import io
import zipfile
from pathlib import Path

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree, html

from govmedia.connectors.feed_text import html_to_text, one_line, references
from govmedia.engine.content.reading import PostError
from govmedia.engine.content.types import Post

FORMATS = ("jsonl", "txt", "docx", "html")
FILE_MAX = 64 * 1024 * 1024
TEXT_MAX = 8 * 1024 * 1024
UNPACKED_MAX = 256 * 1024 * 1024


def format_of(path: str, wanted: str | None = None) -> str:
    """The format of a file by its extension, `jsonl` for `-`. Errors: PostError for an extension we cannot read."""
    if wanted:
        return wanted
    if path == "-":
        return "jsonl"
    ending = Path(path).suffix.lower().lstrip(".")
    known = {"htm": "html", "json": "jsonl", "ndjson": "jsonl", "md": "txt", "text": "txt"}.get(ending, ending)
    if known not in FORMATS:
        raise PostError(f"不认识扩展名“.{ending}”。请用 --format 指明格式：{'、'.join(FORMATS)}。")
    return known


def post_from_document(path: str, data: bytes, form: str) -> Post:
    """The Post of one document; `form` is txt, docx or html. Errors: PostError."""
    if len(data) > FILE_MAX:
        raise PostError(f"文件超过 {FILE_MAX // 1024 // 1024} MiB，没有读入。")
    if form == "docx":
        return Post(id=path, text=_bounded(_docx_text(data)))
    text = decoded(data)
    if form == "html":
        return _html_post(path, text)
    return Post(id=path, text=_bounded(text.replace("\r\n", "\n")))


def decoded(data: bytes) -> str:
    """Text from UTF-8 (a mark at the start allowed), UTF-16 with a mark, or GB18030. Errors: PostError."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        raise PostError("不是文本文件（含有二进制内容）。请选择 txt、docx 或 html 文件。")
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PostError("读不出文字：既不是 UTF-8，也不是 GB18030。请另存为 UTF-8 后再试。")


def _bounded(text: str) -> str:
    if len(text) > TEXT_MAX:
        raise PostError(f"文字超过 {TEXT_MAX:,} 个字符。请拆成几篇后再检查。")
    return text


def _docx_text(data: bytes) -> str:
    """Paragraphs and table rows in their order, one a line."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > UNPACKED_MAX:
                raise PostError("解压后过大，没有读入。请另存后再试。")
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as why:
        if isinstance(why, PostError):
            raise
        raise PostError("不是完好的 .docx 文件。旧的 .doc 请先另存为 .docx。") from why
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, docx.table.Table):
            lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def _html_post(path: str, text: str) -> Post:
    """Title, text with a line for each block, and links. Of a saved WeChat article only the article counts."""
    try:
        # An encoding named inside no longer holds: the text is decoded already.
        tree = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError) as why:
        raise PostError("读不出网页内容。请确认这是网页文件。") from why
    titles = _first(tree, "//*[@id='activity-name']", "//title", "//h1")
    article = _first(tree, "//*[@id='js_content']", "//article", "//body", "/*")
    source = html.tostring(article[0], encoding="unicode") if article else ""
    links, images = references(source, "")
    title = one_line(titles[0].text_content()) if titles else ""
    return Post(id=path, title=title, text=html_to_text(source), links=tuple(links), images=tuple(images))


def _first(tree: html.HtmlElement, *paths: str) -> list[html.HtmlElement]:
    """What the first path that finds anything finds."""
    return next((found for path in paths if (found := tree.xpath(path))), [])
