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


def test_gallery_opens_for_anybody_logged_in(as_, chen_operator, client):
    assert as_(chen_operator).get("/desk/components/").status_code == 200
    assert client.get("/desk/components/").status_code == 302
