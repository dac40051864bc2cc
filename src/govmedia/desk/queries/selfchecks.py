"""What waits for people in self-checks: a report to be made, accounts to be drawn."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from govmedia.desk.queries.items import Item, due_words
from govmedia.orgs.models import User
from govmedia.rounds.models import Round
from govmedia.rounds.reports import asked_reports, waiting_of


def to_report(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """The self-checks that an operator's organisation has not reported on."""
    return [
        Item(
            order=(row.round.report_by, row.round.asked_at),
            due=due_words(row.round.report_by, today),
            title=f"自查：{row.round.name}",
            small="机器看到的已列好；其余没有问题的，点一下就报完",
            url=reverse("rounds:report", args=[row.pk]),
            deed="去自查",
            late=row.round.report_by < today,
            soon=(row.round.report_by - today).days <= 1,
        )
        for row in waiting_of(user.organisation_id)
    ]


def to_announce(user: User, where: Mapping[str, Any], today: date) -> list[Item]:
    """The self-checks of a supervisor's office whose day is over: some of the accounts are to be looked at again."""
    rows = Round.objects.filter(division=user.division_id, state="reporting", report_by__lt=today)
    items = []
    for row in rows.only("name", "report_by", "asked_at").order_by("report_by", "pk"):
        left = asked_reports(row).filter(reported_at__isnull=True).count()
        items.append(
            Item(
                order=(row.report_by, row.asked_at),
                due=f"{row.report_by:%m-%d} 已截止",
                title=f"抽取复核的账号：{row.name}",
                small=f"还有 {left:,} 家没报，可以补报到公布总体为止" if left else "各单位都报了",
                url=reverse("rounds:detail", args=[row.pk]),
                deed="去抽取",
            )
        )
    return items
