"""The paragraph styles of a .docx in the official form. Lengths are twips, type sizes half points."""

from collections.abc import Iterator

from govmedia.engine.bulletins.docx_fonts import FANG, HEI, KAI, TITLE, fonts

# 22 lines in 225 mm, 28 characters in 156 mm.
LINE, WIDTH, CHARACTER = 579, 8845, 316
_TWO_IN = f'<w:ind w:firstLine="{2 * CHARACTER}" w:firstLineChars="200"/>'
_FLUSH = '<w:ind w:firstLine="0" w:firstLineChars="0"/>'
_OFF_GRID = '<w:snapToGrid w:val="0"/>'
_LEFT, _MIDDLE = '<w:jc w:val="left"/>', '<w:jc w:val="center"/>'


def _line(height: int) -> str:
    return f'<w:spacing w:before="0" w:after="0" w:line="{height}" w:lineRule="exact"/>'


def _size(half_points: int) -> str:
    """Type of another size than the body's, which alone is set narrower to have 28 characters in a line."""
    return f'<w:spacing w:val="0"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


# Name, label, paragraph and run properties; in the order the schema asks for.
_NORMAL = (
    '<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    f'{_line(LINE)}<w:jc w:val="both"/>',
    '<w:spacing w:val="-5"/>',
)
_HEADINGS = ((1, HEI), (2, KAI), (3, FANG), (4, FANG))
_OTHERS = (
    ("Body", "公文正文", _TWO_IN, ""),
    ("Flush", "顶格", _FLUSH + _LEFT, ""),
    ("Mark", "发文机关标志", _OFF_GRID + _MIDDLE, f'{fonts(TITLE)}<w:color w:val="FF0000"/><w:spacing w:val="0"/>'),
    ("Title", "Title", _OFF_GRID + _line(700) + _MIDDLE, fonts(TITLE) + _size(44)),
    ("AnnexLabel", "附件序号", f"<w:pageBreakBefore/>{_LEFT}", fonts(HEI)),
    (
        "AnnexTitle",
        "附件标题",
        f'{_OFF_GRID}{_line(700)}{_MIDDLE}<w:outlineLvl w:val="0"/>',
        fonts(TITLE) + _size(44),
    ),
    ("Cell", "表格文字", _OFF_GRID + _line(300) + _LEFT, _size(24)),
    ("SmallCell", "表格小字", _OFF_GRID + _line(270) + _LEFT, _size(21)),
    ("Closing", "版记", _OFF_GRID + _line(400) + _LEFT, _size(28)),
    ("Speck", "占位", _OFF_GRID + _line(20), _size(2)),
)


def styles() -> Iterator[str]:
    """The part's content in pieces."""
    yield (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANG)}"
        '<w:kern w:val="2"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
        "</w:docDefaults>"
    )
    yield _style("Normal", "Normal", *_NORMAL, based=False)
    for level, font in _HEADINGS:
        outline = f'<w:keepNext/>{_TWO_IN}<w:outlineLvl w:val="{level - 1}"/>'
        yield _style(f"Heading{level}", f"heading {level}", outline, fonts(font))
    for name, label, paragraph, run in _OTHERS:
        yield _style(name, label, paragraph, run)


def _style(name: str, label: str, paragraph: str, run: str, based: bool = True) -> str:
    default = "" if based else ' w:default="1"'
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"{default}><w:name w:val="{label}"/>'
        + ('<w:basedOn w:val="Normal"/>' if based else "")
        + f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )
