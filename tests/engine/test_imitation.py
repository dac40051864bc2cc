"""Which name a fake imitates, and what is simply another body's name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.likeness import imitates, index_keys, search_keys

names = st.text("南京北苏州洲公安发佈布政务官方微博平 ·ＡA江宁交警重虫庆直播间аo", max_size=14)


@pytest.mark.parametrize(
    ("fake", "real", "says"),
    [
        ("南京发布官方", "南京发布", "官方"),
        ("南京官方发布", "南京发布", "官方"),
        ("南京发布直播间", "南京发布", "直播间"),
        ("南京公安发布", "南京公安", "只多了“发布”"),
        ("南京公按", "南京公安", "读音相同：“按”与“安”"),
        ("虫庆交警", "重庆交警", "读音相同：“虫”与“重”"),
        ("难京法布", "南京发布", "读音相同"),
        ("南京交誓", "南京交警", "字形"),
        ("南京發佈", "南京发布", "繁简体"),
        ("南京 发布", "南京发布", "空格"),
        ("南京\u200b发布", "南京发布", "外形相同"),
        ("湖北е出行", "湖北e出行", "外形相同"),
        ("南京发布Ｖ", "南京发布", "附加词"),
        ("南京市玄武公安", "南京玄武公安", "顺序不同或多了"),
        ("难京发布官方", "南京发布", "读音相同"),
    ],
)
def test_a_fake_is_told_and_its_way_named(fake, real, says):
    found = imitates(fake, real)
    assert found is not None
    assert says in found.reasons[0]
    assert set(search_keys(fake)) & set(index_keys(real)), "not found among many"


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("北京发布", "南京发布"),
        ("集宁发布", "济宁发布"),
        ("南京监察", "南京检察"),
        ("南京税务", "南京水务"),
        ("南京在线", "南京发布"),
        ("南京", "南京发布"),
        ("朝阳市教育", "朝阳区教育"),
        ("南京发布", "南京发布"),
        ("", "南京发布"),
    ],
)
def test_another_body_is_no_fake(name, other):
    assert imitates(name, other) is None


@given(names, names)
def test_any_two_names_can_be_compared(name, real):
    found = imitates(name, real)
    if found is not None:
        assert 0 < found.score <= 1
        assert found.reasons
        assert set(search_keys(name)) & set(index_keys(real))


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_compared(name, real):
    imitates(name, real)
    assert all(-(2**63) <= key < 2**63 for key in (*search_keys(name), *index_keys(real)))
