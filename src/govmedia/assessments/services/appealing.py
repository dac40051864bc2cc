"""Appeals against marks: handed in after they are announced, decided by somebody who did not give the mark."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from govmedia.assessments import messages
from govmedia.assessments.models import NOTE_MAX, SAYING_MAX, Appeal, Mark
from govmedia.assessments.services.keeping import held_mark, mark_deed, points_typed, renew, said
from govmedia.assessments.services.reporting import attach
from govmedia.assessments.states import AppealState
from govmedia.audit.services import record
from govmedia.common.clock import day_of
from govmedia.common.exhibits import Upload
from govmedia.common.refusals import NoRight, Refused, WrongState
from govmedia.notify.services import tell_many
from govmedia.orgs.models import User
from govmedia.orgs.rights import require

REASON_NEEDED = "请写明认为有误的理由，并说明凭什么。"
ANSWER_NEEDED = "请写明复核的理由，被考核单位会看到。"
NOTHING = "这一项没有扣分，不用申诉。"
OWN_MARK = "这一项是你评的，须由另一人复核。"
WAITS = "这一项的申诉正在复核，等有了答复再说。"
TWICE = "每项只能申诉一次，已有答复。"


@transaction.atomic
def appeal(*, mark_id: int, reason: str, by: User, now: datetime, uploads: Sequence[Upload] = ()) -> Appeal:
    """Appeal against a mark of one's own body, within the term.

    Errors: NoRight, WrongState, NoteMissing, Refused after the term, twice, or where no point was lost.
    """
    mark = held_mark(mark_id)
    require(by, "assessment.appeal", division=mark.body.division_id)
    row = mark.body.assessment
    if row.state != "announced" or row.appeal_until is None:
        raise WrongState("结果反馈后、公布前才能申诉。")
    if day_of(now) > row.appeal_until:
        raise Refused(f"申诉期到 {row.appeal_until} 为止，已经过了。", "reason")
    earlier = set(mark.appeals.values_list("state", flat=True))
    if AppealState.WAITING in earlier:
        raise WrongState(WAITS)
    if earlier & {AppealState.UPHELD, AppealState.REFUSED}:
        raise Refused(TWICE, "reason")
    if not can_lose(mark):
        raise Refused(NOTHING, "reason")
    text = said(reason, most=SAYING_MAX, field="reason", needed=REASON_NEEDED)
    attach(mark, uploads, by, now)
    made = Appeal.objects.create(mark=mark, reason=text, by=by, at=now, points_before=mark.points_now())
    record(mark_deed("appeal", mark, {"reason": text}, why=text), by=by, now=now)
    tell_many([messages.appealed(made)], now=now)
    return made


def can_lose(mark: Mark) -> bool:
    """Whether there is anything to appeal against: a veto, or points that are missing from the whole."""
    item = mark.body.assessment.rules.item(mark.code)
    if item.kind == "veto":
        return mark.code in mark.body.vetoes
    points = mark.points_now()
    return points is not None and points < item.points


@transaction.atomic
def decide(*, appeal_id: int, upheld: bool, points: str, answer: str, by: User, now: datetime) -> Appeal:
    """Answer an appeal: upheld, the mark gets other points, or the veto is taken back.

    Errors: NoRight, also for who gave the mark; WrongState, NoteMissing, Refused for points that are no more.
    """
    made = Appeal.objects.get(pk=appeal_id)
    mark = held_mark(made.mark_id)
    row = mark.body.assessment
    require(by, "assessment.run", division=row.division_id)
    made = Appeal.objects.select_for_update().get(pk=appeal_id)
    made.mark = mark
    if made.state != AppealState.WAITING or row.state != "announced":
        raise WrongState
    if mark.reviewed_by_id == by.pk:
        raise NoRight(OWN_MARK)
    text = said(answer, most=NOTE_MAX, field="answer", needed=ANSWER_NEEDED)
    before = {"points": made.points_before}
    if upheld:
        _give_back(mark, made, points)
        mark.save()
        renew(row)
    made.state = AppealState.UPHELD if upheld else AppealState.REFUSED
    made.answer, made.decided_by, made.decided_at = text, by, now
    made.save()
    name = "uphold" if upheld else "refuse"
    record(mark_deed(name, mark, {"points": made.points_after}, before, text), by=by, now=now)
    tell_many([messages.answered(made)], now=now)
    return made


def _give_back(mark: Mark, made: Appeal, points: str) -> None:
    item = mark.body.assessment.rules.item(mark.code)
    if item.kind == "veto":
        mark.found, mark.lifted = False, item.measured
        return
    given = points_typed(points, item.points)
    if made.points_before is not None and given <= made.points_before:
        raise Refused(f"申诉成立，得分应高于原来的 {made.points_before} 分。", "points")
    mark.points = made.points_after = given


@transaction.atomic
def take_back(*, appeal_id: int, by: User, now: datetime) -> Appeal:
    """Take one's own appeal back before it is answered. Errors: NoRight, WrongState."""
    made = Appeal.objects.select_for_update().get(pk=appeal_id)
    mark = held_mark(made.mark_id)
    require(by, "assessment.appeal", division=mark.body.division_id)
    if made.state != AppealState.WAITING:
        raise WrongState
    made.state, made.decided_by, made.decided_at = AppealState.WITHDRAWN, by, now
    made.save(update_fields=["state", "decided_by", "decided_at"])
    record(mark_deed("unappeal", mark, {}), by=by, now=now)
    return made
