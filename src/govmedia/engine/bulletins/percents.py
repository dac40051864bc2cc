"""Percentages as bulletins print them: so many decimals as are printed, half up, or only a bound (不足70%, <70%)."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_PARTS = re.compile(r"(?P<sign>\D*)(?P<number>\d+(?:\.(?P<decimals>\d+))?)%")
_BELOW, _ABOVE, _ABOUT = {"不足", "低于", "<", "＜"}, {"高于", ">", "＞"}, {"约", "近"}


@dataclass(frozen=True, slots=True)
class Printed:
    """A percentage as printed: `sign` is what stands before the number."""

    sign: str
    number: Decimal
    decimals: int

    def bounds(self) -> tuple[Fraction, Fraction]:
        """The true percentages that may be printed so: from the first on, below the second."""
        number, step = Fraction(self.number), Fraction(1, 10**self.decimals)
        if self.sign in _BELOW:
            return Fraction(0), number
        if self.sign == "≤":
            # The number itself is in; no share of accounts comes closer to it than this.
            return Fraction(0), number + step / 10**6
        if self.sign in _ABOVE | {"≥"}:
            return number, Fraction(10**9)
        if self.sign in {"超", "超过"}:
            # Above the number, and not so far above that the next one would be said.
            return number, number + step
        if self.sign in _ABOUT:
            return number - step, number + step
        return number - step / 2, number + step / 2

    def says(self, part: int, whole: int) -> bool:
        """Whether it is right of `part` in `whole`."""
        low, high = self.bounds()
        return low <= Fraction(100 * part, whole) < high

    def parts_of(self, whole: int) -> tuple[int, int] | None:
        """The least and the greatest part of `whole` that may be printed so; None where there is none."""
        low, high = self.bounds()
        least = max(0, _up(low * whole / 100))
        most = min(whole, _up(high * whole / 100) - 1)
        return (least, most) if least <= most else None


def _up(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def parse(text: str) -> Printed:
    """A percentage of a bulletin file, which the reader has let pass."""
    found = _PARTS.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return Printed(found["sign"], Decimal(found["number"]), len(found["decimals"] or ""))


def printed(part: int, whole: int, decimals: int) -> str:
    """A share as bulletins print it: half up, exact whole percentages without decimals.

    >>> printed(442, 445, 1), printed(445, 445, 1), printed(1, 8, 0)
    ('99.3%', '100%', '13%')
    """
    exact = Decimal(100 * part) / whole
    if exact == exact.to_integral_value():
        return f"{exact.to_integral_value():f}%"
    step = Decimal(1).scaleb(-decimals)
    return f"{exact.quantize(step, ROUND_HALF_UP):f}%"


def points_between(before: str, now: str) -> str:
    """By how many points a printed percentage has changed, signed.

    >>> points_between("95.2%", "94%")
    '-1.2'
    """
    return signed(parse(now).number - parse(before).number)


def signed(value: Decimal | int) -> str:
    """A change with its sign; 0 has none."""
    number = Decimal(value)
    return f"{number:+f}" if number else "0"
