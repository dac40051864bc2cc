"""Which part of a person's reach a page looks at: the division chosen in the top bar, else all of it."""

import re
from typing import Any

from django.http import HttpRequest

from govmedia.orgs.models import User
from govmedia.orgs.rights import subtree, within

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
