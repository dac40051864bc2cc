"""What a copy of the site consists of, in pieces that one process makes at a time."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.urls import reverse

from govmedia.accounts.models import Account
from govmedia.assessments import queries as assessments
from govmedia.bulletins import queries as bulletins
from govmedia.opendata import queries as opendata
from govmedia.public.still.plan import Plan
from govmedia.public.views.feeds import IN_PART
from govmedia.rounds.queries import public_rounds

AT_ONCE = 100


class Page(NamedTuple):
    """An address to ask for, and where its answer lies in the copy."""

    url: str
    path: str


class Piece(NamedTuple):
    """Pages, or accounts by code, that one process makes at a time."""

    pages: Sequence[Page] = ()
    codes: Sequence[str] = ()

    @property
    def size(self) -> int:
        return len(self.pages) + len(self.codes)


def pieces(plan: Plan) -> list[Piece]:
    """All pieces; what takes longest to come about stands first."""
    found = [Piece(pages=(page,)) for page in _slow()]
    pages = [*_plain(), *(Page(url, path) for url, path in plan.listed())]
    codes = Account.objects.order_by("code").values_list("code", flat=True)
    found += [Piece(pages=some) for some in _batched(pages)]
    return found + [Piece(codes=some) for some in _batched(list(codes))]


def _batched(rows: list) -> Iterator[tuple]:
    return (tuple(rows[start : start + AT_ONCE]) for start in range(0, len(rows), AT_ONCE))


def _slow() -> Iterator[Page]:
    """Documents that may have to be set first."""
    for row in bulletins.public_bulletins():
        yield _at("bulletin", row.pk)
        if row.state != "withdrawn":
            yield from (_at("bulletin-document", row.pk, kind) for kind in ("json", *bulletins.KINDS))
            yield _at("bulletin-bundle", row.pk)


_ONCE = (
    "home", "draws", "bulletins", "bulletin-feed", "assessments", "open-data", "open-data-catalogue",
    "open-data-sha256", "open-data-sm3", "impostors", "feed", "robots", "sitemap", "sitemap-pages",
)  # fmt: skip


def _plain() -> Iterator[Page]:
    yield from (_at(name) for name in _ONCE)
    yield from (_at("sitemap-part", number + 1) for number in range(-(-Account.objects.count() // IN_PART)))
    for row in public_rounds():
        yield from (_at(name, row.pk) for name in ("draw", "draw-population", "draw-result"))
    for row in assessments.public_assessments().defer("published", "scheme_table"):
        yield from (_at(name, row.pk) for name in ("assessment", "assessment-ranking"))
    held = opendata.catalogue()
    for file in held.files if held else ():
        yield _at("open-data-file", file.name)
        if file.signature:
            yield _at("open-data-file", file.name + opendata.SUFFIX)


def _at(name: str, *args: object) -> Page:
    url = reverse(f"public:{name}", args=args)
    return Page(url, url)
