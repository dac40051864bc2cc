"""People's word on hits: right, wrong, not serious; what a check shall pass over; checks that lost our trust."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from govmedia.audit.services import Deed, record, record_many
from govmedia.common.refusals import NoteMissing, Refused, WrongState
from govmedia.common.typed import one_line
from govmedia.engine.intervals import lowest_share
from govmedia.inspections.models import Allowance, Demotion, Specimen, TextHit
from govmedia.inspections.services.locking import WHY_MAX, approve, end, locked_hit, locked_proposal, may_approve
from govmedia.inspections.services.specimens import silenced_by
from govmedia.inspections.states import RULED, RULINGS, State
from govmedia.orgs.models import User
from govmedia.orgs.rights import require, subtree

PHRASE_MAX = 120
# A check that speaks by itself is demoted where even the kindest reading of what people ruled says that more than
# this share of its hits are wrong. Hits ruled not serious count as right: something was there.
OVERTURNED_MOST = 0.05
RULED_LEAST = 8


@transaction.atomic
def decide(*, hit_id: int, ruling: str, by: User, now: datetime) -> TextHit:
    """Rule on an open hit. Errors: NoRight, WrongState where somebody was first, Refused for another word."""
    hit = locked_hit(hit_id, by)
    if ruling not in RULINGS:
        raise Refused("请选择：属实、误报或不严重。", "ruling")
    if hit.state != State.OPEN:
        raise WrongState
    hit.state, hit.decided_by, hit.decided_at = ruling, by, now
    hit.save(update_fields=["state", "decided_by", "decided_at"])
    record(_deed("inspection.decide", hit, {"state": ruling}, {"state": State.OPEN}), by=by, now=now)
    if ruling == State.WRONG:
        demote_if_due(check_code=hit.check_code, now=now)
    return hit


@transaction.atomic
def overrule(*, hit_ids: Collection[int], by: User, why: str, now: datetime) -> list[TextHit]:
    """Rule hits wrong by a decision that was made elsewhere, of which they were part, whatever was said before.

    What was ruled away or put right meanwhile is left; returns those ruled now.
    """
    rows = TextHit.objects.select_for_update(of=("self",)).select_related("account")
    hits = list(rows.filter(pk__in=hit_ids, state__in=(State.OPEN, State.RIGHT)).order_by("pk"))
    deeds = []
    for hit in hits:
        deed = _deed("inspection.decide", hit, {"state": State.WRONG}, {"state": hit.state})
        deeds.append(replace(deed, why=why))
        hit.state, hit.decided_by, hit.decided_at = State.WRONG, by, now
    TextHit.objects.bulk_update(hits, ["state", "decided_by", "decided_at"], batch_size=500)
    if deeds:
        record_many(deeds, by=by, now=now)
    for check_code in sorted({hit.check_code for hit in hits}):
        demote_if_due(check_code=check_code, now=now)
    return hits


@transaction.atomic
def undo(*, hit_id: int, by: User, now: datetime) -> TextHit:
    """Take back one's own ruling, or a colleague's; the hit waits again. Errors: NoRight, WrongState."""
    hit = locked_hit(hit_id, by)
    if hit.state not in RULED:
        raise WrongState
    before = hit.state
    hit.state, hit.decided_by, hit.decided_at = State.OPEN, None, None
    hit.save(update_fields=["state", "decided_by", "decided_at"])
    for proposed in (Allowance, Specimen):
        proposed.objects.filter(hit=hit, approved_at__isnull=True, ended_at__isnull=True).update(ended_at=now)
    record(_deed("inspection.undo", hit, {"state": State.OPEN}, {"state": before}), by=by, now=now)
    return hit


@transaction.atomic
def propose_allowance(*, hit_id: int, phrase: str, why: str, by: User, now: datetime) -> Allowance:
    """Propose that a check pass over a phrase that holds what was found, in one's own division and below it.

    A second person decides. Errors: NoRight, WrongState unless the hit was ruled wrong, Refused, NoteMissing.
    """
    hit = locked_hit(hit_id, by)
    phrase, why = phrase.strip(), one_line(why, WHY_MAX)
    if hit.state != State.WRONG:
        raise WrongState("先判为“误报”，才能提议放行。")
    if not why:
        raise NoteMissing("请写明为什么这样写是对的，复核的人要看。", "why")
    if hit.found not in phrase:
        raise Refused(f"放行的词语应包含“{hit.found}”。", "phrase")
    if len(phrase) > PHRASE_MAX:
        raise Refused(f"放行的词语最多 {PHRASE_MAX} 个字符。", "phrase")
    if phrase not in hit.before + hit.found + hit.after:
        raise Refused("放行的词语应原样出现在这一处的上下文里。", "phrase")
    place = by.division_id or ""
    if Allowance.objects.filter(
        check_code=hit.check_code, phrase=phrase, division=place, ended_at__isnull=True
    ).exists():
        raise Refused("这个词语已经放行或正在等待复核。", "phrase")
    made = Allowance.objects.create(
        check_code=hit.check_code,
        division_id=place,
        phrase=phrase,
        why=why,
        hit=hit,
        proposed_by=by,
        proposed_at=now,
    )
    after = {"check": hit.check_code}
    deed = Deed("allowance.propose", f"allowance:{made.pk}", phrase, after=after, why=why, division=place)
    record(deed, by=by, now=now)
    return made


@transaction.atomic
def allow(*, allowance_id: int, by: User, now: datetime) -> Allowance:
    """Approve a proposed allowance; it holds from the next inspection on, and open hits it covers are ruled wrong.

    Errors: NoRight, Refused where the proposer approves his own or a specimen would be lost, WrongState.
    """
    made = locked_proposal(Allowance, allowance_id, by)
    may_approve(made, by)
    lost = silenced_by(check_code=made.check_code, phrase=made.phrase, division=made.division_id)
    if lost:
        shown = "、".join(f"“{row.found}”" for row in lost[:3])
        raise Refused(
            f"这样放行，会放过 {len(lost)} 条已复核为错误的测试句：{shown}。请把词语写得更完整，或先停用测试句。"
        )
    approve(made, by, now)
    first, after_last = subtree(made.division_id)
    open_hits = TextHit.objects.filter(
        check_code=made.check_code,
        state=State.OPEN,
        account__division__gte=first,
        account__division__lt=after_last,
    )
    columns = open_hits.only("found", "before", "after").iterator(chunk_size=2000)
    covered = [hit.pk for hit in columns if _covers(made.phrase, hit)]
    TextHit.objects.filter(pk__in=covered).update(state=State.WRONG, decided_by=by, decided_at=now)
    after = {"check": made.check_code, "covered": len(covered)}
    record(Deed("allowance.approve", f"allowance:{made.pk}", made.phrase, after=after, why=made.why), by=by, now=now)
    return made


@transaction.atomic
def end_allowance(*, allowance_id: int, by: User, now: datetime) -> Allowance:
    """Refuse a proposed allowance, or end one that holds. Errors: NoRight, WrongState."""
    made = locked_proposal(Allowance, allowance_id, by)
    end(made, now)
    record(Deed("allowance.end", f"allowance:{made.pk}", made.phrase, why=made.why), by=by, now=now)
    return made


@transaction.atomic
def restore_check(*, check_code: str, why: str, by: User, now: datetime) -> Demotion:
    """Let a demoted check speak by itself again. Errors: NoRight, NoteMissing, WrongState."""
    # A check speaks to everybody, so that only the office over all may give it its voice back.
    require(by, "inspection.steer", division=(by.division_id or "")[:2] + "0000")
    if not why.strip():
        raise NoteMissing("请写明为什么可以恢复。", "why")
    row = Demotion.objects.select_for_update().filter(check_code=check_code, ended_at__isnull=True).first()
    if row is None:
        raise WrongState
    row.ended_at, row.ended_by, row.end_reason = now, by, one_line(why, WHY_MAX)
    row.save(update_fields=["ended_at", "ended_by", "end_reason"])
    record(Deed("check.restore", f"check:{check_code}", check_code, why=row.end_reason), by=by, now=now)
    return row


def demote_if_due(*, check_code: str, now: datetime) -> bool:
    """Demote a check whose own hits are overturned too often since it was last restored; says so in the log."""
    if Demotion.objects.filter(check_code=check_code, ended_at__isnull=True).exists():
        return False
    last = Demotion.objects.filter(check_code=check_code).order_by("-ended_at").first()
    rows = TextHit.objects.filter(check_code=check_code, auto=True, state__in=RULED)
    if last is not None and last.ended_at is not None:
        rows = rows.filter(decided_at__gt=last.ended_at)
    ruled, wrong = rows.count(), rows.filter(state=State.WRONG).count()
    if ruled < RULED_LEAST or lowest_share(wrong, ruled) <= OVERTURNED_MOST:
        return False
    reason = f"经人判定的 {ruled} 处自动提示中有 {wrong} 处是误报，超过上限，改为只供人参考"
    Demotion.objects.create(check_code=check_code, at=now, reason=reason)
    record(Deed("check.demote", f"check:{check_code}", check_code, why=reason), by=None, now=now)
    return True


def _covers(phrase: str, hit: TextHit) -> bool:
    """True where the phrase stands around what was found, as the inspector itself would see it."""
    around, at = hit.before + hit.found + hit.after, len(hit.before)
    place = around.find(phrase, max(0, at + len(hit.found) - len(phrase)))
    return 0 <= place <= at


def _deed(verb: str, hit: TextHit, after: dict[str, str], before: dict[str, str]) -> Deed:
    label = f"{hit.account.name}：{hit.found}"
    return Deed(
        verb,
        f"texthit:{hit.pk}",
        label[:200],
        before,
        {**after, "check": hit.check_code},
        "",
        hit.account.division_id,
    )
