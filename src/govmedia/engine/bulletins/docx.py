"""The .docx of a bulletin in the official form. Source: GB/T 9704-2012; written straight as WordprocessingML."""

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from govmedia.engine.bulletins import docx_static as static
from govmedia.engine.bulletins.docx_closing import NAMES, SPECK, closing_of, height_of
from govmedia.engine.bulletins.docx_static import HEAD, R, W, section
from govmedia.engine.bulletins.docx_styles import CHARACTER
from govmedia.engine.bulletins.docx_table import table_of_sheet
from govmedia.engine.bulletins.leaves import LINE, end_of, mark_size
from govmedia.engine.bulletins.paper import Block, Paper, Sheet

_LONG = 150
_BLANK = '<w:p><w:pPr><w:pStyle w:val="Flush"/></w:pPr></w:p>'


def docx_of(paper: Paper) -> bytes:
    """The file. The same paper gives the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in (
            ("[Content_Types].xml", static.TYPES),
            ("_rels/.rels", static.ROOT_RELATIONS),
            ("word/document.xml", "".join(_document(paper))),
            ("word/_rels/document.xml.rels", static.RELATIONS),
            ("word/styles.xml", static.STYLES),
            ("word/settings.xml", static.SETTINGS),
            ("word/fontTable.xml", static.FONT_TABLE),
            ("word/footer1.xml", static.FOOTER_ODD),
            ("word/footer2.xml", static.FOOTER_EVEN),
            ("docProps/core.xml", _core(paper)),
            ("docProps/app.xml", static.APP),
        ):
            # A fixed time: the archive must not differ by when it was made.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode("utf-8"))
    return made.getvalue()


def _core(paper: Paper) -> str:
    when = f'<dcterms:created xsi:type="dcterms:W3CDTF">{paper.signed_on}T00:00:00Z</dcterms:created>'
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(paper.title)}</dc:title><dc:creator>{escape(paper.issuer)}</dc:creator>"
        f"<dc:language>zh-CN</dc:language>{when if paper.signed_on else ''}</cp:coreProperties>"
    )


def _document(paper: Paper) -> Iterator[str]:
    yield f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"{NAMES}><w:body>'
    yield from _head(paper)
    for number, block in enumerate(paper.blocks, 1):
        yield _block(block, last=number == len(paper.blocks))
    yield from _tail(paper)
    for sheet in paper.sheets:
        yield from _annex(sheet)
    yield from _closing(paper)
    yield "</w:body></w:document>"


def _paragraph(style: str, text: str, more: str = "", run: str = "") -> str:
    inner = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>'
        f'<w:r>{inner}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def _lines(style: str, lines: tuple[str, ...]) -> str:
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{runs}</w:r></w:p>'


def _head(paper: Paper) -> Iterator[str]:
    """Mark 35 mm below the type area's top, number two lines below, red rule 4 mm below that, title, addressees."""
    size = mark_size(paper.mark)
    yield _paragraph(
        "Mark",
        paper.mark,
        f'<w:spacing w:before="1984" w:after="0" w:line="{round(22 * size)}" w:lineRule="exact"/>',
        f'<w:sz w:val="{round(2 * size)}"/><w:szCs w:val="{round(2 * size)}"/>',
    )
    yield _BLANK * 2
    rule = '<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="FF0000"/></w:pBdr>'
    yield _paragraph("Flush", paper.number, f'{rule}<w:jc w:val="center"/>')
    yield _BLANK * 2
    yield _lines("Title", paper.lines)
    yield _BLANK
    if paper.addressees:
        yield _paragraph("Flush", f"{paper.addressees}：")


def _block(block: Block, last: bool) -> str:
    # The signature must not stand on a page alone; a long paragraph would leave a page half empty.
    kept = "<w:keepNext/>" if last and len(block.text) < _LONG else ""
    return _paragraph(f"Heading{block.level}" if block.level else "Body", block.text, kept)


def _tail(paper: Paper) -> Iterator[str]:
    """Annex note, signature, date and remark; they stay together."""
    keep = "<w:keepNext/><w:keepLines/>"
    kept_blank = f'<w:p><w:pPr><w:pStyle w:val="Flush"/>{keep}</w:pPr></w:p>'
    if paper.annex_note:
        yield kept_blank
        several = len(paper.annex_note) > 1
        for number, name in enumerate(paper.annex_note, 1):
            before = "附件：" if number == 1 else ""
            text = f"{before}{f'{number}. ' if several else ''}{name}"
            hang = (3 if number == 1 else 0) + (1.5 if several else 0)
            left = 5 + (1.5 if several else 0)
            indent = (
                f'<w:ind w:left="{round(left * CHARACTER)}" w:leftChars="{round(left * 100)}"'
                f' w:hanging="{round(hang * CHARACTER)}" w:hangingChars="{round(hang * 100)}"/>'
            )
            yield _paragraph("Flush", text, keep + indent)
    yield kept_blank * 2
    yield _paragraph("Flush", paper.signer, (keep if paper.day else "") + _from_right(paper.signer_indent))
    if paper.day:
        yield _paragraph("Flush", paper.day, _from_right(paper.day_indent))
    if paper.remark:
        yield _paragraph("Body", f"（{paper.remark}）")


def _from_right(indent: float) -> str:
    return (
        f'<w:ind w:right="{round(indent * CHARACTER)}" w:rightChars="{round(indent * 100)}"'
        ' w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="right"/>'
    )


def _annex(sheet: Sheet) -> Iterator[str]:
    """附件1 at the first line of a new page, its title at the third."""
    yield _paragraph("AnnexLabel", sheet.label)
    yield _BLANK
    yield _lines("AnnexTitle", sheet.lines)
    yield _BLANK
    for text in sheet.text:
        yield _paragraph("Body", text)
    if sheet.columns:
        yield from table_of_sheet(sheet)


def _closing(paper: Paper) -> Iterator[str]:
    """The closing block on the last even page; it always ends the document's last section."""
    if not paper.has_closing:
        yield SPECK + section()
        return
    if end_of(paper).takes_closing(height_of(paper) + LINE):
        yield closing_of(paper) + section()
    else:
        yield f'<w:p><w:pPr><w:pStyle w:val="Speck"/>{section()}</w:pPr></w:p>'
        yield closing_of(paper) + section("evenPage")
