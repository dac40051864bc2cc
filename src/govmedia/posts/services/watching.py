"""Writing down looks: one row each, the interfaces' next dates, and the time in which accounts were seen."""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from govmedia.common.rows import moment, run_many
from govmedia.connectors.errors import Outcome
from govmedia.connectors.types import FetchResult
from govmedia.posts import pacing
from govmedia.posts.covering import BRIDGE
from govmedia.posts.models import Coverage, Interface, Look
from govmedia.posts.targets import Target

POSTPONE_S = 300
ROWS_AT_ONCE = 500
_LOOKED = """
INSERT INTO posts_look (account_id, at, ok, outcome, cause, status, url, address, body_sm3, size, took_ms, items,
    created, changed, gone, refused) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_SEEN = """
UPDATE posts_interface SET claimed_until = NULL, failures = 0, failing_since = NULL, last_cause = '',
    last_look_at = %s, last_ok_at = %s, last_outcome = %s, next_due_at = %s, interval_s = %s, state = %s,
    etag = %s, last_modified = %s, body_sm3 = %s, pinned_id = %s, pinned_title = %s, proposed_handle = %s,
    oldest_item_at = %s, seen_name = %s, seen_name_since = %s, missing = %s WHERE id = %s
"""
_FAILED = """
UPDATE posts_interface SET claimed_until = NULL, failures = %s, failing_since = %s, last_cause = %s,
    last_look_at = %s, last_outcome = %s, next_due_at = %s, state = %s, etag = %s, last_modified = %s, body_sm3 = %s
    WHERE id = %s
"""
_POSTPONED = "UPDATE posts_interface SET claimed_until = NULL, next_due_at = %s WHERE id = %s"
# A clock that was set back must not shorten what was seen.
_COVERED = """
UPDATE posts_coverage SET end_at = CASE WHEN end_at < %s THEN %s ELSE end_at END, looks = looks + 1, last_look = %s
    WHERE id = %s
"""
_chance = random.Random()  # noqa: S311 - spreads looks out, keeps no secret


@dataclass(slots=True)
class Outcomes:
    """What one look came to, beside the target: the row to be written, and whether the account was seen."""

    target: Target
    result: FetchResult
    outcome: Outcome
    cause: str
    seen: bool
    items: int = 0
    created: int = 0
    changed: int = 0
    gone: int = 0
    refused: int = 0
    look_id: int | None = None


def insert_looks(rows: Sequence[Outcomes], now: datetime) -> None:
    """One row for each look; a look that brought no bytes vouches for those of the look before."""
    at = moment(now)
    newest = Look.objects.aggregate(newest=Max("pk"))["newest"] or 0
    run_many(
        _LOOKED,
        [
            (
                *(row.target.account_id, at, row.seen, row.outcome.value, row.cause[:300], row.result.status),
                *((row.result.final_url or row.target.handle)[:2000], row.result.address[:60], hash_of(row)),
                *(row.result.size, row.result.took_ms, row.items, row.created, row.changed, row.gone, row.refused),
            )
            for row in rows
        ],
    )
    # Nobody else writes looks of these accounts meanwhile: their interfaces' rows are locked.
    written = dict(Look.objects.filter(pk__gt=newest).values_list("account_id", "pk"))
    for row in rows:
        row.look_id = written[row.target.account_id]


def hash_of(row: Outcomes) -> str:
    """SM3 of the bytes a look vouches for; empty where it failed without any."""
    return row.result.body_sm3 or (row.target.body_sm3 if row.seen else "")


def update_seen(rows: Collection[Outcomes], now: datetime) -> None:
    """The interfaces of accounts that were seen; targets carry what changed about them."""
    at = moment(now)
    run_many(
        _SEEN,
        [
            (
                *(at, at, row.outcome.value),
                *_next_look(row.target, now),
                *(row.target.state, row.result.etag[:500], row.result.last_modified[:100], hash_of(row)),
                *(row.target.pinned_id, row.target.pinned_title, row.target.proposed_handle),
                *(moment(row.target.oldest_item_at), row.target.seen_name),
                *(moment(row.target.seen_name_since), row.target.missing, row.target.pk),
            )
            for row in rows
        ],
    )


def _next_look(target: Target, now: datetime) -> tuple[Any, int]:
    window_s = None
    if target.oldest_item_at and target.last_post_at:
        window_s = max((target.last_post_at - target.oldest_item_at).total_seconds(), 0.0) or None
    gap_s = pacing.interval_s(now, target.last_post_at, window_s)
    return moment(pacing.after_success(now, gap_s, _chance.random())), gap_s


def update_failed(rows: Collection[Outcomes], now: datetime, *, cut_off: bool) -> None:
    """The interfaces of accounts that were not seen; a doubted one forgets what it had, to be read in full later."""
    params = []
    for row in rows:
        target, failures = row.target, row.target.failures + 1
        due = pacing.after_failure(now, failures, row.outcome, row.result.retry_at, cut_off, _chance.random())
        kept = ("", "", "") if target.doubted else (target.etag, target.last_modified, target.body_sm3)
        params.append(
            (
                *(failures, moment(target.failing_since or now), row.cause[:300], moment(now), row.outcome.value),
                *(moment(due), target.state, *kept, target.pk),
            )
        )
    run_many(_FAILED, params)


def postpone(targets: Collection[Target], now: datetime) -> None:
    """Interfaces that were not come to: due again in a few minutes, spread out."""
    params = [(moment(pacing.after_success(now, POSTPONE_S, _chance.random())), target.pk) for target in targets]
    run_many(_POSTPONED, params)


def cover(rows: Collection[Outcomes], now: datetime) -> None:
    """Extend the stretch in which each account was seen, or open a new one where the last look is too long ago."""
    looks = {row.target.account_id: row.look_id for row in rows}
    running = Coverage.objects.filter(account__in=looks, end_at__gte=now - BRIDGE).order_by("end_at", "pk")
    stretches = dict(running.values_list("account_id", "pk"))
    at = moment(now)
    run_many(_COVERED, [(at, at, look_id, stretches[key]) for key, look_id in looks.items() if key in stretches])
    Coverage.objects.bulk_create(
        [
            Coverage(account_id=account_id, start_at=now, end_at=now, first_look=look_id, last_look=look_id)
            for account_id, look_id in looks.items()
            if account_id not in stretches
        ],
        batch_size=ROWS_AT_ONCE,
    )


def mend_clock(now: datetime) -> int:
    """Bring back looks that were planned further ahead than ever happens: by a clock that has been set back since."""
    watched = Interface.objects.filter(state__in=[Interface.State.ACTIVE, Interface.State.FROZEN])
    lost = watched.filter(next_due_at__gt=now + pacing.HORIZON)
    return lost.update(next_due_at=now, claimed_until=None)


def resume_trusted(now: datetime) -> int:
    """Interfaces of accounts that a human has set free: looked at again at once, and pinned to what they show."""
    freed = Interface.objects.filter(state=Interface.State.FROZEN, account__frozen_reason="")
    return freed.update(
        state=Interface.State.ACTIVE,
        pinned_id="",
        pinned_title="",
        etag="",
        last_modified="",
        body_sm3="",
        failures=0,
        failing_since=None,
        last_outcome="",
        last_cause="",
        next_due_at=now,
    )
