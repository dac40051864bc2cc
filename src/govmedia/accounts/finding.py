"""The search: which accounts a text finds, and in which order.

First comes the very name, then names that begin so, then names that hold it, as written or as spoken; then what is
found by the organisation, a former name or the body's other names; last, where little was found, what differs in one
sign, and where nothing was, bodies whose names do. Within each the weightier account comes first (`weight`).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from govmedia.accounts import search_index
from govmedia.accounts.likeliest import BEGINS, EXACT, HOLDS, NEARLY, OTHERWISE, nearness, slip
from govmedia.accounts.models import Account, SearchEntry
from govmedia.accounts.search_index import Row
from govmedia.accounts.search_text import ORGANISATION, plain, words_of
from govmedia.accounts.search_words import (
    Ask,
    both,
    elsewhere,
    name_begins,
    name_holds,
    nearly,
    nearly_otherwise,
    of_division,
)
from govmedia.engine.codes import code_problem

# Where fewer are found, a slip of the hand is thought of, unless the text is part of a name.
FEW = 5
# So many names that share all but one sign are looked at; the rest weigh less than all of them.
_SHORTLIST = 1000
# Begun codes shorter than this may as well be first letters of a name.
_CODE_BEGUN = 5


class Hit(NamedTuple):
    """An account found: how near its name is (see `likeliest`), and its place in the order of weight."""

    nearness: int
    place: int
    account_id: int


class Within(NamedTuple):
    """Where accounts are looked for: a division and all below, an organisation; empty and None mean anywhere."""

    division: str = ""
    organisation: int | None = None

    def asks(self) -> list[Ask]:
        """The tokens that rows have to hold."""
        division = [of_division(self.division)] if self.division else []
        return [*division, *([f"{ORGANISATION}{self.organisation}"] if self.organisation else [])]


ANYWHERE = Within()


def hits(text: str, *, most: int, within: Within = ANYWHERE) -> list[Hit]:
    """The accounts found, nearest first, at most `most`; nothing is found by an empty text."""
    words = words_of(text)
    if not words:
        return []
    whole, where = "".join(words), within.asks()
    found: dict[int, Hit] = {}
    for near, rows in _rounds(text, words, where, most):
        for row in rows:
            found.setdefault(row.account_id, Hit(nearness(row, whole), row.id, row.account_id))
        if sum(hit.nearness <= near for hit in found.values()) >= most:
            break
    part_of_a_name = min((hit.nearness for hit in found.values()), default=OTHERWISE) in {BEGINS, HOLDS}
    if not part_of_a_name and len(found) < FEW and (ask := nearly(whole)):
        for row in search_index.first(both([*where, ask]), _SHORTLIST):
            found.setdefault(row.account_id, Hit(NEARLY + slip(row, whole), row.id, row.account_id))
    if not found and (ask := nearly_otherwise(whole)):
        for row in search_index.first(both([*where, ask]), most):
            found[row.account_id] = Hit(NEARLY, row.id, row.account_id)
    return sorted(found.values())[:most]


def _rounds(text: str, words: Sequence[str], where: list[Ask], most: int) -> Iterator[tuple[int, list[Row]]]:
    """Rows to choose from, the likeliest first, each time with the nearness that is then complete."""
    whole = "".join(words)
    yield EXACT, [*_by_code(text, where, most), *_very_names(whole, where, most)]
    held = search_index.first(both([*where, name_holds(whole)]), most)
    if len(held) == most:
        yield BEGINS, search_index.first(both([*where, name_begins(whole)]), most)
    yield HOLDS, held
    yield OTHERWISE, search_index.first(both([*where, elsewhere(words)]), most)


def _very_names(whole: str, where: list[Ask], most: int) -> Iterator[Row]:
    """Names that are the text, or have just these first letters."""
    for column in ("name", "initials") if whole.isascii() else ("name",):
        for row, tokens in search_index.named(column, whole, most):
            if not where or set(map(str, where)) <= set(tokens.split()):
                yield row


def coded(text: str) -> QuerySet[Account]:
    """The account with this code as people type it, or those whose codes begin so; none where it is no code."""
    code = plain(text[:40]).upper()
    if not code_problem(code):
        return Account.objects.filter(code=code)
    if not code.isascii() or not code.isalnum() or len(code) < _CODE_BEGUN or code.isalpha():
        return Account.objects.none()
    return Account.objects.filter(code__gte=code, code__lt=f"{code[:-1]}{chr(ord(code[-1]) + 1)}")


def _by_code(text: str, where: list[Ask], most: int) -> Iterator[Row]:
    code = plain(text[:40])
    accounts = coded(text).order_by("code")[:most]
    whole = not code_problem(code.upper())
    rows = SearchEntry.objects.filter(account__in=list(accounts.values_list("pk", flat=True)))
    for *row, tokens in rows.order_by("id").values_list(*Row._fields, "tokens"):
        if set(map(str, where)) <= set(tokens.split()):
            # a code is nobody's name, and still the very thing that was asked for
            yield Row(*row)._replace(name=code) if whole else Row(*row)
