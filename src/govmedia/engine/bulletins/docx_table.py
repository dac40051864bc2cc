"""Tables as WordprocessingML, written straight: a province's annexes have thousands of rows."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from govmedia.engine.bulletins.docx_styles import WIDTH
from govmedia.engine.bulletins.paper import Sheet

_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def table_of_sheet(sheet: Sheet) -> Iterator[str]:
    """The table in pieces; its head is repeated on every page, no row is torn."""
    widths = [round(share * WIDTH) for share in sheet.shares]
    style = "Cell" if sheet.size == 12 else "SmallCell"
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>'
        '<w:bottom w:w="30" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + "</w:tblGrid>"
    )
    cells = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>'
        for width in widths
    ]
    middle = '<w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">'
    plain = '</w:pPr><w:r><w:t xml:space="preserve">'
    end = "</w:t></w:r></w:p></w:tc>"
    # Numbers stand in the middle, words to the left.
    starts = [cell + (middle if place == 0 else plain) for place, cell in enumerate(cells)]
    yield (
        "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        + "".join(cell + middle + escape(head) + end for cell, head in zip(cells, sheet.columns, strict=True))
        + "</w:tr>"
    )
    for row in sheet.rows:
        yield (
            "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            + "".join(start + escape(cell) + end for start, cell in zip(starts, row, strict=True))
            + "</w:tr>"
        )
    yield "</w:tbl>"
