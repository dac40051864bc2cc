"""What rooms call to have work done in the background."""

from collections.abc import Sequence
from datetime import datetime

from govmedia.jobs.embedded import EmbeddedEngine
from govmedia.jobs.engine import Order

_engine = EmbeddedEngine()


def enqueue(order: Order, *, now: datetime) -> bool:
    """Have one piece of work done; False where the same (kind, key) is pending already.

    Joins the caller's transaction: the job exists if and only if the writes around it do.
    """
    return _engine.enqueue(order, now=now)


def enqueue_many(orders: Sequence[Order], *, now: datetime) -> int:
    """Have many pieces of work done, in one statement; returns how many were not pending already."""
    return _engine.enqueue_many(orders, now=now)


def clear_done(*, now: datetime) -> int:
    """Forget jobs that were done more than three days ago; returns how many."""
    return _engine.clear_done(now=now)
