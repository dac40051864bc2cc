"""Which part of a person's reach a page looks at: the division chosen in the top bar, else all of it."""

import re
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet, Value
from django.db.models.functions import Concat
from django.http import HttpRequest

from govmedia.accounts.models import Account
from govmedia.orgs.models import User
from govmedia.orgs.rights import subtree, within

WIDE_KEPT_S = 300
_CODE = re.compile(r"[0-9]{6}(?:[0-9]{3})?")


def chosen_division(request: HttpRequest) -> str:
    """The division of `?division=` if it is within the person's, else that one; empty for organisations' people."""
    own = request.user.division_id or ""
    wanted = request.GET.get("division", "")
    return wanted if own and _CODE.fullmatch(wanted) and within(wanted, own) else own


def narrowed(user: User, division: str, lookup: str = "") -> dict[str, Any]:
    """Filter arguments that keep rows to `division` and below, or to the person's organisation.

    `lookup` leads to the account, for example `account__`.
    """
    if not user.division_id:
        return {f"{lookup}organisation": user.organisation_id}
    first, after = subtree(division)
    return {f"{lookup}division__gte": first, f"{lookup}division__lt": after}


def accounts_in(user: User, division: str) -> QuerySet[Account]:
    """The accounts of `division` and below, or of the person's organisation, fit to be sorted and paged.

    Where that is most of the registry, the range of codes is compared in a way no index serves: to sort, a database
    would else read every row through the index by division, when the index of what is sorted by finds the page at
    once (at 110,000 rows 5 ms instead of 180).
    """
    where = narrowed(user, division)
    if "organisation" in where or not _is_wide(division, where):
        return Account.objects.filter(**where)
    first, after = subtree(division)
    return Account.objects.alias(place=Concat("division_id", Value(""))).filter(place__gte=first, place__lt=after)


def _is_wide(division: str, where: dict[str, Any]) -> bool:
    """True where a division holds more than half of all accounts; remembered for a while, being but a hint."""
    key = f"desk.wide.{division}"
    found = cache.get(key)
    if found is None:
        found = Account.objects.filter(**where).count() * 2 > Account.objects.count()
        cache.set(key, found, WIDE_KEPT_S)
    return bool(found)
