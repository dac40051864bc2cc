"""A notice that a supervisor enters: a superior's, a citizen's, the media's or his own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from govmedia.accounts.models import LIVE, Account
from govmedia.audit.services import record
from govmedia.common.exhibits import Upload, check_uploads
from govmedia.common.refusals import Refused
from govmedia.engine.edition import Edition
from govmedia.engine.hashing import canonical_json, tagged_sm3
from govmedia.engine.links import is_web
from govmedia.findings.exhibits import attach
from govmedia.findings.models import OTHER, Finding
from govmedia.findings.queries import edition_in_force
from govmedia.findings.rounds import Round
from govmedia.findings.services.editions import keep_edition
from govmedia.findings.services.keeping import cleaned, deed_of, judged_of, renew_health
from govmedia.findings.states import OPEN
from govmedia.orgs.models import User
from govmedia.orgs.rights import require

ACCOUNTS_MOST = 200
DOCUMENT_MOST = 120
LINK_MOST = 500


@dataclass(frozen=True, slots=True)
class Report:
    """What a notice says. `code`: an indicator of the edition in force, or `other`; `document`: what it came with."""

    code: str
    what: str
    origin: str
    document: str = ""
    evidence: str = ""
    link: str = ""
    uploads: Sequence[Upload] = field(default=())


@transaction.atomic
def raise_notices(*, accounts: Sequence[Account], report: Report, by: User, now: datetime) -> list[Finding]:
    """Enter the notice against each account and notify its operators; the supervisor's word confirms it.

    What stands in the same words against an account already is given back and not entered again. Errors: NoRight;
    Refused for no or too many accounts, a closed one, an unknown indicator, missing or too long words.
    """
    if not accounts:
        raise Refused("请写上账号编号。", "accounts")
    if len(accounts) > ACCOUNTS_MOST:
        raise Refused(f"一次最多登记 {ACCOUNTS_MOST} 个账号，现在有 {len(accounts)} 个。请分几次登记。", "accounts")
    for account in accounts:
        require(by, "finding.raise", division=account.division_id)
        if account.status not in LIVE:
            raise Refused(f"「{account.name}」已注销，不能登记问题。请从账号中去掉它。", "accounts")
    edition = edition_in_force()
    title, colour = _rule(report.code, edition)
    if report.origin not in Finding.Origin.values:
        raise Refused("请选一项来源。", "origin")
    what = cleaned(report.what, field="what", what="问题描述", needed="请写明是什么问题。")
    document = cleaned(report.document, most=DOCUMENT_MOST, field="document", what="来文")
    evidence = _evidence(report, now)
    if not evidence and not report.uploads:
        raise Refused("请至少留一样证据：文字、链接或附件。", "evidence")
    check_uploads(report.uploads)
    keep_edition(edition=edition, now=now)
    rows: list[Finding] = []
    fresh: list[Finding] = []
    for account in accounts:
        before = Finding.objects.filter(
            account=account, source=Finding.Source.NOTICE, code=report.code, reason=what, state__in=OPEN
        ).first()
        if before is not None:
            rows.append(before)
            continue
        finding = Finding.objects.create(
            account=account,
            code=report.code,
            colour=colour,
            title=title,
            source=Finding.Source.NOTICE,
            state="confirmed",
            reason=what,
            evidence=evidence,
            evidence_sm3=tagged_sm3(canonical_json(evidence)),
            edition=edition.name,
            edition_hash=edition.hash,
            origin=report.origin,
            document=document,
            raised_at=now,
            seen_at=now,
            confirmed_at=now,
            confirmed_by=by,
            decided_by=by,
            decided_at=now,
        )
        attach(finding=finding, uploads=report.uploads, by=by, now=now)
        after = {"state": "confirmed", "origin": report.origin, "document": document, "account": account.code}
        record(deed_of("finding.register", finding, {}, after, what), by=by, now=now)
        rows.append(finding)
        fresh.append(finding)
    Round(edition, {}, now, Finding.Source.NOTICE).notify([(row, judged_of(row.account)) for row in fresh])
    renew_health(accounts, now)
    return rows


def _rule(code: str, edition: Edition) -> tuple[str, str]:
    """Title and colour. Errors: Refused."""
    if code == OTHER:
        return "其他问题", OTHER
    rule = edition.rules.get(code)
    if rule is None or rule.colour == "bonus":
        raise Refused("请从列表中选一项指标，不在其中的选“其他”。", "code")
    return rule.title[:60], rule.colour


def _evidence(report: Report, now: datetime) -> list[dict[str, Any]]:
    text = cleaned(report.evidence, most=1000, field="evidence", what="证据")
    link = cleaned(report.link, most=LINK_MOST, field="link", what="链接")
    if link and not is_web(link):
        raise Refused("链接须以 http:// 或 https:// 开头。", "link")
    at = now.isoformat()
    found = [{"kind": "notice", "text": text, "ref": "", "at": at}] if text else []
    return [*found, *([{"kind": "link", "text": link, "ref": link, "at": at}] if link else [])]
