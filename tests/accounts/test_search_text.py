"""What an account is found by."""

from hypothesis import given
from hypothesis import strategies as st

from govmedia.accounts.search_text import compose, plain, terms
from govmedia.accounts.sounds import initials, syllables


def test_compose_holds_names_pinyin_initials_and_code():
    text = compose(code="KM7Q2HX4RT", name="健康鼓楼", organisation="鼓楼区卫健委", former_names=["旧名"])
    assert text.split("\n") == [
        "km7q2hx4rt", "健康鼓楼", "jiankanggulou", "jkgl",
        "鼓楼区卫健委", "gulouquweijianwei", "glqwjw", "旧名", "jiuming", "jm",
    ]  # fmt: skip


def test_words_are_read_as_they_are_spoken():
    assert "".join(syllables("重庆")) == "chongqing"
    assert initials("长沙银行") == "csyh"


@given(st.text(max_size=200))
def test_any_text_is_folded_to_plain_signs(text):
    folded = plain(text)
    assert not any(sign.isspace() or not sign.isprintable() for sign in folded)
    assert len(terms(text)) <= 5


@given(st.text(min_size=1, max_size=80), st.text(min_size=1, max_size=80))
def test_name_is_always_found(name, organisation):
    if plain(name):
        assert plain(name) in compose(code="KM7Q2HX4RT", name=name, organisation=organisation)
