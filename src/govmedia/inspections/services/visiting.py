"""Opening what posts show and lead to, a little at a time, and keeping what was found there."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from govmedia.common.clock import day_of
from govmedia.connectors.documents import post_from_document
from govmedia.connectors.errors import Outcome as Answer
from govmedia.connectors.errors import Trouble
from govmedia.connectors.guard import Guard
from govmedia.connectors.http import Reply, retry_after
from govmedia.connectors.opening import OF_A_HOST, PAGES, PER_RUN, PICTURES, a_few, fetch_all, for_a_run
from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.pictures import PictureError, can_read_text, read_picture
from govmedia.engine.content.reading import PostError
from govmedia.inspections import beyond
from govmedia.inspections.models import Target
from govmedia.inspections.program import program
from govmedia.inspections.services.targets import found_anew
from govmedia.posts.models import Post
from govmedia.posts.queries import may_open

# Reading text takes seconds a picture.
PICTURES_READ = 4
# Nobody else opens what is claimed; a worker that was killed leaves it due after this.
CLAIM = timedelta(minutes=15)
RETRY_AFTER = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))
# Domains change hands: a page is opened again so long after its first and second visit.
AGAIN_AFTER = (timedelta(days=30), timedelta(days=60))
# What was not opened within this is old news.
WAIT_MOST = timedelta(days=7)
KEEP_UNUSED = timedelta(days=30)
TEXT_KEPT = 4000
_HTML = ("text/html", "application/xhtml+xml")
_HOUR = timedelta(hours=1)
_UNFIT = frozenset({Answer.too_large, Answer.parse_error, Answer.bad_redirect})
Outcome, Kind = Target.Outcome, Target.Kind

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Visited:
    """What a run came to."""

    opened: int = 0
    seen: int = 0
    found: int = 0


def visit_due(*, now: datetime, go_on: Callable[[], bool] = lambda: True) -> Visited:
    """Open some of what is due, at most so many an hour of a host, see `may_open`."""
    report = Visited()
    if not may_open():
        return report
    guard, go_on = Guard(settings.FETCH_ALLOW), for_a_run(go_on)
    for some in a_few(_claim(now), go_on):
        answers: dict[int, Reply | Trouble] = {}
        for kind, limits in ((Kind.PICTURE, PICTURES), (Kind.PAGE, PAGES)):
            answers |= fetch_all({one.pk: one.url for one in some if one.kind == kind}, limits, guard)
        for target in some:
            _keep(target, answers[target.pk], now, go_on)
            report.opened += 1
            report.seen += target.outcome == Outcome.OK
            report.found += len(target.found)
    return report


def _keep(target: Target, answer: Reply | Trouble, now: datetime, go_on: Callable[[], bool]) -> None:
    """Store what came of a target; one that breaks its reader is set aside with the error's name."""
    try:
        with transaction.atomic():
            _store(target, answer, now, go_on)
    except Exception as error:
        logger.exception("target %s", target.pk)
        target.outcome, target.cause = Outcome.UNFIT, f"读取时程序出错（{type(error).__name__}）。"
        columns = {"outcome": target.outcome, "cause": target.cause, "looked_at": now, "due_at": None}
        Target.objects.filter(pk=target.pk).update(**columns)


def prune_targets(*, now: datetime) -> int:
    """Give up what waited too long, and forget what no post uses and no hit names; returns how many were given up."""
    waiting = Target.objects.filter(visits=0, due_at__isnull=False, first_seen_at__lt=now - WAIT_MOST)
    left = waiting.update(due_at=None, outcome=Outcome.LEFT)
    unused = Target.objects.filter(uses=None, hits=None, first_seen_at__lt=now - KEEP_UNUSED)
    unused.delete()
    return left


