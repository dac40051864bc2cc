"""What waits of suspected impostors: reports to verify, proposals that need a second person."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from govmedia.common.clock import day_of
from govmedia.desk.queries.items import COUNTED, MOST, Item
from govmedia.engine.platforms import platform_label
from govmedia.impostors import queries
from govmedia.orgs.models import User


def impostors_to_approve(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """Proposals made by somebody else."""
    rows = queries.to_approve(user).filter(**where).select_related("proposed_by", "imitates")
    return [
        Item(
            order=(day_of(row.proposed_at or row.found_at), row.proposed_at or row.found_at),
            due=f"{day_of(row.proposed_at or row.found_at):%m-%d} 提议",
            title=f"认定冒用：「{row.name}」",
            small=f"{row.proposed_by.name if row.proposed_by else ''}提议：{row.said[:40]}",
            url=reverse("impostors:detail", args=[row.pk]),
            deed="去认定",
            soon=True,
        )
        for row in rows[:MOST]
    ]


def impostors_to_verify(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """One item for all reports: they are looked at one after the other, not from here."""
    found = list(queries.to_verify(user).filter(**where).select_related("imitates")[: COUNTED + 1])
    if not found:
        return []
    first = found[0]
    number = f"{COUNTED} 多" if len(found) > COUNTED else f"{len(found)}"
    like = f"，像「{first.imitates.name}」" if first.imitates else ""
    where_on = platform_label(first.platform) if first.platform else "平台不明"
    return [
        Item(
            order=(day_of(first.found_at), first.found_at),
            due=f"{day_of(first.found_at):%m-%d} 起",
            title=f"核实可疑账号：{number} 个",
            small=f"最早的是「{first.name}」（{where_on}）{like}",
            url=f"{reverse('impostors:list')}?state=reported",
            deed="去核实",
        )
    ]
