import io
import zipfile

import docx
import pytest

from govmedia.connectors.documents import TEXT_MAX, decoded, format_of, post_from_document
from govmedia.engine.content.reading import PostError


def made_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("第一段，按国办发[2019]51号办理。")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "张某某", "320102199001010000"
    document.add_paragraph("最后一段。")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_word_document_gives_paragraphs_and_tables_in_order():
    post = post_from_document("a.docx", made_docx(), "docx")
    assert post.id == "a.docx"
    assert post.text.split("\n") == ["第一段，按国办发[2019]51号办理。", "张某某\t320102199001010000", "最后一段。"]


def test_a_saved_wechat_article_gives_the_article_alone():
    page = """<html><head><meta charset="gbk"><title>号</title></head><body><h1 id="activity-name"> 关于 通知 </h1>
    <div id="nav">首页</div><div id="js_content"><section><p>第一段</p><p>第二段<a href="https://a.gov.cn/x">链接</a>
    <img data-src="https://a.gov.cn/p.png"></p><script>坏</script></section></div></body></html>"""
    post = post_from_document("a.html", page.encode(), "html")
    assert post.title == "关于 通知"
    assert post.text.split("\n") == ["第一段", "第二段链接"]
    assert (post.links, post.images) == (("https://a.gov.cn/x",), ("https://a.gov.cn/p.png",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_whatever_its_encoding(encoding):
    assert decoded("政务新媒体".encode(encoding)) == "政务新媒体"


@pytest.mark.parametrize(
    ("data", "form", "says"),
    [
        (b"\x89PNG\0\0", "txt", "不是文本"),
        (b"\xff\xff\xff", "txt", "UTF-8"),
        (b"PK\x03\x04junk", "docx", ".docx"),
        (b"", "docx", ".docx"),
        (b"", "html", "网页"),
        (b"x" * (TEXT_MAX + 1), "txt", "字符"),
    ],
)
def test_a_document_that_cannot_be_read_says_why(data, form, says):
    with pytest.raises(PostError) as why:
        post_from_document("x", data, form)
    assert says in why.value.text


def test_a_word_document_that_is_a_bomb_is_not_unpacked():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * (300 * 1024 * 1024))
    with pytest.raises(PostError, match="解压后过大"):
        post_from_document("x", stream.getvalue(), "docx")


def test_formats_follow_the_extension():
    assert [format_of(name) for name in ("-", "a.JSONL", "a.htm", "b.txt", "c.docx")] == [
        "jsonl", "jsonl", "html", "txt", "docx",
    ]  # fmt: skip
    assert format_of("a.bin", "txt") == "txt"
    with pytest.raises(PostError, match="--format"):
        format_of("a.bin")
