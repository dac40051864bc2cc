import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.likeness import (
    core,
    duty_words,
    likeness,
    normalise,
    other_work,
    pieces,
    private_words,
    readings,
    same_bearer,
    similar_names,
)

SIGNS = "南京北苏州洲公安发佈布發政务官方微博平 ·ＡA江宁交警重虫庆"
names = st.text(SIGNS, max_size=12)


@given(names, names)
def test_likeness_is_symmetric_and_bounded(a, b):
    assert likeness(a, b).score == likeness(b, a).score
    assert 0 <= likeness(a, b).score <= 1


@given(names)
def test_a_name_is_like_itself(name):
    assert likeness(name, name).score == (1.0 if normalise(name) else 0.0)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_weighed(a, b):
    assert 0 <= likeness(a, b).score <= 1


def test_only_spelling_of_signs_differs():
    assert likeness("南京发布", "南京 發佈").score == 1.0
    assert likeness("ＡＢ发布", "ab发布").reasons == ("只差空格、标点、大小写、全半角或繁简体",)


@pytest.mark.parametrize("other", ["南京官方发布", "南京发布官方微博", "政务南京", "南京发布直播间", "南京推荐官"])
def test_added_words_make_no_other_name(other):
    found = likeness("南京发布", other)
    assert found.score == 0.95
    assert "附加词" in found.reasons[0]


def test_names_of_one_sound_are_near_by_any_reading():
    assert {"zhong", "chong"} <= readings("重")
    assert likeness("重庆交警", "虫庆交警").reasons[0] == "读音相同：“重”与“虫”"
    assert likeness("苏州公安", "苏洲公安").score > likeness("苏州公安", "苏地公安").score > 0.7


def test_another_place_is_another_name():
    assert likeness("南京发布", "北京发布").score < 0.6
    assert likeness("南京发布", "贵州气象").score < 0.2


def test_the_same_signs_in_another_order_are_near():
    assert likeness("平安江苏", "江苏平安").reasons[0] == "用字相同，只是顺序不同"
    assert likeness("平安江苏", "江苏平安").score == 0.9


def test_core_keeps_something_where_all_is_added_words():
    assert core("发布") == "发布"
    assert core("南京发布官方微博") == "南京"


def test_similar_names_finds_look_alikes_among_many():
    crowd = [(f"C{number:05}", f"第{number}中学") for number in range(3000)]
    near = [("A1", "南京发布"), ("A2", "南京发布官方"), ("A3", "南晶发布"), ("A4", "北京发布"), ("A5", "南京發佈厅")]
    found = similar_names("南京发布", [*crowd, *near], limit=5)
    assert [code for code, _ in found] == ["A1", "A2", "A5", "A3"]
    assert [code for code, _ in similar_names("南京发布", [*crowd, *near], limit=1)] == ["A1"]
    assert similar_names("！？", near) == []


def test_duty_words_are_what_a_name_shares_with_its_organisation():
    assert set(duty_words("江宁公安在线", "南京市公安局江宁分局")) == {"公安", "江宁"}
    assert "公安" in duty_words("平安姑苏", "苏州市公安局姑苏分局")
    assert "卫生健康" in duty_words("健康南京", "南京市卫生健康委员会")
    assert duty_words("吃喝玩乐指南", "南京市教育局") == ()
    assert duty_words("", "") == ()
    assert duty_words("中科院之声", "中国科学院") == ("中科",)
    assert duty_words("宝鸡民政", "天津市人民政府") == ()


@given(st.text(SIGNS + "省市县局健康卫生州", max_size=12), names)
def test_bearers_are_compared_alike_from_both_sides(a, b):
    assert same_bearer(a, b) == same_bearer(b, a)


def test_bearer_is_told_by_place_and_work():
    assert same_bearer("健康南京", "南京市卫生健康委员会") is True
    assert same_bearer("健康南京", "南京交警") is False
    assert same_bearer("南京发布", "北京发布") is False
    assert same_bearer("南京发布", "南京美食探店") is False
    assert same_bearer("健康", "南京发布") is None


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("健康南京", ("南京",)),
        ("南京市公安局江宁分局", ("南京", "江宁")),
        ("黔东南州自然资源局", ("黔东南州",)),
        ("镇江市交警支队", ("镇江",)),
        ("平安新乡", ("新乡",)),
        ("微山县委宣传部", ("微山",)),
        ("官方发布", ()),
    ],
)
def test_pieces_are_what_is_left_besides_work_and_ranks(name, found):
    assert pieces(name) == found


def test_other_work_needs_work_on_both_sides():
    assert other_work("南京交警", "南京市教育局") == ("公安",)
    assert other_work("南京交警", "南京市教育局", "公安") == ()
    assert other_work("南京交警", "南京市人民政府") == ()
    assert other_work("南京发布", "南京市教育局") == ()


def test_private_words_of_the_body_itself_are_allowed():
    assert private_words("沙县小吃美食", "沙县小吃办公室") == ("美食",)
