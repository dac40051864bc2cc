"""What waits for a person, by his role: each with its date and its one deed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse

from govmedia.accounts.models import Account, Cause
from govmedia.checks.models import Check
from govmedia.checks.queries import watched_now
from govmedia.common.clock import day_of
from govmedia.desk.queries.figures import not_seen
from govmedia.desk.queries.items import COUNTED, MOST, Item, Source, due_words
from govmedia.desk.queries.selfchecks import to_announce, to_report
from govmedia.desk.queries.waiting_assessments import to_assess, to_decide, to_self_assess
from govmedia.desk.queries.waiting_impostors import impostors
from govmedia.desk.queries.waiting_rounds import seats, to_approve, to_move_on, to_publish, to_rewrite
from govmedia.desk.scope import narrowed
from govmedia.engine.platforms import platform_label
from govmedia.filings.models import Filing, Step
from govmedia.findings.models import OTHER, Finding
from govmedia.findings.queries import appeals_to_decide, rechecks_for
from govmedia.findings.states import TO_DO
from govmedia.inspections.models import TextHit
from govmedia.inspections.queries import queue_for, told_to_operators
from govmedia.orgs.models import Role, User

# causes that only the organisation can cure
_OWNERS_CAUSES = (Cause.OWNER, Cause.GONE, Cause.FROZEN)


def waiting(user: User, division: str, now: datetime) -> list[Item]:
    """The person's items: what is overdue, then what is pressing, then by date. `division` narrows those of offices.

    At most `MOST` of each kind; the rooms' lists show all.
    """
    where = narrowed(user, division)
    today = day_of(now)
    items = [item for source in _SOURCES.get(user.role, ()) for item in source(user, where, today)]
    return sorted(items, key=lambda item: (not item.late, not item.soon, item.order))


def _account_lookups(where: Mapping[str, Any]) -> dict[str, Any]:
    return {f"account__{key}": value for key, value in where.items()}


def _what(filing: Filing) -> str:
    platform = f"（{platform_label(filing.platform)}）" if filing.platform else ""
    return f"「{filing.name or '未命名'}」{platform}{filing.get_kind_display()}"


def _which(finding: Finding) -> str:
    platform = platform_label(finding.account.platform)
    if finding.colour == OTHER:
        return f"{platform} · {finding.get_source_display()}"
    colour = "红线" if finding.colour == "veto" else "扣分项"
    return f"{platform} · {colour} {finding.code}"


def _returned(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    note = Step.objects.filter(filing=OuterRef("pk"), move="return").order_by("-decided_at").values("note")[:1]
    rows = Filing.objects.filter(organisation=user.organisation_id, state="returned").annotate(note=Subquery(note))
    return [
        Item(
            order=(day_of(row.updated_at), row.updated_at),
            due=f"{day_of(row.updated_at):%m-%d} 退回",
            title=f"补正备案：{_what(row)}",
            small=row.note or "",
            url=reverse("filings:edit", args=[row.pk]),
            deed="去补正",
            soon=True,
        )
        for row in rows.order_by("updated_at", "pk")[:MOST]
    ]


def _drafts(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    rows = Filing.objects.filter(organisation=user.organisation_id, state="draft").order_by("updated_at", "pk")
    return [
        Item(
            order=(date.max, row.updated_at),
            due="草稿",
            title=f"填写备案：{_what(row)}",
            small=f"{day_of(row.updated_at):%m-%d} 保存，尚未提交",
            url=reverse("filings:edit", args=[row.pk]),
            deed="继续填写",
        )
        for row in rows[:MOST]
    ]


def _to_mend(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """What is to be put right, the overdue first."""
    rows = Finding.objects.filter(state__in=TO_DO, **_account_lookups(where)).select_related("account")
    return [
        _mend(row, today, "整改", "去整改") for row in rows.order_by(F("due_on").asc(nulls_last=True), "pk")[:MOST]
    ]


def _mend(row: Finding, today: date, verb: str, deed: str) -> Item:
    again = f"，复发 {row.reopened} 次" if row.reopened else ""
    told = day_of(row.notified_at or row.raised_at)
    return Item(
        order=(row.due_on or told, row.raised_at),
        due=due_words(row.due_on, today) if row.due_on else f"{told:%m-%d} 通知",
        title=f"{verb}：「{row.account.name}」{row.reason}",
        small=f"{_which(row)}{again}",
        url=reverse("findings:detail", args=[row.pk]),
        deed=deed,
        late=row.due_on is not None and row.due_on < today,
        soon=row.due_on == today or (row.colour == "veto" and row.due_on is None),
    )


def _overdue(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """Rectifications that are overdue, the longest first."""
    rows = Finding.objects.filter(state__in=TO_DO, due_on__lt=today, **_account_lookups(where))
    return [
        _mend(row, today, "催办超期整改", "去查看")
        for row in rows.select_related("account").order_by("due_on", "pk")[:MOST]
    ]


def _rechecks(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    rows = rechecks_for(user).filter(**_account_lookups(where)).select_related("account")
    return [
        Item(
            order=(day_of(row.claimed_at or row.raised_at), row.claimed_at or row.raised_at),
            due=f"{day_of(row.claimed_at or row.raised_at):%m-%d} 报告",
            title=f"复查整改：「{row.account.name}」{row.reason}",
            small=_which(row),
            url=reverse("findings:detail", args=[row.pk]),
            deed="去复查",
        )
        for row in rows.order_by("claimed_at", "pk")[:MOST]
    ]


def _appeals(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    lookups = {f"finding__{key}": value for key, value in _account_lookups(where).items()}
    rows = appeals_to_decide(user).filter(**lookups).select_related("finding", "finding__account")
    return [
        Item(
            order=(day_of(row.at), row.at),
            due=f"{day_of(row.at):%m-%d} 申诉",
            title=f"复核申诉：「{row.finding.account.name}」{row.finding.title}",
            small=row.reason[:60],
            url=reverse("findings:detail", args=[row.finding_id]),
            deed="去复核",
            soon=True,
        )
        for row in rows.order_by("at", "pk")[:MOST]
    ]


def _nearly_silent(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """Accounts of one's own that come near the red line for silence."""
    rows = watched_now().filter(**_account_lookups(where)).select_related("account")
    return [
        Item(
            order=(row.veto_on, row.since),
            due=f"{row.veto_on:%m-%d} 触线",
            title=f"更新：「{row.account.name}」已 {row.days} 天没有发布",
            small=f"{platform_label(row.account.platform)} · 再不更新就触及红线 R05",
            url=reverse("desk:account", args=[row.account.code]),
            deed="去查看",
            soon=True,
        )
        for row in rows[:MOST]
    ]


