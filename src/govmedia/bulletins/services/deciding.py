"""The way of a bulletin: submitted, approved by somebody who did not write it, published for ever, or withdrawn."""

import gzip
import json
from datetime import datetime

from django.db import transaction

from govmedia.audit.services import record
from govmedia.bulletins.composing import check_text, compose
from govmedia.bulletins.gathering import as_text
from govmedia.bulletins.models import NOTE_MAX, Bulletin, Bundle
from govmedia.bulletins.services.drafting import deed, present_figures
from govmedia.bulletins.states import BULLETIN
from govmedia.common.clock import day_of
from govmedia.common.refusals import NoRight, Refused
from govmedia.common.typed import one_line
from govmedia.engine.bulletins.checking import differences
from govmedia.engine.bulletins.writing import bulletin_to_json
from govmedia.engine.hashing import tagged_sm3
from govmedia.orgs.models import User
from govmedia.orgs.rights import require
from govmedia.rounds.bundle import bundle_of

OWN_WRITING = "这份通报你写过，须由另一人审签。"


@transaction.atomic
def move(*, bulletin_id: int, name: str, by: User, now: datetime, note: str = "") -> Bulletin:
    """One step of a bulletin's way. Errors: NoRight, WrongState, NoteMissing, Refused."""
    row = Bulletin.objects.select_for_update(of=("self",)).select_related("round").get(pk=bulletin_id)
    text = one_line(note, NOTE_MAX)
    step = BULLETIN.take(name, row.state, text)
    require(by, step.right, division=row.round.division_id)
    before = {"state": row.state}
    _DEEDS[name](row, by, now, text)
    row.state = step.target
    row.save()
    after = {"state": row.state} | ({"sm3": row.published_sm3} if name == "publish" else {})
    record(deed(f"bulletin.{name}", row, before, after, text), by=by, now=now)
    return row


def _submit(row: Bulletin, by: User, now: datetime, note: str) -> None:
    _ready(row)
    row.submitted_at, row.returned_why = now, ""


def _recall(row: Bulletin, by: User, now: datetime, note: str) -> None:
    row.submitted_at = None


def _approve(row: Bulletin, by: User, now: datetime, note: str) -> None:
    if row.writers.filter(pk=by.pk).exists():
        raise NoRight(OWN_WRITING)
    row.approved_by, row.approved_at = by, now


def _return(row: Bulletin, by: User, now: datetime, note: str) -> None:
    row.submitted_at = row.approved_by = row.approved_at = None
    row.returned_why = note


def _publish(row: Bulletin, by: User, now: datetime, note: str) -> None:
    _ready(row)
    if row.signed_on and row.signed_on > day_of(now):
        raise Refused(f"成文日期是 {row.signed_on}，还没有到，不能发布。", "signed_on")
    row.published_file = as_text(bulletin_to_json(compose(row)))
    row.published_sm3 = tagged_sm3(row.published_file.encode())
    row.published_by, row.published_at = by, now
    lines = b"".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for line in bundle_of(row.round)
    )
    Bundle.objects.create(bulletin=row, data=gzip.compress(lines, 6, mtime=0), size=len(lines), sm3=tagged_sm3(lines))


def _withdraw(row: Bulletin, by: User, now: datetime, note: str) -> None:
    row.withdrawn_at, row.withdrawn_why = now, note


_DEEDS = {
    "submit": _submit, "recall": _recall, "approve": _approve, "return": _return, "publish": _publish,
    "withdraw": _withdraw,
}  # fmt: skip


def _ready(row: Bulletin) -> None:
    """Errors: Refused where something is missing, does not close, or the round says something else by now."""
    if not row.number:
        raise Refused("还没有发文字号。请填写后再送审。", "number")
    if row.signed_on is None:
        raise Refused("还没有成文日期。请填写后再送审。", "signed_on")
    same = Bulletin.objects.filter(number=row.number).exclude(pk=row.pk).exclude(state="withdrawn")
    if same.exists():
        raise Refused(f"发文字号 {row.number} 已用在“{same[0].title}”，请核对。", "number")
    check_text(row)
    whole = compose(row)
    if row.due_on is None and (whole.failing or whole.deductions):
        raise Refused("有要整改的账号，还没有整改期限。请填写后再送审。", "due_on")
    found = differences(whole)
    if found:
        raise Refused(f"数字对不上，不能送审或发布：{'；'.join(str(one) for one in found[:3])}")
    if present_figures(row) != row.figures:
        raise Refused(
            "取数以后，这一轮的结论有了变化（如申诉成立），或有了新的上一期。请退回起草，点“重新取数”，核对文字后再送审。"
        )
