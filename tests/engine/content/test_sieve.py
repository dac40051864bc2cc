"""The sieve must never hide a match: what `Patterns` finds is what the patterns alone find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.sieve import NoLiteral, Patterns, literals_of

PATTERNS = [
    "限时(?:优惠|抢购)",
    "买[一二1-3]送[一二1-3]",
    "满[1-9]\\d{1,4}元?立?[减送][1-9]",
    "(?:加|添加)(?:我|客服)?的?(?:微信|vx)[号:：]{0,2}[a-z]{3,9}",
    "(?<!不)包邮(?![区助])",
    "(?:顺丰)?包邮|全网最低",
    "(?:扫码){1,2}购",
    "原价\\d{1,3}[元]?[\u4e00-\u9fff，]{0,4}现价\\d",
]
TOGETHER = Patterns(PATTERNS)


@given(
    st.lists(
        st.one_of([st.from_regex(one) for one in PATTERNS] + [st.text("限时优惠包邮买一送满加微信 ", max_size=6)]),
        max_size=6,
    )
)
def test_all_matches_of_the_single_patterns_are_found(parts):
    text = "".join(parts)
    alone = [(place, found.span()) for place, one in enumerate(PATTERNS) for found in re.finditer(one, text)]
    assert [(place, found.span()) for place, found in TOGETHER.finditer(text)] == alone
    assert TOGETHER.search(text) is bool(alone)


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("限时(?:优惠|抢购)", {"限时优惠", "限时抢购"}),
        ("\\d元秒杀", {"元秒杀"}),
        ("(?:顺丰)?包邮", {"包邮"}),
        ("[ab]c|de", {"ac", "bc", "de"}),
        ("(?:赚|得){2,3}\\d[元]", {"元"}),
    ],
)
def test_the_longest_literals_are_chosen(pattern, literals):
    assert literals_of(pattern) == literals


@pytest.mark.parametrize("pattern", ["\\d{3}", "(?:一)?\\d", "a|\\d", "[^a]"])
def test_a_pattern_without_a_literal_is_refused(pattern):
    with pytest.raises(NoLiteral):
        Patterns([pattern])
