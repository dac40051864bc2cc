"""What an account is found by."""

from hypothesis import given
from hypothesis import strategies as st

from govmedia.accounts.search_text import MOST_CHARS, column_for, compose, plain, terms
from govmedia.accounts.sounds import initials, syllables


def test_compose_holds_names_and_apart_from_them_code_pinyin_and_initials():
    texts = compose(code="KM7Q2HX4RT", name="健康鼓楼", organisation="鼓楼区卫健委", former_names=["旧名"])
    assert texts.names.split("\n") == ["健康鼓楼", "鼓楼区卫健委", "旧名"]
    assert texts.typed.split("\n") == [
        "km7q2hx4rt", "jiankanggulou", "gulouquweijianwei", "jiuming", "jkgl", "glqwjw", "jm",
    ]  # fmt: skip


def test_pinyin_of_the_whole_name_is_left_out_where_there_is_a_short_one():
    texts = compose(code="KM7Q2HX4RT", name="健康鼓楼", organisation="鼓楼区卫生局", short_name="区卫生局")
    assert "quweishengju" in texts.typed
    assert "gulouquweishengju" not in texts.typed


def test_words_are_read_as_they_are_spoken():
    assert "".join(syllables("重庆")) == "chongqing"
    assert initials("长沙银行") == "csyh"


@given(st.text(max_size=200))
def test_any_text_is_folded_to_plain_signs(text):
    folded = plain(text)
    assert not any(sign.isspace() or not sign.isprintable() for sign in folded)
    assert len(terms(text)) <= 5


NAMES = st.text(st.characters(codec="gb18030", exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(NAMES, NAMES, NAMES)
def test_every_word_of_a_name_is_found_in_its_column(name, organisation, short_name):
    texts = compose(code="KM7Q2HX4RT", name=name, organisation=organisation, short_name=short_name)
    if max(map(len, texts)) == MOST_CHARS:
        return
    for word in (word for text in (name, organisation, short_name) for word in terms(text)):
        assert word in getattr(texts, column_for(word))


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=80))
def test_name_is_always_found(name, organisation):
    assert plain(name) in compose(code="KM7Q2HX4RT", name=name, organisation=organisation).names


def test_digits_and_letters_in_a_name_are_found_as_typed():
    texts = compose(code="KM7Q2HX4RT", name="Ａ市发布", organisation="市12345热线办公室", short_name="热线办")
    assert column_for("12345") == column_for("a") == "typed"
    assert "12345" in texts.typed
    assert "a" in texts.typed.split("\n")[1]
