"""Which pages of the directory a static copy holds, and where each lies.

A web server of files takes no questions, so what is asked for becomes a path: the page
`?division=320100&platform=weibo&page=2` lies at `/directory/division/320100/platform/weibo/page/2/`. One facet within
one place is as deep as it goes: a place small enough is listed to its end, so that every account is reached from its
own place, and what is larger is listed as far as anybody leafs.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count

from govmedia.accounts import queries as accounts
from govmedia.accounts.models import Account
from govmedia.orgs.models import Division
from govmedia.public.directory import FACETS, PAGE_SIZE, PAGES_MOST

ROOT = "/directory/"
# Pages of a place too large to be listed to its end, and of one facet within a place.
FIRST, NARROWED = 25, 3
# A place this small is leafed through sooner than narrowed down.
NARROWABLE = 100
# Fields and services are many and most have few accounts in a place; only in a large one do they help.
WIDE = 1000
_MANY = ("field", "offer")


class Choice(NamedTuple):
    """A place and one facet, either or both empty."""

    division: str = ""
    facet: str = ""
    value: str = ""

    @property
    def path(self) -> str:
        place = f"division/{self.division}/" if self.division else ""
        return ROOT + place + (f"{self.facet}/{self.value}/" if self.facet else "")

    def url(self, page: int) -> str:
        asked = {"division": self.division, self.facet: self.value, "page": str(page) if page > 1 else ""}
        query = urlencode({key: value for key, value in asked.items() if key and value})
        return ROOT + (f"?{query}" if query else "")


@dataclass(frozen=True, slots=True)
class Plan:
    """How many pages there are of each choice."""

    pages: Mapping[Choice, int]

    def listed(self) -> Iterator[tuple[str, str]]:
        """(address to ask for, path it lies at) of every page; a place's pages stand together."""
        for choice, pages in self.pages.items():
            for page in range(1, pages + 1):
                yield choice.url(page), path_of(choice, page)

    def path(self, params: Mapping[str, str]) -> str | None:
        """Where the page of these parameters lies, None where there is none."""
        asked = {key: value for key, value in params.items() if value}
        page = asked.pop("page", "1")
        division = asked.pop("division", "")
        if len(asked) > 1 or set(asked) - {*FACETS, "offer"} or not page.isdecimal():
            return None
        facet, value = next(iter(asked.items()), ("", ""))
        choice = Choice(division, facet, value)
        return path_of(choice, int(page)) if 1 <= int(page) <= self.pages.get(choice, 0) else None


def path_of(choice: Choice, page: int) -> str:
    return choice.path + (f"page/{page}/" if page > 1 else "")


def plan() -> Plan:
    """The pages there are to be, by one count of the register."""
    parents = dict(Division.objects.values_list("code", "parent_id"))
    totals, narrowed = Counter[str](), Counter[Choice]()
    counted = Account.objects.order_by().values_list("division_id", *FACETS).annotate(n=Count("pk"))
    for division, *values, number in counted:
        for place in _upwards(division, parents):
            totals[place] += number
            for facet, value in zip(FACETS, values, strict=True):
                if value:
                    narrowed[Choice(place, facet, value)] += number
    for division, offer, number in (
        accounts.offered().values_list("account__division_id", "offer").annotate(n=Count("pk"))
    ):
        for place in _upwards(division, parents):
            narrowed[Choice(place, "offer", offer)] += number
    pages = {Choice(place): _pages(number, _most(number)) for place, number in sorted(totals.items())}
    for choice, number in sorted(narrowed.items()):
        if not choice.division:
            pages[choice] = _pages(number, FIRST)
        elif totals[choice.division] > (WIDE if choice.facet in _MANY else NARROWABLE):
            pages[choice] = _pages(number, NARROWED)
    # A register that is empty yet has a page all the same.
    return Plan(pages or {Choice(): 1})


def _upwards(division: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    place: str | None = division
    while place:
        yield place
        place = parents.get(place)
    yield ""


def _most(number: int) -> int:
    return PAGES_MOST if number <= PAGES_MOST * PAGE_SIZE else FIRST


def _pages(number: int, most: int) -> int:
    return min(-(-number // PAGE_SIZE), most)
