"""How sure a share is: bounds of its interval by Wilson (1927), for decisions and for what is published."""

from decimal import Decimal, localcontext
from fractions import Fraction

# Of the 95 % interval.
_Z = Fraction("1.959963984540054")


def bounds(share: Fraction, number: Fraction) -> tuple[Fraction, Fraction]:
    """Lower and upper bound of the 95 % interval of a share seen in `number` (above 0; need not be whole) cases."""
    square = _Z * _Z
    middle = share + square / (2 * number)
    reach = _Z * _root(share * (1 - share) / number + square / (4 * number * number))
    scale = 1 + square / number
    # At the ends the bound is the end itself; the digits left over would show as -0 or 100.1.
    low = Fraction(0) if share == 0 else max(Fraction(0), (middle - reach) / scale)
    high = Fraction(1) if share == 1 else min(Fraction(1), (middle + reach) / scale)
    return low, high


def lowest_share(part: int, whole: int) -> float:
    """The lower bound of the 95 % interval of a share, from 0 to 1; 0 where there is nothing to share."""
    return float(bounds(Fraction(part, whole), Fraction(whole))[0]) if whole else 0.0


def _root(value: Fraction) -> Fraction:
    with localcontext() as context:
        context.prec = 40
        return Fraction((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())
