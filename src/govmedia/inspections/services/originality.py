"""Posts as they come in are compared with earlier ones: what is whose own, and which messages are carried how far.

A post whose text is like no indexed one is indexed; one that is like such a text is not, and points to it. So a
message that three thousand accounts carry stands in the index once.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q

from govmedia.common import installation
from govmedia.engine.originality import Hashes, Likeness, headline_changed, keys, likeness, shingles
from govmedia.inspections import text_index
from govmedia.inspections.models import Message, Origin
from govmedia.inspections.services.inspecting import inspect_posts
from govmedia.inspections.services.messages import count_anew
from govmedia.posts.models import Post, PostEvent

BATCH = 200
# How far the stream of posts, and that of edits, has been read, and up to where texts were taken from the index.
POSTS_READ, EVENTS_READ, DROPPED = (
    "originality.posts_read", "originality.events_read", "originality.dropped",
)  # fmt: skip
# Keys are given before they are visible: a post may appear below the last one read, by as much as came in meanwhile.
LOOK_BACK = 20_000
# Texts that share most numbers are compared; what is like a text at all is among them.
COMPARED_MOST = 8
# A message that nobody carried for so long is no longer looked for.
KEEP = timedelta(days=180)
Kind = Origin.Kind
Edits = (PostEvent.Kind.EDITED, PostEvent.Kind.REVERTED)


@dataclass(slots=True)
class Compared:
    """What a run came to; `retitled` posts have the text of another organisation's under another title."""

    posts: int = 0
    carried: int = 0
    retitled: int = 0


def compare_due(*, now: datetime, limit: int = 20_000, go_on: Callable[[], bool] = lambda: True) -> Compared:
    """Compare posts that came or changed since the last run, at most `limit`, while `go_on` says so."""
    report = Compared()
    while report.posts < limit and go_on():
        with transaction.atomic():
            if not (_new_ones(report, now) or _edited_ones(report, now)):
                break
    return report


def compare_from(*, since: datetime) -> None:
    """Have the stream begin, but for its look back, with posts first seen since a moment: for a large archive."""
    older = Post.objects.filter(first_seen_at__lt=since).aggregate(last=Max("pk"))["last"] or 0
    installation.write(POSTS_READ, older)


def drop_old(*, now: datetime) -> int:
    """Take texts from the index that came long ago and that nobody carried lately; returns how many."""
    done = int(installation.read(DROPPED, 0))
    last = Post.objects.filter(first_seen_at__lt=now - KEEP).aggregate(last=Max("pk"))["last"] or 0
    rows = Origin.objects.filter(Q(message=None) | Q(message__last_at__lt=now - KEEP), pk__gt=done, pk__lte=last)
    dropped = 0
    while done < last:
        with transaction.atomic():
            some = list(rows.filter(pk__gt=done).exclude(keys=b"").order_by("pk").only("pk", "keys")[:BATCH])
            text_index.remove({row.pk: text_index.unpacked(row.keys) for row in some})
            Origin.objects.filter(pk__in=[row.pk for row in some]).update(keys=b"")
            done = some[-1].pk if len(some) == BATCH else last
            installation.write(DROPPED, done)
        dropped += len(some)
    return dropped


def _new_ones(report: Compared, now: datetime) -> bool:
    read = int(installation.read(POSTS_READ, 0))
    rows = Post.objects.select_related("account").filter(pk__gt=read - LOOK_BACK, origin=None).order_by("pk")
    posts = list(rows[:BATCH])
    if posts:
        _Comparing(posts, report, now).run()
        installation.write(POSTS_READ, max(read, posts[-1].pk))
    return bool(posts)


def _edited_ones(report: Compared, now: datetime) -> bool:
    read = int(installation.read(EVENTS_READ, 0))
    events = list(PostEvent.objects.filter(pk__gt=read).order_by("pk").values_list("pk", "post_id", "kind")[:BATCH])
    if not events:
        return False
    changed = {post_id for _, post_id, kind in events if kind in Edits}
    rows = Post.objects.select_related("account", "origin").filter(pk__in=changed, origin__isnull=False)
    posts = list(rows.order_by("pk"))
    if posts:
        _Comparing(posts, report, now).run_again()
    report.posts += len(events) - len(posts)
    installation.write(EVENTS_READ, events[-1][0])
    return True


def said_at(post: Post) -> datetime:
    """When a post was published: its own time where that can be, else when it was first seen."""
    own = post.published_at if post.date_basis == Post.DateBasis.OWN else None
    return own or post.first_seen_at


@dataclass(slots=True)
class _Known:
    """An indexed text with what it takes to compare and to attach another post to it."""

    origin: Origin
    post: Post
    hashes: Hashes


