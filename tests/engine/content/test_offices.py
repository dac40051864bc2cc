"""The table of posts and their holders: what may stand in it, what is refused and where, who holds what when."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.offices import OfficeError, example_offices, read_offices
from govmedia.engine.content.types import Post

HEAD = "职务,姓名,任职开始,任职结束,别称,区划,来源\n"
ROW = "示例县人民政府县长,张示例,2021-08-01,2024-03-15,示例县县长、县长,990101,虚构\n"


def refusal(content: str | bytes) -> str:
    with pytest.raises(OfficeError) as caught:
        read_offices(content.encode() if isinstance(content, str) else content)
    return caught.value.text


def test_chinese_and_english_headings_in_any_order():
    english = "name,office,from\n张示例,示例县县长,2021年8月1日\n"
    (term,) = read_offices(english.encode()).terms
    assert (term.office, term.name, term.since, term.until) == ("示例县县长", "张示例", date(2021, 8, 1), None)
    (term,) = read_offices((HEAD + ROW).encode("gb18030")).terms
    assert (term.until, term.aliases, term.division) == (date(2024, 3, 15), ("示例县县长", "县长"), "990101")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("职务,姓名\n", "第 1 行：缺少表头“任职开始”"),
        ("职务,姓名,任职开始,电话\n", "第 1 行第 4 列：不认识的表头“电话”"),
        ("职务,姓名,任职开始,姓名\n", "第 1 行第 4 列：表头“姓名”重复"),
        (HEAD + ROW + ROW.replace("2021-08-01", "2021-13-01"), "第 3 行第 3 列（任职开始）：“2021-13-01”不是日期"),
        (HEAD + ROW.replace("2021-08-01", ""), "第 2 行第 3 列（任职开始）：没有填写"),
        (HEAD + ROW.replace("2024-03-15", "2020-01-01"), "第 2 行第 4 列（任职结束）：2020-01-01 不晚于"),
        (HEAD + ROW.replace("张示例", "张 示例先生1"), "第 2 行第 2 列（姓名）"),
        (HEAD + ROW.replace("示例县人民政府县长", "县"), "第 2 行第 1 列（职务）"),
        (HEAD + ROW.replace("990101", "99010"), "第 2 行第 6 列（区划）"),
        (HEAD + ROW + ROW, "第 3 行：与第 2 行重复"),
        (HEAD + ROW.rstrip() + ",多,余\n", "第 2 行第 8 列：比表头多出内容"),
        (HEAD + '"没有收尾', "不是合法的 CSV"),
        (b"\xff\xfe\x00\xff", "编码"),
        ((HEAD + "\0").encode(), "空字符"),
    ],
)
def test_a_refusal_names_line_and_column(content, place):
    assert place in refusal(content)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    try:
        read_offices(content)
    except OfficeError as why:
        assert why.text.endswith("。")


def hits(text: str, day: str, table: str = "", division: str = "") -> list[tuple[str, str | None]]:
    offices = read_offices(table.encode()) if table else None
    inspector = Inspector(today=date.fromisoformat(day), only=["names_office"], offices=offices)
    return [(hit.found, hit.suggestion) for hit in inspector.inspect(Post(id="1", text=text), division=division).hits]


def test_the_holder_is_the_one_of_the_posts_day():
    text = "示例县县长张示例主持会议。"
    assert hits(text, "2024-03-14") == []
    assert hits(text, "2024-03-15") == [("张示例", "李样本")]


def test_an_imported_table_takes_the_place_of_the_examples():
    assert hits("示例县县长张示例主持会议。", "2024-05-01", HEAD + ROW.replace("2024-03-15", "")) == []


def test_a_short_title_counts_only_in_the_places_own_posts():
    table = HEAD + ROW.replace("2024-03-15", "")
    text = "县长张列示主持会议，县长张示列讲话。"
    assert hits(text, "2024-05-01", table) == []
    assert ("张示列", "张示例") in hits(text, "2024-05-01", table, "990101")


def test_several_may_hold_one_post():
    assert hits("示例县副县长赵举例、示例县副县长钱假设出席。", "2024-05-01") == []


def test_no_hit_goes_out_by_itself_and_examples_are_no_real_places():
    inspector = Inspector(today=date(2024, 5, 1), only=["names_office"])
    found = inspector.inspect(Post(id="1", text="示例县县长张示例主持会议。")).hits
    assert [hit.auto for hit in found] == [False]
    assert all("示例" in term.office and "虚构" in term.source for term in example_offices().terms)
