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
    """(number, bits) of the stretches a fingerprint is looked up by: whoever differs in `APART_MOST` bits at most
    has one of them in common."""
    count = APART_MOST + 1
    whole = print_ & (2**BITS - 1)
    edges = [BITS * number // count for number in range(count + 1)]
    for number in range(count):
        yield number, (whole >> edges[number]) & (2 ** (edges[number + 1] - edges[number]) - 1)
