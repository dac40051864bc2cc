"""Browsing the directory: what the address asks for, the counts of every facet, and one page of accounts.

A facet's counts hold for all other choices as they stand. Without a search they come from one count by place,
platform, level and field, kept for a while; with one, from the accounts found. What is offered is a facet by itself,
since an account may offer several things: its numbers are left out where a large directory would have to count them.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Concat, Substr
from django.http import QueryDict

from govmedia.accounts import queries as accounts
from govmedia.accounts.models import Account
from govmedia.engine.offers import OFFERS
from govmedia.engine.platforms import FIELDS, LEVELS, PLATFORMS
from govmedia.orgs.models import Division
from govmedia.orgs.rights import within
from govmedia.public.tallies import SMALL, Kept, Place, Places, Tallies, kept, kept_offer, tallied

PAGE_SIZE = 20
# Nobody leafs further; whoever wants them all narrows down, and a deep page costs what all before it cost.
PAGES_MOST = 250
# A search that finds more says so instead of weighing them all.
FOUND_MOST = 2000
# Where facets are chosen, so many are looked through for them.
FOUND_CHOSEN = 10_000
KEPT_S = 60
COMMON = 1000
FACETS = ("platform", "level", "field")
BY_NAME = "name"
# What a line of the directory says.
_READ = (
    "code", "name", "platform", "status", "functions", "description", "closed_on", "health", "veto_open",
    "last_post_at", "first_seen_at", "organisation__name", "successor__code", "successor__name",
)  # fmt: skip
T = TypeVar("T")
_WORDS: Mapping[str, Mapping[str, str]] = {
    "platform": {code: one.label for code, one in PLATFORMS.items()},
    "level": LEVELS,
    "field": {code: one.label for code, one in FIELDS.items()},
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address asks for; unknown values are dropped, and empty text means no restriction."""

    text: str = ""
    division: str = ""
    platform: str = ""
    level: str = ""
    field: str = ""
    offer: str = ""
    page: int = 1
    # empty: the latest active first; with a search the nearest names come first whatever this says
    sort: str = ""

    @classmethod
    def of(cls, params: QueryDict) -> "Wish":
        chosen = {key: params.get(key, "") for key in FACETS}
        page = params.get("page", "")[:6]
        division = params.get("division", "")[:9]
        offer = params.get("offer", "")
        return cls(
            text=params.get("q", "").replace("\x00", "").strip()[:200],
            division=division if division.isascii() and division.isdigit() else "",
            offer=offer if offer in OFFERS else "",
            page=max(1, int(page)) if page.isascii() and page.isdigit() else 1,
            sort=BY_NAME if params.get("sort") == BY_NAME else "",
            **{key: value if value in _WORDS[key] else "" for key, value in chosen.items()},
        )

    @property
    def chosen(self) -> dict[str, str]:
        """What is chosen of the facets that an account has one value of."""
        return {key: getattr(self, key) for key in FACETS if getattr(self, key)}


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a facet; `count` is None where it was not counted."""

    value: str
    label: str
    count: int | None
    on: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many accounts fit, by place right below the one chosen, and by the choices of every facet."""

    total: int
    places: list[Choice]
    facets: dict[str, list[Choice]]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the directory. `exact` False: more than FOUND_MOST were found, the rest is left out."""

    wish: Wish
    total: int
    exact: bool
    pages: int
    rows: list[Account]
    places: list[Choice]
    facets: dict[str, list[Choice]]
    offers: list[Choice]
    line: list[Place]
    # nothing has the text in any of its names: what was found differs in a sign
    only_alike: bool = False


def browse(wish: Wish, *, now: datetime) -> Found:
    """The page asked for, with its facets; a fixed number of queries."""
    known = kept(wish.division)
    line = known.line if known else _line(wish.division)
    wish = replace(wish, division=line[-1].code if line else "")
    known, top = _top(wish.division, known)
    only_alike = False
    if wish.text:
        tallies, keys, offers, only_alike = _searched(wish)
    else:
        tallies = known.tallies if known and not wish.offer else _counted(top, wish.offer, now)
        keys, offers = None, _offered(top, wish, known, now)
    counts = _counts(wish, tallies, known.below if known else _below(top))
    exact = counts.total <= FOUND_MOST or not wish.text
    pages = min(max(1, -(-counts.total // PAGE_SIZE)), PAGES_MOST)
    wish = replace(wish, page=min(wish.page, pages))
    return Found(
        wish=wish,
        total=counts.total if exact else FOUND_MOST,
        exact=exact,
        pages=pages,
        rows=_page(wish, keys, counts.total),
        places=counts.places,
        facets=counts.facets,
        offers=_offers(offers, wish),
        line=line,
        only_alike=only_alike,
    )


def overview(*, now: datetime) -> Counts:
    """The whole directory in numbers."""
    known, top = _top("", kept(""))
    tallies = known.tallies if known else _counted(top, "", now)
    return _counts(Wish(), tallies, known.below if known else _below(top))


def offers_overview(*, now: datetime) -> list[Choice]:
    """What the whole directory's accounts offer, the commonest first."""
    known, top = _top("", kept(""))
    return _offers(_offered(top, Wish(), known, now), Wish())


