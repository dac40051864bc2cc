"""The system page and the gallery."""

from datetime import timedelta

from govmedia.jobs.models import Beat, Job
from govmedia.posts.models import Outage


def test_system_page_names_dead_jobs_workers_and_outages(as_, root_admin, now):
    Beat.objects.create(worker="w-1", started_at=now, seen_at=now)
    Job.objects.create(
        kind="posts.slice", key="slice:7", state="dead", attempts=5, last_error="KeyError: <b>", run_at=now,
        created_at=now, finished_at=now,
    )  # fmt: skip
    Outage.objects.create(kind="mass", started_at=now - timedelta(hours=1))
    text = as_(root_admin).get("/desk/system/").content.decode()
    for part in ("w-1", "slice:7", "KeyError: &lt;b&gt;", "大面积查看失败", "仍在中断"):
        assert part in text
    assert "后台程序没有在运行" not in text


def _dead(now, key, state="dead"):
    return Job.objects.create(
        kind="posts.slice", key=key, state=state, attempts=5, last_error="KeyError", run_at=now, created_at=now,
        finished_at=now,
    )  # fmt: skip


def _said(answer):
    return [str(one) for one in answer.context["messages"]]


def test_dead_jobs_are_retried_from_the_page_one_by_one_and_all(as_, root_admin, now):
    browser, jobs = as_(root_admin), [_dead(now, key) for key in ("a", "b", "b", "c", "c")]
    Job.objects.create(kind="posts.slice", key="c", run_at=now, created_at=now)
    page = browser.get("/desk/system/").content.decode()
    assert "全部重新排队" in page
    assert page.count(">重新排队</button>") == 5
    answer = browser.post(f"/desk/system/jobs/{jobs[0].pk}/retry/", follow=True)
    assert _said(answer) == ["已重新排队：posts.slice a。"]
    answer = browser.post(f"/desk/system/jobs/{jobs[3].pk}/retry/", follow=True)
    assert _said(answer) == ["同样的任务已在排队，放弃的这一个已删去：posts.slice c。"]
    answer = browser.post("/desk/system/jobs/retry/", follow=True)
    assert _said(answer) == ["已重新排队 1 个任务；另有 2 个因同样的任务已在排队而删去。"]
    assert "全部重新排队" not in answer.content.decode()
    assert sorted(Job.objects.values_list("key", "state")) == [(key, "pending") for key in "abc"]


def test_dead_job_is_discarded_from_the_page_once(as_, root_admin, now):
    browser, job = as_(root_admin), _dead(now, "a")
    assert "data-confirm" in browser.get("/desk/system/").content.decode()
    for said in ("已放弃并删除：posts.slice a。", "这个任务已不在放弃之列，可能已有人先处理。"):
        assert _said(browser.post(f"/desk/system/jobs/{job.pk}/discard/", follow=True)) == [said]


def test_more_dead_jobs_than_are_listed_are_counted(as_, root_admin, now):
    for number in range(21):
        _dead(now, str(number))
    page = as_(root_admin).get("/desk/system/").content.decode()
    assert "共 21 个，只列最近 20 个" in page


def test_gallery_opens_for_anybody_logged_in(as_, chen_operator, client):
    assert as_(chen_operator).get("/desk/components/").status_code == 200
    assert client.get("/desk/components/").status_code == 302
