"""Every template can be filled, on every day of the year."""

from datetime import date, timedelta
from random import Random

import pytest

from govmedia.demo.words import TOWNSHIP, load
from govmedia.demo.writing import compose
from govmedia.engine.platforms import FIELDS

WORDS = load()


@pytest.mark.parametrize("field", sorted(WORDS.topics))
def test_compose_fills_every_slot_of_a_field(field):
    chance = Random(1)
    for number in range(400):
        day = date(2026, 1, 1) + timedelta(days=number % 365)
        title, text = compose(WORDS, chance, field=field, place="鼓楼区", office="鼓楼区卫健委", day=day)
        assert "{" not in title + text
        assert 6 <= len(title) <= 60
        assert 40 <= len(text) <= 400
        assert text == text.strip()


def test_compose_varies(field="health"):
    chance = Random(2)
    texts = {
        compose(WORDS, chance, field=field, place="鼓楼区", office="鼓楼区卫健委", day=date(2026, 11, 1))
        for _ in range(200)
    }
    assert len(texts) > 150


def test_words_know_every_field_they_name():
    codes = [naming.code for naming in WORDS.namings]
    assert [code for code in codes if code not in FIELDS or code not in WORDS.topics] == []
    assert len(codes) == len(set(codes))
    assert TOWNSHIP in WORDS.topics
