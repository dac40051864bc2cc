"""Check digits: every single wrong character and every swap of neighbours is noticed, as the standards promise."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.identity_numbers import (
    identity_check_digit,
    is_card_number,
    is_identity_number,
    is_old_identity_number,
    luhn_holds,
)

TODAY = date(2026, 11, 1)
BODIES = st.text("0123456789", min_size=17, max_size=17)


def holds(number: str) -> bool:
    return identity_check_digit(number[:17]) == number[17]


def luhn_number(body: str) -> str:
    return next(body + sign for sign in "0123456789" if luhn_holds(body + sign))


@given(BODIES, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_breaks_the_check_digit_of_an_identity_number(body, place, shift):
    number = body + identity_check_digit(body)
    wrong = str((int(number[place]) + shift) % 10)
    assert holds(number)
    assert not holds(number[:place] + wrong + number[place + 1 :])


@given(BODIES, st.integers(0, 15))
def test_swapped_neighbours_break_the_check_digit_of_an_identity_number(body, place):
    number = body + identity_check_digit(body)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert holds(swapped) == (swapped == number)


@pytest.mark.parametrize(
    ("body", "sign"), [("11010519491231002", "X"), ("44052418800101001", "4")], ids=["X", "a digit"]
)
def test_examples_printed_in_the_standard(body, sign):
    # GB 11643-1999 works its check digit out for these two invented numbers.
    assert identity_check_digit(body) == sign


@pytest.mark.parametrize("body", ["", "1101051949123100", "1101051949123100a", "１１０１０５１９４９１２３１００２"])
def test_a_body_of_another_form_is_refused(body):
    with pytest.raises(ValueError, match="17 位数字"):
        identity_check_digit(body)


def made(division: str, born: str) -> str:
    body = division + born + "000"
    return body + identity_check_digit(body)


@pytest.mark.parametrize(
    ("division", "born", "expected"),
    [
        ("320102", "19850312", True),
        ("429004", "19850312", True),
        ("830000", "19850312", False),
        ("990102", "19850312", False),
        ("320002", "19850312", False),
        ("320100", "19850312", False),
        ("320102", "19850230", False),
        ("320102", "18991231", False),
        ("320102", "20261101", True),
        ("320102", "20261102", False),
    ],
)
def test_division_and_day_of_birth_must_be_possible(division, born, expected):
    assert is_identity_number(made(division, born), latest=TODAY) is expected


def test_small_x_counts_like_the_capital_one():
    number = next(
        made("320102", f"198503{day:02}") for day in range(1, 32) if made("320102", f"198503{day:02}")[-1] == "X"
    )
    assert is_identity_number(number, latest=TODAY) and is_identity_number(number.lower(), latest=TODAY)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("320102850312000", True),
        ("320102850230000", False),
        ("990102850312000", False),
        ("32010285031200", False),
        ("32010285031200X", False),
    ],
)
def test_old_numbers_have_a_division_and_a_day(number, expected):
    assert is_old_identity_number(number) is expected


@given(st.text("0123456789", min_size=11, max_size=18), st.data())
def test_one_wrong_digit_breaks_luhn(body, data):
    number = luhn_number(body)
    place = data.draw(st.integers(0, len(number) - 1))
    wrong = str((int(number[place]) + data.draw(st.integers(1, 9))) % 10)
    assert not luhn_holds(number[:place] + wrong + number[place + 1 :])


@given(st.text("0123456789", min_size=11, max_size=18), st.data())
def test_swapped_neighbours_break_luhn_except_nought_and_nine(body, data):
    number = luhn_number(body)
    place = data.draw(st.integers(0, len(number) - 2))
    pair = number[place : place + 2]
    swapped = number[:place] + pair[::-1] + number[place + 2 :]
    assert luhn_holds(swapped) == (pair[0] == pair[1] or set(pair) == {"0", "9"})


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("622202000123000000", True),
        ("62220200012300", False),
        ("712202000123000000", False),
        ("400000000000000", True),
    ],
)
def test_a_card_has_a_known_beginning_and_length(body, expected):
    assert is_card_number(luhn_number(body)) is expected
