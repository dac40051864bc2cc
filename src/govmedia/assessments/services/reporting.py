"""What a body says of itself: an item's report with proof, saved as it goes, handed in as a whole."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from govmedia.assessments.models import SAYING_MAX, Assessment, Body, Mark, Proof
from govmedia.assessments.services.keeping import held_mark, mark_deed, said
from govmedia.audit.services import Deed, record
from govmedia.common.exhibits import Upload, check_uploads, kept
from govmedia.common.refusals import Refused, WrongState
from govmedia.orgs.models import User
from govmedia.orgs.rights import require

PROOFS_MOST = 6
OVER = "自评已经结束，不能再改。对结果有异议的，反馈后可以申诉。"


@transaction.atomic
def report(*, mark_id: int, text: str, by: User, now: datetime, uploads: Sequence[Upload] = ()) -> Mark:
    """Keep what a body says of an item, with more proof. Errors: NoRight, WrongState, Refused with the field."""
    mark = held_mark(mark_id)
    require(by, "assessment.report", division=mark.body.division_id)
    _may_report(mark)
    words = said(text, most=SAYING_MAX, field="said")
    before = {"said": mark.said}
    attach(mark, uploads, by, now)
    if words != mark.said or uploads:
        mark.said, mark.said_by, mark.said_at = words, by, now
        mark.save(update_fields=["said", "said_by", "said_at"])
        record(mark_deed("report", mark, {"said": words, "proofs": len(uploads)}, before), by=by, now=now)
    return mark


@transaction.atomic
def hand_in(*, body_id: int, by: User, now: datetime) -> Body:
    """Hand the report in as a whole; until the time for reports ends it may still be changed.

    Errors: NoRight, WrongState, Refused where an item that only the body can tell of has no report.
    """
    body = Body.objects.select_related("division").get(pk=body_id)
    row = body.assessment = Assessment.objects.select_for_update().get(pk=body.assessment_id)
    require(by, "assessment.report", division=body.division_id)
    if row.state != "reporting":
        raise WrongState(OVER)
    asked = {item.code: item.title for item in row.rules.of("item") if item.reported}
    empty = body.marks.filter(code__in=asked, said="").order_by("code").values_list("code", flat=True)
    if empty:
        titles = "、".join(f"{code} {asked[code]}" for code in empty)
        raise Refused(f"还没有填写：{titles}。没有做的请写“没有”。")
    body.handed_in_at, body.handed_in_by = now, by
    body.save(update_fields=["handed_in_at", "handed_in_by"])
    label = f"{row.name}：{body.division.name}"
    record(Deed("assessment.hand_in", f"body:{body.pk}", label, division=body.division_id), by=by, now=now)
    return body


def attach(mark: Mark, uploads: Sequence[Upload], by: User, now: datetime) -> None:
    """Keep proofs of a mark. Errors: Refused for other files than pictures and PDF, too large or too many."""
    check_uploads(uploads)
    if uploads and mark.proofs.count() + len(uploads) > PROOFS_MOST:
        raise Refused(f"每项最多 {PROOFS_MOST} 个附件，请少选几个。", "files")
    Proof.objects.bulk_create(Proof(mark=mark, at=now, by=by, **kept(one)) for one in uploads)


def _may_report(mark: Mark) -> None:
    row = mark.body.assessment
    if row.state != "reporting":
        raise WrongState(OVER)
    if not row.rules.item(mark.code).reported:
        raise Refused("这一项由系统取数，不用填写。数字有误的，反馈后可以申诉。", "said")
