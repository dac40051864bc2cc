"""Browsing the directory: what the address asks for, the counts of every facet, and one page of accounts.

A facet's counts hold for all other choices as they stand. Without a search they come from one count by place,
platform, level and field, kept for a while; with one, from the accounts found.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Count, F, QuerySet
from django.db.models.functions import Substr
from django.http import QueryDict

from govmedia.accounts import queries as accounts
from govmedia.accounts.models import Account
from govmedia.engine.platforms import FIELDS, LEVELS, PLATFORMS
from govmedia.orgs.models import Division
from govmedia.orgs.rights import within

PAGE_SIZE = 20
# Nobody leafs further; whoever wants them all narrows down, and a deep page costs what all before it cost.
PAGES_MOST = 250
# A search that finds more says so instead of weighing them all.
FOUND_MOST = 2000
# Where facets are chosen, so many are looked through for them.
FOUND_CHOSEN = 10_000
KEPT_S = 60
# A directory this small is counted anew at every change, so that its counts and its rows never differ.
SMALL = 5000
FACETS = ("platform", "level", "field")
_WORDS: Mapping[str, Mapping[str, str]] = {
    "platform": {code: one.label for code, one in PLATFORMS.items()},
    "level": LEVELS,
    "field": {code: one.label for code, one in FIELDS.items()},
}


# A place's code, platform, level, field, and how many accounts there are of that kind.
Group = tuple[str, str, str, str, int]
# How many accounts by a place's code.
Places = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address asks for; unknown values are dropped, and empty text means no restriction."""

    text: str = ""
    division: str = ""
    platform: str = ""
    level: str = ""
    field: str = ""
    page: int = 1

    @classmethod
    def of(cls, params: QueryDict) -> "Wish":
        chosen = {key: params.get(key, "") for key in FACETS}
        page = params.get("page", "")[:6]
        division = params.get("division", "")[:9]
        return cls(
            text=params.get("q", "").replace("\x00", "").strip()[:200],
            division=division if division.isascii() and division.isdigit() else "",
            page=max(1, int(page)) if page.isascii() and page.isdigit() else 1,
            **{key: value if value in _WORDS[key] else "" for key, value in chosen.items()},
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a facet."""

    value: str
    label: str
    count: int
    on: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many accounts fit, by place right below the one chosen, and by the choices of every facet."""

    total: int
    places: list[Choice]
    facets: dict[str, list[Choice]]


@dataclass(frozen=True, slots=True)
class Tallies:
    """Counts to choose from: of all accounts by place, and by platform, level and field with each kind's places."""

    places: Places
    kinds: Sequence[tuple[str, str, str, int, Places]]


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
    line: list[Division]


def browse(wish: Wish, *, now: datetime) -> Found:
    """The page asked for, with its facets; a fixed number of queries."""
    line = _line(wish.division)
    wish = replace(wish, division=line[-1].code if line else "")
    top = wish.division or _only_province()
    tallies, keys = _searched(wish) if wish.text else (_counted(top, now), None)
    counts = _counts(wish, tallies, top)
    exact = counts.total <= FOUND_MOST or not wish.text
    pages = min(max(1, -(-counts.total // PAGE_SIZE)), PAGES_MOST)
    wish = replace(wish, page=min(wish.page, pages))
    return Found(
        wish=wish,
        total=counts.total if exact else FOUND_MOST,
        exact=exact,
        pages=pages,
        rows=_page(wish, keys),
        places=counts.places,
        facets=counts.facets,
        line=line,
    )


def overview(*, now: datetime) -> Counts:
    """The whole directory in numbers."""
    top = _only_province()
    return _counts(Wish(), _counted(top, now), top)


def _only_province() -> str:
    """The one province all accounts lie in, whose cities are then the first choice; empty where there are several."""
    places = accounts.in_directory().values_list("division_id", flat=True)
    first, last = places.order_by("division_id").first(), places.order_by("-division_id").first()
    return f"{first[:2]}0000" if first and last and first[:2] == last[:2] else ""


def _line(code: str) -> list[Division]:
    """The division and those above it, the uppermost first; empty for an unknown code."""
    if not code:
        return []
    codes = [code, code[:6], f"{code[:4]}00", f"{code[:2]}0000"]
    rows = {row.code: row for row in Division.objects.filter(code__in=codes)}
    return [rows[one] for one in dict.fromkeys(reversed(codes)) if one in rows] if code in rows else []


def _counted(division: str, now: datetime) -> Tallies:
    """Counts of a place: by province for the whole country, else by division."""
    key = f"public.directory.{division}"
    stamp = accounts.latest_change()
    kept: tuple[datetime | None, datetime, Tallies] | None = cache.get(key)
    if kept is not None:
        large = sum(kept[2].places.values()) > SMALL
        if kept[0] == stamp or (large and now - kept[1] < timedelta(seconds=KEPT_S)):
            return kept[2]
    rows = accounts.within_division(division) if division else accounts.in_directory()
    if not division:
        rows = rows.annotate(province=Substr("division_id", 1, 2))
    place = "division_id" if division else "province"
    counted = rows.order_by().values_list(place, *FACETS).annotate(n=Count("pk"))
    tallies = _tallied((f"{row[0]:0<6}", *row[1:]) for row in counted)
    cache.set(key, (stamp, now, tallies), 10 * KEPT_S)
    return tallies


def _tallied(groups: Iterable[Group]) -> Tallies:
    everywhere, kinds = Counter[str](), dict[tuple[str, str, str], Counter[str]]()
    for place, platform, level, field, number in groups:
        everywhere[place] += number
        kinds.setdefault((platform, level, field), Counter())[place] += number
    return Tallies(dict(everywhere), [(*kind, places.total(), dict(places)) for kind, places in kinds.items()])


def _searched(wish: Wish) -> tuple[Tallies, list[int]]:
    """What a search finds in a place: its counts, and keys in order of nearness and activity.

    Where there are too many, the facets are searched too, so that what is chosen is found all the same.
    """
    chosen = {key: getattr(wish, key) for key in FACETS if getattr(wish, key)}
    rows = _search_rows(wish, {})
    if len(rows) > FOUND_MOST and chosen:
        rows = _search_rows(wish, chosen)
    tallies = _tallied((place, platform, level, field, 1) for _, place, platform, level, field in rows)
    columns = [(2 + FACETS.index(key), value) for key, value in chosen.items()]
    return tallies, [row[0] for row in rows if all(row[column] == value for column, value in columns)]


def _search_rows(wish: Wish, chosen: Mapping[str, str]) -> list[tuple[int, str, str, str, str]]:
    """(key, place, platform, level, field) of at most one more than FOUND_MOST accounts, nearest first."""
    most = (FOUND_MOST if not chosen else FOUND_CHOSEN) + 1
    keys = [hit.account_id for hit in accounts.hits(wish.text, most=most, within=accounts.Within(wish.division))]
    rows = accounts.in_directory().filter(pk__in=keys, **chosen).values_list("pk", "division_id", *FACETS)
    found = {row[0]: row for row in rows}
    return [found[key] for key in keys if key in found][: FOUND_MOST + 1]


def _page(wish: Wish, keys: Sequence[int] | None) -> list[Account]:
    """The accounts of one page; keys come first and rows after, so that a far page reads an index only."""
    start = (wish.page - 1) * PAGE_SIZE
    if keys is None:
        keys = list(_ordered(wish).values_list("pk", flat=True)[start : start + PAGE_SIZE])
    else:
        keys = keys[start : start + PAGE_SIZE]
    rows = Account.objects.filter(pk__in=keys).select_related("organisation", "successor")
    by_key = {row.pk: row for row in rows}
    return [by_key[key] for key in keys if key in by_key]


def _ordered(wish: Wish) -> QuerySet[Account]:
    rows = accounts.within_division(wish.division) if wish.division else accounts.in_directory()
    rows = rows.filter(**{key: getattr(wish, key) for key in FACETS if getattr(wish, key)})
    return rows.order_by(F("last_post_at").desc(nulls_last=True), "pk")


def _counts(wish: Wish, tallies: Tallies, top: str) -> Counts:
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
        places=_places(places, top),
        facets={key: _facet(key, counts, getattr(wish, key)) for key, counts in counted.items()},
    )


def _added(parts: Iterable[Places]) -> Places:
    total = Counter[str]()
    for part in parts:
        for place, number in part.items():
            total[place] += number
    return total


def _places(counts: Mapping[str, int], top: str) -> list[Choice]:
    """The divisions right below `top` that have accounts."""
    below = list(Division.objects.filter(parent_id=top or None).order_by("code").values_list("code", "name"))
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
    return lines if key == "level" else sorted(lines, key=lambda line: -line.count)
