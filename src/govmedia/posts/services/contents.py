"""Storing what was seen: new and edited posts, deletions and returns, with their events."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from govmedia.common.clock import day_of
from govmedia.common.rows import moment, run_many
from govmedia.posts.cleaning import Draft, Refusal
from govmedia.posts.comparing import GONE_AFTER, Changes, Stored, window_start
from govmedia.posts.dating import Stretch, counting_day, suspicious
from govmedia.posts.models import BadItem, Coverage, Post, PostEvent

IDS_AT_ONCE = 5000
ROWS_AT_ONCE = 500
# Without dates a window is as long as this at most.
UNDATED_WINDOW = timedelta(days=60)
REFUSALS_KEPT = 20
_NEW = """
INSERT INTO posts_post (account_id, native_id, title, text, url, author, source_name, original, published_at,
    updated_at, first_seen_at, counts_on, date_basis, sm3, extra, state, version)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 'present', 1)
"""
# Joins against values instead of conditions: hundreds of alternatives in one condition take the ORM longer to put
# together than the database to answer. ROWS stands for the values' placeholders.
_SHOWN = """
WITH shown (account_id, native_id) AS (VALUES ROWS)
SELECT p.account_id, p.id, p.native_id, p.sm3, p.state, p.version, p.title, p.url, p.author
FROM shown JOIN posts_post p ON p.account_id = shown.account_id AND p.native_id = shown.native_id
"""
_WITHIN = """
WITH shown (account_id, first_on, begin_at) AS (VALUES ROWS)
SELECT p.account_id, p.id, p.native_id, p.sm3, p.state, p.version, p.title, p.url, p.author
FROM shown JOIN posts_post p ON p.account_id = shown.account_id AND p.counts_on >= shown.first_on
WHERE p.published_at IS NULL OR p.published_at > shown.begin_at
"""
_CONTENT = ("account_id", "pk", "native_id", "sm3", "state", "version", "title", "url", "author")
_TIMES = ("pk", "state_since", "published_at", "first_seen_at")
State = Post.State
Kind = PostEvent.Kind


@dataclass(slots=True)
class Shown:
    """What one account showed in one look (or one import), and what that changes.

    `last_ok_at` is the successful look before this one. `missing`: some stored posts wait for a second look.
    """

    account_id: int
    drafts: Sequence[Draft]
    refusals: Sequence[Refusal] = ()
    last_ok_at: datetime | None = None
    missing: bool = False
    stored: list[Stored] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)
    look_id: int | None = None
    latest_post_at: datetime | None = None


def load_stored(shown: Collection[Shown], now: datetime) -> None:
    """Fill in what is stored of each account: posts with the ids shown, and those within the window shown."""
    stored: dict[int, dict[str, Stored]] = {one.account_id: {} for one in shown}
    _keep(stored, _joined(_WITHIN, [_window(one, now) for one in shown]))
    # Most of what is shown lies within the window, so that few ids are left to be looked up one by one.
    named = [(one.account_id, draft.native_id) for one in shown for draft in one.drafts]
    _keep(stored, _joined(_SHOWN, [pair for pair in named if pair[1] not in stored[pair[0]]]))
    waiting = [one.account_id for one in shown if one.missing]
    if waiting:
        _keep(stored, Post.objects.filter(account__in=waiting, state=State.MISSING).values_list(*_CONTENT))
    # Times are costly to read and only tell what is missing, which is seldom anything.
    timed: dict[int, Stored] = {}
    for one in shown:
        posts = stored[one.account_id]
        one.stored = list(posts.values())
        if _needs_times(one, posts):
            timed.update((post.pk, post) for post in one.stored)
    for some in _parts(list(timed)):
        for pk, *times in Post.objects.filter(pk__in=some).values_list(*_TIMES):
            post = timed[pk]
            post.state_since, post.published_at, post.first_seen_at = times


def _keep(stored: dict[int, dict[str, Stored]], rows: Iterable[tuple[Any, ...]]) -> None:
    for account_id, *values in rows:
        post = Stored(*values)
        stored[account_id][post.native_id] = post


def _joined(statement: str, rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(rows), IDS_AT_ONCE):
        some = rows[start : start + IDS_AT_ONCE]
        values = ", ".join(["(" + ", ".join(["%s"] * len(some[0])) + ")"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(statement.replace("ROWS", values), [value for row in some for value in row])
            yield from cursor.fetchall()


def _window(one: Shown, now: datetime) -> tuple[Any, ...]:
    """From when on posts lie within the window shown: by day, since that is indexed, and then by time."""
    begin = window_start(one.drafts, {}, now)
    if begin is None or begin >= now:
        begin = now - UNDATED_WINDOW
    return one.account_id, connection.ops.adapt_datefield_value(day_of(begin)), moment(begin)


def _needs_times(one: Shown, stored: Mapping[str, Stored]) -> bool:
    """Whether anything stored is not shown or was missing before, or the feed tells no times itself."""
    shown = {draft.native_id for draft in one.drafts}
    return any(name not in shown or post.state != State.PRESENT for name, post in stored.items()) or any(
        draft.published_at is None for draft in one.drafts
    )


def store(shown: Collection[Shown], now: datetime) -> None:
    """Write all changes of all accounts, in a number of statements that does not grow with the accounts."""
    _insert_new(shown, now)
    _update_edited(shown, now)
    _update_states(shown, now)
    _set_aside(shown, now)


def _insert_new(shown: Collection[Shown], now: datetime) -> None:
    stretches = _stretches(shown)
    rows = []
    seen_at = moment(now)
    for one in shown:
        seen = stretches.get(one.account_id, ())
        for draft in one.changes.new:
            counts_on, basis = counting_day(draft.published_at, now, one.last_ok_at, seen)
            counted_at = draft.published_at if basis == Post.DateBasis.OWN and draft.published_at else now
            one.latest_post_at = max(one.latest_post_at or counted_at, counted_at)
            rows.append(_row(one.account_id, draft, seen_at, counts_on, basis))
    run_many(_NEW, rows)


def _row(account_id: int, draft: Draft, seen_at: Any, counts_on: date, basis: str) -> tuple[Any, ...]:
    return (
        *(account_id, draft.native_id, draft.title, draft.text, draft.url, draft.author, draft.source_name),
        *(draft.original, moment(draft.published_at), moment(draft.updated_at), seen_at),
        *(connection.ops.adapt_datefield_value(counts_on), basis, draft.sm3),
        connection.ops.adapt_json_value(draft.extra, None),
    )


def _stretches(shown: Collection[Shown]) -> dict[int, list[Stretch]]:
    """The seen time of those accounts that show a new post older than it should be."""
    doubtful = [
        one.account_id
        for one in shown
        if any(suspicious(draft.published_at, one.last_ok_at) for draft in one.changes.new)
    ]
    stretches: dict[int, list[Stretch]] = {}
    if doubtful:
        rows = Coverage.objects.filter(account__in=doubtful).order_by("account_id", "start_at")
        for account_id, start_at, end_at in rows.values_list("account_id", "start_at", "end_at"):
            stretches.setdefault(account_id, []).append((start_at, end_at))
    return stretches


def _content(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "text": draft.text,
        "url": draft.url,
        "author": draft.author,
        "source_name": draft.source_name,
        "original": draft.original,
        "published_at": draft.published_at,
        "updated_at": draft.updated_at,
        "sm3": draft.sm3,
        "extra": draft.extra,
    }


def _update_edited(shown: Collection[Shown], now: datetime) -> None:
    """Keep what a post said before, and whether it went back to what it said earlier; its day stays."""
    edited = [(post, draft, one.look_id) for one in shown for post, draft in one.changes.edited]
    if not edited:
        return
    keys = [post.pk for post, _, _ in edited]
    texts: dict[int, str] = {}
    earlier: dict[int, set[str]] = {}
    for some in _parts(keys):
        texts.update(Post.objects.filter(pk__in=some).values_list("pk", "text"))
        events = PostEvent.objects.filter(post__in=some, kind__in=[Kind.EDITED, Kind.REVERTED])
        for post_id, before in events.values_list("post_id", "sm3_before"):
            earlier.setdefault(post_id, set()).add(before)
    rows, events = [], []
    for post, draft, look_id in edited:
        rows.append(Post(pk=post.pk, version=post.version + 1, **_content(draft)))
        event = PostEvent(post_id=post.pk, at=now, look=look_id, title_before=post.title, text_before=texts[post.pk])
        event.kind = Kind.REVERTED if draft.sm3 in earlier.get(post.pk, ()) else Kind.EDITED
        event.sm3_before, event.sm3_after = post.sm3, draft.sm3
        events.append(event)
    Post.objects.bulk_update(rows, ["version", *_content(edited[0][1])], batch_size=100)
    PostEvent.objects.bulk_create(events, batch_size=ROWS_AT_ONCE)


def _update_states(shown: Collection[Shown], now: datetime) -> None:
    def posts(name: str) -> list[tuple[Stored, int | None]]:
        return [(post, one.look_id) for one in shown for post in getattr(one.changes, name)]

    _set_state([post.pk for post, _ in posts("missing")], State.MISSING, now)
    _set_state([post.pk for post, _ in posts("found") + posts("returned")], State.PRESENT, now)
    _record(posts("returned"), Kind.RETURNED, now)
    _set_state([post.pk for post, _ in posts("gone")], State.GONE, now)
    _record(posts("gone"), Kind.GONE, now)


def _set_state(keys: Sequence[int], state: str, now: datetime) -> None:
    for some in _parts(keys):
        Post.objects.filter(pk__in=some).update(state=state, state_since=now)


def _record(posts: Collection[tuple[Stored, int | None]], kind: str, now: datetime) -> None:
    rows = [
        PostEvent(post_id=post.pk, at=now, kind=kind, look=look_id, sm3_before=post.sm3, title_before=post.title)
        for post, look_id in posts
    ]
    PostEvent.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)


def confirm_missing(look_ids: Mapping[int, int], now: datetime) -> dict[int, tuple[int, int]]:
    """Second looks that showed the very same bytes: what was missing in them before still is.

    `look_ids` are the looks by account. Returns by account how many posts are gone now, and how many still wait.
    """
    waiting = Post.objects.filter(account__in=look_ids, state=State.MISSING)
    gone: list[tuple[int, int, str, str]] = []
    left: dict[int, int] = {}
    columns = ("account_id", "pk", "sm3", "title", "state_since")
    for account_id, pk, sm3, title, since in waiting.order_by("pk").values_list(*columns):
        if since is not None and now - since >= GONE_AFTER:
            gone.append((account_id, pk, sm3, title))
        else:
            left[account_id] = left.get(account_id, 0) + 1
    _set_state([pk for _, pk, _, _ in gone], State.GONE, now)
    PostEvent.objects.bulk_create(
        PostEvent(post_id=pk, at=now, kind=Kind.GONE, look=look_ids[account_id], sm3_before=sm3, title_before=title)
        for account_id, pk, sm3, title in gone
    )
    counts = dict.fromkeys((account_id for account_id, *_ in gone), 0)
    for account_id, *_ in gone:
        counts[account_id] += 1
    return {account_id: (counts.get(account_id, 0), left.get(account_id, 0)) for account_id in look_ids}


def _set_aside(shown: Collection[Shown], now: datetime) -> None:
    """Name items that could not be stored, each once and not more than a few a look."""
    with_refusals = [one for one in shown if one.refusals]
    if not with_refusals:
        return
    known = set(
        BadItem.objects.filter(account__in=[one.account_id for one in with_refusals]).values_list(
            "account_id", "native_id", "reason"
        )
    )
    rows = [
        BadItem(
            account_id=one.account_id,
            at=now,
            position=refusal.position,
            native_id=refusal.native_id,
            reason=refusal.reason,
        )
        for one in with_refusals
        for refusal in one.refusals[:REFUSALS_KEPT]
        if (one.account_id, refusal.native_id, refusal.reason) not in known
    ]
    BadItem.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + IDS_AT_ONCE] for start in range(0, len(keys), IDS_AT_ONCE))
