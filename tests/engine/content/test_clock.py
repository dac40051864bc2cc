import pytest

from govmedia.engine.content.clock import marks


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("上午9:75召开", "9:75"), ("当日25时10分", "25时10分"), ("凌晨3时68分", "3时68分"), ("8:00-11:60", "11:60"),
        ("上午14时前", "上午14时"), ("会议于14:65开始", "14:65"), ("5月1日25时", "25时"),
    ],
)  # fmt: skip
def test_time_that_no_clock_shows_is_marked(raw, found):
    assert [raw[mark.start : mark.end] for mark in marks(raw)] == [found]


@pytest.mark.parametrize(
    "raw",
    [
        "24:00",
        "上午9:30",
        "比分25:23",
        "比例30:70",
        "用时26时15分",
        "上涨30点",
        "24时",
        "下午3时15分",
        "1:99",
        "得25分",
    ],
)
def test_times_scores_and_durations_are_left_alone(raw):
    assert list(marks(raw)) == []
