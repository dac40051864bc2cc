"""What a finding's page shows: the rule, the proof, how it went, what can be done about it and by whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from govmedia.common.clock import today
from govmedia.engine.edition import Edition, Rule
from govmedia.findings import queries
from govmedia.findings.cures import cure_of, machine_rechecks
from govmedia.findings.forms import AppealForm, ClaimForm, PostponeForm
from govmedia.findings.life import timeline
from govmedia.findings.models import NOTE_MAX, SAYING_MAX, Appeal, Exhibit, Finding
from govmedia.findings.offices import may_decide, why_not
from govmedia.findings.states import FINDING, OPEN, TO_DO
from govmedia.findings.terms import appeal_until
from govmedia.orgs.models import User
from govmedia.orgs.queries import operators_by_organisation
from govmedia.orgs.rights import may

KINDS = {
    "post": "内容", "gap": "间隔", "filing": "备案", "account": "账号", "look": "查看", "answer": "检查员",
    "notice": "登记", "link": "链接",
}  # fmt: skip
PROPOSED = "分值为建议值，以正式文件为准"
# Moves that have a form of their own, with files or a date.
_BY_FORM = {"claim", "appeal"}


@dataclass(frozen=True, slots=True)
class Unkept:
    """What one form of the page sent and was not kept: `form` is move, claim, appeal or postpone."""

    form: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    field: str = ""
    why: str = ""

    def of(self, form: str) -> dict[str, Any]:
        """Arguments of that form: what was typed, and the error at its field."""
        if form != self.form:
            return {}
        return {"data": self.typed, "errors": {self.field or "": self.why}}


def page_of(finding: Finding, user: User, unkept: Unkept | None = None) -> dict[str, Any]:
    """The template's context; `finding` comes with its account, organisation and division. What was not kept stands
    in its form again, or by itself where that form is gone."""
    unkept = unkept or Unkept()
    edition = queries.edition_as_judged(finding.edition, finding.edition_hash)
    rule = edition.rules.get(finding.code) if edition else None
    appeal = _waiting(finding)
    context = {
        "finding": finding,
        "account": finding.account,
        "account_url": reverse("desk:account", args=[finding.account.code]),
        "edition": edition,
        "rule": rule,
        "cost": _cost(rule),
        "proposed": PROPOSED if rule and rule.proposed else "",
        "evidence": [_proof(proof) for proof in finding.evidence],
        "frozen": [one for one in _exhibits(finding) if one.claim_id is None and one.appeal_id is None],
        "cure": cure_of(finding.code, finding.source == Finding.Source.MACHINE),
        "rechecker": "系统" if machine_rechecks(finding.source, finding.code) else "监管员或检查员",
        "due": _due(finding),
        "appeal": appeal,
        "appeals": _answered(finding),
        "claims": list(finding.claims.select_related("by", "decided_by").prefetch_related("exhibits").order_by("pk")),
        "timeline": timeline(finding, appeal),
        "supervisors": queries.supervisors_over(finding.account.division_id),
        "danger": ("dismiss",),
        "sure": ("close",),
        "note_most": NOTE_MAX,
        "crumbs": [("问题", reverse("findings:list")), (f"{finding.code} {finding.title}", "")],
        **_deeds(finding, user, appeal, edition, unkept),
    }
    shown = {"move": context["moves"], "claim": context["claim_form"], "appeal": context["appeal_form"]}
    shown["decide"] = context["may_decide"]
    context["unsaved"] = [] if shown.get(unkept.form, True) else _words(unkept)
    return context


def _words(unkept: Unkept) -> list[tuple[str, str]]:
    labels = {"note": "说明" if unkept.form == "claim" else "理由", "reason": "申诉理由", "why": "理由"}
    return [(label, unkept.typed[key]) for key, label in labels.items() if unkept.typed.get(key, "").strip()]


def _deeds(
    finding: Finding, user: User, appeal: Appeal | None, edition: Edition | None, unkept: Unkept
) -> dict[str, Any]:
    """The forms and buttons the person gets."""
    place = {"division": finding.account.division_id, "organisation": finding.account.organisation_id}
    moves = [move for move in _moves(finding, appeal) if may(user, move.right, **place)]
    own = may(user, "finding.appeal", **place)
    refusal = why_not(appeal, user) if appeal else ""
    decides = appeal is not None and may_decide(appeal, user)
    term = _term(finding, edition)
    return {
        "moves": moves,
        "note": unkept.typed.get("note", "") if unkept.form == "move" else "",
        "claim_form": ClaimForm(**unkept.of("claim")) if own and finding.state in TO_DO else None,
        "appeal_form": AppealForm(**unkept.of("appeal")) if own and term.open and appeal is None else None,
        "appeal_term": term,
        "own": own,
        "may_decide": decides and not refusal,
        "may_not": refusal if decides else "",
        "answer": unkept.typed.get("note", "") if unkept.form == "decide" else "",
        "answer_most": SAYING_MAX,
        "may_press": finding.state in TO_DO and finding.due_on is not None and may(user, "finding.press", **place),
        "tell_whom": not own and finding.state in OPEN,
        "operators": _operators(finding.account.organisation_id) if not own and finding.state in OPEN else [],
        "postpone_form": _postpone(finding, unkept) if may(user, "finding.postpone", **place) else None,
    }


def _moves(finding: Finding, appeal: Appeal | None) -> list[Any]:
    """What a person could do by a button and a note."""
    moves = [one for one in FINDING.open_from(finding.state) if one.name not in {*_BY_FORM, "uphold", "refuse"}]
    # Without enough looks there is nothing to confirm yet.
    moves = [one for one in moves if one.name != "confirm" or finding.needs_human]
    if machine_rechecks(finding.source, finding.code) and finding.account.health != "not_seen":
        moves = [one for one in moves if one.name not in {"close", "reopen"}]
    if appeal is not None and finding.state == "closed":
        moves = [FINDING.take("unappeal", "appealed")]
    return moves


def _operators(organisation: int) -> list[User]:
    return operators_by_organisation({organisation}).get(organisation, [])


def _postpone(finding: Finding, unkept: Unkept) -> PostponeForm | None:
    if finding.state not in OPEN or finding.notified_at is None:
        return None
    return PostponeForm(initial={"due_on": finding.due_on}, **unkept.of("postpone"))


@dataclass(frozen=True, slots=True)
class Term:
    """Whether an appeal may be handed in; `until` is its last day where the finding is closed."""

    open: bool
    until: date | None = None


def _term(finding: Finding, edition: Edition | None) -> Term:
    if finding.confirmed_at is None or finding.state in {"raised", "appealed", "dismissed"}:
        return Term(open=False)
    if finding.state != "closed":
        return Term(open=True)
    until = appeal_until(finding, edition or queries.edition_in_force())
    return Term(today() <= until, until)


def _due(finding: Finding) -> dict[str, Any] | None:
    if finding.due_on is None or finding.state not in OPEN:
        return None
    if finding.state == "appealed":
        return {"on": finding.due_on, "words": "申诉期间不计时", "late": False, "soon": False}
    days = (finding.due_on - today()).days
    late = days < 0 and finding.state in TO_DO
    words = f"已超期 {-days} 天" if days < 0 else "今天到期" if days == 0 else f"还有 {days} 天"
    return {"on": finding.due_on, "words": words, "late": late, "soon": 0 <= days <= 1}


def _waiting(finding: Finding) -> Appeal | None:
    rows = Appeal.objects.filter(finding=finding, state=Appeal.State.WAITING)
    row = rows.select_related("at_division", "by").prefetch_related("exhibits").first()
    if row is not None:
        row.finding = finding
    return row


def _answered(finding: Finding) -> Iterable[Appeal]:
    rows = Appeal.objects.filter(finding=finding).exclude(state=Appeal.State.WAITING)
    return list(rows.select_related("at_division", "by", "decided_by").prefetch_related("exhibits").order_by("pk"))


def _exhibits(finding: Finding) -> Iterable[Exhibit]:
    return finding.exhibits.select_related("by").order_by("pk")


def _cost(rule: Rule | None) -> str:
    if rule is None:
        return ""
    if rule.colour == "veto":
        return "单项否决：出现即不合格"
    cap = f"，本项最多扣 {rule.cap} 分" if rule.cap is not None else ""
    return f"每次扣 {rule.points} 分{cap}"


def _proof(proof: dict[str, Any]) -> dict[str, Any]:
    at = datetime.fromisoformat(proof["at"]) if proof["at"] else None
    url = proof["ref"] if proof["kind"] == "link" else ""
    return {"kind": KINDS.get(proof["kind"], proof["kind"]), "text": proof["text"], "at": at, "url": url}
