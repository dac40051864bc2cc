"""Kinds of characters are found where a pattern of them finds them, in short texts and long ones."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.evasions import is_pulled_apart
from govmedia.engine.content.personal_numbers import has_numbers
from govmedia.engine.content.signs import LONG, Kind
from govmedia.engine.content.terms import shipped_terms
from govmedia.engine.content.text import Text, fold

SIGNS = "，。、,甲乙国家的枪支 *　-·…\u200b0123456789①⑨幺一三１２Ａ門🈲\n年月\U0002f800𝟗"
TEXTS = st.text(SIGNS, max_size=60) | st.text(max_size=20)
COMMAS = Kind("[，。、,]")
GAP = (
    r"[ \t\u3000\u00a0\u00ad\u034f\u061c\u115f\u1160\u180e\u2000-\u200f\u2027-\u202f\u205f-\u206f\u20e3\u2190-\u23ff"
    r"\u2500-\u27bf\u2800\u2b00-\u2bff\u3164\ufe00-\ufe0f\ufeff\ufffc\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    r"\U0001f000-\U0001faff*_~^|+=\-·•・./\\#@&%$～＊＿｜＋＝／＃＠＆％＄丨丶]{1,8}"
)
BETWEEN = (
    "[ \u3000\u00a0\u00ad\u200b-\u200f\u2060\ufeff\ufe0f\u20e3*_~^|+=\\-·•./\\\\#☆★○●◆◇■□▲△※→"
    "\U0001f000-\U0001faff\u2600-\u27bf]{1,2}"
)


@pytest.mark.parametrize("times", [1, LONG])
@given(text=TEXTS)
def test_a_kind_stands_where_its_pattern_finds_it(times, text):
    text *= times
    found = list(re.finditer("[，。、,]", text))
    assert COMMAS.places(text).tolist() == [one.start() for one in found]
    assert COMMAS.signs_in(text) == "".join(one[0] for one in found)


@given(TEXTS)
def test_long_texts_are_folded_as_short_ones(text):
    long = text + "。" * LONG
    assert fold(long) == "".join(fold(sign) for sign in long)


@pytest.mark.parametrize("filler", ["", "文" * LONG])
@given(text=TEXTS)
def test_gaps_are_what_the_pattern_finds(filler, text):
    terms, folded = shipped_terms(), fold(text + filler)
    near = [found.span() for found in re.finditer(GAP, folded) if found.start() > 0 and found.end() < len(folded)]
    expected = [(start, end) for start, end in near if terms.parts(folded[start - 1], folded[end])]
    assert list(terms.gaps(folded)) == expected


@pytest.mark.parametrize("filler", ["", "文" * LONG])
@given(text=TEXTS)
def test_numbers_and_broken_words_are_noticed_in_long_texts_as_in_short_ones(filler, text):
    raw = filler + text
    digits = r"\d(?:[^\w\u4e00-\u9fff\n]{0,3}\d){6}|[①-⑨]\W{0,3}[①-⑨]"
    digits += "|[一幺][三四五六七八九][零〇一二三四五六七八九幺]{9}"
    assert has_numbers(Text(raw)) is bool(re.search(digits, raw))
    pulled = f"{BETWEEN}[\u4e00-\u9fff]{BETWEEN}[\u4e00-\u9fff]"
    assert is_pulled_apart(Text(raw)) is bool(re.search(pulled, raw))
