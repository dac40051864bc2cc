"""How a finding went, from the log, and what it waits for now."""

from collections.abc import Iterator
from typing import Any

from govmedia.audit.models import Entry
from govmedia.audit.queries import entries_of
from govmedia.findings.cures import machine_rechecks
from govmedia.findings.models import Appeal, Finding
from govmedia.orgs.models import User

# verb of the log: what it says, tone
_STEPS = {
    "confirm": ("认定", "warn"),
    "register": ("登记并认定", "warn"),
    "notify": ("已通知主办单位的运维员", "ok"),
    "accept": ("开始整改", "ok"),
    "claim": ("报告已整改", "ok"),
    "unclaim": ("撤回整改报告", "warn"),
    "recur": ("复查未通过", "bad"),
    "reopen": ("复查未通过", "bad"),
    "close": ("复查通过，销号", "ok"),
    "cure": ("销号", "ok"),
    "appeal": ("申诉", "warn"),
    "unappeal": ("撤回申诉", "warn"),
    "uphold": ("申诉成立，问题撤销", "ok"),
    "overrule": ("有关的内容命中一并判为误报", "ok"),
    "refuse": ("申诉不成立", "warn"),
    "press": ("监管员催办", "warn"),
    "postpone": ("调整整改期限", "warn"),
    "dismiss": ("撤销", "off"),
    "drop": ("自动撤回", "off"),
}
# What the machine writes as a reason is on the page already.
_REASON_SHOWN = {"confirm", "notify"}
_ENDED = {"closed", "dismissed"}


def timeline(finding: Finding, appeal: Appeal | None) -> list[dict[str, Any]]:
    """The items of the timeline component, the first first, and last what it waits for."""
    entries = [one for one in reversed(entries_of(f"finding:{finding.pk}")) if _step(one) in _STEPS]
    names = dict(User.objects.filter(login__in={one.actor for one in entries}).values_list("login", "name"))
    found = {"at": finding.raised_at, "text": "发现", "who": finding.get_source_display(), "tone": "warn"}
    items = [found, *(_item(one, names, finding.reason) for one in entries)]
    items += _from_columns(finding, {_step(one) for one in entries})
    return [*items, *({"text": text, "tone": "now"} for text in _waits_for(finding, appeal))]


def _step(entry: Entry) -> str:
    return entry.verb.removeprefix("finding.")


def _item(entry: Entry, names: dict[str, str], reason: str) -> dict[str, Any]:
    step = _step(entry)
    text, tone = _STEPS[step]
    who = "系统" if entry.role == "machine" else names.get(entry.actor, entry.actor)
    due = entry.after.get("due_on") if step == "postpone" else None
    note = "" if step in _REASON_SHOWN and (entry.role == "machine" or entry.why == reason) else entry.why
    return {"at": entry.at, "text": f"{text}至 {due}" if due else text, "who": who, "tone": tone, "note": note}


def _from_columns(finding: Finding, told: set[str]) -> Iterator[dict[str, Any]]:
    """What the row knows and the log does not: of findings brought in from elsewhere."""
    who = finding.confirmed_by.name if finding.confirmed_by else finding.get_source_display()
    if finding.confirmed_at and not told & {"confirm", "register"}:
        yield {"at": finding.confirmed_at, "text": "认定", "who": who, "tone": "warn"}
    if finding.notified_at and "notify" not in told:
        yield {"at": finding.notified_at, "text": _STEPS["notify"][0], "who": "系统", "tone": "ok"}
    if finding.ended_at and finding.state in _ENDED and not told & {"cure", "close", "drop", "dismiss", "uphold"}:
        yield {"at": finding.ended_at, "text": finding.get_state_display(), "note": finding.end_reason, "tone": "ok"}


def _waits_for(finding: Finding, appeal: Appeal | None) -> Iterator[str]:
    if finding.state == "raised":
        yield _raised(finding)
    elif finding.state == "confirmed":
        yield "等待通知：主办单位还没有运维员"
    elif finding.state in {"notified", "rectifying", "reopened"}:
        yield "等待整改"
    elif finding.state == "fixed":
        machine = machine_rechecks(finding.source, finding.code) and finding.account.health != "not_seen"
        yield "等待系统下一次查看时复查" if machine else "等待监管员或检查员复查"
    if appeal is not None:
        yield f"等待{appeal.at_division.full_name}监管员复核申诉"


def _raised(finding: Finding) -> str:
    if finding.needs_human:
        return "等待监管员或检查员认定"
    left = max(finding.looks_needed - finding.looks_seen, 1)
    return f"一次查看不下结论：已看 {finding.looks_seen} 次，还需 {left} 次才认定"
