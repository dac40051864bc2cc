import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.reading import LINE_MAX, PostError, post_from_json, post_from_line

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)


def test_a_post_is_read_with_all_its_parts():
    post = post_from_line(
        json.dumps(
            {
                "id": "7",
                "text": "正文",
                "title": "标题",
                "published_at": "2024-05-01T09:00:00+08:00",
                "original": False,
                "links": ["https://example.gov.cn/"],
                "unknown": 1,
            }
        ).encode()
    )
    assert (post.id, post.text, post.title, post.original) == ("7", "正文", "标题", False)
    assert post.published_at.isoformat() == "2024-05-01T09:00:00+08:00"
    assert post.links == ("https://example.gov.cn/",)


def test_a_time_without_zone_is_beijings():
    assert (
        post_from_json({"id": "1", "text": "", "published_at": "2024-05-01"}).published_at.utcoffset().seconds
        == 28800
    )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{", "JSON"),
        (b"\xff\xfe", "UTF-8"),
        (b"[" * 100_000, "JSON"),
        (b"[]", "花括号"),
        (b'{"text": "x"}', "缺少 id"),
        (b'{"id": "1"}', "缺少 text"),
        (b'{"id": true, "text": "x"}', "id"),
        (b'{"id": "1", "text": null}', "text"),
        (b'{"id": "1", "text": 3}', "text"),
        (b'{"id": "1", "text": "\\ud83d"}', "代理字符"),
        (b'{"id": "1", "text": "x", "links": "http://a"}', "links"),
        (b'{"id": "1", "text": "x", "published_at": "yesterday"}', "RFC 3339"),
        (b'{"id": "1", "text": "x", "published_at": "0001-01-01T00:00:00+14:00"}', "范围"),
        (b'{"id": "1", "text": "x", "original": "yes"}', "original"),
        (b'{"id":"1","text":"' + b"x" * LINE_MAX + b'"}', "MiB"),
    ],
)
def test_a_line_that_is_no_post_says_why(line, says):
    with pytest.raises(PostError) as why:
        post_from_line(line)
    assert says in why.value.text


@given(ANYTHING)
def test_any_json_is_a_post_or_says_why(value):
    try:
        post = post_from_json(value)
    except PostError as why:
        assert why.text
    else:
        assert post.id


@given(st.dictionaries(st.sampled_from(["id", "text", "title", "links", "published_at", "original"]), ANYTHING))
def test_any_object_with_the_right_names_is_a_post_or_says_why(value):
    try:
        post_from_json(value)
    except PostError as why:
        assert why.text
