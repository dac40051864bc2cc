"""Links in one plain spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.links import host_of, plain_link


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://weibo.com/njfb", "http://www.weibo.com/njfb/"),
        ("https://weibo.com/njfb", "m.weibo.com/njfb?from=share&utm_medium=x#a"),
        ("https://mp.weixin.qq.com/mp?a=1&b=2", "https://mp.weixin.qq.com:443/mp?b=2&a=1"),
        ("https://example.gov.cn/%E5%8D%97", "https://example.gov.cn/南"),
    ],
)
def test_the_same_address_has_one_spelling(one, other):
    assert plain_link(one) == plain_link(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://weibo.com/njfb", "https://weibo.com/njfb2"),
        ("https://weibo.com/njfb", "https://weibo.com.evil.cn/njfb"),
        ("https://weibo.com@evil.cn/njfb", "https://weibo.com/njfb"),
        ("https://mp.weixin.qq.com/mp?__biz=1", "https://mp.weixin.qq.com/mp?__biz=2"),
        ("https://weibo.com:8080/njfb", "https://weibo.com/njfb"),
    ],
)
def test_another_address_has_another(one, other):
    assert plain_link(one) != plain_link(other)


@pytest.mark.parametrize(
    "text", ["", "南京发布", "javascript:alert(1)", "http://[", "http://a:99999/", "ftp://a.cn/", "a b.cn"]
)
def test_what_is_no_link_has_none(text):
    assert plain_link(text) == ""


@given(st.text(max_size=300))
def test_any_text_can_be_asked(text):
    plain_link(text)
    host_of(f"http://{text}")
