import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.connectors.feed_text import MAX_TEXT, absolute, clean, html_to_text, one_line, references


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>各街道：</p><p>请按时报送。</p>", "各街道：\n请按时报送。"),
        ("第一行<br>第二行<br/>第三行", "第一行\n第二行\n第三行"),
        ("<ul><li>甲</li><li>乙</li></ul>", "甲\n乙"),
        ("<div>外<div>内</div>后</div>", "外\n内\n后"),
        ("<p>一个<b>重点</b>词</p>", "一个重点词"),
        ("<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>", "甲 乙\n丙"),
        ("甲&nbsp;乙&amp;丙&#8212;丁", "甲 乙&丙—丁"),
        ("<p>甲</p><script>alert('x')</script><style>p{}</style><!-- 注 --><p>乙</p>", "甲\n乙"),
        ("<p>甲</p><script>alert(1)", "甲"),
        ("<p>一句话\n  折成两行</p>", "一句话折成两行"),
        ("<p>two\nlines</p>", "two lines"),
        ("<pre>第一行\n第二行</pre>", "第一行\n第二行"),
        ("没有标记\n两行", "没有标记\n两行"),
        ("没有标记\r\n\r\n  两行  ", "没有标记\n两行"),
        ("5 < 6 且 7 > 3", "5 < 6 且 7 > 3"),
        ("关于<通知>的说明", "关于<通知>的说明"),
        ("&lt;通知&gt;", "<通知>"),
        ("　　首行缩进", "首行缩进"),
        ("<p>零\u200b宽</p>", "零 宽"),
        ("", ""),
        ("<img src='a.png'>", ""),
    ],
)
def test_html_becomes_plain_blocks(source, expected):
    assert html_to_text(source) == expected


def test_text_that_cannot_be_stored_is_dropped():
    assert clean("甲\x00乙\ud800丙\x07") == "甲乙丙"
    assert clean("don\x92t") == "don’t"
    assert one_line(" <b>甲</b>\n 乙 &amp; 丙\x00 ") == "甲 乙 & 丙"


def test_long_text_is_cut():
    assert len(html_to_text("<p>字</p>" * 500_000)) <= MAX_TEXT
    assert len(one_line("字" * 5000)) == 2000


def test_links_and_pictures_are_absolute_and_in_order():
    source = (
        '<a href="/a?x=1&amp;y=2">甲</a><img src=b.png><a href=javascript:x>乙</a><img src="data:," data-src="c.jpg">'
    )
    assert references(source, "http://x.cn/d/e") == (
        ["http://x.cn/a?x=1&y=2"],
        ["http://x.cn/d/b.png", "http://x.cn/d/c.jpg"],
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.cn/1", "http://a.cn/1"),
        ("//a.cn/1", "http://a.cn/1"),
        ("/1", "http://x.cn/1"),
        (" \n/1\n ", "http://x.cn/1"),
        ("mailto:a@b.cn", ""),
        ("http://example.c[o/", ""),
        ("http://a.cn/" + "1" * 3000, ""),
        ("", ""),
    ],
)
def test_address_is_absolute_or_nothing(url, expected):
    assert absolute(url, "http://x.cn/d/") == expected


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<script",
        "<script>",
        "<pre>",
        "<a ",
        "<p",
        "&#",
        "</",
        "<![CDATA[",
        "\n",
        "字\n",
        "<title>",
        "<img src='",
    ],
)
def test_hostile_repetition_takes_no_long_time(piece):
    started = time.process_time()
    html_to_text(piece * 100_000)
    references(piece * 100_000, "http://x.cn/")
    assert time.process_time() - started < 2


@given(st.text())
def test_any_text_becomes_storable_text(source):
    text = html_to_text(source)
    text.encode()
    assert "\x00" not in text
    assert all(line == line.strip() and line for line in text.split("\n")) or text == ""
