"""What waits of suspected impostors: proposals that need a second person, reports to verify, names asked about."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from govmedia.common.clock import day_of
from govmedia.desk.queries.items import COUNTED, MOST, Item
from govmedia.engine.platforms import platform_label
from govmedia.impostors import queries
from govmedia.impostors.models import Asked, Impostor
from govmedia.orgs.models import User


def impostors(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """Proposals of others one by one, one item for all reports, and one for names that the public asks about."""
    rows = queries.waiting_for(user).filter(**where).select_related("proposed_by", "imitates")[: MOST + COUNTED + 1]
    proposed = [row for row in rows if row.proposed_at is not None]
    reported = [row for row in rows if row.proposed_at is None]
    asked = list(queries.asked_about(user).filter(**where)[: COUNTED + 1])
    return [
        *map(_to_approve, proposed[:MOST]),
        *([_to_verify(reported)] if reported else []),
        *([_to_look_at(asked)] if asked else []),
    ]


def _to_approve(row: Impostor) -> Item:
    since = row.proposed_at or row.found_at
    return Item(
        order=(day_of(since), since),
        due=f"{day_of(since):%m-%d} 提议",
        title=f"认定冒用：「{row.name}」",
        small=f"{row.proposed_by.name if row.proposed_by else ''}提议：{row.said[:40]}",
        url=reverse("impostors:detail", args=[row.pk]),
        deed="去认定",
        soon=True,
    )


def _to_verify(rows: list[Impostor]) -> Item:
    first = rows[0]
    number = f"{COUNTED} 多" if len(rows) > COUNTED else f"{len(rows)}"
    like = f"，像「{first.imitates.name}」" if first.imitates else ""
    where_on = platform_label(first.platform) if first.platform else "平台不明"
    return Item(
        order=(day_of(first.found_at), first.found_at),
        due=f"{day_of(first.found_at):%m-%d} 起",
        title=f"核实可疑账号：{number} 个",
        small=f"最早的是「{first.name}」（{where_on}）{like}",
        url=f"{reverse('impostors:list')}?state=reported",
        deed="去核实",
    )


def _to_look_at(rows: list[Asked]) -> Item:
    first = rows[0]
    number = f"{COUNTED} 多" if len(rows) > COUNTED else f"{len(rows)}"
    return Item(
        order=(day_of(first.first_at), first.first_at),
        due=f"{day_of(first.last_at):%m-%d} 还有人问",
        title=f"公众常查的可疑名称：{number} 个",
        small=f"问得最多的是「{first.name}」，像「{first.imitates.name}」",
        url=reverse("impostors:asked"),
        deed="去看看",
    )
