"""The watch list: who has been silent so long that the red line is near, and reminding them in time, once each."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from govmedia.checks.models import Watched
from govmedia.engine.judging import Judge
from govmedia.engine.silence import Silence, final_silence, last_seen_day
from govmedia.engine.types import AccountFacts
from govmedia.notify.services import Message, tell_many
from govmedia.orgs.models import User
from govmedia.orgs.queries import operators_by_organisation

# the red line for silence
SILENT = "R05"
PAGE = "/desk/accounts/{}/"
FIELDS = ["after", "posted", "until", "days", "veto_on", "reached", "reminded_at"]


class Near(NamedTuple):
    """An account that was seen, with what judging knows of it."""

    pk: int
    code: str
    name: str
    organisation_id: int
    facts: AccountFacts


def watch(seen: Sequence[Near], *, judge: Judge, now: datetime) -> int:
    """Bring the watch list up to what was seen, and remind where a threshold is reached; returns how many are on it.

    Who was not seen stays as he is. Call inside a transaction.
    """
    held = {row.account_id: row for row in Watched.objects.filter(account__in=[one.pk for one in seen])}
    near = {one.pk: row for one in seen if (row := _row(one, judge, held.get(one.pk), now)) is not None}
    over = [key for key in held if key not in near]
    if over:
        Watched.objects.filter(account__in=over).delete()
    _remind([one for one in seen if one.pk in near and near[one.pk].reminded_at is None], near, now)
    Watched.objects.bulk_create([row for row in near.values() if row.pk is None], batch_size=500)
    Watched.objects.bulk_update([row for row in near.values() if row.pk is not None], FIELDS, batch_size=500)
    return len(near)


def _row(one: Near, judge: Judge, held: Watched | None, now: datetime) -> Watched | None:
    """The account's row as it is to be; None where it is well, or where the red line is touched already."""
    terms = judge.terms_of(SILENT, one.facts)
    if terms is None or not terms["remind_days"]:
        return None
    silence = final_silence(one.facts, last_seen_day(one.facts, terms["fresh_hours"]))
    if silence is None or not min(terms["remind_days"]) <= silence.days <= terms["max_gap_days"]:
        return None
    row = held or Watched(account_id=one.pk, since=now, reached=0)
    reached = max(days for days in terms["remind_days"] if days <= silence.days)
    if row.after != silence.after or row.reached != reached:
        row.reminded_at = None
    row.after, row.posted, row.until = silence.after, silence.posted, silence.until
    row.days, row.reached = silence.days, reached
    row.veto_on = _veto_on(silence, terms["max_gap_days"])
    return row


def _veto_on(silence: Silence, max_gap_days: int) -> date:
    return silence.after + timedelta(days=max_gap_days + 1)


def _remind(due: Sequence[Near], near: Mapping[int, Watched], now: datetime) -> None:
    people = operators_by_organisation({one.organisation_id for one in due})
    told = [one for one in due if one.organisation_id in people]
    for one in told:
        near[one.pk].reminded_at = now
    if told:
        tell_many([_message(one, near[one.pk], people[one.organisation_id]) for one in told], now=now)


def _message(one: Near, row: Watched, people: Sequence[User]) -> Message:
    last = f"最近一次发布是 {row.after}。" if row.posted else ""
    return Message(
        key=f"silence:{one.pk}:{row.after}:{row.reached}",
        recipients=people,
        title=f"「{one.name}」已 {row.days} 天没有发布，请尽快更新",
        body=f"{last}到 {row.veto_on} 仍不更新就触及红线“两周内无更新”，判为不合格。",
        url=PAGE.format(one.code),
    )
