"""What an account is found by."""

from hypothesis import given
from hypothesis import strategies as st

from govmedia.accounts.search_text import MARKS, MOST_WORDS, compose, normalise, words_of
from govmedia.accounts.search_words import Both, Either, anything, name_begins, name_holds, nearly
from govmedia.engine.sounds import initials, readings, syllables


def entry(name, organisation="南京市鼓楼区卫生健康委员会", **values):
    return compose(name=name, organisation=organisation, place="320106", body=7, **values)


def fits(ask, tokens):
    """What the databases do with an expression."""
    if isinstance(ask, str):
        return ask in tokens
    fitting = [fits(part, tokens) for part in ask.parts]
    return all(fitting) if isinstance(ask, Both) else any(fitting)


def test_tokens_tell_the_name_from_the_rest_and_hold_the_place():
    tokens = entry("健康鼓楼", short_name="鼓楼区卫健委", former_names=["旧名"]).tokens.split()
    for token in (
        "健",
        "健康",
        "<健",
        "<健康",
        "=jian",
        "=ji",
        "=jian.kang",
        "+jk",
        "<+jk",
        "~卫健",
        "~旧名",
        "~+jm",
    ):
        assert token in tokens
    assert {"@32", "@3201", "@320106", "@o7"} <= set(tokens)
    assert not {"卫健", "~健康鼓", "南京"} & set(tokens)


def test_words_are_read_as_they_are_spoken():
    assert "".join(syllables("重庆")) == "chongqing"
    assert initials("长沙银行") == "csyh"
    assert [one[0] for one in readings("浚县漯河长寿")] == ["xun", "xian", "luo", "he", "chang", "shou"]


NAMES = st.text(st.characters(codec="gb18030", exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(NAMES, NAMES, NAMES)
def test_every_word_of_every_name_is_found(name, organisation, short_name):
    tokens = set(entry(name, organisation, short_name=short_name).tokens.split(" "))
    for text in (name, organisation, short_name):
        if words := words_of(text):
            assert fits(anything(words), tokens)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=4))
def test_name_is_found_by_pinyin_and_first_letters(name):
    tokens = set(entry(name).tokens.split(" "))
    for typed in ("".join(syllables(normalise(name))), initials(normalise(name))):
        if len(typed) > 1:
            assert fits(name_holds(typed), tokens)
            assert fits(name_begins(typed), tokens)


@given(st.text(max_size=300))
def test_whatever_is_typed_becomes_tokens_without_marks(text):
    words = words_of(text)
    assert len(words) <= MOST_WORDS
    if words:
        for ask in (anything(words), name_begins("".join(words)), nearly("".join(words)) or words[0]):
            assert all(sign.isalnum() or sign in MARKS for token in leaves(ask) for sign in token)


def leaves(ask):
    return [ask] if isinstance(ask, str) else [leaf for part in ask.parts for leaf in leaves(part)]


def test_nothing_is_asked_by_an_empty_either():
    for word in ("a", "南", "南京", "na", "nanj", "nj卫健委", "12345", "e出行"):
        for ask in (name_holds(word), name_begins(word), anything([word])):
            assert all(part.parts for part in branches(ask))


def branches(ask):
    if isinstance(ask, (Both, Either)):
        return [ask, *(one for part in ask.parts for one in branches(part))]
    return []
