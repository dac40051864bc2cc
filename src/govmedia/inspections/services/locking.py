"""A hit as those who rule on it hold it, and what one person proposes and another decides."""

from datetime import datetime
from typing import TypeVar

from govmedia.common.refusals import Refused, WrongState
from govmedia.inspections.models import Allowance, Specimen, TextHit
from govmedia.orgs.models import User
from govmedia.orgs.rights import require

WHY_MAX = 300
Proposal = TypeVar("Proposal", Allowance, Specimen)


def locked_hit(hit_id: int, by: User) -> TextHit:
    """The hit, locked until the transaction ends. Errors: NoRight, WrongState where it is no more."""
    hit = TextHit.objects.select_for_update(of=("self",)).select_related("account").filter(pk=hit_id).first()
    if hit is None:
        raise WrongState("这一处已不存在。请刷新页面。")
    require(by, "inspection.decide", division=hit.account.division_id)
    return hit


def locked_proposal(model: type[Proposal], pk: int, by: User) -> Proposal:
    """The proposal, locked until the transaction ends. Errors: NoRight, WrongState where it is no more."""
    made = model.objects.select_for_update().filter(pk=pk).first()
    if made is None:
        raise WrongState("这一条已不存在。请刷新页面。")
    require(by, "inspection.decide", division=made.division_id)
    return made


def may_approve(made: Allowance | Specimen, by: User) -> None:
    """Errors: Refused for who proposed it himself, WrongState for one that was decided."""
    if made.proposed_by_id == by.pk:
        raise Refused("提议的人不能自己复核，须由另一位有权限的人办理。")
    if made.approved_at is not None or made.ended_at is not None:
        raise WrongState


def approve(made: Allowance | Specimen, by: User, now: datetime) -> None:
    """Write down who approved it."""
    made.approved_by, made.approved_at = by, now
    made.save(update_fields=["approved_by", "approved_at"])


def end(made: Allowance | Specimen, now: datetime) -> None:
    """Refuse it, or end it where it holds. Errors: WrongState for one that ended before."""
    if made.ended_at is not None:
        raise WrongState
    made.ended_at = now
    made.save(update_fields=["ended_at"])
