"""An organisation's word that a finding is put right, and taking that word back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from govmedia.audit.services import record, record_many
from govmedia.common.exhibits import Upload
from govmedia.common.refusals import NoRight, Refused
from govmedia.findings.cures import machine_rechecks
from govmedia.findings.exhibits import attach
from govmedia.findings.models import SAYING_MAX, Claim, Finding
from govmedia.findings.services.deciding import Done, held_many
from govmedia.findings.services.keeping import cleaned, deed_of, held
from govmedia.findings.states import FINDING
from govmedia.orgs.models import User
from govmedia.orgs.rights import require
from govmedia.posts.services import hurry

NEEDED = "请写明做了什么整改。"
AT_ONCE = 500


def claim(*, finding_id: int, note: str, by: User, now: datetime, uploads: Sequence[Upload] = ()) -> Finding:
    """Report one finding as put right, with files; it is looked at again. Errors: as claim_many, raised at once."""
    with transaction.atomic():
        text = _text(note)
        finding = held(finding_id)
        _allow(finding, text, by)
        _write([finding], text, by, now)
        if uploads:
            waiting = Claim.objects.get(finding=finding, outcome=Claim.Outcome.WAITING)
            attach(finding=finding, uploads=uploads, by=by, now=now, claim=waiting)
    return finding


@transaction.atomic
def claim_many(*, finding_ids: Sequence[int], note: str, by: User, now: datetime) -> Done:
    """Report many findings as put right; those that cannot be are left with their reason.

    Errors: NoteMissing; Refused for a note too long or too many at once.
    """
    text = _text(note)
    done = Done()
    claimed = []
    for finding in held_many(finding_ids):
        try:
            _allow(finding, text, by)
        except (Refused, NoRight) as why:
            done.left[why.text] += 1
        else:
            claimed.append(finding)
    _write(claimed, text, by, now)
    done.done = len(claimed)
    return done


@transaction.atomic
def unclaim(*, finding_id: int, by: User, now: datetime) -> Finding:
    """Take back a report that was not re-checked yet. Errors: NoRight, WrongState."""
    finding = held(finding_id)
    account = finding.account
    step = FINDING.take("unclaim", finding.state)
    require(by, step.right, division=account.division_id, organisation=account.organisation_id)
    waiting = Claim.objects.filter(finding=finding, outcome=Claim.Outcome.WAITING)
    waiting.update(outcome=Claim.Outcome.WITHDRAWN, decided_by=by, decided_at=now)
    before, finding.state, finding.claimed_at = finding.state, step.target, None
    finding.save(update_fields=["state", "claimed_at"])
    record(deed_of("finding.unclaim", finding, {"state": before}, {"state": finding.state}), by=by, now=now)
    return finding


def _text(note: str) -> str:
    return cleaned(note, most=SAYING_MAX, what="整改说明", needed=NEEDED)


def _allow(finding: Finding, text: str, by: User) -> None:
    account = finding.account
    step = FINDING.take("claim", finding.state, text)
    require(by, step.right, division=account.division_id, organisation=account.organisation_id)


def _write(findings: Sequence[Finding], text: str, by: User, now: datetime) -> None:
    deeds = []
    for finding in findings:
        before, finding.state, finding.claimed_at = finding.state, "fixed", now
        deeds.append(deed_of("finding.claim", finding, {"state": before}, {"state": "fixed"}, text))
    keys = [one.pk for one in findings]
    for start in range(0, len(keys), AT_ONCE):
        Finding.objects.filter(pk__in=keys[start : start + AT_ONCE]).update(state="fixed", claimed_at=now)
    Claim.objects.bulk_create((Claim(finding=one, by=by, at=now, note=text) for one in findings), batch_size=500)
    record_many(deeds, by=by, now=now)
    hurry(account_ids=[one.account_id for one in findings if machine_rechecks(one.source, one.code)], now=now)
