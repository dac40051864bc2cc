"""Reading rounds: who may see which, how far they have come, what of them is public."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from govmedia.orgs.models import Role, User
from govmedia.orgs.rights import limit, reach, subtree
from govmedia.rounds.models import Round, Sample, Seat
from govmedia.rounds.population import unpacked
from govmedia.rounds.states import PUBLIC, Place

# How far back the pace of a round is looked at.
LATELY = timedelta(days=3)


def visible_to(user: User) -> QuerySet[Round]:
    """The rounds somebody may see: of his division and below; those of offices above once they ask their units or
    are announced."""
    if not reach(user, "round.see"):
        return Round.objects.none()
    above = _above(user.division_id or "")
    below = Q(**limit(user, "round.see", division="division", organisation="pk"))
    seen = below | Q(division__in=above, state__in=("reporting", *PUBLIC))
    if user.role == Role.INSPECTOR:
        # Nobody else has seats, and to look for them costs more than the rest of a list.
        seen |= Exists(Seat.objects.filter(sample__round=OuterRef("pk"), inspector=user))
    rows = Round.objects.filter(seen)
    return rows.defer("population", "draw")


def _above(place: str) -> set[str]:
    """The division and those it lies in, by code."""
    return {place[:2] + "0000", place[:4] + "00", place[:6]}


def samples_for(held: Round, user: User) -> QuerySet[Sample]:
    """The accounts of a round as far as somebody may see them: an inspector those he has a seat at."""
    rows = Sample.objects.filter(round=held).select_related(
        "account__organisation", "account__division", "check_used__inspector", "said__report"
    )
    if user.role == Role.INSPECTOR:
        return rows.filter(Exists(Seat.objects.filter(sample=OuterRef("pk"), inspector=user)))
    return rows.filter(**limit(user, "round.see", division="account__division", organisation="account__organisation"))


def inspectors_for(held: Round) -> QuerySet[User]:
    """Who may be given seats: active inspectors of the round's division, above it and below it."""
    place = held.division_id
    first, after = subtree(place)
    within = Q(division__gte=first, division__lt=after) | Q(division__in=_above(place))
    rows = User.objects.filter(within, role=Role.INSPECTOR, is_active=True)
    return rows.select_related("division").order_by("division", "login")


def seats_of(user: User) -> QuerySet[Seat]:
    """The accounts somebody still has to judge in rounds that run, those due first."""
    open_places = (Place.WAITING, Place.DIFFERING)
    rows = Seat.objects.filter(
        inspector=user, done_at__isnull=True, sample__round__state="judging", sample__state__in=open_places
    )
    rows = rows.select_related("sample__round", "sample__account__organisation", "check_made")
    return rows.order_by("sample__round__due_on", "sample__round", "sample__stratum", "pk")


def to_move_on(user: User) -> QuerySet[Round]:
    """Rounds of a person's own office that go on only by its next step, those due first.

    Each with `unfinished`, its accounts without a verdict, and `undecided`, those on which two inspectors differ and
    that no third one was given.
    """
    open_places = Q(samples__state__in=(Place.WAITING, Place.DIFFERING))
    third = Exists(Seat.objects.filter(sample=OuterRef("samples"), number=Seat.ARBITER))
    undecided = Q(samples__state=Place.DIFFERING) & ~Q(third)
    rows = Round.objects.filter(division=user.division_id, **limit(user, "round.run", organisation="pk"))
    rows = rows.annotate(
        unfinished=Count("samples", filter=open_places), undecided=Count("samples", filter=undecided)
    )
    judging = Q(state="judging") & (Q(unfinished=0) | Q(undecided__gt=0))
    return rows.filter(Q(state__in=("announced", "drawn")) | judging).defer("population", "draw").order_by("due_on")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round has come. `left_days`: at the pace of the last days; None where nothing was done lately."""

    total: int = 0
    settled: int = 0
    differing: int = 0
    dropped: int = 0
    passed: int = 0
    failed: int = 0
    lately: int = 0

    @property
    def waiting(self) -> int:
        return self.total - self.settled - self.differing - self.dropped

    @property
    def done(self) -> int:
        return self.settled + self.dropped

    @property
    def left_days(self) -> float | None:
        left = self.waiting + self.differing
        return 0.0 if not left else left / (self.lately / LATELY.days) if self.lately else None


def progress_of(held: Round, now: datetime) -> Progress:
    """One query."""
    counts = Sample.objects.filter(round=held).aggregate(
        total=Count("pk"),
        settled=Count("pk", filter=Q(state=Place.SETTLED)),
        differing=Count("pk", filter=Q(state=Place.DIFFERING)),
        dropped=Count("pk", filter=Q(state=Place.DROPPED)),
        well=Count("pk", filter=Q(check_used__passed=True)),
        ill=Count("pk", filter=Q(check_used__passed=False)),
        lately=Count("pk", filter=Q(settled_at__gte=now - LATELY)),
    )
    return Progress(passed=counts.pop("well"), failed=counts.pop("ill"), **counts)


def loads_of(held: Round) -> list[Mapping[str, object]]:
    """Each inspector of a round with how many accounts he was given and how many he has done."""
    rows = Seat.objects.filter(sample__round=held).values("inspector", "inspector__name", "inspector__is_active")
    return list(
        rows.annotate(given=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False))).order_by("inspector")
    )


def published_population(held: Round) -> bytes:
    """The population as it was published, byte for byte."""
    return unpacked(Round.objects.only("population").get(pk=held.pk).population)


def published_draw(held: Round) -> dict[str, Any]:
    """The Draw object; empty before the round is drawn."""
    return dict(Round.objects.only("draw").get(pk=held.pk).draw)


def public_rounds() -> QuerySet[Round]:
    """What anybody may know of: announced rounds, and cancelled ones that had been announced."""
    rows = Round.objects.filter(Q(state__in=PUBLIC) | Q(state="cancelled", announced_at__isnull=False))
    return rows.select_related("division").defer("population", "draw").order_by("-announced_at", "-pk")
