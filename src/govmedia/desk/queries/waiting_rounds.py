"""What waits of rounds and bulletins: the next step of those who run them, the seats of inspectors."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse

from govmedia.bulletins import queries as bulletins
from govmedia.bulletins.models import Bulletin
from govmedia.common.clock import day_of
from govmedia.desk.queries.items import MOST, Item, due_words
from govmedia.orgs.models import User
from govmedia.rounds import queries as rounds
from govmedia.rounds.models import Round


def to_move_on(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """Rounds of the person's own office that stand still until it takes the next step."""
    found = rounds.to_move_on(user).filter(**where)
    return [_next_step(row, today) for row in found[:MOST]]


def _next_step(row: Round, today: date) -> Item:
    page = reverse("rounds:detail", args=[row.pk])
    if row.state == "announced":
        since = row.announced_at or row.planned_at
        small = f"{day_of(since):%m-%d} 已公布总体 {row.population_size:,} 个账号，等公开随机数"
        return _step(row, today, "抽取", small, page, "去抽取")
    if row.state == "drawn":
        return _step(row, today, "分给检查员", "已抽取，还没有开始检查", page, "去分配")
    if not row.unfinished:
        return _step(row, today, "检毕", "账号都有了结论，可以检毕，再写通报", page, "去检毕")
    small = "两位检查员结论不同，请第三人裁定"
    return _step(row, today, f"指定裁定人：{row.undecided:,} 个账号", small, f"{page}?result=differing", "去指定")


def _step(row: Round, today: date, verb: str, small: str, url: str, deed: str) -> Item:
    since = row.opened_at or row.drawn_at or row.announced_at or row.planned_at
    return Item(
        order=(row.due_on, since),
        due=due_words(row.due_on, today),
        title=f"{verb}：{row.name}",
        small=small,
        url=url,
        deed=deed,
        late=row.due_on < today,
        soon=row.due_on == today,
    )


def seats(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """One item for each round in which the person has accounts that he has not begun to judge."""
    rows = rounds.seats_of(user).filter(check_made__isnull=True)
    rows = rows.filter(**{f"sample__account__{key}": value for key, value in where.items()})
    by_round = rows.order_by("sample__round__due_on", "sample__round").values_list(
        "sample__round__due_on", "sample__round", "sample__round__name"
    )
    return [
        Item(
            order=(due_on, since),
            due=due_words(due_on, today),
            title=f"检查账号：{number:,} 个还没有开始",
            small=name,
            url=reverse("rounds:mine"),
            deed="去检查",
            late=due_on < today,
            soon=due_on == today,
        )
        for due_on, _, name, number, since in by_round.annotate(number=Count("pk"), since=Min("given_at"))[:MOST]
    ]


def to_approve(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """Bulletins that wait for the word of somebody who did not write them."""
    rows = bulletins.to_approve(user).filter(**_round_lookups(where)).select_related("changed_by")
    return [
        _bulletin(row, row.submitted_at or row.changed_at, "送审", "审签通报", "去审签", f"{row.changed_by.name}起草")
        for row in rows.order_by("submitted_at", "pk")[:MOST]
    ]


def to_rewrite(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """Drafts the person wrote that were sent back."""
    rows = bulletins.sent_back(user).filter(**_round_lookups(where))
    return [
        _bulletin(row, row.changed_at, "起草", "修改退回的通报", "去修改", f"退回理由：{row.returned_why}")
        for row in rows.order_by("changed_at", "pk")[:MOST]
    ]


def to_publish(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """Approved bulletins of the person's own office, whose date has come."""
    rows = bulletins.to_publish(user, today).filter(**_round_lookups(where)).select_related("approved_by")
    return [
        _bulletin(
            row, row.approved_at or row.changed_at, "同意", "发布通报", "去发布",
            f"{row.approved_by.name if row.approved_by else ''}已同意发布",
        )
        for row in rows.order_by("approved_at", "pk")[:MOST]
    ]  # fmt: skip


def _bulletin(row: Bulletin, since: datetime, what: str, verb: str, deed: str, small: str) -> Item:
    on = day_of(since)
    return Item(
        order=(on, since),
        due=f"{on:%m-%d} {what}",
        title=f"{verb}：{row.title}",
        small=f"{row.number}，{small}" if row.number else small,
        url=reverse("bulletins:detail", args=[row.pk]),
        deed=deed,
        soon=True,
    )


def _round_lookups(where: Mapping[str, Any]) -> dict[str, Any]:
    return {f"round__{key}": value for key, value in where.items()}
