"""What is done about jobs that were given up."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from govmedia.audit.models import Entry
from govmedia.common.refusals import WrongState
from govmedia.jobs import services
from govmedia.jobs.models import Job
from govmedia.jobs.services import Retried

pytestmark = pytest.mark.django_db


@pytest.fixture
def dead(moment):
    return _job(moment)


def _job(moment, key="slice:7", state="dead", **values):
    values = {"payload": {"first": 7}, "attempts": 5, "last_error": "KeyError: 7", "finished_at": moment} | values
    return Job.objects.create(kind="posts.slice", key=key, state=state, run_at=moment, created_at=moment, **values)


def jobs():
    return sorted(Job.objects.values_list("key", "state", "attempts"))


def entries():
    return list(Entry.objects.order_by("seq").values_list("verb", "subject", "label", "before", "after", "actor"))


def test_dead_job_that_is_retried_begins_anew_and_leaves_a_trace(dead, root_admin, moment):
    later = moment + timedelta(hours=1)
    assert services.retry(job_id=dead.pk, by=root_admin, now=later) == Retried(1, 0, "posts.slice slice:7")
    job = Job.objects.get()
    assert (job.state, job.attempts, job.run_at, job.finished_at, job.payload) == (
        "pending", 0, later, None, {"first": 7},
    )  # fmt: skip
    assert services._engine.claim(["posts.slice"], worker="one", now=later).attempt == 1
    before = {"state": "dead", "attempts": 5, "last_error": "KeyError: 7", "payload": {"first": 7}}
    assert entries() == [
        ("job.retry", f"job:{dead.pk}", "posts.slice slice:7", before, {"state": "pending"}, "root")
    ]  # fmt: skip


def test_dead_job_whose_twin_waits_is_only_dropped(dead, root_admin, moment):
    waiting = _job(moment, state="pending", attempts=0)
    assert services.retry(job_id=dead.pk, by=root_admin, now=moment) == Retried(0, 1, "posts.slice slice:7")
    assert list(Job.objects.all()) == [waiting]
    assert [(verb, after) for verb, _, _, _, after, _ in entries()] == [("job.retry", {"dropped": 1})]


def test_dead_job_whose_twin_runs_waits_for_it(dead, root_admin, moment):
    _job(moment, state="running", attempts=1, lease_until=moment + timedelta(minutes=1))
    assert services.retry(job_id=dead.pk, by=root_admin, now=moment).pending == 1
    assert jobs() == [("slice:7", "pending", 0), ("slice:7", "running", 1)]


def test_all_dead_jobs_are_retried_once_for_each_key(root_admin, moment):
    old = [_job(moment, "a"), _job(moment, "a"), _job(moment, "b"), _job(moment, "c")]
    _job(moment, "b", "pending", attempts=0)
    _job(moment, "d", "done", attempts=1)
    assert services.retry_all(by=root_admin, now=moment) == Retried(2, 2)
    assert jobs() == [("a", "pending", 0), ("b", "pending", 0), ("c", "pending", 0), ("d", "done", 1)]
    assert Job.objects.get(key="a").pk == old[1].pk
    assert [(verb, subject, after) for verb, subject, _, _, after, _ in entries()] == [
        ("job.retry", f"job:{old[1].pk}", {"state": "pending", "dropped": 1}),
        ("job.retry", f"job:{old[2].pk}", {"dropped": 1}),
        ("job.retry", f"job:{old[3].pk}", {"state": "pending"}),
    ]
    assert services.retry_all(by=root_admin, now=moment) == Retried(0, 0)


def test_retrying_all_takes_no_more_statements_for_more_of_a_key(root_admin, moment):
    services.retry_all(by=root_admin, now=moment)
    counts = []
    for number in (2, 30):
        Job.objects.all().delete()
        for _ in range(number):
            _job(moment)
        with CaptureQueriesContext(connection) as caught:
            assert services.retry_all(by=root_admin, now=moment) == Retried(1, number - 1)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 13


def test_discarded_job_is_gone_and_the_log_says_what_it_was(dead, root_admin, moment):
    services.discard(job_id=dead.pk, by=root_admin, now=moment)
    assert not Job.objects.exists()
    before = {"state": "dead", "attempts": 5, "last_error": "KeyError: 7", "payload": {"first": 7}}
    assert entries() == [("job.discard", f"job:{dead.pk}", "posts.slice slice:7", before, {}, "root")]


@pytest.mark.parametrize("state", ["pending", "running", "done", "gone"])
@pytest.mark.parametrize("deed", [services.retry, services.discard])
def test_job_that_is_not_dead_is_left_alone(deed, state, root_admin, moment):
    key = 0 if state == "gone" else _job(moment, state=state).pk
    with pytest.raises(WrongState):
        deed(job_id=key, by=root_admin, now=moment)
    assert [row[1] for row in jobs()] == ([] if state == "gone" else [state])
    assert not Entry.objects.exists()
