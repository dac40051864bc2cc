"""The loop, alone and with others, killed and stopped."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from govmedia.common.clock import now as clock
from govmedia.jobs.embedded import EmbeddedEngine
from govmedia.jobs.engine import Dead, Every, Order, Retry
from govmedia.jobs.models import Beat, Job
from govmedia.jobs.services import enqueue, enqueue_many
from govmedia.jobs.worker import Worker
from other_processes import database_for_others

SCRIPT = Path(__file__).with_name("worker_process.py")


def worker(**handlers):
    return Worker(EmbeddedEngine(), {kind.replace("_", "."): do for kind, do in handlers.items()})


def job():
    return Job.objects.values_list("state", "attempts").get()


@pytest.mark.django_db
def test_job_is_done_with_its_payload(moment):
    seen = []
    enqueue(Order("look", "a", {"ids": [1, 2]}), now=moment)
    assert worker(look=lambda lease, now: seen.append((lease.key, lease.payload, lease.alive()))).run(once=True) == 1
    assert seen == [("a", {"ids": [1, 2]}, True)]
    assert job() == ("done", 1)


@pytest.mark.django_db
def test_kind_without_handler_waits_for_a_worker_that_has_one(moment):
    enqueue(Order("unknown", "a"), now=moment)
    assert worker(look=lambda lease, now: None).run(once=True) == 0
    assert job() == ("pending", 0)


@pytest.mark.django_db
def test_poisonous_job_is_named_and_the_next_one_goes_on(moment, caplog):
    done = []

    def look(lease, now):
        if lease.key == "bad":
            raise ValueError("第 3 条读不出来")
        done.append(lease.key)

    enqueue_many([Order("look", "bad", max_attempts=1), Order("look", "good")], now=moment)
    worker(look=look).run(once=True)
    bad = Job.objects.get(key="bad")
    assert (done, bad.state) == (["good"], "dead")
    assert bad.last_error.startswith("ValueError: 第 3 条读不出来\n")
    assert "job look bad failed" in caplog.text


@pytest.mark.django_db
def test_handler_may_ask_to_try_again_or_give_up(moment, caplog):
    at = clock() + timedelta(hours=2)

    def look(lease, now):
        raise Retry(at, "稍后") if lease.key == "again" else Dead("没有这个账号")

    enqueue_many([Order("look", "again"), Order("look", "never")], now=moment)
    worker(look=look).run(once=True)
    rows = Job.objects.order_by("key").values_list("state", "attempts", "run_at", "last_error")
    assert rows[0] == ("pending", 0, at, "稍后")
    assert (rows[1][0], rows[1][3]) == ("dead", "没有这个账号")


@pytest.mark.django_db
def test_handler_that_lost_its_lease_learns_so_and_cannot_close_the_job(moment, caplog):
    engine = EmbeddedEngine()
    heard = []

    def look(lease, now):
        engine.sweep(now=clock() + timedelta(seconds=61))
        assert engine.claim(["look"], worker="two", now=clock() + timedelta(seconds=61)) is not None
        heard.append(lease.alive())

    enqueue(Order("look", "a"), now=moment)
    worker(look=look).run(once=True)
    assert heard == [False]
    assert Job.objects.values_list("state", "lease_owner").get() == ("running", "two")
    assert "taken over by another worker" in caplog.text


@pytest.mark.django_db
def test_repeated_work_beats_in_a_round(moment):
    seen = []
    every = [Every("tick", 3600, "look")]
    Worker(EmbeddedEngine(), {"look": lambda lease, now: seen.append(lease.key)}, every).run(once=True)
    assert seen == ["tick"]


@pytest.mark.django_db
@pytest.mark.django_db(transaction=True)
def test_backlog_of_two_thousand_drains(moment):
    seen = []
    enqueue_many([Order("look", str(number)) for number in range(2000)], now=moment)
    engine = EmbeddedEngine()
    while claim := engine.claim(["look"], worker="one", now=moment):
        seen.append(claim.key)
        engine.finish(claim, now=moment)
    assert sorted(map(int, seen)) == list(range(2000))
    assert seen[:3] == ["0", "1", "2"]


class Processes:
    """Worker processes on the test's own database; each job appends its key to a file, once for ever."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        self.started: list[subprocess.Popen] = []

    def start(self, *arguments: str) -> subprocess.Popen:
        environment = {**os.environ, "GOVMEDIA_DB_URL": self.url, "PYTHONPATH": os.pathsep.join(sys.path)}
        process = subprocess.Popen([sys.executable, str(SCRIPT), str(self.folder), *arguments], env=environment)
        self.started.append(process)
        return process

    def wait_for(self, name: str) -> None:
        until = time.monotonic() + 60
        while not (self.folder / name).exists():
            assert time.monotonic() < until, f"{name} never appeared"
            time.sleep(0.05)

    def effects(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("effect-*"))


@pytest.fixture
def processes(tmp_path, transactional_db):
    group = Processes(tmp_path, database_for_others(tmp_path))
    yield group
    for process in group.started:
        if process.poll() is None:
            process.kill()
        process.wait()


def test_killed_worker_loses_no_job_and_none_is_done_twice(processes):
    processes.start("order", "6").wait()
    victim = processes.start("work", "--slow", "job-3")
    processes.wait_for("slow-job-3")
    os.kill(victim.pid, signal.SIGKILL)
    victim.wait()
    assert "effect-job-3" not in processes.effects()
    processes.start("work", "--until-done", "6").wait()
    assert processes.effects() == [f"effect-job-{number}" for number in range(6)]
    assert (processes.folder / "states").read_text() == "done done done done done done"


def test_two_workers_share_the_work(processes):
    processes.start("order", "60").wait()
    pair = [processes.start("work", "--until-done", "60") for _ in range(2)]
    assert [process.wait() for process in pair] == [0, 0]
    assert len(processes.effects()) == 60
    # each effect file is created exclusively: a second one would have killed its worker's job
    assert set((processes.folder / "states").read_text().split()) == {"done"}


def test_worker_asked_to_end_finishes_the_job_at_hand(processes):
    processes.start("order", "3").wait()
    process = processes.start("work", "--slow", "job-0")
    processes.wait_for("slow-job-0")
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 0
    assert processes.effects() == []  # told so by alive(), the handler put its job back
    processes.start("work", "--until-done", "3").wait()
    assert len(processes.effects()) == 3


@pytest.mark.django_db
def test_worker_stopped_leaves_no_sign_of_life(moment):
    loop = worker(look=lambda lease, now: loop.stop())
    enqueue(Order("look", "a"), now=moment)
    loop.run()
    assert job() == ("done", 1)
    assert not Beat.objects.exists()
