"""For programs that come by themselves: the feed, the map of the site, what robots may do, and badges."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from govmedia.accounts import queries as accounts
from govmedia.accounts.models import Account
from govmedia.assessments import queries as assessments
from govmedia.bulletins import queries as bulletins
from govmedia.engine.hashing import sm3_hex
from govmedia.impostors import queries as impostors
from govmedia.public import atom, badge, news
from govmedia.rounds.queries import public_rounds

# Map files may have 50,000 addresses; smaller ones are made sooner.
IN_PART = 20_000
PARTS_MOST = 50_000
BADGE_KEPT_S = 3600
_XML = "application/xml; charset=utf-8"
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _state(request: HttpRequest) -> str:
    told = (accounts.state_of_registry(), bulletins.changed_at(), impostors.changed_at(), request.get_host())
    return f'"{sm3_hex(repr(told).encode())[:32]}"'


@require_safe
@condition(etag_func=_state)
def feed(request: HttpRequest) -> HttpResponse:
    """New and closed accounts, bulletins, known impostors."""
    absolute = request.build_absolute_uri
    entries = news.entries(absolute)
    text = atom.feed(
        title="政务新媒体名录：新备案、注销、冒用和通报",
        own=absolute(reverse("public:feed")),
        home=absolute(reverse("public:home")),
        entries=entries,
        updated=entries[0].updated if entries else None,
    )
    return HttpResponse(text, content_type=atom.MIME)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the map: one file of pages, and the accounts in parts."""
    parts = -(-Account.objects.count() // IN_PART)
    paths = [
        reverse("public:sitemap-pages"),
        *(reverse("public:sitemap-part", args=[n]) for n in range(1, parts + 1)),
    ]
    rows = "".join(f"<sitemap><loc>{escape(request.build_absolute_uri(path))}</loc></sitemap>\n" for path in paths)
    return _xml(f'<sitemapindex xmlns="{_SITEMAPS}">\n{rows}</sitemapindex>\n')


@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    names = ("home", "directory", "bulletins", "draws", "assessments", "open-data", "impostors")
    # What asks questions a copy of the site does not have.
    asks = () if getattr(request, "still", None) is not None else ("verify", "report")
    names = (*names, *asks)
    paths = [reverse(f"public:{name}") for name in names]
    for name, rows in (
        ("bulletin", bulletins.public_bulletins()),
        ("draw", public_rounds()),
        ("assessment", assessments.public_assessments()),
    ):
        paths += [reverse(f"public:{name}", args=[pk]) for pk in rows.values_list("pk", flat=True)]
    return _urls(request, paths)


@require_safe
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """Accounts in the order they came to the register, so that a part that is full never changes."""
    if not 1 <= number <= PARTS_MOST:
        raise Http404
    start = (number - 1) * IN_PART
    codes = list(Account.objects.order_by("pk").values_list("code", flat=True)[start : start + IN_PART])
    if not codes:
        raise Http404
    return _urls(request, (f"/accounts/{code}/" for code in codes))


def _urls(request: HttpRequest, paths: Iterable[str]) -> HttpResponse:
    root = request.build_absolute_uri("/").rstrip("/")
    rows = "".join(f"<url><loc>{escape(root + path)}</loc></url>\n" for path in paths)
    return _xml(f'<urlset xmlns="{_SITEMAPS}">\n{rows}</urlset>\n')


def _xml(text: str) -> HttpResponse:
    return HttpResponse(f'<?xml version="1.0" encoding="utf-8"?>\n{text}', content_type=_XML)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Pages may be found; the desk and endless combinations of choices need not be."""
    where = request.build_absolute_uri(reverse("public:sitemap"))
    text = f"User-agent: *\nDisallow: /desk/\nDisallow: /directory/?\nSitemap: {where}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _badge_state(request: HttpRequest, code: str) -> str:
    row = Account.objects.filter(code=code.upper()).values_list("status", "name").first()
    return f'"{sm3_hex(repr(row).encode())[:32]}"'


@require_safe
@condition(etag_func=_badge_state)
def account_badge(request: HttpRequest, code: str) -> HttpResponse:
    """A picture in any case, so that a made-up code does not show as a broken one that everybody overlooks."""
    row = Account.objects.filter(code=code.upper()).first() if len(code) == 10 else None
    response = HttpResponse(badge.svg(row), content_type="image/svg+xml", status=200 if row else 404)
    patch_cache_control(response, public=True, max_age=BADGE_KEPT_S)
    return response
