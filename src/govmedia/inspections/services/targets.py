"""What posts show and lead to: which addresses are to be opened, and what was found there told of each post."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count

from govmedia.engine.content.addresses import host_of
from govmedia.engine.hashing import sm3_hex
from govmedia.engine.links import is_web
from govmedia.inspections.models import Target, TargetUse, TextHit
from govmedia.inspections.states import State
from govmedia.posts.models import Post

# Of one post so many pictures and so many links; the rest of a gallery or a link list is left.
OF_A_POST = 20
# What waits for one host beyond this would be stale before its turn comes; further addresses of it are left alone.
WAITING_MOST = 3000
URL_MAX = 2000
_PLACES = (("images", Target.Kind.PICTURE), ("links", Target.Kind.PAGE))
FIELDS = {kind: name for name, kind in _PLACES}


class Place(NamedTuple):
    """Where a post shows or leads to something."""

    post_id: int
    kind: str
    url: str
    index: int

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, sm3_hex(self.url.encode())


def note_targets(posts: Sequence[Post], *, now: datetime) -> None:
    """Remember what the posts show and lead to now, and forget what they no longer do."""
    wanted = {(place.post_id, place.key): place for post in posts for place in _places(post)}
    rows = TargetUse.objects.filter(post__in=posts).select_related("target").defer("target__text")
    known = {(use.post_id, (use.target.kind, use.target.url_sm3)): use for use in rows}
    _forget([use for key, use in known.items() if key not in wanted])
    fresh = {key: place for key, place in wanted.items() if key not in known}
    if not fresh:
        return
    targets = _targets(fresh.values(), now)
    uses = [
        TargetUse(target=targets[place.key], post_id=place.post_id, index=place.index)
        for place in fresh.values()
        if place.key in targets
    ]
    TargetUse.objects.bulk_create(uses, ignore_conflicts=True, batch_size=500)
    by_post = {post.pk: post for post in posts}
    tell([(use, by_post[use.post_id]) for use in uses if use.target.found], now=now)


def _places(post: Post) -> Iterator[Place]:
    """The addresses of a post that stands; pages of its own site are its own content, not somewhere else."""
    if post.state == Post.State.GONE:
        return
    own = host_of(post.url)
    for name, kind in _PLACES:
        urls = post.extra.get(name, ())[:OF_A_POST]
        for index, url in enumerate(urls):
            fit = is_web(url) and len(url) <= URL_MAX and host_of(url)
            if fit and not (kind == Target.Kind.PAGE and host_of(url) == own):
                yield Place(post.pk, kind, url, index)


def _targets(places: Iterable[Place], now: datetime) -> dict[tuple[str, str], Target]:
    """The targets by kind and hash of the address, made where they are new and their host has room."""
    by_key = {place.key: place for place in places}
    known = _known(by_key)
    fresh = [place for key, place in by_key.items() if key not in known]
    room = _room({host_of(place.url) for place in fresh})
    made = []
    for place in fresh:
        host = host_of(place.url)
        if room[host] > 0:
            room[host] -= 1
            kind, url_sm3 = place.key
            made.append(Target(kind=kind, url=place.url, url_sm3=url_sm3, host=host, first_seen_at=now, due_at=now))
    Target.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
    return _known(by_key) if made else known


def _known(keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], Target]:
    rows = Target.objects.filter(url_sm3__in={url_sm3 for _, url_sm3 in keys}).defer("text")
    found = {(row.kind, row.url_sm3): row for row in rows}
    return {key: found[key] for key in keys if key in found}


def _room(hosts: Collection[str]) -> Counter[str]:
    """How many more addresses of each host may wait."""
    room = Counter(dict.fromkeys(hosts, WAITING_MOST))
    waiting = Target.objects.filter(host__in=hosts, due_at__isnull=False, visits=0).order_by()
    for host, number in waiting.values("host").annotate(number=Count("pk")).values_list("host", "number"):
        room[host] -= number
    return room


def _forget(uses: Sequence[TargetUse]) -> None:
    for use in uses:
        hits = TextHit.objects.filter(post=use.post_id, target=use.target_id, state=State.OPEN)
        hits.update(state=State.GONE)
    TargetUse.objects.filter(pk__in=[use.pk for use in uses]).delete()


def found_anew(target: Target, *, now: datetime) -> None:
    """Tell what was found at a target of all posts that use it; what is no longer found there is taken back."""
    words = {row["found"] for row in target.found}
    TextHit.objects.filter(target=target, state=State.OPEN).exclude(found__in=words).update(state=State.GONE)
    if target.found:
        uses = target.uses.select_related("post").exclude(post__state=Post.State.GONE).order_by("pk")
        tell([(use, use.post) for use in uses], now=now)


def tell(uses: Sequence[tuple[TargetUse, Post]], *, now: datetime) -> None:
    """Make hits of what was found, for a human to see: of an account each finding once, whatever was ruled on it."""
    accounts = {post.account_id for _, post in uses}
    said = set(
        TextHit.objects.filter(account__in=accounts, target__isnull=False)
        .exclude(state=State.GONE)
        .values_list("account_id", "check_code", "found")
    )
    hits = []
    for use, post in uses:
        for row in use.target.found:
            key = (post.account_id, row["check_code"], row["found"])
            if key not in said:
                said.add(key)
                hits.append(_hit(use, post, row, now))
    TextHit.objects.bulk_create(hits, batch_size=500)


def _hit(use: TargetUse, post: Post, row: Mapping[str, Any], now: datetime) -> TextHit:
    return TextHit(
        post=post,
        account_id=post.account_id,
        counts_on=post.counts_on,
        field=FIELDS[use.target.kind],
        index=use.index,
        target=use.target,
        auto=False,
        post_sm3=post.sm3,
        seen_at=now,
        **row,
    )
