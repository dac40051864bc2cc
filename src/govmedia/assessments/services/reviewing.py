"""The assessing office gives points on reports, and finds vetoes that no figure shows."""

from datetime import datetime

from django.db import transaction

from govmedia.assessments.models import NOTE_MAX, Mark
from govmedia.assessments.services.keeping import held_mark, mark_deed, points_typed, renew, said
from govmedia.audit.services import record
from govmedia.common.refusals import Refused, WrongState
from govmedia.orgs.models import User
from govmedia.orgs.rights import require

WHY_NEEDED = "没有给满分的，请写明理由，被考核单位会看到。"
VETO_NEEDED = "请写明认定的事实和依据，会随结果公布。"
NOT_NOW = "只有审核期间可以评分。"


@transaction.atomic
def review(*, mark_id: int, points: str, note: str, by: User, now: datetime) -> Mark:
    """Give points on what a body reported; less than all needs a reason.

    Errors: NoRight, WrongState, NoteMissing, Refused for points out of range or a measured item.
    """
    mark = _held(mark_id, by)
    item = mark.body.assessment.rules.item(mark.code)
    if not item.reported:
        raise Refused("这一项由系统取数，不能直接评分。", "points")
    given = points_typed(points, item.points)
    full = given == item.points or (item.kind == "bonus" and not mark.said)
    text = said(note, most=NOTE_MAX, field="note", needed="" if full else WHY_NEEDED)
    before = {"points": mark.points, "note": mark.note}
    mark.points, mark.note, mark.reviewed_by, mark.reviewed_at = given, text, by, now
    mark.save(update_fields=["points", "note", "reviewed_by", "reviewed_at"])
    renew(mark.body.assessment)
    record(mark_deed("review_mark", mark, {"points": given, "note": text}, before, text), by=by, now=now)
    return mark


@transaction.atomic
def find_veto(*, mark_id: int, found: bool, note: str, by: User, now: datetime) -> Mark:
    """Find a veto that people have to find, or take that back; either with a reason.

    Errors: NoRight, WrongState, NoteMissing, Refused where it is no such veto.
    """
    mark = _held(mark_id, by)
    item = mark.body.assessment.rules.item(mark.code)
    if item.kind != "veto" or item.measured:
        raise Refused("这一项不由人认定。", "note")
    text = said(note, most=NOTE_MAX, field="note", needed=VETO_NEEDED)
    before = {"found": mark.found, "note": mark.note}
    mark.found, mark.note, mark.reviewed_by, mark.reviewed_at = found, text, by, now
    mark.save(update_fields=["found", "note", "reviewed_by", "reviewed_at"])
    renew(mark.body.assessment)
    record(mark_deed("find_veto", mark, {"found": found, "note": text}, before, text), by=by, now=now)
    return mark


def _held(mark_id: int, by: User) -> Mark:
    mark = held_mark(mark_id)
    require(by, "assessment.run", division=mark.body.assessment.division_id)
    if mark.body.assessment.state != "reviewing":
        raise WrongState(NOT_NOW)
    return mark
