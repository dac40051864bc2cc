"""Browsing the directory: what the address asks for, the counts of every facet, and one page of accounts.

A facet's counts hold for all other choices as they stand. Without a search they come from one count by place,
platform, level and field, kept for a while; with one, from the accounts found.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

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
    top = wish.division or _only_province(now)
    groups, keys = _searched(wish) if wish.text else (_counted(top, now), None)
    counts = _counts(wish, groups, top)
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
    top = _only_province(now)
    return _counts(Wish(), _counted(top, now), top)


def _only_province(now: datetime) -> str:
    """The one province all accounts lie in, whose cities are then the first choice; empty where there are several."""
    provinces = {group[0] for group in _counted("", now)}
    return provinces.pop() if len(provinces) == 1 else ""


def _line(code: str) -> list[Division]:
    """The division and those above it, the uppermost first; empty for an unknown code."""
    if not code:
        return []
    codes = [code, code[:6], f"{code[:4]}00", f"{code[:2]}0000"]
    rows = {row.code: row for row in Division.objects.filter(code__in=codes)}
    return [rows[one] for one in dict.fromkeys(reversed(codes)) if one in rows] if code in rows else []


def _counted(division: str, now: datetime) -> list[Group]:
    """Counts of a place: by province for the whole country, else by division."""
    key = f"public.directory.{division}"
    stamp = accounts.latest_change()
    kept: tuple[datetime | None, datetime, list[Group]] | None = cache.get(key)
    if kept is not None:
        large = sum(group[4] for group in kept[2]) > SMALL
        if kept[0] == stamp or (large and now - kept[1] < timedelta(seconds=KEPT_S)):
            return kept[2]
    rows = accounts.within_division(division) if division else accounts.in_directory()
    if not division:
        rows = rows.annotate(province=Substr("division_id", 1, 2))
    place = "division_id" if division else "province"
    counted = rows.order_by().values_list(place, *FACETS).annotate(n=Count("pk"))
    groups = [(f"{row[0]:0<6}", *row[1:]) for row in counted]
    cache.set(key, (stamp, now, groups), 10 * KEPT_S)
    return groups


def _searched(wish: Wish) -> tuple[list[Group], list[int]]:
    """What a search finds in a place: groups of one account each, and keys in order of nearness and activity.

    Where there are too many, the facets are searched too, so that what is chosen is found all the same.
    """
    rows = _search_rows(wish, {})
    if len(rows) > FOUND_MOST:
        rows = _search_rows(wish, {key: getattr(wish, key) for key in FACETS if getattr(wish, key)})
    groups = [(*row[1:5], 1) for row in rows]
    chosen = [(2 + place, getattr(wish, key)) for place, key in enumerate(FACETS) if getattr(wish, key)]
    fitting = [row for row in rows if all(row[column] == value for column, value in chosen)]
    fitting.sort(key=lambda row: (row[5], -(row[6].timestamp() if row[6] else 0), row[0]))
    return groups, [row[0] for row in fitting]


def _search_rows(wish: Wish, chosen: Mapping[str, str]) -> list[tuple[Any, ...]]:
    place = accounts.within_division(wish.division) if wish.division else accounts.in_directory()
    found = accounts.search(wish.text, place.filter(**chosen))
    columns = ("pk", "division_id", *FACETS, "nearness", "last_post_at")
    return list(found.values_list(*columns)[: FOUND_MOST + 1])


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


def _counts(wish: Wish, groups: Iterable[Group], top: str) -> Counts:
    """All counts in one pass: a facet's under the other facets' choices, a place's and the total under all."""
    places, platforms, levels, fields = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for place, platform, level, field, number in groups:
        on_platform = not wish.platform or platform == wish.platform
        on_level = not wish.level or level == wish.level
        on_field = not wish.field or field == wish.field
        if on_level and on_field:
            platforms[platform] += number
            if on_platform:
                places[place] += number
        if on_platform and on_field:
            levels[level] += number
        if on_platform and on_level:
            fields[field] += number
    counted = {"platform": platforms, "level": levels, "field": fields}
    return Counts(
        total=places.total(),
        places=_places(places, top),
        facets={key: _facet(key, counts, getattr(wish, key)) for key, counts in counted.items()},
    )


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
