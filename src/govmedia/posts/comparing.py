"""What changed between two looks: new, edited, missing, gone and returned posts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from govmedia.posts.cleaning import Draft
from govmedia.posts.models import Post

State = Post.State
# A post missing from one look may be a hiccup of the other side's cache; from two so far apart it is gone.
GONE_AFTER = timedelta(hours=1)


@dataclass(slots=True)
class Stored:
    """What is known of a stored post; the times only where they are needed to tell what is missing."""

    pk: int
    native_id: str
    sm3: str
    state: str
    version: int
    title: str
    url: str
    author: str
    state_since: datetime | None = None
    published_at: datetime | None = None
    first_seen_at: datetime | None = None

    @property
    def dated(self) -> datetime:
        moment = self.published_at or self.first_seen_at
        assert moment is not None, "times were not loaded"
        return moment


@dataclass(slots=True)
class Changes:
    """What one look at one account changes; `waiting` posts are missing and wait for a second look."""

    new: list[Draft] = field(default_factory=list)
    edited: list[tuple[Stored, Draft]] = field(default_factory=list)
    missing: list[Stored] = field(default_factory=list)
    gone: list[Stored] = field(default_factory=list)
    found: list[Stored] = field(default_factory=list)
    returned: list[Stored] = field(default_factory=list)
    waiting: int = 0


def compare(drafts: Sequence[Draft], stored: Collection[Stored], now: datetime, *, whole: bool = True) -> Changes:
    """Compare what a feed shows with what is stored of it (all posts with its ids, and all within its window).

    `whole` False: the drafts are not all that could be seen, so nothing is missing.
    """
    by_id = {post.native_id: post for post in stored}
    changes = Changes()
    for draft in drafts:
        post = by_id.get(draft.native_id)
        if post is None:
            changes.new.append(draft)
            continue
        if post.sm3 != draft.sm3:
            changes.edited.append((post, draft))
        if post.state == State.GONE:
            changes.returned.append(post)
        elif post.state == State.MISSING:
            changes.found.append(post)
    if whole:
        _add_absent(changes, drafts, by_id, now)
    return changes


def _add_absent(changes: Changes, drafts: Sequence[Draft], by_id: dict[str, Stored], now: datetime) -> None:
    begin = window_start(drafts, by_id, now)
    shown = {draft.native_id for draft in drafts}
    for post in by_id.values():
        if post.native_id in shown or post.state == State.GONE:
            continue
        within = begin is not None and post.dated > begin
        if not within:
            # The window moved on before a second look: nothing says any more that the post was deleted.
            changes.found.extend([post] if post.state == State.MISSING else [])
        elif post.state == State.PRESENT:
            changes.missing.append(post)
        elif is_gone(post.state_since, now):
            changes.gone.append(post)
        else:
            changes.waiting += 1
    changes.waiting += len(changes.missing)


def is_gone(missing_since: datetime | None, now: datetime) -> bool:
    """Whether a post missing since then, and missing now, counts as deleted."""
    return missing_since is not None and now - missing_since >= GONE_AFTER


def window_start(drafts: Sequence[Draft], by_id: dict[str, Stored], now: datetime) -> datetime | None:
    """The time back to which a feed's window surely reaches; None where that cannot be said.

    It is the time of the item at the feed's old end, not of its oldest item: old posts pinned to the top say nothing
    about the window. Most steps from item to item tell which end is the old one.
    """
    times = [_time_of(draft, by_id, now) for draft in drafts]
    steps = [(after > before) - (after < before) for before, after in pairwise(times)]
    if not times:
        return None
    return times[0] if sum(steps) > 0 else times[-1]


def _time_of(draft: Draft, by_id: dict[str, Stored], now: datetime) -> datetime:
    if draft.published_at is not None:
        return draft.published_at
    post = by_id.get(draft.native_id)
    return post.dated if post else now
