"""The .docx holds to the official form: measures, fonts, order; and is well-formed whatever the names."""

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.shared import Mm, Pt
from lxml import etree

from engine.bulletins import samples
from govmedia.engine.bulletins.docx import docx_of
from govmedia.engine.bulletins.leaves import end_of, mark_size
from govmedia.engine.bulletins.paper import paper_of
from govmedia.engine.bulletins.shape import Annex

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(bulletin):
    with zipfile.ZipFile(io.BytesIO(docx_of(paper_of(bulletin)))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(bulletin):
    return Document(io.BytesIO(docx_of(paper_of(bulletin))))


@pytest.fixture(scope="module")
def document():
    return opened(samples.bulletin())


def test_every_part_is_well_formed_and_declared():
    found = parts(samples.bulletin())
    types = etree.fromstring(found["[Content_Types].xml"])
    declared = {one.get("PartName", "").lstrip("/") for one in types}
    for name, data in found.items():
        etree.fromstring(data)
        assert name in declared or name.endswith(".rels") or name == "[Content_Types].xml"


def test_page_is_a4_with_the_margins_and_lines_of_the_form(document):
    section = document.sections[0]
    for ours, form in (
        (section.page_width, 210), (section.page_height, 297), (section.top_margin, 37), (section.left_margin, 28),
        (section.page_width - section.left_margin - section.right_margin, 156),
        (section.page_height - section.top_margin - section.bottom_margin, 225),
    ):  # fmt: skip
        assert abs(ours - Mm(form)) < Mm(0.1)
    grid = section._sectPr.find(f"{W}docGrid")
    assert int(grid.get(f"{W}linePitch")) * 22 <= Mm(225).twips + 5
    normal = document.styles["Normal"].element
    narrower = int(normal.find(f"{W}rPr/{W}spacing").get(f"{W}val")) / 20
    assert 28 * (16 + narrower) <= Mm(156).pt < 29 * (16 + narrower)


def test_fonts_of_the_standard_are_named(document):
    def font(style):
        return document.styles.element.xpath(f"//w:style[@w:styleId='{style}']//w:rFonts/@w:eastAsia")

    assert [font(name) for name in ("Title", "Mark", "Heading1", "Heading2")] == [
        ["方正小标宋简体"], ["方正小标宋简体"], ["黑体"], ["楷体_GB2312"],
    ]  # fmt: skip
    assert document.styles.element.xpath("//w:rPrDefault//w:rFonts/@w:eastAsia") == ["仿宋_GB2312"]
    assert document.styles.element.xpath("//w:style[@w:styleId='Title']//w:sz/@w:val") == ["44"]


def test_parts_stand_in_the_order_of_the_form(document):
    texts = [one.text for one in document.paragraphs if one.text]
    expected = [
        "示范省人民政府办公厅文件", "示政办函〔2026〕12号", "各市人民政府，省各委办厅局：", "一、总体情况",
        "三、存在问题", "（一）不合格账号", "附件：1. 检查账号名单", "示范省人民政府办公厅", "2026年10月5日",
        "（此件公开发布）", "附件1", "检查账号名单", "附件4",
    ]  # fmt: skip
    places = [texts.index(one) for one in expected]
    assert places == sorted(places)
    assert any("全省政务新媒体检查情况的通报" in one for one in texts[:4])


def test_mark_is_red_and_35_mm_down(document):
    mark = document.paragraphs[0]
    assert mark.paragraph_format.space_before == Pt(99.2)
    assert document.styles.element.xpath("//w:style[@w:styleId='Mark']//w:color/@w:val") == ["FF0000"]


def test_date_is_four_characters_in_and_the_body_centred_over_it(document):
    rights = [int(one) for one in document.element.xpath("//w:pPr/w:ind/@w:rightChars")]
    assert rights[1] == 400
    assert rights[0] + 100 * 10 / 2 == rights[1] + 100 * 6.5 / 2


def test_tables_repeat_their_heads_and_tear_no_row(document):
    table = document.tables[0]._tbl
    assert len(table.xpath("w:tr/w:trPr/w:tblHeader")) == 1
    assert len(table.xpath("w:tr/w:trPr/w:cantSplit")) == len(table.xpath("w:tr")) == 41
    assert [cell.text for cell in document.tables[0].rows[0].cells][:3] == ["序号", "账号名称", "平台"]


def test_page_numbers_are_outside_odd_right_even_left():
    found = parts(samples.bulletin())
    assert b"evenAndOddHeaders" in found["word/settings.xml"]
    assert b'<w:jc w:val="right"/>' in found["word/footer1.xml"]
    assert b'<w:jc w:val="left"/>' in found["word/footer2.xml"]


@pytest.mark.parametrize("paragraphs", range(1, 60, 7))
def test_closing_block_stands_on_an_even_page(paragraphs):
    one = replace(
        samples.BASE, annexes=(), sections=(samples.filled(paragraphs),)
    )  # fmt: skip
    end = end_of(paper_of(one))
    text = parts(one)["word/document.xml"].decode()
    assert ('w:val="evenPage"' in text) is (end.page % 2 == 1 or not end.takes_closing(80))
    assert text.count("印发") == 1


def test_names_that_mean_something_elsewhere_are_only_text():
    document = opened(samples.bulletin(8, samples.NASTY))
    shown = document.tables[0].rows[1].cells[1].text
    assert shown.startswith("<w:t>&amp;\"'#import") and "\x00" not in shown


def test_the_same_bulletin_gives_the_same_bytes():
    assert docx_of(paper_of(samples.bulletin())) == docx_of(paper_of(samples.bulletin()))


def test_ten_thousand_rows_are_written():
    rows = tuple((str(number), f"账号{number}") for number in range(10_000))
    one = replace(samples.BASE, annexes=(Annex("名单", columns=("序号", "账号"), rows=rows),))
    assert parts(one)["word/document.xml"].count(b"<w:tr><w:trPr><w:cantSplit/></w:trPr>") == 10_000


def test_a_long_mark_is_set_smaller():
    assert mark_size("省人民政府文件") == 44
    assert 22 <= mark_size("某某市政务公开工作领导小组办公室文件") < 30
