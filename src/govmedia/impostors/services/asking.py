"""Names that the public asks about and that imitate an account: counted, so that the desk hears of fakes early."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import OperationalError, transaction
from django.db.models import F

from govmedia.audit.services import Deed, record
from govmedia.common.patience import impatient
from govmedia.common.refusals import WrongState
from govmedia.engine.likeness import normalise
from govmedia.impostors.answering import HOLDS, LOOKALIKE, Answer
from govmedia.impostors.models import NAME_MAX, Asked
from govmedia.impostors.queries import ASKED_LEAST
from govmedia.orgs.models import User
from govmedia.orgs.rights import require

# Names anybody may type: no more are kept than a desk could ever look through, and none for longer.
KEPT_MOST, KEPT = 20_000, timedelta(days=180)
# So many new names of one address in an hour, so that nobody fills the list by himself.
NEW_MOST = 5
HOUR_S = 3600
# Who asked waits for the answer; counting him may not.
_PATIENCE_MS = 50


def note_asked(found: Answer, *, client: str, now: datetime) -> None:
    """Count that somebody asked, where the answer was that the name imitates an account or holds its name. Where the
    database is busy it is not counted."""
    plain = normalise(found.question.named.name)[:NAME_MAX]
    if (found.kind != LOOKALIKE and found.ground != HOLDS) or found.question.way != "name" or not plain:
        return
    if not cache.add(f"impostors.asked.{client}.{plain}", 1, HOUR_S):
        return
    with impatient(_PATIENCE_MS), suppress(OperationalError):
        if not Asked.objects.filter(plain_name=plain).update(times=F("times") + 1, last_at=now):
            _note_new(found, plain, client, now)


def _note_new(found: Answer, plain: str, client: str, now: datetime) -> None:
    key = f"impostors.asked_new.{client}"
    cache.add(key, 0, HOUR_S)
    if cache.incr(key) > NEW_MOST:
        return
    if Asked.objects.count() >= KEPT_MOST:
        oldest = Asked.objects.filter(times__lt=ASKED_LEAST).order_by("last_at").values_list("pk", flat=True)
        Asked.objects.filter(pk__in=list(oldest[: max(1, KEPT_MOST // 20)])).delete()
    like = found.alike[0]
    known = {
        "name": found.question.named.name[:NAME_MAX],
        "imitates": like.account,
        "likeness": like.likeness.score,
        "reasons": list(like.likeness.reasons),
        "division_id": like.account.division_id,
        "first_at": now,
        "last_at": now,
    }
    Asked.objects.get_or_create(plain_name=plain, defaults=known)


def settle_asked(*, asked_id: int, by: User, now: datetime) -> Asked:
    """Look no more at a name that people ask about. Errors: NoRight, WrongState."""
    return _settle(asked_id, by, now, "impostor.asked_settle")


def reopen_asked(*, asked_id: int, by: User, now: datetime) -> Asked:
    """Look at it again. Errors: NoRight, WrongState."""
    return _settle(asked_id, by, now, "impostor.asked_reopen")


@transaction.atomic
def _settle(asked_id: int, by: User, now: datetime, verb: str) -> Asked:
    row = Asked.objects.select_for_update().filter(pk=asked_id).first()
    if row is None:
        raise WrongState("这一条已不存在。请刷新页面。")
    require(by, "impostor.decide", division=row.division_id)
    settles = verb == "impostor.asked_settle"
    if settles != (row.settled_at is None):
        raise WrongState
    row.settled_by, row.settled_at = (by, now) if settles else (None, None)
    row.save(update_fields=["settled_by", "settled_at"])
    record(Deed(verb, f"asked:{row.pk}", row.name, division=row.division_id), by=by, now=now)
    return row


def prune_asked(*, now: datetime) -> int:
    """Forget names that nobody asked about for long; returns how many."""
    return Asked.objects.filter(last_at__lt=now - KEPT).delete()[0]
