from calendar import monthrange
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.dates import WEEKDAYS, days_in, leap, nearest_year, weekday, years_before

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@given(DAYS)
def test_weekday_and_length_of_the_month_are_the_calendars(day):
    assert weekday(day.year, day.month, day.day) == WEEKDAYS[day.weekday()]
    assert days_in(day.month, day.year) == monthrange(day.year, day.month)[1]


def test_day_that_does_not_exist_has_no_weekday():
    assert [weekday(2023, 2, 29), weekday(2024, 13, 1), weekday(2024, 4, 31), weekday(2024, 1, 0)] == [""] * 4
    assert weekday(2024, 2, 29) == "四"


def test_century_is_leap_only_every_fourth_time():
    assert [year for year in (1900, 2000, 2023, 2024, 2100) if leap(year)] == [2000, 2024]


@given(DAYS, st.integers(1, 12), st.integers(1, 28))
def test_nearest_year_puts_the_day_within_half_a_year(today, month, day):
    found = date(nearest_year(today, month, day), month, day)
    assert abs((found - today).days) <= 183


def test_years_before_a_place_come_last_first_without_repeats_and_without_school_years():
    raw = "2021年开工，2023年度考核，2022年验收，2021年总结，5月1日"
    assert years_before(raw, raw.index("5月")) == [2021, 2022]
