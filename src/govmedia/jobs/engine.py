"""The port to background work: what rooms call, and what every engine behind it must do."""

from collections.abc import Callable, Collection, Mapping, Sequence
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


class Retry(Exception):
    """Raised by a handler: try again at `at`, without counting it as a failure of the handler."""

    def __init__(self, at: datetime, why: str = "") -> None:
        super().__init__(why)
        self.at = at
        self.why = why


class Dead(Exception):
    """Raised by a handler: this job can never succeed; keep it for a human to see."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that a worker holds. `lease_no` proves it: whoever comes with an older one is turned away."""

    job_id: int
    kind: str
    key: str
    payload: Mapping[str, Any]
    attempt: int
    max_attempts: int
    lease_no: int


@dataclass(frozen=True, slots=True)
class Lease:
    """What a handler gets: the job's content, and `alive()`: False means stop soon, the rest is done again later.

    It turns False when the lease was lost to another worker or when the worker is asked to end. Everything a
    handler does must be safe to do twice: a worker may be killed between the work and its acknowledgement.
    """

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
    """What an engine behind the port offers. Enqueueing joins the caller's database transaction.

    `extend`, `finish`, `put_back`, `fail` and `bury` return False where the lease was lost, and then change nothing.
    """

    lease_s: int

    def enqueue(self, order: Order, *, now: datetime) -> bool: ...

    def enqueue_many(self, orders: Sequence[Order], *, now: datetime) -> int: ...

    def enqueue_slots(self, every: Sequence[Every], *, now: datetime) -> int: ...

    def claim(self, kinds: Collection[str], *, worker: str, now: datetime) -> Claim | None: ...

    def extend(self, claim: Claim, *, now: datetime) -> bool: ...

    def finish(self, claim: Claim, *, now: datetime) -> bool: ...

    def put_back(self, claim: Claim, *, at: datetime, why: str, now: datetime) -> bool: ...

    def fail(self, claim: Claim, *, error: str, now: datetime) -> bool: ...

    def bury(self, claim: Claim, *, error: str, now: datetime) -> bool: ...

    def sweep(self, *, now: datetime) -> int: ...

    def beat(self, worker: str, *, now: datetime) -> None: ...

    def leave(self, worker: str) -> None: ...
