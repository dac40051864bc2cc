from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.calendar import (
    PACKAGED,
    Calendar,
    Deadline,
    HolidayError,
    UnknownYear,
    check_holidays,
    day_of,
    quarter_of,
    quarter_range,
)

CALENDAR = Calendar.load()
known_days = st.dates(date(2024, 1, 1), date(2026, 10, 1))
GOOD = """
year = 2027
title = "国务院办公厅关于2027年部分节假日安排的通知"
source = "国办发明电〔2026〕9号"
work = [2027-01-03]
off = [{ name = "元旦", from = 2026-12-31, to = 2027-01-02 }]
"""


def test_packaged_years_are_sound():
    assert sorted(CALENDAR.years) == [2024, 2025, 2026]
    assert [check_holidays(path) for path in sorted(PACKAGED.glob("*.toml"))] == [[], [], []]


def test_working_days_of_2026_follow_the_notice():
    off = [
        date(2026, 1, 2),
        date(2026, 2, 16),
        date(2026, 4, 6),
        date(2026, 5, 5),
        date(2026, 6, 19),
        date(2026, 9, 25),
    ]
    work = [date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20)]
    assert [CALENDAR.is_working_day(day) for day in off] == [False] * len(off)
    assert [CALENDAR.is_working_day(day) for day in work] == [True] * len(work)


def test_five_working_days_over_the_national_day():
    assert CALENDAR.add_working_days(date(2026, 9, 30), 5) == date(2026, 10, 13)


def test_an_unknown_year_is_refused_or_reported():
    with pytest.raises(UnknownYear) as refused:
        CALENDAR.add_working_days(date(2026, 12, 30), 5)
    assert refused.value.year == 2027
    assert "2027 年的节假日安排尚未导入" in refused.value.text
    assert CALENDAR.deadline(date(2026, 12, 30), 5) == Deadline(date(2027, 1, 6), known=False)
    assert CALENDAR.deadline(date(2023, 12, 28), 5) == Deadline(date(2024, 1, 5), known=False)
    with pytest.raises(UnknownYear):
        CALENDAR.is_working_day(date(2027, 1, 1))
    with pytest.raises(UnknownYear):
        CALENDAR.working_days_between(date(2026, 12, 30), date(2027, 1, 1))


def test_an_imported_year_becomes_known_and_may_reach_back_into_december(tmp_path):
    (tmp_path / "2027.toml").write_text(GOOD, encoding="utf-8")
    calendar = Calendar.load([tmp_path])
    assert calendar.known(date(2027, 1, 1))
    assert not calendar.is_working_day(date(2026, 12, 31))
    assert calendar.is_working_day(date(2027, 1, 3))


def test_an_amended_notice_replaces_the_packaged_year(tmp_path):
    amended = (PACKAGED / "2026.toml").read_text(encoding="utf-8").replace("2026-01-03 }", "2026-01-05 }")
    (tmp_path / "2026.toml").write_text(amended.replace("2026-01-04, ", ""), encoding="utf-8")
    assert not Calendar.load([tmp_path]).is_working_day(date(2026, 1, 5))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("year = 2027", "year = true", "缺少 year"),
        ("year = 2027", "year = 1927", "缺少 year"),
        ('source = "国办发明电〔2026〕9号"', "", "缺少 source"),
        ("work = [2027-01-03]", "", "缺少 work"),
        ("work = [2027-01-03]", "work = [2027-01-04]", "星期一至星期五"),
        ("work = [2027-01-03]", "work = [2027-01-02]", "又在 work 里"),
        ("work = [2027-01-03]", "work = [2028-01-01]", "不属于 2027 年"),
        ("from = 2026-12-31", "from = 2025-12-31", "不属于 2027 年"),
        ("from = 2026-12-31", 'from = "2026-12-31"', "缺少 from 或 to"),
        ("to = 2027-01-02", "to = 2026-12-01", "不合理"),
        ('off = [{ name = "元旦", from = 2026-12-31, to = 2027-01-02 }]', "off = []", "缺少 [[off]]"),
        ("year = 2027", "year = ", "不是合法的 TOML"),
    ],
)
def test_check_holidays_names_what_is_wrong(tmp_path, old, new, says):
    assert old in GOOD
    path = tmp_path / "2027.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    problems = check_holidays(path)
    assert any(says in problem for problem in problems), problems
    with pytest.raises(HolidayError):
        Calendar.load([tmp_path])


def test_check_holidays_of_a_missing_file_says_so(tmp_path):
    assert "读不到" in check_holidays(tmp_path / "no.toml")[0]


@given(known_days, st.integers(0, 40))
def test_added_working_days_are_counted_back(day, count):
    later = CALENDAR.add_working_days(day, count)
    assert CALENDAR.working_days_between(day, later) == count
    assert later == day if count == 0 else CALENDAR.is_working_day(later)


@given(known_days, st.integers(0, 20))
def test_a_later_start_never_ends_earlier(day, count):
    assert CALENDAR.add_working_days(day, count) <= CALENDAR.add_working_days(day + timedelta(days=1), count)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_quarters_hold_their_days(day):
    year, quarter = quarter_of(day)
    first, last = quarter_range(year, quarter)
    assert first <= day <= last
    assert quarter_of(last + timedelta(days=1)) == ((year, quarter + 1) if quarter < 4 else (year + 1, 1))


def test_quarter_range_of_a_fifth_quarter_is_refused():
    with pytest.raises(ValueError):
        quarter_range(2026, 5)


def test_day_of_is_the_day_in_shanghai():
    assert day_of(datetime(2026, 9, 30, 16, 0, tzinfo=UTC)) == date(2026, 10, 1)
    assert day_of(datetime(2026, 9, 30, 15, 59, tzinfo=UTC)) == date(2026, 9, 30)


def test_absurd_counts_are_refused():
    with pytest.raises(ValueError):
        CALENDAR.deadline(date(2026, 1, 1), -1)
    with pytest.raises(ValueError):
        CALENDAR.deadline(date(2026, 1, 1), 10**9)
