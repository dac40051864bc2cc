"""What a finding's page shows: the rule, the proof, how it went, what can be done about it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from govmedia.engine.edition import Rule
from govmedia.findings import queries
from govmedia.findings.cures import cure_of
from govmedia.findings.models import NOTE_MAX, Finding
from govmedia.findings.states import FINDING
from govmedia.orgs.models import User
from govmedia.orgs.rights import may

KINDS = {
    "post": "内容", "gap": "间隔", "filing": "备案", "account": "账号", "look": "查看", "answer": "检查员",
}  # fmt: skip
PROPOSED = "分值为建议值，以正式文件为准"


def page_of(finding: Finding, user: User, note: str = "") -> dict[str, Any]:
    """The template's context; `finding` comes with its account, organisation and division. A `note` that was not kept
    stands in its box again, or by itself where there is nothing left to note it for."""
    edition = queries.edition_as_judged(finding.edition, finding.edition_hash)
    rule = edition.rules.get(finding.code) if edition else None
    moves = _moves(finding, user)
    return {
        "finding": finding,
        "account": finding.account,
        "account_url": reverse("desk:account", args=[finding.account.code]),
        "edition": edition,
        "rule": rule,
        "cost": _cost(rule),
        "proposed": PROPOSED if rule and rule.proposed else "",
        "evidence": [_proof(proof) for proof in finding.evidence],
        "cure": cure_of(finding.code, finding.source == Finding.Source.MACHINE),
        "timeline": list(_timeline(finding)),
        "moves": moves,
        "note": note,
        "unsaved": [("理由", note)] if note.strip() and not moves else [],
        "danger": ("dismiss",),
        "note_most": NOTE_MAX,
        "supervisors": queries.supervisors_over(finding.account.division_id),
        "crumbs": [("问题", reverse("findings:list")), (f"{finding.code} {finding.title}", "")],
    }


def _moves(finding: Finding, user: User) -> list[Any]:
    place = {"division": finding.account.division_id, "organisation": finding.account.organisation_id}
    moves = [move for move in FINDING.open_from(finding.state) if may(user, move.right, **place)]
    # Without enough looks there is nothing to confirm yet.
    return [move for move in moves if move.name != "confirm" or finding.needs_human]


def _cost(rule: Rule | None) -> str:
    if rule is None:
        return ""
    if rule.colour == "veto":
        return "单项否决：出现即不合格"
    cap = f"，本项最多扣 {rule.cap} 分" if rule.cap is not None else ""
    return f"每次扣 {rule.points} 分{cap}"


def _proof(proof: dict[str, Any]) -> dict[str, Any]:
    at = datetime.fromisoformat(proof["at"]) if proof["at"] else None
    return {"kind": KINDS.get(proof["kind"], proof["kind"]), "text": proof["text"], "at": at}


def _timeline(finding: Finding) -> Iterator[dict[str, Any]]:
    who = finding.get_source_display()
    yield {"at": finding.raised_at, "text": "发现", "who": who, "tone": "warn"}
    if finding.state == "raised":
        yield {"text": _waits_for(finding), "tone": "now"}
    if finding.confirmed_at:
        human = finding.decided_by.name if finding.decided_by and finding.decided_at == finding.confirmed_at else who
        yield {"at": finding.confirmed_at, "text": "认定", "who": human, "tone": _tone(finding)}
    if finding.notified_at:
        yield {"at": finding.notified_at, "text": "已通知主办单位的运维员", "who": "系统", "tone": "ok"}
    if finding.state in {"confirmed", "notified"}:
        yield {"text": "等待整改", "tone": "now"}
    if finding.ended_at:
        by = finding.decided_by.name if finding.decided_by and finding.decided_at == finding.ended_at else who
        yield {
            "at": finding.ended_at,
            "text": finding.get_state_display(),
            "who": by,
            "note": finding.end_reason,
            "tone": "ok",
        }


def _tone(finding: Finding) -> str:
    """Red is for red lines alone."""
    return "bad" if finding.colour == "veto" else "warn"


def _waits_for(finding: Finding) -> str:
    if finding.needs_human:
        return "等待监管员或检查员认定"
    left = max(finding.looks_needed - finding.looks_seen, 1)
    return f"一次查看不下结论：已看 {finding.looks_seen} 次，还需 {left} 次才认定"
