from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.checks import form_numeral
from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.types import Post
from govmedia.engine.tables import read_table

INSPECTOR = Inspector(today=date(2026, 11, 1), only=["form_numeral"])
TABLE = read_table(form_numeral._FILE)
PHRASES = [(wrong, right) for right, ways in TABLE["phrases"].items() for wrong in ways]


def hits(text):
    return INSPECTOR.inspect(Post(id="1", text=text)).hits


@pytest.mark.parametrize(("wrong", "right"), PHRASES)
def test_every_miswritten_phrase_is_found_and_its_right_form_is_not(wrong, right):
    assert (wrong, right) in [(hit.found, hit.suggestion) for hit in hits(f"深入学习{wrong}。")]
    assert hits(f"深入学习{right}。") == ()


@given(st.integers(0, 10**12))
def test_number_with_separators_in_threes_is_left_alone(number):
    assert hits(f"总额{number:,}元。") == ()


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("总额12,3456元", "123,456"), ("增长.5%", "0.5"), ("二0二四年", "二〇二四"), ("三、五天", "三五天"),
        ("约有3、4个人", "三四个"), ("“3.15”晚会", "3·15"), ("“6.1”国际儿童节", "六一"), ("15～20%", "15%～20%"),
        ("增长%5", "5%"), ("三千〇五户", "零"),
    ],
)  # fmt: skip
def test_suggestion_is_the_standards_form(text, suggestion):
    assert [hit.suggestion for hit in hits(text)] == [suggestion]


@pytest.mark.parametrize(
    "text",
    [
        "一、二号线", "七、八年级", "五、六十年代", "第三、四季度", "5千克", "2015十大考古发现", "9点30分之后",
        "0.532分之差", "节约30万元左右", "近三十多年来", "至少3级以上", "2024年三月三", "1882百亿亿次", "5、6月份",
        "版本v3.15", "附件1、2个", "“20大重点工程”", "H2O的",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_fault_is_left_alone(text):
    assert hits(text) == ()


def test_titles_keep_their_digits():
    assert hits("《3农问题研究》") == ()
    assert [hit.found for hit in hits("《3农问题研究》谈3农")] == ["3农"]
