"""The indicators of the edition in force, as they stand for one account now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from govmedia.accounts.models import Account, Health
from govmedia.checks.models import Check
from govmedia.common.clock import day_of
from govmedia.common.templatetags.govmedia import clock_time
from govmedia.engine.edition import Edition, Rule
from govmedia.engine.registry import Indicator, indicator_table
from govmedia.findings.models import Finding
from govmedia.posts.models import Interface

# states that say more than that the fault stands
_UNDER_WAY = frozenset({"appealed", "rectifying", "fixed", "reopened"})
# the red line that takes over a silence from the slow line
SILENT = "R05"


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator's row: `tone` and `state` of its pill, why, where the proof is, the last and the next look."""

    code: str
    colour: str
    title: str
    clause: str
    tone: str
    state: str
    basis: str
    url: str = ""
    url_label: str = ""
    looked_at: datetime | None = None
    next_look: str = ""
    proposed: bool = False

    @property
    def quiet(self) -> bool:
        """True where there is nothing to read: nobody looked yet, or there is nothing to look at."""
        return self.tone == "off"


def standings(
    account: Account, edition: Edition, findings: Iterable[Finding], check: Check | None, interface: Interface | None
) -> list[Standing]:
    """One row for each indicator of the edition; `findings` are the account's open ones, `check` its latest final."""
    found = {row.code: row for row in findings}
    table = indicator_table()
    rows = []
    for rule in edition.rules.values():
        if rule.colour == "bonus":
            continue
        indicator = table.get(rule.code)
        state = (
            _not_applicable(account, rule, indicator)
            or _by_finding(rule, found.get(rule.code))
            or _by_check(rule, indicator, check)
            or _by_machine(account, indicator, found.get(SILENT))
        )
        rows.append(
            Standing(
                code=rule.code,
                colour=rule.colour,
                title=rule.title,
                clause=rule.clause,
                proposed=rule.proposed,
                **_times(indicator, interface),
                **state,
            )
        )
    return rows


def _not_applicable(account: Account, rule: Rule, indicator: Indicator | None) -> dict[str, str] | None:
    terms = {**(indicator.defaults if indicator else {}), **rule.terms}
    only = terms.get("only_for_platforms")
    if account.platform in terms.get("not_for_platforms", ()) or (only is not None and account.platform not in only):
        return {"tone": "off", "state": "不适用", "basis": "这个平台上没有这一项"}
    return None


def _by_finding(rule: Rule, finding: Finding | None) -> dict[str, str] | None:
    if finding is None:
        return None
    link = {"url": reverse("findings:detail", args=[finding.pk]), "url_label": "看证据"}
    if finding.state == "raised" and finding.needs_human:
        return {"tone": "info", "state": "待认定", "basis": finding.reason, **link}
    if finding.state == "raised":
        looks = (
            f"（已看到 {finding.looks_seen} 次，满 {finding.looks_needed} 次才认定）" if finding.looks_needed else ""
        )
        return {"tone": "info", "state": "发现", "basis": f"{finding.reason}{looks}", **link}
    way = f"（{finding.get_state_display()}）" if finding.state in _UNDER_WAY else ""
    basis = f"{finding.reason}{way}"
    if rule.colour == "veto":
        return {"tone": "bad", "state": "红线", "basis": basis, **link}
    points, _ = rule.points_for(finding.count)
    return {"tone": "warn", "state": f"扣 {points} 分", "basis": basis, **link}


def _by_check(rule: Rule, indicator: Indicator | None, check: Check | None) -> dict[str, str] | None:
    """What the inspector said at the latest check, for indicators that a human must see, in whole or in part."""
    partly = indicator is not None and "takes" in indicator.defaults
    if indicator is not None and not indicator.manual and not partly:
        return None
    answer = check.answers.get(rule.code) if check else None
    if check is None or answer is None:
        basis = "文字检查未见确定的问题，图片视频等由检查员检查时回答" if partly else "机器看不了，由检查员检查时回答"
        return {"tone": "off", "state": "需人工", "basis": basis}
    on = f"{day_of(check.finished_at or check.started_at):%m-%d}"
    link = {"url": reverse("checks:detail", args=[check.pk]), "url_label": f"{on} 的检查"}
    count = int(answer.get("count", 0))
    if not count:
        return {"tone": "ok", "state": "通过", "basis": f"{on} 检查未发现问题", **link}
    note = str(answer.get("note") or f"{on} 检查发现 {count} 处")
    return {"tone": "bad" if rule.colour == "veto" else "warn", "state": f"发现 {count} 处", "basis": note, **link}


def _by_machine(account: Account, indicator: Indicator | None, silent: Finding | None) -> dict[str, str]:
    needs_posts = indicator is not None and "posts" in indicator.needs
    if needs_posts and account.health == Health.NOT_SEEN:
        return {"tone": "un", "state": "未见", "basis": account.get_health_cause_display()}
    if needs_posts and silent is not None:
        return {"tone": "ok", "state": "通过", "basis": f"当前的停更已计入 {SILENT}，不重复计"}
    if needs_posts and account.last_post_at:
        return {"tone": "ok", "state": "通过", "basis": f"最近一篇 {clock_time(account.last_post_at)}"}
    return {"tone": "ok", "state": "通过", "basis": "未发现问题"}


def _times(indicator: Indicator | None, interface: Interface | None) -> dict[str, object]:
    if indicator is not None and indicator.manual:
        return {"next_look": "检查时"}
    if interface is None or interface.state != Interface.State.ACTIVE:
        return {"next_look": "—"}
    return {"looked_at": interface.last_ok_at, "next_look": clock_time(interface.next_due_at)}
