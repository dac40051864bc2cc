"""Findings by what judging saw: raised, renewed, confirmed, re-checked and ended by the machine and in checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from govmedia.accounts.models import Account, Status
from govmedia.engine.edition import Edition
from govmedia.engine.types import Hit
from govmedia.findings import queries
from govmedia.findings.models import Finding
from govmedia.findings.rounds import Judged, Round
from govmedia.findings.services.deciding import move
from govmedia.findings.services.editions import keep_edition
from govmedia.findings.services.keeping import judged_of
from govmedia.findings.states import OPEN
from govmedia.orgs.models import User


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a finished check said: hits by the inspector's word, codes he found in order, doubtful ones he upheld."""

    hits: tuple[Hit, ...] = ()
    clean: frozenset[str] = frozenset()
    upheld: frozenset[str] = frozenset()


def apply_hits(
    *,
    account: Account,
    hits: Sequence[Hit],
    edition: Edition,
    versions: Mapping[str, int],
    now: datetime,
    seen: bool,
) -> None:
    """Bring one account's findings up to what judging saw; see `apply_hits_many`."""
    apply_hits_many(
        judged=[replace(judged_of(account), hits=tuple(hits), seen=seen)], edition=edition, versions=versions, now=now
    )


@transaction.atomic
def apply_hits_many(
    *, judged: Sequence[Judged], edition: Edition, versions: Mapping[str, int], now: datetime
) -> dict[str, int]:
    """Raise, renew, confirm, notify, cure and drop the machine's findings of many accounts; returns moves by name.

    An account that was not seen keeps what it has. Nothing is raised for a code the edition does not name, nor for
    a fault that a human dismissed. A finding is confirmed without a human only where the hit stands, is certain and
    the edition lets the machine judge it.
    """
    keep_edition(edition=edition, now=now)
    seen = [one for one in judged if one.seen]
    return Round(edition, versions, now, Finding.Source.MACHINE).run(seen)


@transaction.atomic
def end_for_closed(*, now: datetime) -> int:
    """End what is still open on accounts that were closed meanwhile; returns how many accounts there were."""
    accounts = list(Account.objects.filter(status=Status.CLOSED, findings__state__in=OPEN).distinct().order_by("pk"))
    ended = {account.pk: replace(judged_of(account), closed=True) for account in accounts}
    rows = Finding.objects.select_for_update(of=("self",)).filter(account__in=ended, state__in=OPEN).order_by("pk")
    if ended:
        Round(queries.edition_in_force(), {}, now, Finding.Source.MACHINE).end(
            [(row, ended[row.account_id]) for row in rows]
        )
    return len(accounts)


@transaction.atomic
def apply_inspection(
    *,
    account: Account,
    inspected: Inspected,
    edition: Edition,
    versions: Mapping[str, int],
    by: User,
    now: datetime,
) -> None:
    """Turn a finished check into findings of the inspector's; those he looked at and found in order are closed."""
    keep_edition(edition=edition, now=now)
    Round(edition, versions, now, Finding.Source.INSPECTOR, by=by, clean=inspected.clean).run(
        [replace(judged_of(account), hits=inspected.hits)]
    )
    doubtful = Finding.objects.filter(
        account=account, source=Finding.Source.MACHINE, state="raised", needs_human=True, code__in=inspected.upheld
    )
    for finding_id in doubtful.order_by("pk").values_list("pk", flat=True):
        move(finding_id=finding_id, name="confirm", by=by, now=now, note="检查中认定")
