from datetime import UTC, date, datetime

import pytest

from govmedia.engine.content.types import Post, Setting
from govmedia.engine.content.weekdays import pairs, years_meant


def found(raw):
    return [(one.year, one.month, one.day, one.written, one.plain) for one in pairs(raw)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2024年5月1日（星期三）", [(2024, 5, 1, "三", True)]),
        ("5月1日 周三上午", [(0, 5, 1, "三", True)]),
        ("5月1日，周三上午", [(0, 5, 1, "三", False)]),
        ("2024-05-01（周三）", [(2024, 5, 1, "三", True)]),
        ("2月10日（正月初一，星期六）", [(0, 2, 10, "六", True)]),
        ("5月4日至5日（周六、周日）", [(0, 5, 4, "六", True), (0, 5, 5, "日", True)]),
        ("5月4日（周六）至5日（周日）", [(0, 5, 4, "六", True), (0, 5, 5, "日", True)]),
        ("周三（5月1日）", [(0, 5, 1, "三", True)]),
        ("12月31日至1月1日（周二至周三）", [(0, 12, 31, "二", True), (0, 1, 1, "三", True)]),
    ],
)
def test_pair_is_found(raw, expected):
    assert found(raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "5月6日 周一至周五",
        "5月1日放假，周三上班",
        "周一至周五",
        "5月1日周三多讲座",
        "一周五天",
        "5月4日至5日（周末）",
        "5月周三",
    ],
)
def test_what_is_no_pair_is_left_alone(raw):
    assert found(raw) == []


def test_year_is_the_written_one_else_the_posts_own_and_a_second_one_makes_it_uncertain():
    setting, post = Setting(date(2024, 5, 2)), Post(id="1", published_at=datetime(2024, 5, 2, tzinfo=UTC))
    for raw, told in (
        ("2023年5月1日（星期一）", ([2023], True)),
        ("5月1日（星期三）", ([2024], True)),
        ("2021年起，5月1日（星期三）", ([2024, 2021], False)),
    ):
        assert years_meant(next(pairs(raw)), raw, post, setting) == told
    assert years_meant(next(pairs("5月1日（星期三）")), "5月1日（星期三）", Post(id="1"), setting) == ([], False)


@pytest.mark.parametrize("raw", ["13月5日（周三）", "0月5日（周三）", "5月0日（周三）", "周三（15月99日）"])
def test_a_date_that_cannot_be_has_no_nearest_year(raw):
    setting, post = Setting(date(2024, 5, 2)), Post(id="1", published_at=datetime(2024, 5, 2, tzinfo=UTC))
    assert years_meant(next(pairs(raw)), raw, post, setting) == ([], False)
