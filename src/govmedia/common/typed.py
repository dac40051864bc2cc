"""What people type into a line, as it can be stored."""


def one_line(text: str, most: int) -> str:
    """The text on one line, without control characters (PostgreSQL refuses NUL), cut to `most` characters.

    >>> one_line("  原文\\n如此\\x00 ", 4)
    '原文 如'
    """
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:most]
