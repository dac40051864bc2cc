from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.connectors.feed_dates import CHINA, parse_date

EIGHT = datetime(2026, 11, 23, 8, 0, tzinfo=CHINA)


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 23 Nov 2026 08:00:00 +0800",
        "Mon, 23 Nov 2026 00:00:00 GMT",
        "Mon, 23 Nov 2026 00:00:00 Z",
        "Sun, 22 Nov 2026 19:00:00 EST",
        "Mon, 23 Nov 2026 08:00:00",
        "Mon, 23 Nov 2026 08:00",
        "Mon, 23 Nov 2026 08:00:00 CST",
        "Mon, 23 Nov 2026 08:00:00 +0800 (CST)",
        "Mon, 23 Nov 2026 8:00:00 +08:00",
        "Mon, 23 Nov 2026 08:00:00 北京时间",
        "23 Nov 26 08:00 +0800",
        "Monday, 23-Nov-26 00:00:00 GMT",
        "23 November 2026 08:00:00",
        "星期一, 23 十一月 2026 08:00:00 +0800",
        "周一, 23 11月 2026 08:00:00 +0800",
        "Mon Nov 23 08:00:00 2026",
        "Mon Nov 23 08:00:00 CST 2026",
        "Nov 23, 2026 08:00 AM",
        "2026-11-23T08:00:00+08:00",
        "2026-11-23T00:00:00Z",
        "2026-11-23t00:00:00z",
        "2026-11-23T08:00+0800",
        "2026-11-23T08:00:00.000+08:00",
        "2026-11-23T08:00:00",
        "2026-11-23 08:00:00",
        "2026-11-23 8:00",
        "2026/11/23 08:00:00",
        "2026.11.23 08:00",
        "２０２６－１１－２３ ０８：００：００",
        "20261123T080000",
        "20261123T000000Z",
        "2026-11-23 08:00:00 UTC+8",
        "2026年11月23日 08:00",
        "2026年11月23日08时00分00秒",
        "2026年11月23日 星期一 上午8:00",
        "  2026-11-23\n08:00:00 ",
        "1795392000",
        "1795392000000",
    ],
)
def test_moment_is_read_however_it_is_written(text):
    assert parse_date(text) == EIGHT


@pytest.mark.parametrize("text", ["2026-11-23", "2026年11月23日", "20261123", "23 Nov 2026", "2026-11-23T24:00:00"])
def test_day_without_time_is_its_midnight_in_china(text):
    expected = datetime(2026, 11, 23, tzinfo=CHINA) + timedelta(days="24:00" in text)
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026年11月23日 下午3:05", datetime(2026, 11, 23, 15, 5, tzinfo=CHINA)),
        ("Thu, 01 Jan 04 19:48:21 GMT", datetime(2004, 1, 1, 19, 48, 21, tzinfo=UTC)),
        ("Thu, 01 Jan 98 19:48:21 GMT", datetime(1998, 1, 1, 19, 48, 21, tzinfo=UTC)),
        ("Sat, 31 Dec 2016 23:59:60 GMT", datetime(2017, 1, 1, tzinfo=UTC)),
        ("2003-12", datetime(2003, 12, 1, tzinfo=CHINA)),
        ("2003-335T10:00:00Z", datetime(2003, 12, 1, 10, tzinfo=UTC)),
        ("2099-01-01T00:00:00Z", datetime(2099, 1, 1, tzinfo=UTC)),
        ("2026-11-23T08:00:00-05:30", datetime(2026, 11, 23, 8, tzinfo=timezone(-timedelta(hours=5, minutes=30)))),
        ("2026-11-23T08:00:00.123456789Z", datetime(2026, 11, 23, 8, 0, 0, 123456, tzinfo=UTC)),
    ],
)
def test_oddity_of_the_formats_is_understood(text, expected):
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "昨天",
        "刚刚",
        "3 小时前",
        "0000-00-00 00:00:00",
        "0001-01-01T00:00:00Z",
        "1900-01-01T00:00:00",
        "2026-13-01",
        "2026-02-30",
        "2026-11-23 25:00:00",
        "2026-11-23T08:61:00Z",
        "Mon, 32 Nov 2026 08:00:00 GMT",
        "Mon, 23 Foo 2026 08:00:00 GMT",
        "2026-11-23T08:00:00+99:00",
        "12:00",
        "x" * 10_000,
        "1" * 5_000,
    ],
)
def test_what_is_no_date_is_none(text):
    assert parse_date(text) is None


@given(st.text(max_size=60))
def test_any_text_gives_an_aware_moment_or_none(text):
    moment = parse_date(text)
    assert moment is None or moment.utcoffset() is not None


@given(
    st.integers(1, 7_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)),
    st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters))),
)
def test_what_is_written_by_the_standards_is_read_back(naive, zone):
    moment = naive.replace(tzinfo=zone, microsecond=0)
    assert parse_date(moment.isoformat()) == moment
    assert parse_date(moment.strftime("%a, %d %b %Y %H:%M:%S %z")) == moment
    assert parse_date(moment.strftime("%Y-%m-%d %H:%M:%S")) == naive.replace(tzinfo=CHINA, microsecond=0)
