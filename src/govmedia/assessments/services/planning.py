"""An assessment planned, opened to the bodies' reports, measured, and taken on to the review."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from govmedia.assessments import messages, queries
from govmedia.assessments.measures import Span, measured_for
from govmedia.assessments.models import Assessment, Body, Mark
from govmedia.assessments.services.keeping import deed, held, renew
from govmedia.assessments.states import ASSESSMENT
from govmedia.audit.services import record
from govmedia.common.clock import day_of
from govmedia.common.refusals import Refused, WrongState
from govmedia.common.typed import one_line
from govmedia.engine.assessing.scheme import SchemeError
from govmedia.notify.services import tell_many
from govmedia.orgs.models import User
from govmedia.orgs.rights import require

FIELDS = ("name", "scheme", "start_on", "end_on", "report_until", "appeal_days")
LONGEST_DAYS, APPEAL_DAYS_MOST = 366, 60


@transaction.atomic
def plan(*, values: Mapping[str, Any], by: User, now: datetime) -> Assessment:
    """Plan one for the offices right below one's own. `values` has FIELDS and `bodies`, division codes.

    Errors: NoRight, Refused with the field.
    """
    require(by, "assessment.run", division=by.division_id or "")
    row = Assessment(division_id=by.division_id or "", planned_by=by, planned_at=now)
    _fill(row, values)
    row.save()
    _set_bodies(row, values["bodies"])
    record(deed("plan", row, _shown(row)), by=by, now=now)
    return row


@transaction.atomic
def change(*, assessment_id: int, values: Mapping[str, Any], by: User, now: datetime) -> Assessment:
    """Change one that is not open to reports yet. Errors: NoRight, WrongState, Refused with the field."""
    row = held(assessment_id, by)
    if row.state != "planned":
        raise WrongState("自评已开始，考核的安排不能再改。如有错误，请取消后另建。")
    before = _shown(row)
    _fill(row, values)
    row.save()
    _set_bodies(row, values["bodies"])
    record(deed("change", row, _shown(row), before), by=by, now=now)
    return row


@transaction.atomic
def open_reports(*, assessment_id: int, by: User, now: datetime) -> Assessment:
    """Let the bodies report, with what is measured beside; they are told once.

    Errors: NoRight, WrongState, Refused.
    """
    row = held(assessment_id, by)
    step = ASSESSMENT.take("open", row.state)
    if row.report_until < day_of(now):
        raise Refused("自评期限已经过去，请先改为今后的日期。", "report_until")
    codes = [item.code for item in row.rules.items]
    bodies = list(row.bodies.order_by("division"))
    Mark.objects.bulk_create(Mark(body=body, code=code) for body in bodies for code in codes)
    row.state, row.opened_at = step.target, now
    _measure(row, now)
    row.save()
    record(deed("open", row, {"bodies": len(bodies), "scheme_hash": row.scheme_hash}), by=by, now=now)
    tell_many(messages.opened(row), now=now)
    return row


@transaction.atomic
def measure(*, assessment_id: int, by: User, now: datetime) -> Assessment:
    """Count the measured items anew, before the marks are announced. Errors: NoRight, WrongState."""
    row = held(assessment_id, by)
    if row.state not in ("reporting", "reviewing"):
        raise WrongState("结果反馈以后，数字不再变动。如确需重取，请先收回重审。")
    _measure(row, now)
    row.save(update_fields=["measured_at"])
    record(deed("measure", row, {"measured_at": now}), by=by, now=now)
    return row


@transaction.atomic
def start_review(*, assessment_id: int, by: User, now: datetime) -> Assessment:
    """End the time for reports: what was not handed in is reviewed without. Errors: NoRight, WrongState, Refused."""
    row = held(assessment_id, by)
    step = ASSESSMENT.take("review", row.state)
    late = row.bodies.filter(handed_in_at__isnull=True).count()
    if late and day_of(now) <= row.report_until:
        raise Refused(f"还有 {late} 个单位没有提交自评，期限到 {row.report_until}。期限过后才能结束自评。")
    row.state = step.target
    _measure(row, now)
    row.save()
    record(deed("review", row, {"late": late}), by=by, now=now)
    return row


def _measure(row: Assessment, now: datetime) -> None:
    bodies = {body.division_id: body for body in row.bodies.all()}
    span = Span(row.division_id, sorted(bodies), row.start_on, row.end_on, now)
    marks = {(mark.body_id, mark.code): mark for mark in Mark.objects.filter(body__assessment=row)}
    for item in row.rules.items:
        if item.measured:
            found = measured_for(span, item)
            for code, body in bodies.items():
                mark = marks[body.pk, item.code]
                mark.measured = found[code].to_json() if code in found else {}
    Mark.objects.bulk_update(marks.values(), ["measured"], batch_size=500)
    row.measured_at = now
    renew(row)


def _fill(row: Assessment, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        setattr(row, name, values[name])
    row.name = one_line(row.name, 60)
    if not row.name:
        raise Refused("请填写名称。", "name")
    _check(row)
    try:
        found = queries.scheme(row.scheme)
        table = queries.scheme_as_stored(row.scheme)
    except SchemeError as why:
        raise Refused(why.text, "scheme") from why
    row.scheme_hash, row.scheme_table = found.hash, table


def _check(row: Assessment) -> None:
    if row.end_on < row.start_on:
        raise Refused("结束日期早于开始日期，请改正。", "end_on")
    if (row.end_on - row.start_on).days > LONGEST_DAYS:
        raise Refused("一次考核最多一年，请缩短时段。", "start_on")
    if row.report_until < row.end_on:
        raise Refused("自评期限不能早于考核时段的最后一天。", "report_until")
    if not 1 <= row.appeal_days <= APPEAL_DAYS_MOST:
        raise Refused(f"申诉期应是 1 到 {APPEAL_DAYS_MOST} 个工作日。", "appeal_days")


def _set_bodies(row: Assessment, codes: Sequence[str]) -> None:
    there = {one.pk for one in queries.offices_below(row.division_id)}
    chosen = sorted(set(codes))
    if not chosen:
        raise Refused("请至少选择一个被考核的单位。", "bodies")
    unknown = [code for code in chosen if code not in there]
    if unknown:
        raise Refused(f"这些不是直接下级：{'、'.join(unknown[:5])}。", "bodies")
    row.bodies.exclude(division__in=chosen).delete()
    present = set(row.bodies.values_list("division", flat=True))
    Body.objects.bulk_create(Body(assessment=row, division_id=code) for code in chosen if code not in present)


def _shown(row: Assessment) -> dict[str, Any]:
    shown = {name: value.isoformat() if isinstance(value := getattr(row, name), date) else value for name in FIELDS}
    return {**shown, "scheme_hash": row.scheme_hash}
