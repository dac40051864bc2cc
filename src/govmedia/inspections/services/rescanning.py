"""The archive read anew for a term that came into force: the posts that hold the word are inspected again."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from govmedia.inspections.services.inspecting import inspect_posts
from govmedia.lexicons.models import Rescan
from govmedia.lexicons.queries import unfinished
from govmedia.lexicons.services import advance
from govmedia.orgs.rights import subtree
from govmedia.posts.models import Post

# Keys read in one step; a step is one transaction, so that a killed worker repeats no more than one.
STEP = 5000


def rescan_due(*, now: datetime, go_on: Callable[[], bool] = lambda: True) -> set[int]:
    """Go on with the rescans that wait, longest waiting first; returns the accounts with something new."""
    touched: set[int] = set()
    while go_on():
        rescan = unfinished()
        if rescan is None:
            break
        with transaction.atomic():
            touched |= _step(rescan, now)
    return touched


def _step(rescan: Rescan, now: datetime) -> set[int]:
    last = min(rescan.at_post + STEP, rescan.to_post)
    first_division, after_division = subtree(rescan.term.division_id)
    word = rescan.term.term
    rows = Post.objects.filter(
        Q(text__contains=word) | Q(title__contains=word),
        pk__gt=rescan.at_post,
        pk__lte=last,
        account__division__gte=first_division,
        account__division__lt=after_division,
    )
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    report = inspect_posts(post_ids=ids, now=now)
    advance(rescan=rescan, at_post=last, looked=len(ids), found=report.found, now=now)
    return report.accounts or set()
