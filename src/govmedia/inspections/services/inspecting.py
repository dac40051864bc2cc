"""Posts as they come in are inspected, and their hits kept: what is new, what was cured, what people said of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from govmedia.audit.services import Deed, record
from govmedia.common import installation
from govmedia.common.clock import day_of
from govmedia.engine.content.types import Hit, Inspection
from govmedia.engine.content.types import Post as Given
from govmedia.inspections.giving import given_of
from govmedia.inspections.models import AROUND, FOUND_MAX, Inspected, TextHit
from govmedia.inspections.program import Program, program
from govmedia.inspections.queries import source_titles
from govmedia.inspections.services.targets import note_targets
from govmedia.inspections.states import RULED, State, gain, worth_showing
from govmedia.posts.models import Post, PostEvent

BATCH = 200
# How far the stream of posts, and that of edits, has been read.
POSTS_READ, EVENTS_READ = "inspections.posts_read", "inspections.events_read"
# A post with more hits than this is a word list or a page gone wrong; one row says so and no flood follows.
HITS_MOST = 60


@dataclass(slots=True)
class Report:
    """What a run came to; `accounts` have hits that came, changed or went, and are to be judged anew."""

    posts: int = 0
    found: int = 0
    cured: int = 0
    accounts: set[int] | None = None

    def add(self, other: "Report") -> None:
        """Count what another run came to."""
        self.posts += other.posts
        self.found += other.found
        self.cured += other.cured
        self.accounts = (self.accounts or set()) | (other.accounts or set())


def inspect_due(*, now: datetime, limit: int = 1000, go_on: Callable[[], bool] = lambda: True) -> Report:
    """Inspect posts that came or changed since the last run, at most `limit`, while `go_on` says so."""
    report = Report(accounts=set())
    ready = program(day_of(now))
    while report.posts < limit and go_on():
        with transaction.atomic():
            posts, marks = _next()
            if not posts and not marks:
                break
            _inspect(posts, ready, now, report)
            for key, value in marks.items():
                installation.write(key, value)
    return report


def inspect_posts(*, post_ids: Sequence[int], now: datetime) -> Report:
    """Inspect these posts now, whatever was done before."""
    report = Report(accounts=set())
    ready = program(day_of(now))
    for start in range(0, len(post_ids), BATCH):
        with transaction.atomic():
            rows = (
                Post.objects.filter(pk__in=post_ids[start : start + BATCH]).select_related("account").order_by("pk")
            )
            _inspect(list(rows), ready, now, report)
    return report


def begin_at(*, since: datetime, now: datetime) -> int:
    """Have the stream of posts begin with those first seen since a moment; older ones are left for a rescan.

    For an installation that takes over a large archive. Returns the key before which nothing is inspected.
    """
    older = Post.objects.filter(first_seen_at__lt=since).aggregate(last=Max("pk"))["last"] or 0
    with transaction.atomic():
        installation.write(POSTS_READ, older)
        record(
            Deed("inspection.begin", "inspections", f"{since:%F} 起的内容", after={"from": older}), by=None, now=now
        )
    return older


def _next() -> tuple[list[Post], dict[str, int]]:
    """The next posts, new ones first, then those that were edited, gone or back; and how far that reads."""
    posts_read, events_read = int(installation.read(POSTS_READ, 0)), int(installation.read(EVENTS_READ, 0))
    rows = Post.objects.select_related("account").order_by("pk")
    fresh = list(rows.filter(pk__gt=posts_read)[:BATCH])
    if fresh:
        return fresh, {POSTS_READ: fresh[-1].pk}
    events = list(PostEvent.objects.filter(pk__gt=events_read).order_by("pk").values_list("pk", "post_id")[:BATCH])
    if not events:
        return [], {}
    changed = {post_id for _, post_id in events if post_id <= posts_read}
    return list(rows.filter(pk__in=changed)), {EVENTS_READ: events[-1][0]}


def _inspect(posts: Sequence[Post], ready: Program, now: datetime, report: Report) -> None:
    kept: dict[int, list[TextHit]] = {}
    own = TextHit.objects.filter(post__in=posts, target__isnull=True)
    for hit in own.exclude(state=State.GONE).order_by("pk"):
        kept.setdefault(hit.post_id, []).append(hit)
    created: list[TextHit] = []
    gone: list[int] = []
    present = _present(posts, ready, now)
    for post in posts:
        fresh, cured = _compare(post, kept.get(post.pk, []), present.get(post.pk, []))
        created += fresh
        gone += cured
        if (fresh or cured) and report.accounts is not None:
            report.accounts.add(post.account_id)
    TextHit.objects.bulk_create(created, batch_size=500)
    TextHit.objects.filter(pk__in=gone).update(state=State.GONE)
    note_targets(posts, now=now)
    stamps = [Inspected(post=post, sm3=post.sm3, checks=ready.checks, at=now) for post in posts]
    Inspected.objects.bulk_create(
        stamps, update_conflicts=True, unique_fields=["post"], update_fields=["sm3", "checks", "at"], batch_size=500
    )
    report.posts += len(posts)
    report.found += len(created)
    report.cured += len(gone)


def _compare(post: Post, kept: Iterable[TextHit], present: Iterable[TextHit]) -> tuple[list[TextHit], list[int]]:
    """What is new, and the keys of what is no longer there. A hit is the same where check, words and place agree.

    The place is counted among its like: an edit that moves a hit does not make another of it, so that what a human
    said of it stays said. It stays said too where the text is the same and only the checks have changed.
    """
    rest: dict[tuple[str, str, str, int | None], list[TextHit]] = {}
    for hit in kept:
        rest.setdefault((hit.check_code, hit.field, hit.found, hit.index), []).append(hit)
    fresh = []
    for hit in present:
        like = rest.get((hit.check_code, hit.field, hit.found, hit.index))
        if like:
            like.pop(0)
        else:
            fresh.append(hit)
    lost = [hit for hits in rest.values() for hit in hits]
    if post.state != Post.State.GONE:
        lost = [hit for hit in lost if hit.state not in RULED or hit.post_sm3 != post.sm3]
    return fresh, [hit.pk for hit in lost]


def _present(posts: Sequence[Post], ready: Program, now: datetime) -> dict[int, list[TextHit]]:
    """By post what is found in it now; in one that is gone nothing is."""
    titles = source_titles(posts)
    here = [post for post in posts if post.state != Post.State.GONE]
    given = [replace(given_of(post), source_title=titles.get(post.pk, "")) for post in here]
    found = ready.inspector.inspect_all(
        (one, post.account.division_id) for post, one in zip(here, given, strict=True)
    )
    return {
        post.pk: [_row(hit, post, one, now) for hit in _worth_keeping(inspection)]
        for post, one, inspection in zip(here, given, found, strict=True)
    }


def _worth_keeping(inspection: Inspection) -> list[Hit]:
    return [hit for hit in inspection.hits if worth_showing(hit.auto, hit.confidence)][:HITS_MOST]


def _row(hit: Hit, post: Post, given: Given, now: datetime) -> TextHit:
    field = getattr(given, hit.field)
    raw = field if hit.index is None else field[hit.index]
    return TextHit(
        post=post,
        account_id=post.account_id,
        counts_on=post.counts_on,
        check_code=hit.check,
        category=hit.category,
        level=hit.level,
        field=hit.field,
        index=hit.index,
        start=hit.start,
        end=hit.end,
        found=hit.found[:FOUND_MAX],
        before=raw[max(0, hit.start - AROUND) : hit.start],
        after=raw[hit.end : hit.end + AROUND],
        suggestion=(hit.suggestion or "")[:FOUND_MAX],
        message=hit.message[:300],
        basis=hit.basis[:300],
        confidence=hit.confidence,
        auto=hit.auto,
        lexicon=hit.lexicon[:60],
        check_version=hit.version,
        post_sm3=post.sm3,
        gain=gain(hit.level, hit.confidence),
        seen_at=now,
    )


def prune(*, now: datetime, keep: timedelta = timedelta(days=400)) -> int:
    """Forget hits that nobody ruled on and that went long ago; returns how many."""
    old = TextHit.objects.filter(state=State.GONE, decided_at__isnull=True, seen_at__lt=now - keep)
    return old.delete()[0]
