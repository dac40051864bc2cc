"""Numbers as Chinese text writes them, with Arabic or Chinese digits, read to exact values.

`ARABIC` and `HANZI` are pieces of patterns, without groups. Source: GB/T 15835-2011, 4 and 5.
"""

from decimal import Decimal

from govmedia.engine.content.patterns import compiled

# 12,345.6 or 12345.6; the separators come in threes.
ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12})(?:\.[0-9]{1,6})?"
HANZI = r"[零〇一二两三四五六七八九十百千万亿]{1,12}"
NUMBER = rf"(?:{ARABIC}|{HANZI})"

_DIGITS = {sign: place for place, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
MULTIPLES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
             "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}  # fmt: skip
_ARABIC = compiled(rf"{ARABIC}\Z")


def value(written: str) -> Decimal | None:
    """What the number is worth; None where it is no number, or digits and steps stand in no sense."""
    if _ARABIC.match(written):
        return Decimal(written.replace(",", ""))
    return _hanzi(written)


def _hanzi(written: str) -> Decimal | None:
    if not written or any(sign not in _DIGITS and sign not in _STEPS and sign not in _MYRIADS for sign in written):
        return None
    if all(sign in _DIGITS for sign in written):
        # A row of digits names a number (二〇二四); 两 never stands in one, except alone.
        if "两" in written and len(written) > 1:
            return None
        return Decimal("".join(str(_DIGITS[sign]) for sign in written))
    return _stepped(written)


def _stepped(written: str) -> Decimal | None:
    total = part = 0
    digit: int | None = None
    for sign in written:
        if sign in _DIGITS:
            if digit:
                return None  # two digits side by side: 三五十
            digit = _DIGITS[sign]
        elif sign in _STEPS:
            part += (1 if digit is None or digit == 0 else digit) * _STEPS[sign]
            digit = None
        else:
            part += digit or 0
            if part == 0 and total == 0:
                return None
            total = (total + part) * _MYRIADS[sign] if sign == "亿" else total + part * _MYRIADS[sign]
            part, digit = 0, None
    return Decimal(total + part + _tail(written, digit))


def _tail(written: str, digit: int | None) -> int:
    """A last digit right after a step stands for the next lower one (三千五 is 3500), unless that is 十."""
    if not digit or len(written) < 3:
        return digit or 0
    before = written[-2]
    step = _STEPS.get(before) or _MYRIADS.get(before) or 1
    return digit * (step // 10 if step >= 100 else 1)


def counted(number: str, multiple: str = "") -> Decimal | None:
    """The worth of a number with its multiple: 3.5 with 万 is 35000; None where either cannot be read."""
    worth = value(number)
    if worth is None or multiple not in MULTIPLES:
        return None
    return worth * MULTIPLES[multiple]


def places(number: str) -> int:
    """How many decimal places an Arabic number shows."""
    return len(number.partition(".")[2])
