"""The port to background work: what rooms call, and what every engine behind it must do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Order:
    """Work to be done: unique by (kind, key) while pending; `run_at` None means now."""

    kind: str
    key: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    run_at: datetime | None = None
    priority: int = 0
    max_attempts: int = 5


@dataclass(frozen=True, slots=True)
class Retry(Exception):
    """Raised by a handler: try again at `at`, without counting it as a failure of the handler."""

    at: datetime
    why: str = ""


class Dead(Exception):
    """Raised by a handler: this job can never succeed; keep it for a human to see."""


@dataclass(frozen=True, slots=True)
class Lease:
    """What a handler gets: the job's content, and `alive()` which extends the lease or says it was lost."""

    job_id: int
    kind: str
    key: str
    payload: Mapping[str, Any]
    attempt: int
    alive: Callable[[], bool]


Handler = Callable[[Lease, datetime], None]


@dataclass(frozen=True, slots=True)
class Every:
    """Repeated work: one job of `kind` in each slot of `period_s` seconds, whoever many workers run."""

    name: str
    period_s: int
    kind: str
    priority: int = 0


class Engine(Protocol):
    """What an engine behind the port offers. Enqueueing joins the caller's database transaction."""

    def enqueue(self, order: Order, *, now: datetime) -> bool: ...

    def enqueue_many(self, orders: list[Order], *, now: datetime) -> int: ...

    def run(self, *, once: bool = False) -> int: ...

    def sweep(self, *, now: datetime) -> int: ...

    def stats(self, *, now: datetime) -> dict[str, Any]: ...
