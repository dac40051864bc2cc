"""Reading what was posted and what was seen."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from govmedia.accounts.models import LIVE, Account
from govmedia.common.clock import SHANGHAI, day_of
from govmedia.posts.covering import BRIDGE
from govmedia.posts.models import BadItem, Coverage, Interface, Look, Outage, Post, PostEvent

# Confirming a silence takes a few looks some hours apart; a week of them is more than any edition asks for.
LOOKS_BACK = timedelta(days=8)
LATE_AFTER = timedelta(hours=1)
ONE_DAY = timedelta(days=1)


class FactsRow(NamedTuple):
    """What judging needs of one account: days with posts and their number, seen day ranges, successful looks."""

    post_days: tuple[tuple[date, int], ...] = ()
    covered: tuple[tuple[date, date], ...] = ()
    looks: tuple[datetime, ...] = ()
    last_post_before: date | None = None


class Share(NamedTuple):
    """How many of all accounts that should be seen were seen."""

    seen: int
    all: int


def facts_rows(account_ids: Collection[int], start: date, end: date) -> dict[int, FactsRow]:
    """By account: posts from `start` to `end` by day, all days seen up to `end`, looks shortly before; 4 queries.

    A post that was deleted later was an update all the same, and counts: the deletion is a fact of its own.
    """
    until = _midnight(end + ONE_DAY)
    days = _post_days(account_ids, start, end)
    covered = _covered(account_ids, end)
    looks: dict[int, list[datetime]] = {}
    rows = Look.objects.filter(account__in=account_ids, ok=True, at__gte=until - LOOKS_BACK, at__lt=until)
    for account_id, at in rows.order_by("account_id", "at").values_list("account_id", "at"):
        looks.setdefault(account_id, []).append(at)
    earlier = Post.objects.filter(account=OuterRef("pk"), counts_on__lt=start).order_by("-counts_on")
    before = Account.objects.filter(pk__in=account_ids).annotate(last=Subquery(earlier.values("counts_on")[:1]))
    return {
        account_id: FactsRow(
            tuple(days.get(account_id, ())),
            tuple(covered.get(account_id, ())),
            tuple(looks.get(account_id, ())),
            last,
        )
        for account_id, last in before.values_list("pk", "last")
    }


def _post_days(account_ids: Collection[int], start: date, end: date) -> dict[int, list[tuple[date, int]]]:
    posts = Post.objects.filter(account__in=account_ids, counts_on__gte=start, counts_on__lte=end)
    counted = posts.values("account_id", "counts_on").annotate(number=Count("pk")).order_by("account_id", "counts_on")
    days: dict[int, list[tuple[date, int]]] = {}
    for account_id, on, number in counted.values_list("account_id", "counts_on", "number"):
        days.setdefault(account_id, []).append((on, number))
    return days


def _covered(account_ids: Collection[int], end: date) -> dict[int, list[tuple[date, date]]]:
    until = _midnight(end + ONE_DAY)
    rows = Coverage.objects.filter(account__in=account_ids, start_at__lt=until).order_by("account_id", "start_at")
    covered: dict[int, list[tuple[date, date]]] = {}
    for account_id, start_at, end_at in rows.values_list("account_id", "start_at", "end_at"):
        span = covered_days(start_at, end_at, until)
        if span:
            covered.setdefault(account_id, []).append(span)
    return covered


def covered_days(start_at: datetime, end_at: datetime, until: datetime) -> tuple[date, date] | None:
    """The whole days within a stretch of seen time, inclusive, or None.

    A day counts when it was seen from midnight to midnight. The day on which a stretch begins or breaks off does
    not: something may have been posted in its other part. Only where the stretch still runs at `until` (the end of
    what is asked for), or may yet be bridged by the next look, its last day counts up to the look: judging needs
    the present day, and asks for looks of its own before it believes a silence.
    """
    first, last = day_of(start_at), day_of(min(end_at, until))
    if start_at > _midnight(first):
        first += ONE_DAY
    still_running = end_at >= until - BRIDGE
    if last >= day_of(until) or not still_running:
        last -= ONE_DAY
    return (first, last) if first <= last else None


def covered_ranges(account_ids: Collection[int], end: date) -> dict[int, list[tuple[date, date]]]:
    """By account the day ranges seen up to `end`, sorted, for pictures; accounts never seen are left out."""
    return _covered(account_ids, end)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)


def recent_posts(account: Account) -> QuerySet[Post]:
    """An account's posts, latest first."""
    return Post.objects.filter(account=account).order_by("-counts_on", "-published_at", "-pk")


def events_of(post: Post) -> QuerySet[PostEvent]:
    """What happened to a post after it was first seen, latest first."""
    return PostEvent.objects.filter(post=post).order_by("-at", "-pk")


def recent_looks(account: Account) -> QuerySet[Look]:
    """An account's looks, latest first."""
    return Look.objects.filter(account=account).order_by("-at", "-pk")


def bad_items(account: Account) -> QuerySet[BadItem]:
    """Items of an account's feed that were set aside, latest first."""
    return BadItem.objects.filter(account=account).order_by("-at", "-pk")


def open_outage() -> Outage | None:
    """The outage that is going on now; judging pauses as long as there is one."""
    return Outage.objects.filter(ended_at__isnull=True).order_by("-started_at").first()


def may_open() -> bool:
    """Whether what posts and feeds name may be opened: not while our own network is cut, nor where the installation
    opens nothing."""
    outage = open_outage()
    return settings.TARGETS_PER_HOUR > 0 and (outage is None or outage.kind != Outage.Kind.NETWORK)


def coverage_24h(accounts: QuerySet[Account], *, now: datetime) -> Share:
    """How many of the live ones among `accounts` were seen within the last 24 hours, in one query."""
    live = accounts.order_by().filter(status__in=LIVE)
    counted = live.aggregate(seen=Count("pk", filter=Q(last_seen_at__gt=now - ONE_DAY)), all=Count("pk"))
    return Share(counted["seen"], counted["all"])


def due_interfaces(*, now: datetime) -> QuerySet[Interface]:
    """Interfaces whose next look is due and that nobody is looking at, longest due first.

    Stopped ones and those of closed accounts are not looked at; frozen ones are, without storing what they show.
    """
    watched = Interface.objects.filter(state__in=[Interface.State.ACTIVE, Interface.State.FROZEN])
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    live = Exists(Account.objects.filter(pk=OuterRef("account_id"), status__in=LIVE))
    return watched.filter(free, live, next_due_at__lte=now).order_by("next_due_at", "pk")


def late_interfaces(*, now: datetime) -> QuerySet[Interface]:
    """Interfaces whose look is overdue by more than an hour, longest first: the worker does not keep up."""
    return due_interfaces(now=now - LATE_AFTER)
