"""The closing block of a .docx (版记: 抄送, printing office and date) at the foot of the type area.

A text box, because floating tables and frames are not placed there by every reader; in it a table, whose rules are as
wide as the type area while its text stands one character from both edges.
"""

from xml.sax.saxutils import escape

from govmedia.engine.bulletins.docx_styles import WIDTH
from govmedia.engine.bulletins.paper import Paper
from govmedia.engine.bulletins.widths import ems, lines_of

NAMES = (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
# Characters of 14 pt in a line; a line's height and a row's margins in twips; EMU of a twip.
_EMS, _LINE, _AIR, _EMU = 29, 400, 80, 635
SPECK = '<w:p><w:pPr><w:pStyle w:val="Speck"/></w:pPr></w:p>'


def height_of(paper: Paper) -> float:
    """Points the block takes."""
    return sum(height for _, height in _rows(paper)) / 20


def closing_of(paper: Paper) -> str:
    """The paragraph that holds the block."""
    rows = _rows(paper)
    size = f'cx="{WIDTH * _EMU}" cy="{(sum(height for _, height in rows) + 20) * _EMU}"'
    return (
        '<w:p><w:pPr><w:pStyle w:val="Speck"/></w:pPr><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0"'
        ' layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>'
        '<wp:docPr id="1" name="版记" descr="版记"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{_table(rows)}{SPECK}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr>'
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>"
    )


def _rows(paper: Paper) -> list[tuple[str, int]]:
    """Paragraphs of the block and the heights of their rows in twips."""
    found = []
    if paper.copies:
        text = f"抄送：{paper.copies}。"
        # Turned-over lines stand under the first name.
        lines = 1 if ems(text) <= _EMS else 1 + lines_of(text[_EMS:], _EMS - 3)
        found.append((_paragraph(escape(text), '<w:ind w:left="840" w:hanging="840"/>'), lines))
    if paper.printer or paper.printed_on:
        day = f"{paper.printed_on}印发" if paper.printed_on else ""
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{WIDTH - 560}"/></w:tabs>'
        found.append((_paragraph(f"{escape(paper.printer)}</w:t><w:tab/><w:t>{escape(day)}", tab), 1))
    return [(paragraph, lines * _LINE + _AIR) for paragraph, lines in found]


def _paragraph(inner: str, more: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="Closing"/>{more}</w:pPr><w:r><w:t>{inner}</w:t></w:r></w:p>'


def _table(rows: list[tuple[str, int]]) -> str:
    """First and last rule 0.35 mm, those between 0.25 mm."""
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for side, size in (("top", 8), ("bottom", 8), ("insideH", 6))
    )
    inner = "".join(
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr>'
        f'<w:tc><w:tcPr><w:tcW w:w="{WIDTH}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{paragraph}</w:tc>'
        "</w:tr>"
        for paragraph, height in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="280" w:type="dxa"/><w:right w:w="280" w:type="dxa"/>'
        f'</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{WIDTH}"/></w:tblGrid>{inner}</w:tbl>'
    )
