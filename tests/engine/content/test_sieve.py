"""The sieve must never hide a match: what it finds is what the patterns alone find."""

import gc
import json
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.literals import NoLiteral
from govmedia.engine.content.registry import check_table
from govmedia.engine.content.sieve import Pattern, Patterns

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
OWN = Path(__file__).parents[2] / "data" / "inspection" / "own"


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


SIGNS = "甲乙丙1２Ａb，Ⅱ"
PIECES = st.recursive(
    st.text(SIGNS, min_size=1, max_size=2)
    | st.sampled_from(["[甲乙]", "[1２]", "\\d", "[^甲]", "b?", "[丙Ａ]{1,2}"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        inner.map("(?:{}){{1,2}}".format),
        inner.map("({})?".format),
        inner.map("(?={})".format),
        inner.map("(?!{})".format),
        st.text(SIGNS, min_size=1, max_size=2).map("(?<={})".format),
        st.sampled_from(["甲(?<=[乙丙]甲)", "(?<![乙])", "^", "$", "(?<=甲|b)"]),
    ),
    max_leaves=6,
)


@given(PIECES, st.lists(st.text(SIGNS, max_size=40), max_size=3))
def test_any_pattern_finds_what_it_finds_alone(pattern, texts):
    try:
        sought = Pattern(pattern)
    except ValueError:
        return
    for text in texts:
        alone = [found.span() for found in re.finditer(pattern, text)]
        assert [found.span() for found in sought.finditer(text)] == alone
        for low in range(0, len(text), 3):
            piece = re.search(pattern, text[low : low + 9])
            assert not piece or sought.may_begin(text, low, low + 9)


@cache
def texts() -> list[str]:
    """The sentences written beside the checks, forty at a time."""
    rows = [json.loads(line) for path in sorted(OWN.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    written = [row["post"].get("text", "") for row in rows]
    return ["\n".join(written[start : start + 40]) for start in range(0, len(written), 40)]


def test_the_patterns_of_the_checks_find_what_they_find_alone():
    check_table()
    sought = [one for one in gc.get_objects() if isinstance(one, Pattern)]
    assert len(sought) > 300
    for text in texts():
        for one in sought:
            alone = [found.span() for found in one.compiled.finditer(text)]
            assert [found.span() for found in one.finditer(text)] == alone, one.compiled.pattern


@pytest.mark.parametrize("pattern", ["\\d{3}", "(?:一)?\\d", "a|\\d", "[^a]"])
def test_a_pattern_without_a_literal_is_refused(pattern):
    with pytest.raises(NoLiteral):
        Patterns([pattern])


def test_a_pattern_made_later_is_found_in_a_text_looked_at_before():
    text = "甲乙丙丁" * 3
    assert not list(Pattern("丁丙").finditer(text))
    assert len(list(Pattern("丁甲").finditer(text))) == 2
