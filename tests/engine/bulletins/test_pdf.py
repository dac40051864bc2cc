"""The PDF is tagged, archivable and says which fonts stood in; the HTML escapes what it is given."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from engine.bulletins import samples
from govmedia.engine.bulletins import typeset
from govmedia.engine.bulletins.documents import document
from govmedia.engine.bulletins.errors import BulletinError
from govmedia.engine.bulletins.fonts import FACES, choose, note_of
from govmedia.engine.bulletins.paper import paper_of
from govmedia.engine.bulletins.pdf import pdf_of
from govmedia.engine.bulletins.shape import Annex


def pages(data):
    return len(re.findall(rb"/Type\s*/Page\b", data))


def test_pdf_is_tagged_and_archivable():
    data = document(samples.bulletin(), "pdf")
    assert data.startswith(b"%PDF-1.7")
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"pdfaid:part", b"pdfuaid:part", b"/FontFile3"):
        assert mark in data
    assert pages(data) % 2 == 0, "the closing block stands on an even page"


def test_the_same_bulletin_gives_the_same_pdf():
    assert document(samples.bulletin(4), "pdf") == document(samples.bulletin(4), "pdf")


def test_names_that_mean_something_elsewhere_are_only_text():
    assert pages(document(samples.bulletin(8, samples.NASTY), "pdf")) >= 4
    page = document(samples.bulletin(8, samples.NASTY), "html").decode()
    assert "&lt;w:t&gt;&amp;amp;" in page
    assert "<w:t>" not in page


@pytest.mark.parametrize("paragraphs", [1, 5, 9, 13, 17, 21])
def test_closing_block_ends_an_even_page_however_long_the_text(paragraphs):
    one = replace(samples.BASE, annexes=(), sections=(samples.filled(paragraphs),))  # fmt: skip
    assert pages(document(one, "pdf")) % 2 == 0


def test_ten_thousand_rows_are_set():
    rows = tuple((str(number), f"账号{number}") for number in range(10_000))
    one = replace(samples.BASE, annexes=(Annex("名单", columns=("序号", "账号"), rows=rows),))
    assert pages(document(one, "pdf")) > 200


def test_fonts_of_the_standard_come_first_and_stand_ins_are_named():
    chosen = choose(["FZXiaoBiaoSong-B05S", "FangSong_GB2312", "SimHei", "KaiTi_GB2312", "SimSun"])
    assert note_of(chosen) == ""
    assert chosen["title"].families[0] == "FZXiaoBiaoSong-B05S"
    chosen = choose(["Noto Serif CJK SC", "FandolFang R"])
    assert chosen.keys() == FACES.keys()
    assert chosen["kai"].stand_in == "思源宋体"
    assert "仿宋以Fandol 仿宋代替" in note_of(chosen)
    assert "黑体以Fandol 仿宋代替" in note_of(chosen)


def test_without_any_fonts_of_the_system_the_shipped_one_sets_all(monkeypatch):
    fonts = typeset.typst.Fonts
    monkeypatch.setattr(
        typeset.typst, "Fonts", lambda font_paths: fonts(include_system_fonts=False, font_paths=font_paths)
    )
    paper = paper_of(samples.bulletin(4))
    order = {}
    monkeypatch.setattr("subprocess.run", lambda *_, input, **__: order.setdefault("given", input) and _Done())
    pdf_of(paper)
    data = typeset.typeset(typeset.json.loads(order["given"]))
    assert b"FandolFang" in data and b"Noto" not in data


class _Done:
    returncode, stdout, stderr = 0, b"", b""


def test_a_fault_of_the_typesetter_is_told(monkeypatch):
    failed = type("Failed", (), {"returncode": 1, "stdout": b"", "stderr": "trace\n字体坏了\n".encode()})
    monkeypatch.setattr("subprocess.run", lambda *_, **__: failed)
    with pytest.raises(BulletinError, match="字体坏了"):
        pdf_of(paper_of(samples.bulletin(4)))


def test_html_is_one_file_with_heads_and_no_scripts():
    page = document(samples.bulletin(), "html").decode()
    assert page.count('<th scope="col">序号</th>') == 4
    assert '<html lang="zh-CN">' in page
    assert "<script" not in page and "http" not in page.replace("http-equiv", "")
    assert page.count("<h1>") == 1


def test_another_kind_is_no_kind():
    with pytest.raises(ValueError, match="odt"):
        document(samples.bulletin(4), "odt")


def test_template_ships_with_the_package():
    assert Path(typeset.__file__).with_name("bulletin.typ").is_file()
