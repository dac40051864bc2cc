"""Posts inspected anew when the checks have changed: a new release, or a table file put in the data folder.

What counts in a verdict that is still to come is read again, this quarter's and the last one's posts, behind what is
new. Words that people add on the desk have their own rescan.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Min

from govmedia.common import installation
from govmedia.common.clock import day_of
from govmedia.engine.calendar import quarter_before, quarter_of, quarter_range
from govmedia.inspections.program import program
from govmedia.inspections.services.inspecting import Report, inspect_posts
from govmedia.posts.models import Post

# How far the reading has come: {"checks": by which checks, "at": key read up to, "to": last key}.
RENEWAL = "inspections.renewal"
STEP = 200


def renew_due(*, now: datetime, limit: int = 1000, go_on: Callable[[], bool] = lambda: True) -> Report:
    """Read on, at most `limit` posts, while `go_on` says so."""
    report = Report(accounts=set())
    today = day_of(now)
    checks = program(today).checks
    while report.posts < limit and go_on():
        with transaction.atomic():
            kept = installation.read(RENEWAL)
            if kept is None or kept["checks"] != checks:
                # An installation that has just been set up has nothing that older checks have read.
                kept = {"checks": checks, **(_stretch(today) if kept else {"at": 0, "to": 0})}
                installation.write(RENEWAL, kept)
            ids = _next(kept["at"], kept["to"], checks, today)
            if not ids:
                # Nothing of the stretch is left; the next look need not go through it again.
                if kept["at"] < kept["to"]:
                    installation.write(RENEWAL, {**kept, "at": kept["to"]})
                break
            done = inspect_posts(post_ids=ids, now=now)
            installation.write(RENEWAL, {**kept, "at": ids[-1]})
        report.add(done)
    return report


def _first_day(today: date) -> date:
    return quarter_range(*quarter_before(*quarter_of(today)))[0]


def _stretch(today: date) -> dict[str, int]:
    """The keys of the posts that still count, as the stretch that is read."""
    edges = Post.objects.filter(counts_on__gte=_first_day(today)).aggregate(first=Min("pk"), last=Max("pk"))
    return {"at": (edges["first"] or 1) - 1, "to": edges["last"] or 0}


def _next(at: int, to: int, checks: str, today: date) -> list[int]:
    rows = Post.objects.filter(pk__gt=at, pk__lte=to, counts_on__gte=_first_day(today)).exclude(
        inspected__checks=checks
    )
    return list(rows.order_by("pk").values_list("pk", flat=True)[:STEP])
