"""Numbers of persons, however they are written; masked ones never."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.identity_numbers import identity_check_digit
from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.personal_numbers import masked, overlap
from govmedia.engine.content.types import Post

INSPECTOR = Inspector(today=date(2026, 11, 1), only=["privacy_number"])
BODY = "32010219850312000"
NUMBER = BODY + identity_check_digit(BODY)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def hits(text, **given_):
    return INSPECTOR.inspect(Post(id="1", text=text, **given_)).hits


@given(
    st.text("中文字，。、：\n 😀", max_size=20),
    st.lists(st.sampled_from(["", "", "", " ", "-", "\u200b", "·", "\ufe0f\u20e3"]), min_size=17, max_size=17),
    st.booleans(),
    st.text("中文字，。、：\n😀", max_size=20),
)
def test_an_identity_number_is_found_at_its_exact_place(before, gaps, full_width, after):
    written = "".join(sign + gap for sign, gap in zip(NUMBER, [*gaps, ""], strict=True))
    written = written.translate(FULL_WIDTH) if full_width else written
    (hit,) = hits(before + written + after)
    assert (hit.start, hit.found, hit.auto) == (len(before), written, True)
    assert hit.suggestion is not None and len(hit.suggestion) == len(written)
    assert hit.suggestion.count("*") == 8


@pytest.mark.parametrize(
    "text",
    [
        "身份证号320102********0004",
        "身份证号3201021985****0004",
        "身份证号320102198503120***",
        "患者张小北，手机号154****0002",
        "患者张小北，手机号154-****-0002",
        "卡号6222 **** **** 0000",
        "护照号码E****0012",
        "车主张小北的苏A**D01",
    ],
)
def test_a_masked_number_is_silent(text):
    assert hits(text) == ()


@pytest.mark.parametrize(
    "number", [NUMBER[:-1] + "5", "320102198502300004", "9" + NUMBER[1:], NUMBER + "0", "1" + NUMBER]
)
def test_a_number_that_nobody_can_have_is_silent(number):
    assert hits(f"身份证号{number}") == ()


def test_a_day_after_the_post_is_no_birthday():
    body = "32010220240601000"
    number = body + identity_check_digit(body)
    text = f"身份证号{number}"
    assert len(hits(text)) == 1
    assert INSPECTOR.inspect(Post(id="1", text=text, published_at=None)).hits != ()
    early = Inspector(today=date(2024, 5, 31), only=["privacy_number"])
    assert early.inspect(Post(id="1", text=text)).hits == ()


@pytest.mark.parametrize(
    ("head", "rows", "auto"),
    [
        ("临时救助对象名单公示", "张小北 15400000002\n李小南 15400000013", [True, True]),
        ("名单", "张小北 15400000002\n李小南 15400000013", [False, False]),
        ("各村网格员名单", "张小北 15400000002\n李小南 15400000013", []),
        ("维修师傅", "张小北 15400000002\n李小南 15400000013\n王小西 15400000024", []),
        ("临时救助对象名单公示", "张小北 15400000002\n李小南 15400000013\n负责人：王小西 15400000024", [True, True]),
        ("", "张小北 15400000002", []),
    ],
)
def test_a_list_is_judged_by_its_head_and_its_rows(head, rows, auto):
    assert [hit.auto for hit in hits(f"{head}\n{rows}")] == auto


def test_the_title_may_be_the_head_of_the_list():
    rows = "张小北 15400000002\n李小南 15400000013"
    assert [hit.auto for hit in hits(rows, title="低保对象公示")] == [True, True]


@given(st.text("0123456789 -abc", max_size=30), st.integers(0, 6), st.integers(0, 6))
def test_masking_keeps_length_head_and_tail(piece, head, tail):
    hidden = masked(piece, head, tail)
    signs = [place for place, sign in enumerate(piece) if sign.isalnum()]
    assert len(hidden) == len(piece)
    assert [hidden[place] for place in signs[:head]] == [piece[place] for place in signs[:head]]
    assert hidden.count("*") == max(0, len(signs) - head - tail)


@given(st.lists(st.integers(0, 40), max_size=12, unique=True), st.integers(0, 40), st.integers(1, 6))
def test_overlap_is_what_comparing_all_would_say(edges, start, length):
    edges = sorted(edges)
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    end = start + length
    assert overlap(spans, start, end) == any(low < end and start < high for low, high in spans)
