"""What every write of a finding needs: the row held, the words cleaned, the log, the account's health."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from govmedia.accounts.models import Account
from govmedia.accounts.services import HealthRow, set_health_many
from govmedia.audit.services import Deed
from govmedia.common.clock import day_of
from govmedia.common.refusals import NoteMissing, Refused
from govmedia.common.typed import lines
from govmedia.findings import queries
from govmedia.findings.models import NOTE_MAX, Finding
from govmedia.findings.rounds import Judged


def held(finding_id: int) -> Finding:
    """The finding with its account, held until the end of the transaction. Errors: Finding.DoesNotExist."""
    return Finding.objects.select_for_update(of=("self",)).select_related("account").get(pk=finding_id)


def cleaned(note: str, *, most: int = NOTE_MAX, field: str = "note", what: str = "理由", needed: str = "") -> str:
    """The words without control characters. Errors: NoteMissing with `needed`; Refused where they are too long."""
    text = lines(note)
    if needed and not text:
        raise NoteMissing(needed, field)
    if len(text) > most:
        raise Refused(f"{what}最多 {most:,} 个字，现在有 {len(text):,} 个，请缩短。", field)
    return text


def deed_of(verb: str, finding: Finding, before: Mapping[str, Any], after: Mapping[str, Any], why: str = "") -> Deed:
    """What the log says of a move of a finding; its account comes with it."""
    account = finding.account
    label = f"{account.name}：{finding.code} {finding.title}"
    deed = Deed(verb, f"finding:{finding.pk}", label, before, after)
    return replace(deed, why=why, division=account.division_id)


def judged_of(account: Account) -> Judged:
    """The account as a round of judging names it, with nothing seen."""
    return Judged(
        account_id=account.pk,
        code=account.code,
        name=account.name,
        division=account.division_id,
        organisation_id=account.organisation_id,
    )


def renew_health(accounts: Collection[Account], now: datetime) -> None:
    """Health after a human's word; an account that is not seen stays so."""
    seen = {one.pk: one for one in accounts if one.health != "not_seen"}
    counting = queries.counting_accounts(list(seen))
    rows = []
    for key, account in seen.items():
        posted_on = day_of(account.last_post_at) if account.last_post_at else None
        health, text, veto_open = queries.health_when_seen(counting.get(key, []), posted_on, day_of(now))
        rows.append(HealthRow(key, health, "", text, veto_open))
    if rows:
        set_health_many(rows, now=now)
