"""Accounts that somebody may have meant whose address is not there: a slip in the code, or a name for a code."""

from collections.abc import Iterator

from govmedia.accounts import queries as accounts
from govmedia.accounts.models import Account
from govmedia.engine.codes import ALPHABET, LENGTH

SHOWN = 5
# What is not in any code but read or heard for what is.
_TAKEN_FOR = str.maketrans({"O": "Q", "0": "Q", "I": "J", "1": "L"})


def near(text: str) -> list[Account]:
    """The nearest accounts, at most a handful."""
    typed = text.strip().upper().replace(" ", "").replace("-", "")
    rows = Account.objects.select_related("organisation")
    if abs(len(typed) - LENGTH) <= 1 and typed.isascii():
        # Who reads a code off a forged poster shall not be handed an account that has nothing to do with it.
        return list(rows.filter(code__in=set(_slips(typed))).order_by("code")[:SHOWN])
    return accounts.search(text, rows, most=SHOWN)


def _slips(typed: str) -> Iterator[str]:
    """Codes one slip away: a wrong sign, one too many or too few, two the wrong way round."""
    yield typed.translate(_TAKEN_FOR)
    for place in range(len(typed) + 1):
        before, after = typed[:place], typed[place:]
        if len(typed) == LENGTH + 1:
            yield before + after[1:]
        elif len(typed) == LENGTH - 1:
            yield from (before + sign + after for sign in ALPHABET)
        else:
            yield from (before + sign + after[1:] for sign in ALPHABET)
            yield before + after[1:2] + after[:1] + after[2:]
