"""Looking at what is due: claim, fetch, store, batch by batch."""

import gc
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from govmedia.accounts.models import LIVE, Account
from govmedia.audit.services import Deed, record
from govmedia.common.refusals import Refused
from govmedia.connectors.errors import Outcome
from govmedia.connectors.guard import Guard
from govmedia.jobs.engine import Order
from govmedia.jobs.services import enqueue_many
from govmedia.orgs.models import User
from govmedia.orgs.rights import require
from govmedia.posts.fetching import fetch_batches
from govmedia.posts.models import Interface
from govmedia.posts.queries import due_interfaces
from govmedia.posts.services.rounds import store_batch
from govmedia.posts.services.watching import Outcomes, mend_clock, resume_trusted
from govmedia.posts.targets import claim_due

SLICE = 200
SLICES_AHEAD = 8
BATCH = 500
COLLECT_AFTER = 50_000
# A person in a hurry may ask again after this.
BETWEEN_LOOKS = timedelta(seconds=30)
HURRIED_AT_ONCE = 500
SLICE_KIND = "posts.slice"


@dataclass(slots=True)
class PollReport:
    """What a round came to; `account_ids` are those looked at, seen or not. `postponed` were not come to."""

    looked: int = 0
    seen: int = 0
    created: int = 0
    edited: int = 0
    gone: int = 0
    frozen: int = 0
    postponed: int = 0
    account_ids: list[int] = field(default_factory=list)

    @property
    def failed(self) -> int:
        return self.looked - self.seen

    @property
    def text(self) -> str:
        """One Chinese line for the terminal."""
        if not self.looked:
            return "没有到期的账号。"
        parts = [f"查看 {self.looked} 个账号，看到 {self.seen} 个，新内容 {self.created} 条"]
        more = (("改动", self.edited, "条"), ("删除", self.gone, "条"), ("冻结", self.frozen, "个"))
        parts += [f"{word} {number} {unit}" for word, number, unit in more if number]
        return "，".join(parts) + "。"

    def add(self, rows: list[Outcomes]) -> None:
        self.looked += len(rows)
        for row in rows:
            self.seen += row.seen
            self.created += row.created
            self.edited += row.changed
            self.gone += row.gone
            self.frozen += row.outcome == Outcome.wrong_feed
            self.account_ids.append(row.target.account_id)


def poll_due(*, now: datetime, limit: int = SLICE, go_on: Callable[[], bool] = lambda: True) -> PollReport:
    """Look at up to `limit` interfaces that are due, longest due first, and store what they show.

    Safe to kill at any moment: each batch is stored whole or not at all, and what was claimed comes free by itself.
    `go_on` is asked between batches (a job's lease); False leaves the rest due.
    """
    report = PollReport()
    resume_trusted(now)
    targets = claim_due(now=now, limit=limit)
    if not targets:
        return report
    guard = Guard(settings.FETCH_ALLOW)
    with _seldom_collecting():
        for batch in fetch_batches(targets, guard=guard, now=now, size=BATCH, go_on=go_on):
            rows = store_batch(batch, now=now)
            report.add(rows)
            report.postponed += sum(result is None for _, result in batch)
    return report


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """A round makes and drops objects by the million, hardly any in cycles; looking for these took a tenth of it."""
    before = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@transaction.atomic
def plan_slices(*, now: datetime) -> int:
    """Order the jobs that look at what is due; returns how many are new. Few at a time: each takes what it finds."""
    mend_clock(now)
    resume_trusted(now)
    due = due_interfaces(now=now)[: SLICE * SLICES_AHEAD].count()
    slices = -(-due // SLICE)
    return enqueue_many([Order(SLICE_KIND, f"slice:{number}") for number in range(slices)], now=now)


@transaction.atomic
def look_now(*, account: Account, by: User | None, now: datetime) -> None:
    """Have an account looked at as soon as possible.

    Errors: NoRight; Refused where there is nothing to look at, or where it was looked at a moment ago.
    """
    require(by, "account.look", division=account.division_id, organisation=account.organisation_id)
    interface = Interface.objects.select_for_update().filter(account=account).first()
    if interface is None:
        raise Refused("这个账号没有数据接口，无法查看。请先通过变更备案补上接口地址。")
    if interface.state == Interface.State.STOPPED or account.status not in LIVE:
        raise Refused("这个账号已停止查看。")
    if interface.last_look_at and now - interface.last_look_at < BETWEEN_LOOKS:
        raise Refused("刚刚查看过，请过半分钟再试。")
    Interface.objects.filter(pk=interface.pk).update(next_due_at=now, claimed_until=None, claim_no=F("claim_no") + 1)
    enqueue_many([Order(SLICE_KIND, "slice:0", priority=5)], now=now)
    deed = Deed("interface.look", f"account:{account.code}", account.name, division=account.division_id)
    record(deed, by=by, now=now)


def hurry(*, account_ids: Collection[int], now: datetime) -> int:
    """Have accounts looked at in the next rounds, out of their turn; returns how many.

    Those looked at a moment ago, and those under way, are left to their own time.
    """
    waiting = Interface.objects.filter(state=Interface.State.ACTIVE, next_due_at__gt=now)
    waiting = waiting.exclude(last_look_at__gt=now - BETWEEN_LOOKS)
    keys = sorted(set(account_ids))
    parts = (keys[start : start + HURRIED_AT_ONCE] for start in range(0, len(keys), HURRIED_AT_ONCE))
    return sum(waiting.filter(account__in=part).update(next_due_at=now) for part in parts)
