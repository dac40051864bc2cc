"""The contract that every engine behind the port keeps, tried on the embedded one."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from govmedia.jobs.embedded import EmbeddedEngine, backoff_s
from govmedia.jobs.engine import Every, Order
from govmedia.jobs.models import Beat, Job, Period

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine():
    return EmbeddedEngine(lease_s=60)


def claim(engine, now, worker="one"):
    return engine.claim(["look"], worker=worker, now=now)


def states():
    return sorted(Job.objects.values_list("key", "state"))


def test_order_pending_already_is_taken_once(engine, moment):
    assert engine.enqueue(Order("look", "a"), now=moment)
    assert not engine.enqueue(Order("look", "a"), now=moment)
    assert engine.enqueue_many([Order("look", "b"), Order("look", "b"), Order("look", "a")], now=moment) == 1
    assert states() == [("a", "pending"), ("b", "pending")]


def test_order_is_gone_when_its_transaction_fails(engine, moment):
    with pytest.raises(RuntimeError), transaction.atomic():
        engine.enqueue(Order("look", "a"), now=moment)
        raise RuntimeError
    assert not Job.objects.exists()


def test_same_key_may_wait_while_one_runs_but_not_run_beside_it(engine, moment):
    engine.enqueue(Order("look", "a"), now=moment)
    first = claim(engine, moment)
    assert engine.enqueue(Order("look", "a"), now=moment)
    assert claim(engine, moment, "two") is None
    engine.finish(first, now=moment)
    assert claim(engine, moment, "two") is not None


def test_most_urgent_due_job_comes_first(engine, moment):
    late = Order("look", "late", run_at=moment + timedelta(minutes=1), priority=9)
    engine.enqueue_many([Order("look", "a"), late, Order("look", "b", priority=5), Order("other", "c")], now=moment)
    keys = [claim(engine, moment).key, claim(engine, moment).key]
    assert keys == ["b", "a"]
    assert claim(engine, moment) is None


def test_late_worker_is_fenced_off(engine, moment):
    engine.enqueue(Order("look", "a"), now=moment)
    slow = claim(engine, moment)
    later = moment + timedelta(seconds=61)
    assert engine.sweep(now=later) == 1
    quick = claim(engine, later, "two")
    assert not engine.extend(slow, now=later)
    assert not engine.finish(slow, now=later)
    assert not engine.fail(slow, error="too late", now=later)
    assert states() == [("a", "running")]
    assert engine.finish(quick, now=later)
    assert states() == [("a", "done")]


def test_lease_that_is_extended_is_not_swept(engine, moment):
    engine.enqueue(Order("look", "a"), now=moment)
    held = claim(engine, moment)
    assert engine.extend(held, now=moment + timedelta(seconds=50))
    assert engine.sweep(now=moment + timedelta(seconds=100)) == 0


def test_failure_waits_longer_each_time_and_ends_dead_with_its_name(engine, moment):
    engine.enqueue(Order("look", "a", max_attempts=3), now=moment)
    now, gaps = moment, []
    for _ in range(3):
        held = claim(engine, now)
        assert engine.fail(held, error="ValueError: 第 7 条\x00", now=now)
        job = Job.objects.get()
        gaps.append((job.run_at - now).total_seconds())
        now = max(now, job.run_at)
    assert gaps[1] > gaps[0] > 0
    assert (job.state, job.attempts, job.last_error) == ("dead", 3, "ValueError: 第 7 条\ufffd")
    assert claim(engine, now + timedelta(days=1)) is None


def test_worker_that_dies_each_time_leaves_a_dead_job(engine, moment):
    engine.enqueue(Order("look", "a", max_attempts=2), now=moment)
    for number in range(2):
        now = moment + timedelta(minutes=5 * number)
        assert claim(engine, now) is not None
        engine.sweep(now=now + timedelta(seconds=61))
    job = Job.objects.get()
    assert (job.state, job.attempts) == ("dead", 2)
    assert "one" in job.last_error


def test_putting_back_is_no_failure(engine, moment):
    engine.enqueue(Order("look", "a"), now=moment)
    at = moment + timedelta(minutes=3)
    assert engine.put_back(claim(engine, moment), at=at, why="对方请求稍后再来", now=moment)
    job = Job.objects.get()
    assert (job.state, job.attempts, job.run_at, job.last_error) == ("pending", 0, at, "对方请求稍后再来")


@pytest.mark.parametrize("way", ["fail", "sweep", "put_back"])
def test_coming_back_beside_a_waiting_twin_leaves_one(engine, moment, way):
    engine.enqueue(Order("look", "a"), now=moment)
    held = claim(engine, moment)
    engine.enqueue(Order("look", "a"), now=moment)
    if way == "fail":
        engine.fail(held, error="no", now=moment)
    elif way == "put_back":
        engine.put_back(held, at=moment, why="", now=moment)
    else:
        engine.sweep(now=moment + timedelta(seconds=61))
    assert states() == [("a", "done"), ("a", "pending")]


def test_clock_set_back_delays_a_dead_workers_job_by_no_more_than_a_lease(engine, moment):
    engine.enqueue(Order("look", "a"), now=moment)
    claim(engine, moment)
    back = moment - timedelta(days=30)
    assert engine.sweep(now=back) == 0
    assert engine.sweep(now=back + timedelta(seconds=61)) == 1


def test_clock_set_back_lets_jobs_ordered_for_at_once_run_at_once(engine, moment):
    engine.enqueue(Order("look", "a"), now=moment)
    engine.enqueue(Order("look", "b", run_at=moment + timedelta(minutes=5)), now=moment)
    back = moment - timedelta(days=30)
    engine.sweep(now=back)
    assert claim(engine, back).key == "a"
    assert claim(engine, back) is None


def test_slots_beat_once_for_all_workers(engine, moment):
    every = [Every("tick", 10, "look"), Every("tidy", 3600, "tidy")]
    assert engine.enqueue_slots(every, now=moment) == 2
    assert EmbeddedEngine().enqueue_slots(every, now=moment + timedelta(seconds=5)) == 0
    engine.finish(claim(engine, moment), now=moment)
    assert engine.enqueue_slots(every, now=moment + timedelta(seconds=10)) == 1
    # another worker's clock is a little behind
    assert engine.enqueue_slots(every, now=moment + timedelta(seconds=9)) == 0


def test_slots_go_on_after_the_clock_is_set_back(engine, moment):
    every = [Every("tick", 10, "look")]
    engine.enqueue_slots(every, now=moment)
    engine.finish(claim(engine, moment), now=moment)
    assert engine.enqueue_slots(every, now=moment - timedelta(days=30)) == 1


def test_slots_missed_are_made_up_for_once(engine, moment):
    every = [Every("tick", 10, "look")]
    engine.enqueue_slots(every, now=moment)
    assert engine.enqueue_slots(every, now=moment + timedelta(hours=5)) == 0  # the first is pending still
    assert Job.objects.count() == 1
    assert Period.objects.count() == 1


def test_done_jobs_are_forgotten_after_three_days_and_dead_ones_kept(engine, moment):
    engine.enqueue_many([Order("look", "a"), Order("look", "b")], now=moment)
    engine.finish(claim(engine, moment), now=moment)
    engine.bury(claim(engine, moment), error="never", now=moment)
    assert engine.clear_done(now=moment + timedelta(days=2)) == 0
    assert engine.clear_done(now=moment + timedelta(days=4)) == 1
    assert states() == [("b", "dead")]


def test_signs_of_life_are_kept_for_a_day(engine, moment):
    engine.beat("one", now=moment)
    engine.beat("one", now=moment + timedelta(hours=2))
    engine.beat("two", now=moment + timedelta(days=1, hours=3))
    engine.sweep(now=moment + timedelta(days=1, hours=3))
    assert list(Beat.objects.values_list("worker", flat=True)) == ["two"]


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_backoff_stays_within_its_bounds(attempt, chance):
    gap = backoff_s(attempt, chance)
    assert 3.9 < gap < 4321
    assert gap <= backoff_s(attempt, 1)
