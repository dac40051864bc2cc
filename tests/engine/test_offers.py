"""What is told to be offered from the names of functions."""

import pytest

from govmedia.engine.offers import OFFERS, offers_of


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("预约挂号", ["medical"]),
        ("异地就医备案", ["insurance"]),
        ("结婚登记预约", ["family", "guide"]),
        ("公积金查询", ["housing_fund"]),
        ("交通违法查询", ["driving"]),
        ("景区门票预约", ["guide", "culture"]),
        ("12345 热线", ["complaints"]),
        ("党建园地", []),
        ("", []),
    ],
)
def test_functions_show_what_is_offered(name, codes):
    assert offers_of([name]) == codes


def test_words_of_one_name_are_not_read_across_two():
    assert offers_of(["预约", "挂号"]) == ["medical", "guide"] and offers_of(["公积", "金"]) == []


def test_codes_fit_and_are_there_once():
    assert all(len(code) <= 20 and offer.words for code, offer in OFFERS.items())
    assert len({offer.label for offer in OFFERS.values()}) == len(OFFERS)
