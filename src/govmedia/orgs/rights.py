"""Who may do what: one table of rights by role, and the places each role reaches.

A right is `noun.verb`. Reach: `own` = the person's organisation, `below` = the person's division and all below it,
`here` = exactly the person's division, `all` = everywhere.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from govmedia.common.refusals import NoRight

OWN, BELOW, HERE, ALL = "own", "below", "here", "all"

_TABLE: dict[str, dict[str, str]] = {
    "account.see": {
        "operator": OWN, "editor": OWN, "reviser": OWN,
        "reviewer": BELOW, "supervisor": BELOW, "inspector": BELOW,
    },
    "account.look": {"operator": OWN, "supervisor": BELOW, "inspector": BELOW},
    "account.unfreeze": {"supervisor": BELOW},
    "filing.see": {"operator": OWN, "reviewer": BELOW, "supervisor": BELOW},
    "filing.submit": {"operator": OWN},
    "filing.review": {"reviewer": HERE},
    "finding.see": {
        "operator": OWN, "editor": OWN, "reviser": OWN,
        "reviewer": BELOW, "supervisor": BELOW, "inspector": BELOW,
    },
    "finding.confirm": {"supervisor": BELOW, "inspector": BELOW},
    "finding.dismiss": {"supervisor": BELOW},
    "finding.raise": {"supervisor": BELOW},
    "finding.claim": {"operator": OWN},
    "finding.recheck": {"supervisor": BELOW, "inspector": BELOW},
    "finding.appeal": {"operator": OWN},
    "finding.review": {"supervisor": BELOW},
    "finding.postpone": {"supervisor": BELOW},
    "finding.press": {"supervisor": BELOW},
    "inspection.see": {
        "operator": OWN, "editor": OWN, "reviser": OWN,
        "reviewer": BELOW, "supervisor": BELOW, "inspector": BELOW,
    },
    "inspection.paste": {
        "operator": OWN, "editor": OWN, "reviser": OWN,
        "reviewer": BELOW, "supervisor": BELOW, "inspector": BELOW,
    },
    "inspection.decide": {"supervisor": BELOW, "inspector": BELOW},
    "inspection.steer": {"supervisor": BELOW},
    "lexicon.see": {"reviewer": BELOW, "supervisor": BELOW, "inspector": BELOW},
    "lexicon.edit": {"supervisor": BELOW},
    "check.see": {"operator": OWN, "supervisor": BELOW, "inspector": BELOW},
    "check.run": {"inspector": BELOW},
    "check.watch": {"supervisor": BELOW, "inspector": BELOW},
    "round.see": {"supervisor": BELOW, "inspector": BELOW, "auditor": BELOW},
    "round.run": {"supervisor": BELOW},
    "round.judge": {"inspector": BELOW},
    # Not inspectors: who is to look again must not know what the unit said.
    "selfcheck.see": {"operator": OWN, "supervisor": BELOW, "auditor": BELOW},
    "selfcheck.report": {"operator": OWN},
    "bulletin.see": {"supervisor": BELOW, "auditor": BELOW},
    "bulletin.write": {"supervisor": BELOW},
    "bulletin.approve": {"supervisor": BELOW},
    "bulletin.publish": {"supervisor": BELOW},
    "assessment.see": {"supervisor": BELOW, "auditor": BELOW},
    "assessment.run": {"supervisor": BELOW},
    "assessment.report": {"supervisor": HERE},
    "assessment.appeal": {"supervisor": HERE},
    "impostor.see": {"supervisor": BELOW},
    "impostor.decide": {"supervisor": BELOW},
    "letter.see": {"operator": OWN, "supervisor": BELOW},
    "organisation.see": {
        "operator": OWN, "editor": OWN, "reviser": OWN,
        "reviewer": BELOW, "supervisor": BELOW, "inspector": BELOW, "admin": BELOW,
    },
    "organisation.manage": {"supervisor": BELOW, "admin": BELOW},
    "user.manage": {"supervisor": BELOW, "admin": BELOW},
    "token.manage": {"admin": BELOW},
    "audit.read": {"auditor": BELOW},
    "system.see": {"admin": BELOW},
    "system.mend": {"admin": BELOW},
    "demo.steer": {"supervisor": BELOW, "inspector": BELOW, "operator": OWN},
}  # fmt: skip

TABLE: Mapping[str, Mapping[str, str]] = MappingProxyType(_TABLE)


class Scope(NamedTuple):
    """A purpose for which a token of the API may be made; its user needs the right as long as it is used."""

    label: str
    says: str
    right: str


SCOPES: Mapping[str, Scope] = MappingProxyType(
    {"inspect": Scope("检查内容", "提交待发内容，取回检查出的问题", "inspection.paste")}
)


class Person(Protocol):
    """What the table needs to know of a user."""

    role: str
    division_id: Any
    organisation_id: Any
    is_active: bool


def stem(code: str) -> str:
    """What the codes of all divisions at and below `code` begin with."""
    if len(code) != 6:
        return code
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def subtree(code: str) -> tuple[str, str]:
    """The range of division codes at and below `code`, as (first, first after the last), compared as text.

    >>> subtree("320000"), subtree("320100"), subtree("320106")
    (('320000', '33'), ('320100', '3202'), ('320106', '320107'))
    """
    start = stem(code)
    return code, start[:-1] + chr(ord(start[-1]) + 1)


def within(code: str, top: str) -> bool:
    """True where division `code` is `top` or below it."""
    first, after = subtree(top)
    return first <= code < after


def reach(person: Person, right: str) -> str | None:
    """How far the person's right goes: own, below, here, all; None without the right."""
    if not person.is_active:
        return None
    return TABLE[right].get(person.role)


def scopes_of(person: Person) -> dict[str, Scope]:
    """The purposes for which somebody may have tokens: those he has the right for."""
    return {code: scope for code, scope in SCOPES.items() if reach(person, scope.right)}


def may(person: Person, right: str, *, division: str = "", organisation: int | None = None) -> bool:
    """True where the right covers the place given: a division code, an organisation's key, or both."""
    far = reach(person, right)
    if far is None:
        return False
    if far == ALL:
        return True
    if far == OWN:
        return organisation is not None and person.organisation_id == organisation
    if not division or not person.division_id:
        return False
    return division == person.division_id if far == HERE else within(division, person.division_id)


def require(person: Person | None, right: str, *, division: str = "", organisation: int | None = None) -> None:
    """Raise NoRight unless `may`; None is the machine, which acts by the rules built into it."""
    if person is not None and not may(person, right, division=division, organisation=organisation):
        raise NoRight


def limit(
    person: Person, right: str, *, division: str = "division", organisation: str = "organisation"
) -> dict[str, Any]:
    """Filter arguments that keep a query to what the right covers.

    `division` and `organisation` name the lookups of the model. Without the right nothing matches.
    """
    far = reach(person, right)
    if far == ALL:
        return {}
    if far == OWN and person.organisation_id:
        return {organisation: person.organisation_id}
    if far in {BELOW, HERE} and person.division_id:
        first, after = subtree(person.division_id)
        if far == HERE:
            return {division: person.division_id}
        return {f"{division}__gte": first, f"{division}__lt": after}
    return {"pk__in": []}
