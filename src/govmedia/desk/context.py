"""What the desk's frame shows on every page: rooms, person, divisions, unread messages, coverage, banner."""

from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Count, IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse

from govmedia.accounts.models import Account
from govmedia.common.clock import now
from govmedia.common.templatetags.govmedia import moment, percent
from govmedia.desk.scope import chosen_division, narrowed
from govmedia.filings.models import Filing
from govmedia.findings.models import Appeal, Finding
from govmedia.findings.queries import appeals_to_decide, rechecks_for
from govmedia.findings.states import TO_DO
from govmedia.notify.models import Notice
from govmedia.orgs.models import Division, Role, User
from govmedia.orgs.queries import division_choices
from govmedia.orgs.rights import reach
from govmedia.posts.models import Look, Outage
from govmedia.posts.queries import coverage_24h
from govmedia.rounds.models import Report
from govmedia.rounds.reports import waiting_of

# The share of accounts seen is a scan over all of them, and nobody reads it by the second.
COVERAGE_KEPT_S = 60
# Addresses of rooms that a stranger sees too; they bear no frame.
_OUTSIDE = frozenset({"", "public", "api"})
# key, label, address, icon, the right that opens the room
_ROOMS = (
    ("accounts", "账号", "desk:account-list", "address-book", "account.see"),
    ("filings", "备案", "filings:list", "file-text", "filing.see"),
    ("findings", "问题", "findings:list", "alert-triangle", "finding.see"),
    ("inspections", "内容", "inspections:paste", "news", "inspection.see"),
    ("checks", "检查", "checks:list", "clipboard-check", "check.see"),
    ("orgs", "单位", "orgs:organisation-list", "building", "organisation.see"),
    ("audit", "日志", "desk:audit-list", "history", "audit.read"),
)

# What a room's badge counts, where it is called otherwise than the room.
_COUNTED = {"checks": "selfchecks"}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the desk's pages; empty, and free of cost, for strangers and on public pages."""
    match = request.resolver_match
    if match is None or match.app_name in _OUTSIDE or not request.user.is_authenticated:
        return {}
    user = request.user
    facts = _facts(user)
    division = chosen_division(request)
    return {
        "nav": _nav(user, facts),
        "person": {
            "login": user.login,
            "name": user.name,
            "role_label": user.get_role_display(),
            "place": facts["division__full_name"] or facts["organisation__name"],
        },
        "divisions": _divisions(user, division),
        "division": division,
        "unread": facts["unread"],
        "coverage": _coverage_text(user, division),
        "last_round_at": facts["last_round_at"],
        "banner": _banner(facts),
    }


def _facts(user: User) -> dict[str, Any]:
    """Place, counts for the badges, the latest look and an open outage, in one query."""
    outage = Outage.objects.filter(ended_at__isnull=True).order_by("-started_at")
    return (
        User.objects.filter(pk=user.pk)
        .annotate(
            unread=_number(Notice.objects.filter(recipient=user.pk, read_at__isnull=True)),
            filings=_number(_waiting_filings(user)),
            selfchecks=_number(_waiting_reports(user)),
            findings=_number(_waiting_findings(user)) + _number(_waiting_appeals(user)),
            last_round_at=Subquery(Look.objects.order_by("-at").values("at")[:1]),
            outage_kind=Subquery(outage.values("kind")[:1]),
            outage_at=Subquery(outage.values("started_at")[:1]),
        )
        .values(
            "organisation__name", "division__full_name", "unread", "filings", "selfchecks", "findings",
            "last_round_at", "outage_kind", "outage_at",
        )
        .get()
    )  # fmt: skip


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().annotate(_all=Value(1)).values("_all").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _waiting_filings(user: User) -> QuerySet[Filing]:
    """Filings that are at the reviewer's office, or came back to the operator."""
    if user.role == Role.REVIEWER:
        return Filing.objects.filter(at_division=user.division_id)
    if user.role == Role.OPERATOR:
        return Filing.objects.filter(organisation=user.organisation_id, state="returned")
    return Filing.objects.none()


def _waiting_findings(user: User) -> QuerySet[Finding]:
    """Findings the operator has to put right, or that wait for the supervisor's or inspector's word or re-check."""
    if user.role == Role.OPERATOR:
        return Finding.objects.filter(state__in=TO_DO, account__organisation=user.organisation_id)
    if user.role in {Role.SUPERVISOR, Role.INSPECTOR}:
        own = narrowed(user, user.division_id, "account__")
        doubtful = Finding.objects.filter(state="raised", needs_human=True, **own).values("pk")
        rechecks = rechecks_for(user).values("pk")
        return Finding.objects.filter(Q(pk__in=doubtful) | Q(pk__in=rechecks))
    return Finding.objects.none()


def _waiting_reports(user: User) -> QuerySet[Report]:
    """Self-checks that the operator's organisation has not reported on."""
    return waiting_of(user.organisation_id) if user.role == Role.OPERATOR else Report.objects.none()


def _waiting_appeals(user: User) -> QuerySet[Appeal]:
    """Appeals that the supervisor may decide."""
    return appeals_to_decide(user) if user.role == Role.SUPERVISOR else Appeal.objects.none()


def _nav(user: User, facts: dict[str, Any]) -> list[dict[str, Any]]:
    rooms = [{"key": "today", "label": "今日", "url": reverse("desk:today"), "icon": "home", "count": 0}]
    for key, label, name, icon, right in _ROOMS:
        if reach(user, right):
            rooms.append(
                {
                    "key": key,
                    "label": label,
                    "url": reverse(name),
                    "icon": icon,
                    "count": facts.get(_COUNTED.get(key, key), 0),
                }
            )
    if user.role == Role.ADMIN:
        rooms.append(
            {"key": "system", "label": "系统", "url": reverse("desk:system"), "icon": "heartbeat", "count": 0}
        )
    return rooms


def _divisions(user: User, division: str) -> list[tuple[str, str]]:
    """The switch's choices; a place further down that an address named is added, so that the switch says so."""
    choices = division_choices(user)
    if division and division not in {code for code, _ in choices}:
        choices += Division.objects.filter(pk=division).values_list("code", "full_name")
    return choices


def _coverage_text(user: User, division: str) -> str:
    if not reach(user, "account.see"):
        return ""
    key = f"desk.coverage.{division or f'organisation-{user.organisation_id}'}"
    found = cache.get(key)
    if found is None:
        found = tuple(coverage_24h(Account.objects.filter(**narrowed(user, division)), now=now()))
        cache.set(key, found, COVERAGE_KEPT_S)
    seen, total = found
    return f"近 24 小时看到 {percent(seen, total)}" if total else ""


def _banner(facts: dict[str, Any]) -> dict[str, str] | None:
    if not facts["outage_kind"]:
        return None
    since: datetime = facts["outage_at"]
    what = Outage.Kind(facts["outage_kind"]).label
    text = f"{what}（{moment(since)} 起）。健康检查暂停判定，这段时间不会新增问题，恢复后自动继续。"
    return {"level": "warn", "text": text, "url": ""}
