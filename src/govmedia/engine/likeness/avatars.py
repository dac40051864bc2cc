"""Pictures that accounts show as their own (头像), compared by their fingerprints (engine/content/fingerprints).

The same picture scaled, packed anew or cut round by a platform differs in few bits.
"""

from collections.abc import Iterator

BITS = 64
# Pictures that differ in more bits are not called the same.
APART_MOST = 4


def apart(one: int, other: int) -> int:
    """In how many bits two fingerprints differ."""
    different: int = (one ^ other) & (2**BITS - 1)
    return different.bit_count()


def bands(print_: int) -> Iterator[tuple[int, int]]:
    """(number, bits) of the parts a fingerprint is looked up by: whoever differs in `APART_MOST` bits at most has one
    of them in common.

    A part takes bits from all over the picture: the edges of many logos are plain, and alike in all of them.
    """
    count = APART_MOST + 1
    for number in range(count):
        yield number, sum((print_ >> bit & 1) << place for place, bit in enumerate(range(number, BITS, count)))
