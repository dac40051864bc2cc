"""Regular expressions that cannot be made slow: every one used by a check is compiled here.

A pattern is refused unless all its repeats are bounded and its longest match is short, so that the work at any place
of a text is bounded and the whole is linear in the text's length, whatever the text. Nested repeats whose inner part
may vary are refused too: they make the bound astronomic.
"""

import re
import re._constants as codes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from typing import Any

WIDEST = 600
_REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}


class Unbounded(ValueError):
    """The pattern has no small bound on the work at one place."""


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, proved to be linear. Errors: Unbounded, re.error."""
    tree = parser.parse(pattern, flags)
    if tree.getwidth()[1] > WIDEST:
        raise Unbounded(f"matches may be longer than {WIDEST} characters: {pattern}")
    _refuse_nested(tree, pattern, varies=False)
    return re.compile(pattern, flags)


def _refuse_nested(tree: Any, pattern: str, *, varies: bool) -> None:
    for code, value in tree:
        if code in _REPEATS:
            low, high, body = value
            here = high > 1 and low != high
            if here and varies and high > 3:
                raise Unbounded(f"a repeat that varies stands within another: {pattern}")
            _refuse_nested(body, pattern, varies=varies or here)
            continue
        for part in value if isinstance(value, tuple | list) else (value,):
            for tree_below in part if isinstance(part, list) else (part,):
                if isinstance(tree_below, parser.SubPattern):
                    _refuse_nested(tree_below, pattern, varies=varies)
