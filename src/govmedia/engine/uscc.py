"""The unified social credit code (统一社会信用代码): its shape and its check digit. Source: GB 32100-2015."""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_VALUE = {sign: value for value, sign in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))


def uscc_check_digit(body: str) -> str:
    """The 18th character for the first 17. Errors: ValueError for another length, KeyError for a wrong character."""
    if len(body) != LENGTH - 1:
        raise ValueError(f"应为 17 位，而不是 {len(body)} 位")
    total = sum(_VALUE[sign] * weight for sign, weight in zip(body, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def uscc_problem(code: str) -> str | None:
    """What is wrong with a code, in Chinese, or None where it is right."""
    if len(code) != LENGTH:
        return f"统一社会信用代码应为 18 位，现为 {len(code)} 位。"
    for place, sign in enumerate(code, 1):
        if sign not in _VALUE:
            return f"第 {place} 位“{sign}”不能用：只能是数字和大写字母，且不含 I、O、S、V、Z。"
    if not code[2:8].isdecimal():
        return "第 3 至 8 位是登记机关的行政区划码，应全是数字。"
    if uscc_check_digit(code[:-1]) != code[-1]:
        return "校验位不符，可能有一位输错或两位写反了。请对照证书逐位核对。"
    return None
