"""Sentences that speak of the past, in which an old name is right."""

from datetime import date

import pytest

from govmedia.engine.content.history import has_year_before, is_legal_text, is_past, near_past
from govmedia.engine.content.text import Text

SINCE = date(2018, 4, 10)
NAME = "国土资源部"


def past(text: str) -> bool:
    start = text.index(NAME)
    return is_past(Text(text), start, start + len(NAME), SINCE)


@pytest.mark.parametrize(
    "text",
    [
        "2016年，国土资源部印发通知。",
        "2018年3月，国土资源部召开会议。",
        "原国土资源部印发的文件继续有效。",
        "由原农业部、国土资源部等部门组建。",
        "国土资源部原副部长出席。",
        "他历任国土资源部司长。",
        "国土资源部令第44号公布。",
        "被国土资源部授予称号。",
        "上世纪末，国土资源部成立。",
        "“十二五”期间，国土资源部部署试点。",
        "一九九八年国土资源部组建。",
    ],
)
def test_the_past_is_seen(text):
    assert past(text)


@pytest.mark.parametrize(
    "text",
    [
        "近日，国土资源部印发通知。",
        "2024年，国土资源部印发通知。",
        "2018年5月，国土资源部召开会议。",
        "2016年举行过培训。近日，国土资源部印发通知。",
        "太原市民参观国土资源部展览。",
    ],
)
def test_the_present_is_not_taken_for_it(text):
    assert not past(text)


def test_a_year_before_is_told_by_month_where_there_is_one():
    assert has_year_before("2018年3月", SINCE) and not has_year_before("2018年4月", SINCE)
    assert has_year_before("2018-03-01", SINCE) and has_year_before("2017年", SINCE)
    assert not has_year_before("共20180人", SINCE)


def test_years_nearby_are_seen_beyond_the_sentence():
    text = Text("2016年的老照片。" + "好" * 250 + "国土资源部" + "好" * 400 + "1999年")
    assert near_past(text, text.raw.index(NAME), SINCE)
    assert not near_past(Text("好" * 400 + "国土资源部"), 400, SINCE)


def test_three_articles_make_a_legal_text():
    assert is_legal_text(Text("第一条 为了……\n第二条 本法……\n第三条 国家……"))
    assert not is_legal_text(Text("按照第一条、第二条、第三条的规定办理。"))
