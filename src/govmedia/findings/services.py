"""Writing findings: what the machine sees, what people decide, and telling the operator once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from govmedia.accounts.models import Account, Status
from govmedia.accounts.services import set_health
from govmedia.audit.services import Deed, record
from govmedia.common import installation
from govmedia.common.clock import day_of
from govmedia.common.refusals import Refused, WrongState
from govmedia.engine.edition import Edition, EditionError
from govmedia.engine.types import Hit
from govmedia.findings import queries
from govmedia.findings.models import NOTE_MAX, EditionCopy, Finding
from govmedia.findings.rounds import Judged, Round
from govmedia.findings.states import FINDING, OPEN
from govmedia.orgs.models import User
from govmedia.orgs.rights import require

__all__ = [
    "Inspected",
    "Judged",
    "apply_hits",
    "apply_hits_many",
    "apply_inspection",
    "end_for_closed",
    "keep_edition",
    "move",
    "put_in_force",
]

TOO_EARLY = "还没有看够次数，暂不能认定。系统会按间隔再看，看够后自动处理。"


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
    apply_hits_many(judged=[_judged(account, hits, seen)], edition=edition, versions=versions, now=now)


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
    if accounts:
        judged = [replace(_judged(account, (), seen=True), closed=True) for account in accounts]
        for source in Finding.Source.values:
            Round(queries.edition_in_force(), {}, now, source).run(judged)
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
        [_judged(account, inspected.hits, seen=True)]
    )
    doubtful = Finding.objects.filter(
        account=account, source=Finding.Source.MACHINE, state="raised", needs_human=True, code__in=inspected.upheld
    )
    for finding_id in doubtful.order_by("pk").values_list("pk", flat=True):
        move(finding_id=finding_id, name="confirm", by=by, now=now, note="检查中认定")


@transaction.atomic
def move(*, finding_id: int, name: str, by: User | None, now: datetime, note: str = "") -> Finding:
    """Confirm or dismiss a finding by a human's word; a confirmed one goes to the operators at once.

    Errors: NoRight, WrongState, NoteMissing; Refused for a note over NOTE_MAX characters; Finding.DoesNotExist.
    """
    note = "".join(one for one in note if one in "\n\t" or one.isprintable()).strip()
    if len(note) > NOTE_MAX:
        raise Refused(f"理由最多 {NOTE_MAX} 个字，现在有 {len(note):,} 个，请缩短。", "note")
    finding = Finding.objects.select_for_update(of=("self",)).select_related("account").get(pk=finding_id)
    account = finding.account
    step = FINDING.take(name, finding.state, note)
    if step.by_machine:
        raise WrongState
    require(by, step.right, division=account.division_id, organisation=account.organisation_id)
    if name == "confirm" and not finding.needs_human:
        raise WrongState(TOO_EARLY)
    before = finding.state
    finding.state, finding.needs_human = step.target, False
    finding.decided_by, finding.decided_at = (by, now) if by else (None, None)
    if name == "confirm":
        finding.confirmed_at = now
    else:
        finding.ended_at, finding.end_reason = now, note
    finding.save()
    after = {"state": finding.state}
    deed = Deed(
        step.right,
        f"finding:{finding.pk}",
        f"{account.name}：{finding.code} {finding.title}",
        {"state": before},
        after,
    )
    record(replace(deed, why=note, division=account.division_id), by=by, now=now)
    if name == "confirm":
        _notify(finding, now)
    _renew_health(account, now)
    return finding


@transaction.atomic
def put_in_force(*, name: str, by: User | None, now: datetime) -> Edition:
    """Have the machine judge by this edition from the next look on. Errors: NoRight, Refused, EditionError."""
    if by is not None:
        require(by, "system.see", division=str(by.division_id or ""))
    found = queries.edition(name)
    if found.valid_from > day_of(now):
        raise Refused(f"《{found.title}》自 {found.valid_from} 起施行，还不能启用。")
    before = installation.read(queries.EDITION_SETTING, queries.EDITION_DEFAULT)
    if before != name:
        installation.write(queries.EDITION_SETTING, name)
        deed = Deed(
            "edition.use", f"edition:{name}", found.title, {"name": before}, {"name": name, "hash": found.hash}
        )
        record(deed, by=by, now=now)
    keep_edition(edition=found, now=now)
    return found


@transaction.atomic
def keep_edition(*, edition: Edition, now: datetime) -> None:
    """Keep a copy of an edition the first time something is judged by it, so that it can be shown for ever."""
    if EditionCopy.objects.filter(pk=edition.hash).exists():
        return
    try:
        table = queries.edition_table(edition.name)
    except (EditionError, KeyError):
        return
    # The file may have changed since the edition was read; a copy that does not prove itself is worth nothing.
    if queries.table_hash(table) != edition.hash:
        return
    _, created = EditionCopy.objects.get_or_create(
        pk=edition.hash, defaults={"name": edition.name, "table": table, "kept_at": now}
    )
    if created:
        after = {"hash": edition.hash}
        record(Deed("edition.keep", f"edition:{edition.name}", edition.title, after=after), by=None, now=now)


def _judged(account: Account, hits: Sequence[Hit], seen: bool) -> Judged:
    return Judged(
        account_id=account.pk,
        code=account.code,
        name=account.name,
        division=account.division_id,
        organisation_id=account.organisation_id,
        hits=tuple(hits),
        seen=seen,
    )


def _notify(finding: Finding, now: datetime) -> None:
    edition = queries.edition_as_judged(finding.edition, finding.edition_hash) or queries.edition_in_force()
    Round(edition, {}, now, finding.source).notify(finding, _judged(finding.account, (), seen=True))


def _renew_health(account: Account, now: datetime) -> None:
    """Health after a human's word; an account that is not seen stays so."""
    if account.health == "not_seen":
        return
    counting = queries.counting_accounts([account.pk]).get(account.pk, [])
    posted_on = day_of(account.last_post_at) if account.last_post_at else None
    health, text, veto_open = queries.health_when_seen(counting, posted_on, day_of(now))
    set_health(account_id=account.pk, health=health, cause="", text=text, veto_open=veto_open, now=now)
