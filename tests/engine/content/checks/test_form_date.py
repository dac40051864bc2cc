from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.dates import WEEKDAYS, days_in
from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.types import Post

INSPECTOR = Inspector(today=date(2026, 11, 1), only=["form_date"])
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2050, 12, 31))


def hits(text, published=None):
    return INSPECTOR.inspect(Post(id="1", text=text, published_at=published)).hits


@given(DAYS, st.sampled_from(["{0}年{1}月{2}日", "{0}-{1:02}-{2:02}", "{0}/{1}/{2}", "自{0}年{1}月{2}日起"]))
def test_day_that_exists_is_left_alone(day, form):
    assert hits(f"活动于{form.format(day.year, day.month, day.day)}举行。") == ()


@given(st.integers(1950, 2050), st.integers(1, 12), st.integers(1, 3))
def test_day_after_the_months_last_is_found(year, month, beyond):
    day = days_in(month, year) + beyond
    (hit,) = hits(f"活动于{year}年{month}月{day}日举行。")
    assert hit.found == f"{year}年{month}月{day}日"
    assert hit.auto


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_weekday_is_held_against_the_date(day, written):
    found = hits(f"定于{day.year}年{day.month}月{day.day}日（星期{written}）召开。")
    right = WEEKDAYS[day.weekday()]
    if written == right:
        assert found == ()
    else:
        (hit,) = found
        assert hit.suggestion == f"{day.year}年{day.month}月{day.day}日（星期{right}"
        assert hit.auto


def test_year_of_a_weekday_is_the_posts_own_and_goes_over_the_new_year():
    december = datetime(2024, 12, 30, tzinfo=UTC)
    assert hits("请于1月3日（周五）前上报。", december) == ()
    (hit,) = hits("请于1月3日（周六）前上报。", december)
    assert (hit.auto, hit.suggestion) == (True, "1月3日（周五")


def test_weekday_without_any_year_says_nothing():
    assert hits("请于1月3日（周六）前上报。") == ()


def test_weekday_waits_for_a_human_where_two_years_are_possible():
    (hit,) = hits("自2021年起，每到5月1日（星期一），", datetime(2024, 5, 2, tzinfo=UTC))
    assert not hit.auto and hit.suggestion is None


def test_29_february_without_a_year_is_wrong_only_if_no_year_told_is_leap():
    march = datetime(2025, 3, 3, tzinfo=UTC)
    assert [hit.found for hit in hits("2月29日召开会议。", march)] == ["2月29日"]
    assert hits("2024年起草，2月29日召开会议。", march) == ()
    assert hits("2月29日召开会议。") == ()


@pytest.mark.parametrize(
    "text",
    [
        "农历二月三十日赶庙会", "清光绪二年二月三十日", "今年不是闰年，没有2月29日", "6月31号楼封顶", "1—12月份",
        "图纸编号2024-13-06", "版本2024.1.40", "13个月工资", "满18月龄", "4月10日、20日、30日",
    ],
)  # fmt: skip
def test_other_calendars_buildings_and_versions_are_left_alone(text):
    assert hits(text) == ()
