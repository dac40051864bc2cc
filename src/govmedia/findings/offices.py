"""Which office decides an appeal, and who there may."""

from collections.abc import Collection

from govmedia.findings.models import Appeal, Finding
from govmedia.orgs.models import Role, User
from govmedia.orgs.rights import may

OWN_DEED = "这个问题由你认定，申诉须由另一人复核。"
DECIDED_BEFORE = "上一次申诉由你答复，再次申诉须由另一人复核。"


def offices_above(division: str) -> list[str]:
    """The divisions above one, the nearest first; of a province the province itself.

    >>> offices_above("320106"), offices_above("320106001"), offices_above("320100"), offices_above("320000")
    (['320100', '320000'], ['320106', '320100', '320000'], ['320000'], ['320000'])
    """
    line = dict.fromkeys((division[:6], f"{division[:4]}00", f"{division[:2]}0000"))
    return [code for code in line if code != division] or [division]


def office_for(finding: Finding, earlier: Collection[Appeal] = ()) -> str:
    """The office one level up from whoever confirmed the finding; of the machine's, from the account's own division.

    An office where nobody may decide is passed over; where there is none at all it is the topmost.
    """
    confirmer = finding.confirmed_by
    base = finding.account.division_id
    if confirmer is not None and confirmer.division_id:
        base = confirmer.division_id
    offices = offices_above(base)
    barred = _barred(finding, earlier)
    people = User.objects.filter(role=Role.SUPERVISOR, is_active=True, division__in=offices).exclude(pk__in=barred)
    manned = set(people.values_list("division_id", flat=True))
    return next((code for code in offices if code in manned), offices[-1])


def reviewers(appeal: Appeal, earlier: Collection[Appeal] = ()) -> list[User]:
    """The supervisors of the office that decides who may."""
    people = User.objects.filter(role=Role.SUPERVISOR, is_active=True, division=appeal.at_division_id)
    return list(people.exclude(pk__in=_barred(appeal.finding, earlier)).order_by("pk"))


def may_decide(appeal: Appeal, by: User) -> bool:
    """Whether somebody's office is the one that decides, or stands above it."""
    return may(by, "finding.review", division=appeal.at_division_id)


def why_not(appeal: Appeal, by: User) -> str:
    """Why somebody of the right office may not decide this one all the same; empty where he may."""
    if appeal.finding.confirmed_by_id == by.pk:
        return OWN_DEED
    refused = Appeal.objects.filter(finding=appeal.finding_id, state=Appeal.State.REFUSED, decided_by=by)
    return DECIDED_BEFORE if refused.exists() else ""


def _barred(finding: Finding, earlier: Collection[Appeal]) -> set[int]:
    refused = {one.decided_by_id for one in earlier if one.state == Appeal.State.REFUSED}
    return {key for key in {finding.confirmed_by_id, *refused} if key is not None}
