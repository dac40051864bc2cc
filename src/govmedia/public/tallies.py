"""Counts of the directory by place, platform, level and field: counted from rows, or kept where rows are many."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, Max

from govmedia.accounts import queries as accounts
from govmedia.common import installation
from govmedia.orgs.models import Division
from govmedia.public.models import OfferCounts, PlaceCounts

# A directory this small is counted anew at every change, so that its counts and its rows never differ.
SMALL = 5000
# Places with so many accounts keep their counts by what is offered too.
LARGE = 1000
_COUNTED = "public.offers_counted"
# A place's code, platform, level, field, and how many accounts there are of that kind.
Group = tuple[str, str, str, str, int]
# How many accounts by a place's code.
Places = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tallies:
    """Counts to choose from: of all accounts by place, and by platform, level and field with each kind's places."""

    places: Places
    kinds: Sequence[tuple[str, str, str, int, Places]]


def tallied(groups: Iterable[Group]) -> Tallies:
    """Groups added up."""
    everywhere, kinds = Counter[str](), dict[tuple[str, str, str], Counter[str]]()
    for place, platform, level, field, number in groups:
        everywhere[place] += number
        kinds.setdefault((platform, level, field), Counter())[place] += number
    return Tallies(dict(everywhere), [(*kind, places.total(), dict(places)) for kind, places in kinds.items()])


class Place(NamedTuple):
    """A division as a page names it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a place: its counts, how many accounts offer what, the places above it and itself, the places
    right below it."""

    tallies: Tallies
    offers: Mapping[str, int]
    line: list[Place]
    below: list[Place]


def kept(place: str) -> Kept | None:
    """What is kept of a place, empty for everywhere; None where the directory is small, or nothing lies there."""
    columns = ("kinds", "totals", "offers", "line", "below")
    row = PlaceCounts.objects.filter(pk=place or PlaceCounts.TOP).values_list(*columns).first()
    if row is None:
        return None
    kinds, totals, offers, line, below = row
    return Kept(Tallies(totals, kinds), offers, [Place(*one) for one in line], [Place(*one) for one in below])


def kept_offer(place: str, offer: str) -> Tallies | None:
    """What is kept of those that offer something at a place; None where it is soon counted."""
    row = (
        OfferCounts.objects.filter(place=place or PlaceCounts.TOP, offer=offer).values_list("totals", "kinds").first()
    )
    return Tallies(*row) if row else None


def keep_counts(*, now: datetime) -> int:
    """Bring what is kept up to the registry; returns how many places were written. Nothing is kept of a small one.

    Counting takes seconds in a large registry, and nobody else shall wait for it: only what is found is written in a
    transaction.
    """
    stamp = accounts.latest_change()
    held = PlaceCounts.objects.filter(pk=PlaceCounts.TOP).values_list("stamp", flat=True).first()
    # What is offered is told by a list, which may change while the registry does not.
    counted = accounts.offered().aggregate(last=Max("pk"))["last"]
    if stamp is None or (stamp == held and installation.read(_COUNTED) == counted):
        return 0
    if accounts.in_directory().count() <= SMALL:
        OfferCounts.objects.all().delete()
        return PlaceCounts.objects.all().delete()[0]
    rows = accounts.in_directory().order_by().values_list("division_id", "platform", "level", "field")
    offers = accounts.offered().values_list("account__division_id", "offer").annotate(n=Count("pk"))
    found = _by_place(rows.annotate(n=Count("pk")), offers)
    present = {place: told for place, *told in PlaceCounts.objects.values_list("place", "kinds", "offers")}
    changed = [place for place, row in found.items() if present.get(place) != [row["kinds"], row["offers"]]]
    offering = list(_offering(found))
    with transaction.atomic():
        OfferCounts.objects.all().delete()
        OfferCounts.objects.bulk_create(offering, batch_size=500)
        PlaceCounts.objects.filter(pk__in=present.keys() - found.keys()).delete()
        PlaceCounts.objects.bulk_create(
            [PlaceCounts(place=place, stamp=stamp, **found[place]) for place in changed],
            update_conflicts=True, unique_fields=["place"], batch_size=500,
            update_fields=["kinds", "totals", "offers", "line", "below", "stamp"],
        )  # fmt: skip
        PlaceCounts.objects.filter(pk=PlaceCounts.TOP).update(stamp=stamp)
        installation.write(_COUNTED, counted)
    return len(changed)


def _offering(places: Mapping[str, Mapping[str, Any]]) -> Iterator[OfferCounts]:
    """What is kept by offer, of large places."""
    large = {place for place, row in places.items() if sum(row["totals"].values()) > LARGE}
    columns = ("offer", "account__division_id", "account__platform", "account__level", "account__field")
    groups: dict[str, list[Group]] = {}
    for offer, *group in accounts.offered().values_list(*columns).annotate(n=Count("pk")):
        groups.setdefault(offer, []).append((*group,))
    for offer, some in groups.items():
        for place, row in _by_place(some, ()).items():
            if place in large:
                yield OfferCounts(place=place, offer=offer, kinds=row["kinds"], totals=row["totals"])


def _by_place(groups: Iterable[Group], offers: Iterable[tuple[str, str, int]]) -> dict[str, dict[str, Any]]:
    """The columns of every place that has accounts at it or below."""
    divisions = {
        code: (name, parent) for code, name, parent in Division.objects.values_list("code", "name", "parent_id")
    }
    found: dict[str, dict[tuple[str, str, str], Counter[str]]] = {}
    for place, platform, level, field, number in groups:
        for above, below in _steps(place, divisions):
            found.setdefault(above, {}).setdefault((platform, level, field), Counter())[below] += number
    offered: dict[str, Counter[str]] = {}
    for place, offer, number in offers:
        for above, _ in _steps(place, divisions):
            offered.setdefault(above, Counter())[offer] += number
    children: dict[str, list[tuple[str, str]]] = {}
    for code, (name, parent) in sorted(divisions.items()):
        children.setdefault(parent or PlaceCounts.TOP, []).append((code, name))
    return {
        place: {
            "kinds": [
                [*kind, places.total(), dict(sorted(places.items()))] for kind, places in sorted(kinds.items())
            ],
            "totals": dict(sorted(sum(kinds.values(), Counter[str]()).items())),
            "offers": dict(sorted(offered.get(place, {}).items())),
            "line": [[code, divisions[code][0]] for code in _above(place, divisions)],
            "below": [list(one) for one in children.get(place, ())],
        }
        for place, kinds in found.items()
    }


_Divisions = Mapping[str, tuple[str, str | None]]


def _above(place: str, divisions: _Divisions) -> list[str]:
    """The place and those above it, the uppermost first; none of everywhere."""
    found: list[str] = []
    at: str | None = place
    while at in divisions:
        found.append(at)
        at = divisions[at][1]
    return found[::-1]


def _steps(place: str, divisions: _Divisions) -> Iterator[tuple[str, str]]:
    """Every place that an account is counted at, with the one right below it on the way; its own with itself."""
    yield place, place
    for below in reversed(_above(place, divisions)):
        yield divisions[below][1] or PlaceCounts.TOP, below
