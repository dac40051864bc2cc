"""What the checks of names do beyond their examples: the post's day, what goes out by itself, places side by side."""

from datetime import UTC, date, datetime

import pytest

from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.types import Hit, Post

TODAY = date(2026, 11, 1)


def hits(check: str, text: str, day: date | None = None) -> tuple[Hit, ...]:
    published = datetime(day.year, day.month, day.day, 4, tzinfo=UTC) if day else None
    return Inspector(today=TODAY, only=[check]).inspect(Post(id="1", text=text, published_at=published)).hits


def found(check: str, text: str, day: date | None = None) -> list[str]:
    return [hit.found for hit in hits(check, text, day)]


@pytest.mark.parametrize(("day", "marked"), [(date(2018, 4, 9), []), (date(2018, 4, 10), ["国土资源部"])])
def test_a_bodys_name_is_judged_by_the_posts_day(day, marked):
    assert found("names_body", "近日，国土资源部印发通知。", day) == marked


@pytest.mark.parametrize(
    ("text", "day", "marked"),
    [
        ("省国土资源厅召开会议。", date(2018, 12, 31), []),
        ("省国土资源厅召开会议。", date(2019, 1, 1), ["国土资源厅"]),
        ("县国土资源局召开会议。", date(2019, 3, 31), []),
        ("县国土资源局召开会议。", date(2019, 4, 1), ["国土资源局"]),
    ],
)
def test_places_had_until_spring_to_reform(text, day, marked):
    assert found("names_body", text, day) == marked


def test_old_names_go_out_by_themselves_only_where_the_post_has_a_date():
    text = "近日，国家卫计委印发通知。"
    assert [hit.auto for hit in hits("names_body", text, date(2024, 5, 1))] == [True]
    assert [hit.auto for hit in hits("names_body", text)] == [False]


def test_a_year_of_old_elsewhere_in_the_post_makes_a_human_look():
    text = "2015年的老照片。近日，国家卫计委印发通知。"
    assert [(hit.found, hit.auto) for hit in hits("names_body", text, date(2024, 5, 1))] == [("国家卫计委", False)]


def test_the_longer_name_is_judged_and_not_the_one_within_it():
    assert found("names_body", "银保监会发布提示。", date(2022, 1, 1)) == []
    assert found("names_body", "银保监会发布提示。", date(2024, 1, 1)) == ["银保监会"]


def test_the_wording_of_laws_is_left_alone():
    law = "第一条 由国土资源部负责。\n第二条 报国土资源部备案。\n第三条 国土资源部应当公布。"
    assert found("names_body", law, date(2024, 1, 1)) == []
    assert found("names_law", law.replace("国土资源部", "《合同法》"), date(2024, 1, 1)) == []


def test_a_body_and_the_word_jointly_behind_it():
    assert found("names_body", "国家卫生健康委会同国家疾控局发布提示。") == []


def test_the_suggestion_fits_the_marked_characters():
    for check, text in [
        ("names_body", "国务院办厅印发《通知》。"),
        ("names_law", "学习《中华人民共和国安全生法（2021年修正）》。"),
        ("names_division", "南京市建业区开展活动。"),
        ("names_phrase", "增强政治意识、核心意识、大局意识、看齐意识。"),
    ]:
        (hit,) = hits(check, text)
        assert hit.suggestion is not None
        repaired = text[: hit.start] + hit.suggestion + text[hit.end :]
        assert hits(check, repaired) == ()


def test_a_title_within_a_title():
    assert found("names_law", "《关于学习〈中华人民共和国安全生法〉的通知》") == ["安全生法"]


@pytest.mark.parametrize(
    "text",
    [
        "江苏省南京市、安徽省合肥市",
        "南京市苏州市无锡市",
        "北京市朝阳市场",
        "东莞市东城区",
        "四川省云南省交界",
        "全省各市县区",
    ],
)
def test_places_side_by_side_that_are_no_fault(text):
    assert found("names_division", text, date(2024, 5, 1)) == []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("四川省重庆市的客商", ["四川省重庆市"]),
        ("重庆市渝中区、沙平坝区", ["沙平坝区"]),
        ("安徽省马鞍山市含山县", []),
        ("北京市昌平县的樱桃", ["昌平县"]),
        ("安微省的茶商", ["安微省"]),
    ],
)
def test_places_side_by_side(text, marked):
    assert found("names_division", text, date(2024, 5, 1)) == marked


def test_an_old_district_goes_out_by_itself_only_behind_its_city():
    marked = [
        (hit.found, hit.auto) for hit in hits("names_division", "走进北京市宣武区。走进卢湾区。", date(2024, 5, 1))
    ]
    assert marked == [("宣武区", True), ("卢湾区", False)]


@pytest.mark.parametrize(
    ("text", "day", "marked"),
    [
        ("党的二十届四中全会", date(2024, 5, 1), ["二十届四中全会"]),
        ("党的二十届四中全会", date(2025, 9, 1), []),
        ("党的二十届七中全会", date(2026, 11, 1), []),
        ("党的二十届八中全会", date(2026, 11, 1), ["二十届八中全会"]),
        ("民建十届五中全会", date(2024, 5, 1), []),
        ("十四届全国人大四次会议", date(2024, 5, 1), ["十四届全国人大四次会议"]),
        ("十四届全国人大三次会议", date(2024, 5, 1), []),
        ("县十八届人大七次会议", date(2024, 5, 1), []),
    ],
)
def test_meetings_by_the_posts_day(text, day, marked):
    assert found("names_phrase", text, day) == marked


def test_a_quoted_number_counts_only_beside_its_family():
    assert found("names_phrase", "增强“三个意识”，提升服务水平。") == []
    assert found("names_phrase", "增强“三个意识”、坚定“四个自信”。") == ["三"]
