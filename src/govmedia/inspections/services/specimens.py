"""Specimens: what people ruled on, kept by two of them as sentences that the checks must judge so ever after."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from govmedia.audit.services import Deed, record
from govmedia.common.clock import day_of
from govmedia.common.refusals import NoteMissing, Refused, WrongState
from govmedia.common.typed import one_line
from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.text import Text
from govmedia.engine.content.types import Post as Given
from govmedia.inspections.models import SPECIMEN_MAX, Specimen, TextHit
from govmedia.inspections.program import program
from govmedia.inspections.services.locking import WHY_MAX, approve, end, locked_hit, locked_proposal, may_approve
from govmedia.inspections.states import State
from govmedia.orgs.models import User
from govmedia.orgs.rights import subtree

# So many are tried in one run of the worker.
TRIED_MOST = 2000


@transaction.atomic
def propose_specimen(*, hit_id: int, why: str, by: User, now: datetime) -> Specimen:
    """Propose the sentence of a hit that was ruled on as a specimen; a second person decides.

    Errors: NoRight, WrongState for a hit that was not ruled right or wrong, NoteMissing, Refused where the sentence
    alone does not show what the hit shows, or is a specimen already.
    """
    hit = locked_hit(hit_id, by)
    why = one_line(why, WHY_MAX)
    if hit.state not in (State.RIGHT, State.WRONG):
        raise WrongState("先判为“属实”或“误报”，才能存为测试句。")
    if not why:
        raise NoteMissing("请写明为什么这样判，复核的人要看。", "why")
    text, start, end = _sentence(hit)
    made = Specimen(
        check_code=hit.check_code,
        division_id=by.division_id or "",
        text=text,
        start=start,
        end=end,
        is_error=hit.state == State.RIGHT,
        why=why,
        hit=hit,
        proposed_by=by,
        proposed_at=now,
    )
    if not _is_found(made, program(day_of(now)).inspector):
        raise Refused("单独这一句查不出这一处（要看上下文或发布日期），不能作为测试句。")
    same = Specimen.objects.filter(
        check_code=made.check_code, text=text, start=start, end=end, division=made.division_id, ended_at__isnull=True
    )
    if same.exists():
        raise Refused("这一句已经是测试句，或正在等待复核。")
    made.save()
    after = {"check": made.check_code, "is_error": made.is_error}
    deed = Deed("specimen.propose", f"specimen:{made.pk}", made.found[:200], after=after, why=why)
    record(deed, by=by, now=now)
    return made


@transaction.atomic
def keep_specimen(*, specimen_id: int, by: User, now: datetime) -> Specimen:
    """Approve a proposed specimen. Errors: NoRight, Refused where the proposer approves his own, WrongState."""
    made = locked_proposal(Specimen, specimen_id, by)
    may_approve(made, by)
    approve(made, by, now)
    record(Deed("specimen.approve", f"specimen:{made.pk}", made.found[:200], why=made.why), by=by, now=now)
    return made


@transaction.atomic
def end_specimen(*, specimen_id: int, by: User, now: datetime) -> Specimen:
    """Refuse a proposed specimen, or end one that is kept. Errors: NoRight, WrongState."""
    made = locked_proposal(Specimen, specimen_id, by)
    end(made, now)
    record(Deed("specimen.end", f"specimen:{made.pk}", made.found[:200], why=made.why), by=by, now=now)
    return made


def try_specimens(*, now: datetime) -> int:
    """Try those that the checks as they are now have not been tried on; returns how many do not hold."""
    ready = program(day_of(now))
    rows = list(
        Specimen.objects.filter(approved_at__isnull=False, ended_at__isnull=True)
        .exclude(tried_by=ready.fingerprint)
        .order_by("pk")[:TRIED_MOST]
    )
    for row in rows:
        row.holds = _is_found(row, ready.inspector) == row.is_error
        row.tried_by = ready.fingerprint
    Specimen.objects.bulk_update(rows, ["holds", "tried_by"], batch_size=500)
    return sum(not row.holds for row in rows)


def silenced_by(*, check_code: str, phrase: str, division: str) -> list[Specimen]:
    """The kept specimens of true errors over which a check would pass if it passed over a phrase."""
    first, after = subtree(division)
    rows = Specimen.objects.filter(
        check_code=check_code,
        is_error=True,
        approved_at__isnull=False,
        ended_at__isnull=True,
        division__gte=first,
        division__lt=after,
    )
    return [row for row in rows if _lies_within(row, phrase)]


def _lies_within(row: Specimen, phrase: str) -> bool:
    place = row.text.find(phrase, max(0, row.end - len(phrase)))
    return 0 <= place <= row.start


def _is_found(row: Specimen, inspector: Inspector) -> bool:
    found: Iterable[tuple[int, int, str]] = (
        (hit.start, hit.end, hit.check)
        for hit in inspector.inspect(Given(id="", text=row.text), division=row.division_id).hits
    )
    return any(check == row.check_code and start < row.end and row.start < end for start, end, check in found)


def _sentence(hit: TextHit) -> tuple[str, int, int]:
    """The sentence a hit stands in, as the post has it now or as it was kept; and where the hit is in it."""
    raw = getattr(hit.post, hit.field) if hit.field in ("title", "text") and hit.post.sm3 == hit.post_sm3 else ""
    if not raw or hit.target_id is not None:
        around = hit.before + hit.found + hit.after
        return around, len(hit.before), len(hit.before) + len(hit.found)
    low, high = Text(raw).sentence(hit.start)
    low, high = min(low, hit.start), min(max(high + 1, hit.end), len(raw))
    if high - low > SPECIMEN_MAX:
        low = max(low, hit.start - SPECIMEN_MAX // 4)
        high = min(high, low + SPECIMEN_MAX)
    return raw[low:high], hit.start - low, min(hit.end, high) - low