def _watch_list(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """One item for the whole list: a supervisor rings up whom he thinks fit."""
    rows = watched_now().filter(**_account_lookups(where)).select_related("account")
    found = list(rows[: COUNTED + 1])
    if not found:
        return []
    first = min(found, key=lambda row: row.veto_on)
    number = f"{COUNTED} 个以上" if len(found) > COUNTED else f"{len(found)} 个"
    return [
        Item(
            order=(first.veto_on, first.since),
            due=f"{first.veto_on:%m-%d} 触线",
            title=f"重点关注：{number}账号快要两周没有更新",
            small=f"最近的是「{first.account.name}」，已 {first.days} 天；运维员已收到提醒",
            url=reverse("checks:watch"),
            deed="去查看",
        )
    ]


def _interfaces(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    rows = not_seen(where).filter(health_cause__in=_OWNERS_CAUSES)
    return [_unseen(row, "去处理") for row in rows.order_by("health_since", "pk")[:MOST]]


def _frozen(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    rows = not_seen(where).filter(health_cause=Cause.FROZEN)
    return [_unseen(row, "去核实") for row in rows.order_by("health_since", "pk")[:MOST]]


def _unseen(row: Account, deed: str) -> Item:
    since = row.health_since or row.created_at
    return Item(
        order=(day_of(since), since),
        due=f"{day_of(since):%m-%d} 起",
        title=f"「{row.name}」未见：{row.get_health_cause_display()}",
        small=row.frozen_reason or row.health_text,
        url=reverse("desk:account", args=[row.code]),
        deed=deed,
        soon=True,
    )


def _queue(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    return _due_filings(Filing.objects.filter(at_division=user.division_id), today, "审核备案", "去审核")


def _late_filings(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    lookups = {key.replace("division", "at_division"): value for key, value in where.items()}
    rows = Filing.objects.filter(due_on__lt=today, at_division__isnull=False, **lookups)
    return _due_filings(rows, today, "备案超期未审", "去查看")


def _due_filings(rows: QuerySet[Filing], today: date, verb: str, deed: str) -> list[Item]:
    items = []
    for row in rows.select_related("organisation", "at_division").order_by("due_on", "waiting_since", "pk")[:MOST]:
        since = row.waiting_since or row.created_at
        due = row.due_on or day_of(since)
        number = len(row.warnings)
        odd = f"；{number} 处需留意" if number else ""
        items.append(
            Item(
                order=(due, since),
                due=due_words(due, today),
                title=f"{verb}：{_what(row)}",
                small=f"{row.organisation.name}，{day_of(since):%m-%d} 到{row.at_division.name}{odd}",
                url=reverse("filings:detail", args=[row.pk]),
                deed=deed,
                late=due < today,
                soon=due == today,
            )
        )
    return items


def _doubtful(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    rows = Finding.objects.filter(state="raised", needs_human=True, **_account_lookups(where))
    return [
        Item(
            order=(day_of(row.raised_at), row.raised_at),
            due=f"{day_of(row.raised_at):%m-%d} 发现",
            title=f"认定问题：「{row.account.name}」{row.reason}",
            small=f"{_which(row)}，机器拿不准，需要人看",
            url=reverse("findings:detail", args=[row.pk]),
            deed="去认定",
        )
        for row in rows.select_related("account").order_by("raised_at", "pk")[:MOST]
    ]


def _open_checks(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    rows = Check.objects.filter(inspector=user.pk, state="draft").select_related("account")
    return [
        Item(
            order=(day_of(row.started_at), row.started_at),
            due=f"{day_of(row.started_at):%m-%d} 开始",
            title=f"完成检查：「{row.account.name}」{row.start_on:%m-%d} 至 {row.end_on:%m-%d}",
            small=f"已回答 {len(row.answers)} 题",
            url=reverse("checks:detail", args=[row.pk]),
            deed="继续检查",
        )
        for row in rows.defer("facts", "hits", "verdict").order_by("started_at", "pk")[:MOST]
    ]


def _hits_to_rule(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """One item for all the hits in the queue: they are ruled on one after the other, not from here."""
    rows = queue_for(user).filter(**_account_lookups(where)).select_related("account")
    found = list(rows[: COUNTED + 1])
    if not found:
        return []
    number = f"{COUNTED} 处以上" if len(found) > COUNTED else f"{len(found)} 处"
    return [_hits(found[0], f"判定内容命中：{number}", "inspections:queue", "去判定", "机器拿不准，最要紧的一处")]


def _hits_to_mend(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """One item for all that is to be put right in the organisation's posts."""
    rows = told_to_operators().exclude(state="minor").exclude(level="notice")
    found = list(rows.filter(**_account_lookups(where)).select_related("account").order_by("-gain", "pk")[:MOST])
    if not found:
        return []
    number = f"{MOST} 处以上" if len(found) == MOST else f"{len(found)} 处"
    return [
        _hits(found[0], f"核对已发布的内容：{number}", "inspections:list", "去核对", f"「{found[0].account.name}」")
    ]


def _hits(worst: TextHit, title: str, page: str, deed: str, small: str) -> Item:
    return Item(
        order=(day_of(worst.seen_at), worst.seen_at),
        due=f"{day_of(worst.seen_at):%m-%d} 查出",
        title=title,
        small=f"{small}：“{worst.found[:20]}”，{worst.message}",
        url=reverse(page),
        deed=deed,
        soon=worst.level == TextHit.Level.VETO,
    )


_SOURCES: Mapping[str, tuple[Source, ...]] = {
    Role.OPERATOR: (_returned, to_report, _to_mend, _nearly_silent, _hits_to_mend, _interfaces, _drafts),
    Role.EDITOR: (_to_mend, _nearly_silent, _hits_to_mend, _interfaces),
    Role.REVISER: (_to_mend, _nearly_silent, _hits_to_mend, _interfaces),
    Role.REVIEWER: (_queue,),
    Role.SUPERVISOR: (
        _appeals, _rechecks, _doubtful, _hits_to_rule, _overdue, _watch_list, _frozen, _late_filings,
        to_announce, to_move_on, to_rewrite, to_approve, to_publish, to_self_assess, to_decide, to_assess, impostors,
    ),
    Role.INSPECTOR: (seats, _open_checks, _rechecks, _doubtful, _hits_to_rule),
}  # fmt: skip
