from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.types import Post

INSPECTOR = Inspector(today=date(2026, 11, 1), only=["form_range"])


def hits(text):
    return INSPECTOR.inspect(Post(id="1", text=text)).hits


@given(st.integers(1, 99), st.integers(1, 99), st.sampled_from(["元", "人", "天", "公里", "%"]))
def test_only_a_range_that_goes_down_is_found(low, high, unit):
    found = [hit.found for hit in hits(f"标准为{low}—{high}{unit}。")]
    assert found == ([f"{low}—{high}{unit}"] if low > high else [])


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)), st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_only_a_period_that_ends_before_it_begins_is_found(first, last):
    text = f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日公示。"
    assert [hit.found for hit in hits(text)] == ([text[:-3]] if first > last else [])


@given(st.dates(date(2023, 1, 1), date(2023, 12, 31)), st.integers(0, 270))
def test_period_without_years_may_go_over_the_new_year(first, days):
    last = date.fromordinal(first.toordinal() + days)
    assert not any(hit.auto for hit in hits(f"{first.month}月{first.day}日至{last.month}月{last.day}日公示。"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("处五万元以上三万元以下罚款", ["五万元以上三万元以下"]),
        ("处三年以上六个月以下有期徒刑", ["三年以上六个月以下"]),
        ("处五千元以上三万元以下罚款", []),
        ("5-3万元", ["5-3万元"]),
        ("3-5万元", []),
        ("8000-1万元", []),
        ("下午5:00—2:30", ["下午5:00—2:30"]),
        ("下午5:00—8:30", []),
        ("17:30-14:00", ["17:30-14:00"]),
        ("20:00-8:00", []),
        ("8:30-5:30", []),
        ("不少于100人、不超过50人", ["不少于100人、不超过50人"]),
        ("第十五条至第十条", ["第十五条至第十条"]),
        ("第十条至第十五条", []),
    ],
)
def test_range_of_each_kind(text, found):
    assert [hit.found for hit in hits(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "由50元降至30元", "从100人减少到80人", "从高到低：100—90人", "提前100米至50米", "届满前90日至30日内",
        "比分3-1", "电话025-83661234", "7月1日至6月30日为一个年度", "9月1日至7月10日为教学时间", "365天-104天=261天",
        "气温28℃到19℃",
    ],
)  # fmt: skip
def test_what_goes_down_on_purpose_is_left_alone(text):
    assert hits(text) == ()