def _top(division: str, known: Kept | None) -> tuple[Kept | None, str]:
    """Where the choice of places begins, and what is kept of it: at a place the choices are those right below it, and
    where all accounts lie in one province, its cities are the first."""
    if division:
        return known, division
    top = _only_province(known)
    return (kept(top) if known and top else known), top


def _only_province(known: Kept | None) -> str:
    """The one province all accounts lie in; empty where there are several."""
    if known is not None:
        return next(iter(known.tallies.places)) if len(known.tallies.places) == 1 else ""
    places = accounts.in_directory().values_list("division_id", flat=True)
    first, last = places.order_by("division_id").first(), places.order_by("-division_id").first()
    return f"{first[:2]}0000" if first and last and first[:2] == last[:2] else ""


def _line(code: str) -> list[Place]:
    """The division and those above it, the uppermost first; empty for an unknown code."""
    if not code:
        return []
    codes = [code, code[:6], f"{code[:4]}00", f"{code[:2]}0000"]
    rows = {row.code: Place(row.code, row.name) for row in Division.objects.filter(code__in=codes)}
    return [rows[one] for one in dict.fromkeys(reversed(codes)) if one in rows] if code in rows else []


def _below(code: str) -> list[Place]:
    rows = Division.objects.filter(parent_id=code or None).order_by("code").values_list("code", "name")
    return [Place(*row) for row in rows]


def _counted(division: str, offer: str, now: datetime) -> Tallies:
    """Counts of a place, of those that offer something where that is chosen: by province for the whole country, else
    by division."""

    if offer and (kept_already := kept_offer(division, offer)):
        return kept_already

    def count() -> Tallies:
        rows = accounts.within_division(division) if division else accounts.in_directory()
        rows = _offering(rows, offer, few=bool(division))
        if not division:
            rows = rows.annotate(province=Substr("division_id", 1, 2))
        place = "division_id" if division else "province"
        counted = rows.order_by().values_list(place, *FACETS).annotate(n=Count("pk"))
        return tallied((f"{row[0]:0<6}", *row[1:]) for row in counted)

    return _cached(f"tallies.{division}.{offer}", count, lambda one: sum(one.places.values()), now)


def _offered(top: str, wish: Wish, known: Kept | None, now: datetime) -> Mapping[str, int | None]:
    """How many accounts offer what, under the other choices; None for what a large directory does not count."""
    if known is not None:
        return dict.fromkeys(known.offers, None) if wish.chosen else known.offers

    def count() -> dict[str, int]:
        where = {f"account__{key}": value for key, value in wish.chosen.items()}
        if top:
            where["account__in"] = accounts.within_division(top).values("pk")
        return dict(accounts.offered().filter(**where).values_list("offer").annotate(n=Count("pk")))

    key = ".".join(("offers", top, *(wish.chosen.get(one, "") for one in FACETS)))
    return _cached(key, count, lambda one: sum(one.values()), now)


def _cached(name: str, count: Callable[[], T], size: Callable[[T], int], now: datetime) -> T:
    """What was counted, until the register changes; of what is large a while longer."""
    key, stamp = f"public.directory.{name}", accounts.latest_change()
    held: tuple[datetime | None, datetime, T] | None = cache.get(key)
    if held is not None:
        large = size(held[2]) > SMALL
        if held[0] == stamp or (large and now - held[1] < timedelta(seconds=KEPT_S)):
            return held[2]
    counted = count()
    cache.set(key, (stamp, now, counted), 10 * KEPT_S)
    return counted


def _offering(rows: QuerySet[Account], offer: str, *, few: bool) -> QuerySet[Account]:
    """Those of the accounts that offer something. Where the rows are `few`, or what is offered common, the database
    is made to look at each row; else it begins with what is offered."""
    if not offer:
        return rows
    if few:
        return rows.filter(Exists(accounts.offered().filter(offer=offer, account=OuterRef("pk"))))
    return rows.filter(offered__offer=offer)


def _searched(wish: Wish) -> tuple[Tallies, list[int], Mapping[str, int | None], bool]:
    """What a search finds in a place: its counts, keys in order of nearness and activity, what is offered, and
    whether all of it differs from what was asked.

    Where there are too many, what is chosen is searched too, so that it is found all the same; what else those many
    offer is then not counted.
    """
    rows, only_alike = _search_rows(wish, {})
    many = len(rows) > FOUND_MOST
    if many and (wish.chosen or wish.offer):
        offered = {"offered__offer": wish.offer} if wish.offer else {}
        rows, only_alike = _search_rows(wish, {**wish.chosen, **offered})
    columns = [(2 + FACETS.index(key), value) for key, value in wish.chosen.items()]
    fitting = {row[0] for row in rows if all(row[column] == value for column, value in columns)}
    offers = Counter[str]()
    offering = set[int]()
    for key, offer in accounts.offered().filter(account__in=[row[0] for row in rows]).values_list("account", "offer"):
        offers[offer] += key in fitting
        if offer == wish.offer:
            offering.add(key)
    if wish.offer:
        rows = [row for row in rows if row[0] in offering]
    tallies = tallied((place, platform, level, field, 1) for _, place, platform, level, field in rows)
    keys = [row[0] for row in rows if row[0] in fitting]
    if many and wish.offer:
        return tallies, keys, {**dict.fromkeys(OFFERS, None), wish.offer: len(keys)}, only_alike
    return tallies, keys, +offers, only_alike


