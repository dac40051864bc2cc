"""What waits of the annual assessment: one's own report, appeals to decide, the next step of those who run it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from govmedia.assessments import queries
from govmedia.assessments.models import Assessment
from govmedia.common.clock import day_of
from govmedia.desk.queries.items import MOST, Item, due_words
from govmedia.orgs.models import User

_DEEDS = {
    "reporting": ("结束自评", "去结束"),
    "reviewing": ("审核自评", "去审核"),
    "announced": ("公布考核结果", "去公布"),
}


def to_self_assess(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """Reports of one's own office."""
    return [
        Item(
            order=(row.assessment.report_until, row.assessment.planned_at),
            due=due_words(row.assessment.report_until, today),
            title=f"提交自评：{row.assessment.name}",
            small="大部分由系统取数，只填几项",
            url=reverse("assessments:body", args=[row.pk]),
            deed="去填写",
            late=row.assessment.report_until < today,
            soon=row.assessment.report_until == today,
        )
        for row in queries.to_report(user)[:MOST]
    ]


def to_decide(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """Appeals against marks that one may decide."""
    return [
        Item(
            order=(day_of(row.at), row.at),
            due=f"{day_of(row.at):%m-%d} 申诉",
            title=f"复核考核申诉：{row.mark.body.division.name} {row.mark.code}",
            small=row.reason[:60],
            url=f"{reverse('assessments:body', args=[row.mark.body_id])}#{row.mark.code}",
            deed="去复核",
            soon=True,
        )
        for row in queries.to_decide(user)[:MOST]
    ]


def to_assess(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """Assessments of one's own office whose next step may be taken now."""
    return [_next_step(row, today) for row in queries.to_move_on(user, today)[:MOST]]


def _next_step(row: Assessment, today: date) -> Item:
    verb, deed = _DEEDS[row.state]
    since = row.announced_at or row.measured_at or row.planned_at
    return Item(
        order=(day_of(since), since),
        due=f"{day_of(since):%m-%d} 起",
        title=f"{verb}：{row.name}",
        small="申诉期已过" if row.state == "announced" else f"自评期限 {row.report_until}",
        url=reverse("assessments:detail", args=[row.pk]),
        deed=deed,
    )
