from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.numbers import counted, value

DIGITS = "零一二三四五六七八九"


def spelled(number: int) -> str:
    """A number below 10^8 as Chinese text spells it."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        joint = "零" if 0 < low < 1000 else ""
        return spelled(high) + "万" + (joint + spelled(low) if low else "")
    parts, gap = "", False
    for step, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // step % 10
        if digit:
            parts += ("零" if gap and parts else "") + DIGITS[digit] + sign
            gap = False
        elif parts:
            gap = True
    return parts or "零"


@pytest.mark.parametrize(
    ("written", "worth"),
    [
        ("12", "12"), ("1,234.5", "1234.5"), ("0.5", "0.5"), ("十", "10"), ("十五", "15"), ("二十", "20"),
        ("两百", "200"), ("三千五", "3500"), ("三千零五", "3005"), ("一万五", "15000"), ("二〇二四", "2024"),
        ("三万亿", "3000000000000"), ("一亿三千万", "130000000"), ("一百一十", "110"), ("两", "2"),
    ],
)  # fmt: skip
def test_number_is_read_as_it_is_written(written, worth):
    assert value(written) == Decimal(worth)


@pytest.mark.parametrize("written", ["", "万一", "三五十", "两二", "1,23", "十.五", "百分", "abc"])
def test_what_is_no_number_has_no_worth(written):
    assert value(written) is None


@given(st.integers(0, 99_999_999))
def test_spelled_number_is_read_back(number):
    assert value(spelled(number)) == number


def test_multiple_multiplies_and_an_unknown_one_is_refused():
    assert counted("3.5", "万") == 35000
    assert counted("三", "亿") == 300_000_000
    assert counted("3", "打") is None