def _search_rows(wish: Wish, chosen: Mapping[str, str]) -> tuple[list[tuple[int, str, str, str, str]], bool]:
    """(key, place, platform, level, field) of at most one more than FOUND_MOST accounts, nearest first; and whether
    all of them differ from what was asked."""
    most = (FOUND_MOST if not chosen else FOUND_CHOSEN) + 1
    hits = accounts.hits(wish.text, most=most, within=accounts.Within(wish.division))
    keys = [hit.account_id for hit in hits]
    known = accounts.in_directory().filter(pk__in=keys, **chosen).values_list("pk", "division_id", *FACETS)
    found = {row[0]: row for row in known}
    rows = [found[key] for key in keys if key in found][: FOUND_MOST + 1]
    return rows, bool(hits) and hits[0].nearness >= accounts.NEARLY


def _page(wish: Wish, keys: Sequence[int] | None, total: int) -> list[Account]:
    """The accounts of one page of so many; keys come first and rows after: a far page then reads an index only."""
    start = (wish.page - 1) * PAGE_SIZE
    if keys is None:
        keys = list(_ordered(wish, total).values_list("pk", flat=True)[start : start + PAGE_SIZE])
    else:
        keys = keys[start : start + PAGE_SIZE]
    rows = Account.objects.filter(pk__in=keys).select_related("organisation", "successor").only(*_READ)
    by_key = {row.pk: row for row in rows}
    return [by_key[key] for key in keys if key in by_key]


def _ordered(wish: Wish, total: int) -> QuerySet[Account]:
    if wish.division:
        # A database may think a field or platform rarer than a place; by the place's index alone all is at hand.
        rows = accounts.within_division(wish.division)
        rows = rows.alias(**{f"_{key}": Concat(key, Value("")) for key in wish.chosen})
        rows = rows.filter(**{f"_{key}": value for key, value in wish.chosen.items()})
    else:
        rows = accounts.in_directory().filter(**wish.chosen)
    rows = _offering(rows, wish.offer, few=bool(wish.division) or total > COMMON)
    if wish.sort == BY_NAME:
        return rows.order_by("name_order", "pk")
    return rows.order_by(F("last_post_at").desc(nulls_last=True), "pk")


def _counts(wish: Wish, tallies: Tallies, below: Sequence[Place]) -> Counts:
    """All counts in one pass: a facet's under the other facets' choices, a place's and the total under all."""
    platforms, levels, fields = Counter[str](), Counter[str](), Counter[str]()
    fitting: list[Places] = []
    for platform, level, field, number, at in tallies.kinds:
        on_platform = not wish.platform or platform == wish.platform
        on_level = not wish.level or level == wish.level
        on_field = not wish.field or field == wish.field
        if on_level and on_field:
            platforms[platform] += number
            if on_platform:
                fitting.append(at)
        if on_platform and on_field:
            levels[level] += number
        if on_platform and on_level:
            fields[field] += number
    counted = {"platform": platforms, "level": levels, "field": fields}
    places = tallies.places if len(fitting) == len(tallies.kinds) else _added(fitting)
    return Counts(
        total=sum(places.values()),
        places=_places(places, below),
        facets={key: _facet(key, counts, getattr(wish, key)) for key, counts in counted.items()},
    )


def _added(parts: Iterable[Places]) -> Places:
    total = Counter[str]()
    for part in parts:
        for place, number in part.items():
            total[place] += number
    return total


def _places(counts: Mapping[str, int], below: Sequence[Place]) -> list[Choice]:
    """Those of the places that have accounts."""
    starts = [code for code, _ in below]
    totals = Counter[str]()
    for place, number in counts.items():
        at = bisect_right(starts, place) - 1
        if at >= 0 and within(place, starts[at]):
            totals[starts[at]] += number
    return [Choice(code, name, totals[code], False) for code, name in below if totals[code]]


def _facet(key: str, counts: Mapping[str, int], chosen: str) -> list[Choice]:
    lines = [
        Choice(code, label, counts[code], code == chosen)
        for code, label in _WORDS[key].items()
        if counts[code] or code == chosen
    ]
    return lines if key == "level" else sorted(lines, key=_likeliest)


def _offers(counts: Mapping[str, int | None], wish: Wish) -> list[Choice]:
    """The commonest first; in the order of the list where they were not counted."""
    lines = [
        Choice(code, offer.label, counts.get(code), code == wish.offer)
        for code, offer in OFFERS.items()
        if code in counts or code == wish.offer
    ]
    return sorted(lines, key=_likeliest)


def _likeliest(line: Choice) -> tuple[bool, int]:
    """What is chosen stands first: a long list shows its first lines only."""
    return not line.on, -(line.count or 0)