class _Comparing:
    """A batch of posts on its way: each is compared with what is indexed and with those before it in the batch."""

    def __init__(self, posts: Sequence[Post], report: Compared, now: datetime) -> None:
        self._posts = posts
        self._report = report
        self._now = now
        self._hashes = {post.pk: shingles(post.text) for post in posts}
        self._keys = {post.pk: keys(made) for post, made in zip(posts, self._hashes.values(), strict=True)}
        self._known: dict[int, _Known] = {}
        self._by_number: dict[int, list[int]] = {}
        self._made: dict[int, Origin] = {}
        self._touched: dict[int, Message] = {}

    def run(self) -> None:
        """Compare posts that nobody compared before."""
        alike = text_index.alike(self._keys)
        self._load({one for counts in alike.values() for one, _ in counts.most_common(COMPARED_MOST)})
        for post in self._posts:
            self._place(post, alike.get(post.pk, Counter()))
        self._store()

    def run_again(self) -> None:
        """Compare posts anew whose text changed; a text that others carried stays what they are compared with."""
        before = {post.pk: text_index.unpacked(post.origin.keys) for post in self._posts}
        text_index.remove(before)
        leading = set(Message.objects.filter(text__in=self._posts).values_list("text_id", flat=True))
        text_index.add({post.pk: self._keys[post.pk] for post in self._posts if post.pk in leading})
        for post in self._posts:
            if post.pk in leading:
                Origin.objects.filter(pk=post.pk).update(keys=text_index.packed(self._keys[post.pk]))
        self._posts = [post for post in self._posts if post.pk not in leading]
        left = Message.objects.filter(parts__in=[post.pk for post in self._posts]).select_related("first__account")
        self._touched = {message.pk: message for message in left}
        self.run()

    def _load(self, post_ids: Iterable[int]) -> None:
        rows = Origin.objects.select_related("post__account", "message").filter(pk__in=post_ids)
        for row in rows.defer("post__extra"):
            self._known[row.pk] = _Known(row, row.post, shingles(row.post.text))

    def _place(self, post: Post, alike: Counter[int]) -> None:
        numbers = self._keys[post.pk]
        origin = Origin(
            post=post,
            account_id=post.account_id,
            counts_on=post.counts_on,
            said_at=said_at(post),
            kind=Kind.OWN if numbers else Kind.SHORT,
        )
        self._made[post.pk] = origin
        self._report.posts += 1
        if not numbers:
            return
        for number in numbers:
            alike.update(self._by_number.get(number, ()))
        nearest = self._nearest(post, alike)
        if nearest and nearest[1].carries:
            self._attach(origin, *nearest)
        else:
            if nearest:
                self._adapt(origin, *nearest)
            origin.keys = text_index.packed(numbers)
            self._known[post.pk] = _Known(origin, post, self._hashes[post.pk])
            for number in numbers:
                self._by_number.setdefault(number, []).append(post.pk)

    def _nearest(self, post: Post, alike: Mapping[int, int]) -> tuple[_Known, Likeness] | None:
        """The text that the post carries or adapts, of several the one that says most of it."""
        best: tuple[_Known, Likeness] | None = None
        for one in sorted(alike, key=lambda one: (-alike[one], one))[:COMPARED_MOST]:
            known = self._known.get(one)
            if known is None or known.post.pk == post.pk:
                continue
            found = likeness(self._hashes[post.pk], known.hashes)
            if (found.carries or found.near) and (best is None or _worth(found) > _worth(best[1])):
                best = known, found
        return best

    def _adapt(self, origin: Origin, known: _Known, found: Likeness) -> None:
        """A form filled in: one's own may be filled in each day, another's is its work."""
        if origin.post.account.organisation_id != known.post.account.organisation_id:
            origin.kind = Kind.ADAPTED
            origin.share, origin.covers, origin.own = found.share, found.covers, found.own

    def _attach(self, origin: Origin, known: _Known, found: Likeness) -> None:
        origin.share, origin.covers, origin.own = found.share, found.covers, found.own
        organisation = origin.post.account.organisation_id
        message = known.origin.message
        if message is None and organisation == known.post.account.organisation_id:
            origin.kind = Kind.AGAIN if found.carried else Kind.OWN
            return
        if message is None:
            message = Message.objects.create(
                text=known.post, first=known.post, first_at=known.origin.said_at, last_at=known.origin.said_at
            )
            known.origin.message = message
            self._made.setdefault(known.post.pk, known.origin)
        if origin.said_at < message.first_at:
            # The text indexed was not the first; what of it stands in the first one is its own figure.
            back = likeness(known.hashes, self._hashes[origin.post.pk])
            known.origin.share, known.origin.covers, known.origin.own = back.share, back.covers, back.own
            self._made[known.post.pk] = known.origin
        origin.message = message
        self._touched[message.pk] = message

    def _store(self) -> None:
        text_index.add({post.pk: self._keys[post.pk] for post in self._posts if self._made[post.pk].keys})
        columns = [column.name for column in Origin._meta.concrete_fields if not column.primary_key]
        Origin.objects.bulk_create(
            self._made.values(),
            update_conflicts=True,
            unique_fields=["post"],
            update_fields=columns,
            batch_size=500,
        )
        fresh = {post.pk for post in self._posts}
        said = count_anew(self._touched.values(), fresh)
        self._report.carried += Origin.objects.filter(pk__in=fresh, kind=Kind.CARRIED).count()
        retitled = _retitled(said)
        self._report.retitled += len(retitled)
        if retitled:
            inspect_posts(post_ids=retitled, now=self._now)


def _worth(found: Likeness) -> tuple[bool, float]:
    return found.carries, found.share


def _retitled(post_ids: Collection[int]) -> list[int]:
    """Those of the posts whose title is not the one under which their text was published first."""
    rows = Origin.objects.filter(pk__in=post_ids, message__isnull=False)
    columns = ("pk", "post__title", "message__first__title", "post__text")
    found = rows.order_by("pk").values_list(*columns)
    return [pk for pk, mine, first, text in found if headline_changed(mine, first, text)]
