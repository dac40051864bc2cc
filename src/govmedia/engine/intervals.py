"""How sure a share is: bounds of its interval by Wilson (1927), for decisions and for what is published."""

from math import sqrt

# Of the 95 % interval.
_Z = 1.959964


def lowest_share(part: int, whole: int) -> float:
    """The lower bound of the 95 % interval of a share, from 0 to 1; 0 where there is nothing to share."""
    if whole == 0:
        return 0.0
    share, z2 = part / whole, _Z * _Z
    middle = share + z2 / (2 * whole)
    return (middle - _Z * sqrt((share * (1 - share) + z2 / (4 * whole)) / whole)) / (1 + z2 / whole)