@transaction.atomic
def _claim(now: datetime) -> list[Target]:
    """Some targets that are due, longest due first, and of each host no more than its hour has left."""
    lately = Target.objects.filter(looked_at__gt=now - _HOUR).order_by().values("host").annotate(number=Count("pk"))
    used = Counter(dict(lately.values_list("host", "number")))
    most = settings.TARGETS_PER_HOUR
    due = Target.objects.filter(due_at__lte=now).exclude(host__in=[host for host in used if used[host] >= most])
    taken: list[Target] = []
    of_host: Counter[str] = Counter()
    pictures = 0
    for target in due.select_for_update(skip_locked=True).order_by("due_at", "pk")[: PER_RUN * 5]:
        room = min(OF_A_HOST, most - used[target.host]) > of_host[target.host]
        if not room or (target.kind == Kind.PICTURE and can_read_text() and pictures == PICTURES_READ):
            continue
        of_host[target.host] += 1
        pictures += target.kind == Kind.PICTURE
        taken.append(target)
        if len(taken) == PER_RUN:
            break
    Target.objects.filter(pk__in=[target.pk for target in taken]).update(due_at=now + CLAIM)
    return taken


def _store(target: Target, answer: Reply | Trouble, now: datetime, go_on: Callable[[], bool]) -> None:
    target.looked_at = now
    target.outcome, target.cause = _outcome(answer)
    use = target.uses.select_related("post__account").exclude(post__state=Post.State.GONE).order_by("pk").first()
    if target.outcome != Outcome.TROUBLE:
        target.found = []
    if use is not None and target.outcome == Outcome.OK and isinstance(answer, Reply):
        try:
            _look(target, answer, program(day_of(now)).inspector, use.post.account.division_id, go_on)
        except (PictureError, PostError) as why:
            target.outcome, target.cause = Outcome.UNFIT, str(why)[:300]
    _plan(target, answer, now)
    if use is None:
        target.due_at = None
    target.save()
    found_anew(target, now=now)


def _outcome(answer: Reply | Trouble) -> tuple[str, str]:
    if isinstance(answer, Trouble):
        if answer.outcome == Answer.refused_address:
            return Outcome.REFUSED, answer.cause[:300]
        return (Outcome.UNFIT if answer.outcome in _UNFIT else Outcome.TROUBLE), answer.cause[:300]
    if answer.status in (404, 410):
        return Outcome.GONE, f"对方说没有这个地址（{answer.status}）。"
    if answer.status == 429 or answer.status >= 500:
        return Outcome.TROUBLE, f"对方暂时不可用（{answer.status}）。"
    return (Outcome.OK, "") if answer.status == 200 else (Outcome.UNFIT, f"对方没有给出内容（{answer.status}）。")


def _look(target: Target, reply: Reply, inspector: Inspector, division: str, go_on: Callable[[], bool]) -> None:
    target.found = []
    if target.kind == Kind.PICTURE:
        said = read_picture(reply.body, go_on=go_on)
        target.text, target.codes = said.text[:TEXT_KEPT], [code.payload[:500] for code in said.codes]
        target.found = beyond.of_picture(said, division=division, inspector=inspector)
        return
    if not reply.headers.get("Content-Type", "").lower().startswith(_HTML):
        target.outcome, target.cause = Outcome.UNFIT, "对方给出的不是网页。"
        return
    page = post_from_document(target.url, reply.body, "html")
    target.title = page.title[:200]
    target.found = beyond.of_page(page.title, page.text, division=division, inspector=inspector)


def _plan(target: Target, answer: Reply | Trouble, now: datetime) -> None:
    """When it is opened again, if at all."""
    target.due_at = None
    if target.outcome == Outcome.TROUBLE:
        if target.failures < len(RETRY_AFTER):
            asked = retry_after(answer.headers.get("Retry-After", ""), now) if isinstance(answer, Reply) else None
            target.due_at = max(now + RETRY_AFTER[target.failures], asked or now)
        target.failures += 1
        return
    target.failures = 0
    target.visits += 1
    if target.kind == Kind.PAGE and target.outcome == Outcome.OK and target.visits <= len(AGAIN_AFTER):
        target.due_at = now + AGAIN_AFTER[target.visits - 1]
