"""For those who run the site: is it alive, and how does it fare."""

from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from govmedia.accounts import queries as accounts
from govmedia.accounts.models import Health
from govmedia.common.clock import now
from govmedia.jobs.queries import alive_workers, stats
from govmedia.posts.queries import coverage_24h, open_outage


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """`status` is ok, degraded (no worker: pages work, nobody polls) or down (503: no database)."""
    moment = now()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        worker = alive_workers(now=moment).exists()
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "down", "worker": "unknown"}, status=503)
    return JsonResponse(
        {
            "status": "ok" if worker else "degraded",
            "database": "ok",
            "worker": "ok" if worker else "none",
            "at": moment.isoformat(),
        }
    )


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text format, version 0.0.4."""
    return HttpResponse("\n".join(_lines()) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _lines() -> Iterator[str]:
    moment = now()
    health = dict.fromkeys(Health.values, 0)
    for row in accounts.tally():
        health[row.health] += row.count
    yield from _metric(
        "govmedia_accounts", "Live accounts by health.", [({"health": k}, n) for k, n in health.items()]
    )
    share = coverage_24h(accounts.live(), now=moment)
    yield from _metric("govmedia_accounts_seen_24h", "Live accounts seen within 24 hours.", [({}, share[0])])
    ratio = share[0] / share[1] if share[1] else 1
    yield from _metric(
        "govmedia_coverage_ratio", "Share of live accounts seen within 24 hours.", [({}, round(ratio, 4))]
    )
    jobs = stats(now=moment)
    states = [({"state": key}, jobs[key]) for key in ("pending", "running", "dead")]
    yield from _metric("govmedia_jobs", "Background jobs by state.", states)
    yield from _metric(
        "govmedia_jobs_overdue_seconds", "How long the oldest due job waits.", [({}, jobs["overdue_oldest_s"])]
    )
    yield from _metric("govmedia_workers", "Workers alive.", [({}, jobs["workers"])])
    yield from _metric(
        "govmedia_outage_open", "1 while judging is paused by an outage.", [({}, int(open_outage() is not None))]
    )


def _metric(name: str, text: str, rows: list[tuple[dict[str, str], Any]]) -> Iterator[str]:
    yield f"# HELP {name} {text}"
    yield f"# TYPE {name} gauge"
    for labels, value in rows:
        inside = ",".join(f'{key}="{label}"' for key, label in labels.items())
        yield f"{name}{{{inside}}} {value}" if inside else f"{name} {value}"
