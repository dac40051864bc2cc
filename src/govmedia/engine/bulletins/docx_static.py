"""The parts of a .docx that are the same for every bulletin: relations, settings, page numbers, the page.

Source: GB/T 9704-2012 and ECMA-376. Lengths are twips (1/20 pt) unless named otherwise.
"""

from govmedia.engine.bulletins.docx_fonts import SONG, font_table, fonts
from govmedia.engine.bulletins.docx_styles import LINE, styles

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = HEAD + (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-{kind}+xml"/>'
        for part, kind in (
            ("word/document.xml", "officedocument.wordprocessingml.document.main"),
            ("word/styles.xml", "officedocument.wordprocessingml.styles"),
            ("word/settings.xml", "officedocument.wordprocessingml.settings"),
            ("word/fontTable.xml", "officedocument.wordprocessingml.fontTable"),
            ("word/footer1.xml", "officedocument.wordprocessingml.footer"),
            ("word/footer2.xml", "officedocument.wordprocessingml.footer"),
            ("docProps/core.xml", "package.core-properties"),
            ("docProps/app.xml", "officedocument.extended-properties"),
        )
    )
    + "</Types>"
)


def _relations(*given: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(given, 1)
    )
    return (
        f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{inner}</Relationships>"
    )


ROOT_RELATIONS = _relations(
    (f"{R}/officeDocument", "word/document.xml"),
    ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
    (f"{R}/extended-properties", "docProps/app.xml"),
)
RELATIONS = _relations(
    (f"{R}/styles", "styles.xml"),
    (f"{R}/settings", "settings.xml"),
    (f"{R}/fontTable", "fontTable.xml"),
    (f"{R}/footer", "footer1.xml"),
    (f"{R}/footer", "footer2.xml"),
)
FOOTERS = '<w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
SETTINGS = (
    f'{HEAD}<w:settings xmlns:w="{W}"><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:balanceSingleByteDoubleByteWidth/><w:ulTrailSpace/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
APP = (
    f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>govmedia</Application></Properties>"
)
FONT_TABLE = f'{HEAD}<w:fonts xmlns:w="{W}">{font_table()}</w:fonts>'
STYLES = f'{HEAD}<w:styles xmlns:w="{W}">{"".join(styles())}</w:styles>'


def _footer(even: bool) -> str:
    """— 3 — in 4号, one character in; odd pages right, even pages left."""
    side, indent = ("left", 'w:left="280"') if even else ("right", 'w:right="280"')
    run = f'<w:rPr>{fonts(SONG)}<w:spacing w:val="0"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'
    field = "".join(
        f"<w:r>{run}{inner}</w:r>"
        for inner in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return (
        f'{HEAD}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:line="320" w:lineRule="exact"/><w:ind {indent} w:firstLine="0" w:firstLineChars="0"/>'
        f'<w:jc w:val="{side}"/></w:pPr>{field}</w:p></w:ftr>'
    )


FOOTER_ODD, FOOTER_EVEN = _footer(even=False), _footer(even=True)


def section(kind: str = "") -> str:
    """A4 with the margins of the form and its grid of lines. `kind`: where the section starts, such as evenPage.

    The 28 characters of a line are a matter of Normal's spacing: grids of characters are set differently by readers.
    """
    start = f'<w:type w:val="{kind}"/>' if kind else ""
    return (
        f"<w:sectPr>{FOOTERS}{start}"
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1267"'
        ' w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/></w:sectPr>'
    )
