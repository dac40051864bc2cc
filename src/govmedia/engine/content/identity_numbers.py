"""Numbers that belong to one person: identity cards, bank cards. Whether a string is one, by its own check digit.

Sources: GB 11643-1999 (公民身份号码: check digit by ISO 7064 MOD 11-2), GB/T 2260 (first six digits), ISO/IEC 7812-1
(bank cards: Luhn). The fifteen digits of old cards have no check digit: only a word beside them can tell.
"""

from datetime import date
from functools import cache
from pathlib import Path

from govmedia.engine.tables import read_table

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SIGNS = "10X98765432"
# Provinces of GB/T 2260; 83 is given to people from Taiwan who live on the mainland, 81 and 82 to those of HK and MO.
_PROVINCES = frozenset(
    str(code)
    for region in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(region[0], region[1] + 1)
)
_FIRST_YEAR = 1900


def identity_check_digit(body: str) -> str:
    """The 18th character for the first 17 digits. Errors: ValueError for anything but 17 digits."""
    if len(body) != len(_WEIGHTS) or not (body.isascii() and body.isdecimal()):
        raise ValueError("应为 17 位数字")
    return _SIGNS[sum(int(sign) * weight for sign, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def birth_day(number: str) -> date | None:
    """The day of birth in an identity number of 18 or 15 characters; None where there is no such day."""
    digits = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def is_identity_number(number: str, *, latest: date) -> bool:
    """True for an identity number of 18 characters whose division, day of birth and check digit can be.

    The county is not looked up: cards keep the codes of counties abolished long ago. Born after `latest` is no one.
    """
    body, sign = number[:17], number[17:].upper()
    if len(number) != 18 or not (body.isascii() and body.isdecimal()) or identity_check_digit(body) != sign:
        return False
    born = birth_day(number)
    return _is_division(number) and born is not None and born.year >= _FIRST_YEAR and born <= latest


def is_old_identity_number(number: str) -> bool:
    """True for the fifteen digits of an old card (until 1999) whose division and day of birth can be."""
    return (
        len(number) == 15
        and number.isascii()
        and number.isdecimal()
        and _is_division(number)
        and birth_day(number) is not None
    )


def _is_division(number: str) -> bool:
    """Cities of GB/T 2260 are 01 to 70 or 90 (county-level ones run by the province); a county is never 00."""
    city = number[2:4]
    return number[:2] in _PROVINCES and ("01" <= city <= "70" or city == "90") and number[4:6] != "00"


def luhn_holds(number: str) -> bool:
    """True where the last digit is the check digit of ISO/IEC 7812-1 for those before it."""
    total = 0
    for place, sign in enumerate(reversed(number)):
        value = int(sign) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


@cache
def _card_beginnings() -> tuple[tuple[str, frozenset[int]], ...]:
    rows = read_table(Path(__file__).parent / "data" / "card_numbers.toml")["cards"]
    return tuple((row["begins"], frozenset(row["lengths"])) for row in rows)


def is_card_number(number: str) -> bool:
    """True for digits with a bank card's beginning, a length it may have, and a right check digit."""
    return any(
        number.startswith(begins) and len(number) in lengths for begins, lengths in _card_beginnings()
    ) and luhn_holds(number)
