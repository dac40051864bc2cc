"""Which accounts of the registry a name or a picture imitates, found among a million by their keys."""

from collections import Counter
from collections.abc import Callable, Collection
from typing import NamedTuple

from govmedia.accounts.models import LIVE, Account, Avatar, Trait
from govmedia.accounts.traits import avatar_traits
from govmedia.engine.likeness import Likeness, holding_keys, holds, imitates, search_keys
from govmedia.engine.likeness.avatars import APART_MOST, apart

# Names of one key are few; a key that thousands share (a bare 人民政府) tells nothing, and the best share several.
_ROWS_MOST = 4000
_WEIGHED_MOST = 600


class Imitated(NamedTuple):
    """An account that a name imitates or holds, and how."""

    account: Account
    likeness: Likeness


def imitated_by(name: str, *, limit: int = 10) -> list[Imitated]:
    """The accounts that `name` imitates, most like first, those still in use before closed ones; none where it
    imitates nobody. The very same name is no imitation. Accounts come with their organisation and division."""
    return _weighed(name, search_keys(name), imitates, limit)


def held_in(name: str, *, limit: int = 10) -> list[Imitated]:
    """The accounts whose whole name stands in `name` with more around it, the longest first, those still in use
    before closed ones; none where an account of exactly this name is on file."""
    if Account.objects.filter(name=name).exists():
        return []
    return _weighed(name, holding_keys(name), holds, limit)


def like(name: str, *, limit: int = 10) -> list[Imitated]:
    """Whom a name is like: the accounts that it imitates, or else those that it holds."""
    return imitated_by(name, limit=limit) or held_in(name, limit=limit)


def _weighed(
    name: str, keys: Collection[int], weigh: Callable[[str, str], Likeness | None], limit: int
) -> list[Imitated]:
    weighed: list[tuple[bool, float, str, int, Likeness]] = []
    for key, code, real, status in _shortlist(keys):
        found = weigh(name, real)
        if found is not None:
            weighed.append((status not in LIVE, -found.score, code, key, found))
    best = sorted(weighed)[:limit]
    rows = Account.objects.select_related("organisation", "division", "successor").in_bulk([one[3] for one in best])
    return [Imitated(rows[one[3]], one[4]) for one in best]


def with_avatar_like(fingerprint: int | None) -> list[tuple[int, Account]]:
    """(bits that differ, account) of accounts whose avatar can hardly be told from this one: those in use before
    closed ones, the nearest first.

    Many bodies share one picture, such as the police badge: what several show says nothing of who somebody is.
    """
    if fingerprint is None:
        return []
    near = Trait.objects.filter(key__in=avatar_traits(fingerprint)).values_list("account_id", flat=True)
    prints = Avatar.objects.filter(account__in=list(near[:_ROWS_MOST]), fingerprint__isnull=False)
    bits = {key: apart(fingerprint, other) for key, other in prints.values_list("account_id", "fingerprint")}
    keys = [key for key, differ in bits.items() if differ <= APART_MOST]
    rows = Account.objects.filter(pk__in=keys).select_related("organisation").order_by("pk")
    found = [(bits[row.pk], row) for row in rows[:_WEIGHED_MOST]]
    return sorted(found, key=lambda one: (one[1].status not in LIVE, one[0], one[1].pk))


def _shortlist(keys: Collection[int]) -> list[tuple[int, str, str, str]]:
    """(key, code, name, status) of accounts that have some of these keys, those that have most first."""
    if not keys:
        return []
    shared = Counter(Trait.objects.filter(key__in=keys).values_list("account_id", flat=True)[:_ROWS_MOST])
    closest = [key for key, _ in shared.most_common(_WEIGHED_MOST)]
    return list(Account.objects.filter(pk__in=closest).values_list("pk", "code", "name", "status"))
