"""A hit as those who rule on it hold it."""

from govmedia.common.refusals import WrongState
from govmedia.inspections.models import TextHit
from govmedia.orgs.models import User
from govmedia.orgs.rights import require

WHY_MAX = 300


def locked_hit(hit_id: int, by: User) -> TextHit:
    """The hit, locked until the transaction ends. Errors: NoRight, WrongState where it is no more."""
    hit = TextHit.objects.select_for_update(of=("self",)).select_related("account").filter(pk=hit_id).first()
    if hit is None:
        raise WrongState("这一处已不存在。请刷新页面。")
    require(by, "inspection.decide", division=hit.account.division_id)
    return hit
