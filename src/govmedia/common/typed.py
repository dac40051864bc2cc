"""What people type, as it can be stored."""

_DIGITS_MOST = 18


def one_line(text: str, most: int) -> str:
    """The text on one line, without control characters (PostgreSQL refuses NUL), cut to `most` characters.

    >>> one_line("  原文\\n如此\\x00 ", 4)
    '原文 如'
    """
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:most]


def lines(text: str) -> str:
    """The text with its lines and tabs, without other control characters and blanks around it."""
    return "".join(sign for sign in text if sign in "\n\t" or sign.isprintable()).strip()


def key_of(text: str) -> int:
    """The key of a row as a form sends it; 0, which no row has, for anything that is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS_MOST else 0
