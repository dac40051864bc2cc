"""One message for each unit that owes a report, however many accounts it has."""

from collections.abc import Sequence
from datetime import datetime

from govmedia.notify.services import Message, tell_many
from govmedia.orgs.queries import operators_by_organisation
from govmedia.rounds.models import Report, Round
from govmedia.rounds.reports import asked_reports

PAGE = "/desk/rounds/reports/{}/"
AT_ONCE = 500


def tell_units(held: Round, occasion: str, saying: tuple[str, str], now: datetime) -> int:
    """Tell the operators of all that have not reported, once for an occasion; `saying` is a title and a text. Returns
    how many people were told."""
    rows = asked_reports(held).filter(reported_at__isnull=True).order_by("pk")
    reports = list(rows.defer("draft"))
    return sum(
        _tell_part(held, reports[start : start + AT_ONCE], occasion, saying, now)
        for start in range(0, len(reports), AT_ONCE)
    )


def _tell_part(held: Round, reports: Sequence[Report], occasion: str, saying: tuple[str, str], now: datetime) -> int:
    people = operators_by_organisation({one.organisation_id for one in reports})
    title, body = saying
    sent = [
        Message(
            key=f"selfcheck:{held.pk}:{one.organisation_id}:{occasion}",
            recipients=people[one.organisation_id],
            title=title,
            body=body,
            url=PAGE.format(one.pk),
        )
        for one in reports
        if one.organisation_id in people
    ]
    return tell_many(sent, now=now) if sent else 0
