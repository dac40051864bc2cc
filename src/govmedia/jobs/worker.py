"""The worker's loop: beat, sweep, claim, do, acknowledge; whatever goes wrong is logged and the loop goes on."""

import logging
import os
import signal
import socket
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from types import FrameType

from django.db import DatabaseError, close_old_connections, connection

from govmedia.common.clock import now
from govmedia.jobs.engine import Claim, Dead, Engine, Every, Handler, Lease, Retry

IDLE_S = 0.5
CARE_S = 10.0
LONGEST_PAUSE_S = 30.0
LONGEST_RUN_S = 30 * 60
log = logging.getLogger(__name__)


class Worker:
    """Does the jobs of the kinds it has handlers for, one at a time; several may run side by side.

    `every` is enqueued slot by slot. `name` must differ between living workers; by default machine and process.
    """

    def __init__(
        self, engine: Engine, handlers: Mapping[str, Handler], every: Sequence[Every] = (), *, name: str = ""
    ) -> None:
        self._engine = engine
        self._handlers = dict(handlers)
        self._every = tuple(every)
        self.name = name or f"{socket.gethostname()[:50]}:{os.getpid()}"
        self._stopping = False
        self._cared_s = -CARE_S

    def run(self, *, once: bool = False) -> int:
        """Work until stopped (SIGTERM or SIGINT: the job at hand is ended first); `once`: until nothing is due.

        Returns how many jobs were taken up.
        """
        self._listen()
        done, pause_s = 0, IDLE_S
        while not self._stopping:
            try:
                worked = self._turn()
                pause_s = IDLE_S
            except Exception:
                log.exception("the worker could not reach its jobs")
                close_old_connections()
                if once:
                    raise
                worked, pause_s = False, min(pause_s * 2, LONGEST_PAUSE_S)
            done += worked
            if not worked:
                if once:
                    break
                self._rest(pause_s)
        if not once:
            self._engine.leave(self.name)
        return done

    def stop(self) -> None:
        """End after the job at hand."""
        self._stopping = True

    def _listen(self) -> None:
        if threading.current_thread() is not threading.main_thread():
            return
        signal.signal(signal.SIGTERM, self._asked_to_end)
        # A parent that deals with Ctrl-C itself has switched it off for its children.
        if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, self._asked_to_end)

    def _asked_to_end(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _rest(self, pause_s: float) -> None:
        until = time.monotonic() + pause_s
        while not self._stopping and time.monotonic() < until:
            time.sleep(min(0.25, pause_s))

    def _turn(self) -> bool:
        """Do one job if one is due."""
        if time.monotonic() - self._cared_s >= CARE_S:
            self._engine.beat(self.name, now=now())
            self._engine.sweep(now=now())
            self._cared_s = time.monotonic()
        self._engine.enqueue_slots(self._every, now=now())
        claim = self._engine.claim(self._handlers, worker=self.name, now=now())
        if claim is None:
            return False
        self._do(claim)
        # Inside somebody's transaction the connection is not ours to end.
        if not connection.in_atomic_block:
            close_old_connections()
        return True

    def _do(self, claim: Claim) -> None:
        lease = Lease(claim.job_id, claim.kind, claim.key, claim.payload, claim.attempt, lambda: self._alive(claim))
        try:
            with _Heartbeat(self._engine, claim, self.name):
                self._handlers[claim.kind](lease, now())
        except Retry as why:
            held = self._engine.put_back(claim, at=why.at, why=why.why, now=now())
        except Dead as why:
            log.error("job %s %s given up: %s", claim.kind, claim.key, why)
            held = self._engine.bury(claim, error=str(why), now=now())
        except Exception as why:
            log.exception("job %s %s failed, attempt %d", claim.kind, claim.key, claim.attempt)
            held = self._engine.fail(claim, error=_told(why), now=now())
        else:
            held = self._engine.finish(claim, now=now())
        if not held:
            log.warning("job %s %s was taken over by another worker meanwhile", claim.kind, claim.key)

    def _alive(self, claim: Claim) -> bool:
        return not self._stopping and self._engine.extend(claim, now=now())


class _Heartbeat:
    """Extends a lease from a thread of its own while a handler is busy, but not for ever: a stuck one loses it."""

    def __init__(self, engine: Engine, claim: Claim, worker: str) -> None:
        self._engine = engine
        self._claim = claim
        self._worker = worker
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *problem: object) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        gap_s = self._engine.lease_s / 3
        until = time.monotonic() + LONGEST_RUN_S
        beaten = False
        while not self._over.wait(gap_s) and time.monotonic() < until:
            beaten = True
            try:
                if not self._engine.extend(self._claim, now=now()):
                    break
                self._engine.beat(self._worker, now=now())
            except DatabaseError:
                log.warning("no heartbeat for job %s %s", self._claim.kind, self._claim.key, exc_info=True)
        if beaten:
            connection.close()


def _told(why: Exception) -> str:
    """The error with the last places it came through, the message first."""
    places = traceback.extract_tb(why.__traceback__)[-6:]
    steps = "".join(f"\n  {place.filename}:{place.lineno} {place.name}" for place in reversed(places))
    return f"{type(why).__name__}: {why}{steps}"
