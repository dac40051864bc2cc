"""Account codes: ten characters that survive being read aloud, the last a check character.

The check is a weighted sum over the field of 32 elements, weights being powers of its generator. ISO 7064's hybrid
system (MOD 33,32) was tried first; it lets some swaps of neighbours pass, which this one never does: a single error
changes the sum by a non-zero product, a swap by (w + w')(a + b), and neither factor is ever zero.
"""

from typing import Protocol

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 10
_VALUE = {sign: value for value, sign in enumerate(ALPHABET)}
# x^5 + x^2 + 1 is primitive over GF(2), so doubling modulo it runs through all 31 non-zero elements.
_FIELD = 0b100101


class Chooser(Protocol):
    """`random.Random` or `random.SystemRandom`."""

    def choice(self, seq: str, /) -> str: ...


def _double(value: int) -> int:
    value <<= 1
    return value ^ _FIELD if value & 0b100000 else value


def _check(body: str) -> str:
    total = 0
    for sign in body:
        total = _double(total ^ _VALUE[sign])
    return ALPHABET[total]


def new_code(random: Chooser) -> str:
    """A code drawn from the given source of chance; whether it is taken is for the caller to ask."""
    body = "".join(random.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + _check(body)


def code_problem(text: str) -> str | None:
    """What is wrong with an account code, in Chinese, or None where it is right."""
    if len(text) != LENGTH:
        return f"账号编码应为 {LENGTH} 位，现为 {len(text)} 位。"
    for place, sign in enumerate(text, 1):
        if sign not in _VALUE:
            return f"第 {place} 位“{sign}”不能用：编码只含大写字母和数字，没有 I、O、0、1。"
    if _check(text[:-1]) != text[-1]:
        return "编码的校验位不符，可能有一位输错或两位写反了。请核对。"
    return None
