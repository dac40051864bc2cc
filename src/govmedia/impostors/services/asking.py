"""Names that the public asks about and that imitate an account: counted, so that the desk hears of fakes early."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import F

from govmedia.audit.services import Deed, record
from govmedia.common.refusals import WrongState
from govmedia.engine.likeness import normalise
from govmedia.impostors.answering import LOOKALIKE, Answer
from govmedia.impostors.models import NAME_MAX, Asked
from govmedia.orgs.models import User
from govmedia.orgs.rights import require

# Names anybody may type: no more are kept than a desk could ever look through, and none for longer.
KEPT_MOST, KEPT = 20_000, timedelta(days=180)
HOUR_S = 3600


def note_asked(found: Answer, *, client: str, now: datetime) -> None:
    """Count that somebody asked, where the answer was that the name imitates an account."""
    plain = normalise(found.question.text)[:NAME_MAX]
    if found.kind != LOOKALIKE or found.question.way != "name" or not plain:
        return
    if not cache.add(f"impostors.asked.{client}.{plain}", 1, HOUR_S):
        return
    if Asked.objects.filter(plain_name=plain).update(times=F("times") + 1, last_at=now):
        return
    if Asked.objects.count() < KEPT_MOST:
        like = found.alike[0]
        known = {
            "name": found.question.text[:NAME_MAX],
            "imitates": like.account,
            "likeness": like.likeness.score,
            "reasons": list(like.likeness.reasons),
            "division_id": like.account.division_id,
            "first_at": now,
            "last_at": now,
        }
        Asked.objects.get_or_create(plain_name=plain, defaults=known)


@transaction.atomic
def settle_asked(*, asked_id: int, by: User, now: datetime) -> Asked:
    """Look no more at a name that people ask about. Errors: NoRight, WrongState."""
    row = Asked.objects.select_for_update().filter(pk=asked_id).first()
    if row is None:
        raise WrongState("这一条已不存在。请刷新页面。")
    require(by, "impostor.decide", division=row.division_id)
    if row.settled_at is not None:
        raise WrongState
    row.settled_by, row.settled_at = by, now
    row.save(update_fields=["settled_by", "settled_at"])
    record(Deed("impostor.asked_settle", f"asked:{row.pk}", row.name, division=row.division_id), by=by, now=now)
    return row


def prune_asked(*, now: datetime) -> int:
    """Forget names that nobody asked about for long; returns how many."""
    return Asked.objects.filter(last_at__lt=now - KEPT).delete()[0]
