"""The end of an assessment: announced to the bodies, published to all, or given up."""

from datetime import datetime

from django.db import transaction

from govmedia.assessments import messages, queries
from govmedia.assessments.models import NOTE_MAX, Appeal, Assessment, Mark
from govmedia.assessments.services.keeping import deed, held, renew
from govmedia.assessments.states import ASSESSMENT, AppealState
from govmedia.audit.services import record
from govmedia.common.clock import day_of
from govmedia.common.holidays import calendar
from govmedia.common.refusals import NoRight, Refused
from govmedia.common.typed import one_line
from govmedia.engine.hashing import canonical_json, tagged_sm3
from govmedia.notify.services import tell_many
from govmedia.orgs.models import User

OWN = "结果是你反馈的，须由另一人公布。"


@transaction.atomic
def announce(*, assessment_id: int, by: User, now: datetime) -> Assessment:
    """Tell the bodies their marks, which may be appealed from now on. Errors: NoRight, WrongState, Refused."""
    row = held(assessment_id, by)
    step = ASSESSMENT.take("announce", row.state)
    asked = [item.code for item in row.rules.of("item") if item.reported]
    open_marks = Mark.objects.filter(body__assessment=row, code__in=asked, points__isnull=True).count()
    told = Mark.objects.filter(
        body__assessment=row, code__in=[item.code for item in row.rules.of("bonus")], points__isnull=True
    ).exclude(said="")
    left = open_marks + told.count()
    if left:
        raise Refused(f"还有 {left} 项自评没有评分，评完才能反馈。")
    row.state, row.announced_at, row.announced_by = step.target, now, by
    row.appeal_until = calendar().deadline(day_of(now), row.appeal_days).on
    row.save()
    renew(row)
    record(deed("announce", row, {"appeal_until": row.appeal_until}), by=by, now=now)
    tell_many(messages.announced(row), now=now)
    return row


@transaction.atomic
def take_in(*, assessment_id: int, why: str, by: User, now: datetime) -> Assessment:
    """Take announced marks back to be reviewed again; appeals that wait are moot.

    Errors: NoRight, WrongState, NoteMissing.
    """
    row = held(assessment_id, by)
    reason = one_line(why, NOTE_MAX)
    step = ASSESSMENT.take("back", row.state, reason)
    waiting = Appeal.objects.filter(mark__body__assessment=row, state=AppealState.WAITING)
    waiting.update(
        state=AppealState.WITHDRAWN, decided_by=by, decided_at=now, answer=f"已收回重审：{reason}"[:NOTE_MAX]
    )
    row.state, row.announced_at, row.announced_by, row.appeal_until = step.target, None, None, None
    row.save()
    record(deed("back", row, {}, why=reason), by=by, now=now)
    return row


@transaction.atomic
def publish(*, assessment_id: int, by: User, now: datetime) -> Assessment:
    """Publish the ranking with its reasons, by somebody who did not announce it.

    Errors: NoRight, WrongState; Refused while the term for appeals runs, or an appeal waits.
    """
    row = held(assessment_id, by)
    step = ASSESSMENT.take("publish", row.state)
    if row.announced_by_id == by.pk:
        raise NoRight(OWN)
    if row.appeal_until is None or day_of(now) <= row.appeal_until:
        raise Refused(f"申诉期到 {row.appeal_until} 为止，过了才能公布。")
    waiting = Appeal.objects.filter(mark__body__assessment=row, state=AppealState.WAITING).count()
    if waiting:
        raise Refused(f"还有 {waiting} 件申诉没有答复，答复后才能公布。")
    row.state, row.published_at, row.published_by = step.target, now, by
    row.published = queries.ranking_of(row)
    row.published_sm3 = tagged_sm3(canonical_json(row.published))
    row.save()
    record(deed("publish", row, {"sm3": row.published_sm3}), by=by, now=now)
    tell_many(messages.published(row), now=now)
    return row


@transaction.atomic
def withdraw(*, assessment_id: int, why: str, by: User, now: datetime) -> Assessment:
    """Take a published ranking down; its page says why. Errors: NoRight, WrongState, NoteMissing."""
    return _end("withdraw", assessment_id, why, by, now)


@transaction.atomic
def cancel(*, assessment_id: int, why: str, by: User, now: datetime) -> Assessment:
    """Give an assessment up before it is published. Errors: NoRight, WrongState, NoteMissing."""
    return _end("cancel", assessment_id, why, by, now)


def _end(name: str, assessment_id: int, why: str, by: User, now: datetime) -> Assessment:
    row = held(assessment_id, by)
    reason = one_line(why, NOTE_MAX)
    step = ASSESSMENT.take(name, row.state, reason)
    row.state, row.ended_at, row.end_reason = step.target, now, reason
    row.save(update_fields=["state", "ended_at", "end_reason"])
    record(deed(name, row, {}, why=reason), by=by, now=now)
    return row
