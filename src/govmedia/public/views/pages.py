"""What people see: the start page, the directory, one account."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from govmedia.accounts import queries as accounts
from govmedia.accounts.models import Account, Status
from govmedia.common.clock import day_of, now
from govmedia.common.listing_page import Address, page_links
from govmedia.common.templatetags.drawing import Day
from govmedia.engine.links import is_web
from govmedia.engine.offers import offers_named
from govmedia.engine.platforms import PLATFORMS, field_label, platform_label
from govmedia.impostors import queries as impostors
from govmedia.impostors.models import Impostor
from govmedia.posts.models import Post
from govmedia.posts.year import year
from govmedia.public import directory as browsing
from govmedia.public import freshness, qr, sharing, tiles, words
from govmedia.public.near import near

NEWS_SHOWN = 5
POSTS_SHOWN = 8
HEIRS_SHOWN = 10
OFFERS_SHOWN = 10
_PARTS = {"platform": "平台", "level": "层级", "field": "领域", "offer": "服务"}


def _fresh(response: HttpResponse) -> HttpResponse:
    """Caches may keep it but ask each time: the answer is mostly 304."""
    patch_cache_control(response, public=True, no_cache=True)
    return response


@require_safe
@condition(freshness.home_tag, freshness.home_changed_at)
def home(request: HttpRequest) -> HttpResponse:
    counts = browsing.overview(now=now())
    opened = list(accounts.live().filter(filed_on__isnull=False).order_by("-filed_on", "-pk")[:NEWS_SHOWN])
    closed = Account.objects.filter(status=Status.CLOSED).select_related("successor").order_by("-closed_on", "-pk")
    context = {
        "total": counts.total,
        "platforms": counts.facets["platform"],
        "places": counts.places,
        "tiles": tiles.of(counts.places),
        "offers": browsing.offers_overview(now=now())[:OFFERS_SHOWN],
        "examples": opened[:3],
        "news": _news([*opened, *closed[:NEWS_SHOWN]], list(impostors.published()[:NEWS_SHOWN])),
    }
    return _fresh(render(request, "public/home.html", context))


def _news(rows: list[Account], fakes: list[Impostor]) -> list[dict[str, Any]]:
    """What happened last: filed and closed accounts and decisions on impostors, latest first."""
    lines = [
        {
            "row": row,
            "platform": platform_label(row.platform),
            "closed": row.status == Status.CLOSED,
            "heir_platform": platform_label(row.successor.platform) if row.successor else "",
            "on": row.closed_on or row.filed_on,
        }
        for row in rows
    ]
    lines += [
        {"fake": one, "platform": platform_label(one.platform) if one.platform else "平台不明", "on": day_of(at)}
        for one in fakes
        if (at := one.ended_at if one.state == "withdrawn" else one.approved_at)
    ]
    return sorted(lines, key=lambda line: line["on"], reverse=True)[:NEWS_SHOWN]


@require_safe
@condition(freshness.directory_tag, freshness.directory_changed_at)
def directory(request: HttpRequest) -> HttpResponse:
    moment = now()
    found = browsing.browse(browsing.Wish.of(request.GET), now=moment)
    limits = words.thresholds(freshness.facts_of(request))
    address = Address(request.GET)
    context = {
        "found": found,
        "results": [_result(row, limits, moment) for row in found.rows],
        "facets": [_facet(key, lines, address) for key, lines in _facets_of(found).items()],
        "places": [(choice, address.with_(division=choice.value)) for choice in found.places],
        "line": [(row, address.with_(division=row.code)) for row in found.line],
        "chips": _chips(found, address),
        "named_offers": [(one, address.with_(offer=one.code, q=None)) for one in offers_named(found.wish.text)],
        "by_name": found.wish.sort == browsing.BY_NAME,
        "sort_urls": (address.with_(sort=None), address.with_(sort=browsing.BY_NAME)),
        "everywhere": address.with_(division=None),
        "links": page_links(found.wish.page, found.pages, address),
        "previous_url": address.with_(page=found.wish.page - 1) if found.wish.page > 1 else "",
        "next_url": address.with_(page=found.wish.page + 1) if found.wish.page < found.pages else "",
        "cut": found.pages == browsing.PAGES_MOST,
        "most": browsing.PAGES_MOST * browsing.PAGE_SIZE,
    }
    return _fresh(render(request, "public/directory.html", context))


def _facets_of(found: browsing.Found) -> dict[str, list[browsing.Choice]]:
    return {**found.facets, "offer": found.offers}


def _facet(key: str, lines: list[browsing.Choice], address: Address) -> dict[str, Any]:
    return {
        "label": _PARTS[key],
        "lines": [(choice, address.with_(**{key: choice.value})) for choice in lines],
        "all_url": address.with_(**{key: None}),
        "on": any(choice.on for choice in lines),
    }


def _chips(found: browsing.Found, address: Address) -> list[dict[str, str]]:
    chips = []
    if found.line:
        chips.append({"label": found.line[-1].name, "url": address.with_(division=None)})
    for key, lines in _facets_of(found).items():
        chips += [{"label": one.label, "url": address.with_(**{key: None})} for one in lines if one.on]
    return chips


def _result(row: Account, limits: words.Thresholds, moment: Any) -> dict[str, Any]:
    tone, word = words.state_of(row, limits, moment)
    functions = "　".join(str(one.get("name", "")) for one in row.functions[:4])
    return {
        "row": row,
        "platform": platform_label(row.platform),
        "small": functions or row.description[:60],
        "tone": tone,
        "word": word,
    }


@require_safe
@condition(freshness.account_tag)
def account(request: HttpRequest, code: str) -> HttpResponse:
    row = known(code)
    return missing(request, code) if row is None else account_page(request, row)


def account_page(request: HttpRequest, row: Account) -> HttpResponse:
    """The page of an account; what `with_all_shown` loaded with it is not asked for again."""
    tone, word = words.state_of(row, words.thresholds(freshness.facts_of(request)), now())
    context = {
        "account": row,
        "platform": platform_label(row.platform),
        "successor_platform": platform_label(row.successor.platform) if row.successor else "",
        "tone": tone,
        "word": word,
        "pairs": _pairs(row),
        "posts": _posts(row),
        "has_posts": row.platform not in PLATFORMS or PLATFORMS[row.platform].has_posts,
        "functions": _functions(row),
        "history": _history(row),
        "year": _year(request, row),
        "link": row.url if is_web(row.url) else "",
        "has_code": bool(qr.content_of(row)) and row.status != Status.CLOSED,
        "share": sharing.of_account(request, row),
        "badge": sharing.badge_of(request, row),
        "crumbs": [("名录", reverse("public:directory")), (row.name, "")],
    }
    return _fresh(render(request, "public/account.html", context))


@require_safe
@condition(freshness.account_tag)
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """A sheet of A4 to be put up: whose account it is, its code in large, and where to check it."""
    row = find(code)
    if not qr.content_of(row) or row.status == Status.CLOSED:
        raise Http404("这个账号没有可印的二维码")
    page = request.build_absolute_uri(reverse("public:account", args=[row.code]))
    context = {
        "account": row,
        "platform": platform_label(row.platform),
        "functions": _functions(row)[:6],
        "page": page,
    }
    return _fresh(render(request, "public/poster.html", context))


def _year(request: HttpRequest, row: Account) -> list[Day]:
    """The last year day by day. Not in a static copy, of which every page would be another one each day."""
    if row.status == Status.CLOSED or getattr(request, "still", None) is not None:
        return []
    return year(row, None, now())


def _functions(row: Account) -> list[dict[str, str]]:
    """What the account offers; only addresses of the web become links."""
    found = [{"name": str(one.get("name", "")), "url": str(one.get("url", ""))} for one in row.functions]
    return [{**one, "url": one["url"] if is_web(one["url"]) else ""} for one in found]


def _history(row: Account) -> list[dict[str, Any]]:
    """What became of the account, the first first."""
    events = [{"on": row.opened_on, "text": "开设"}, {"on": row.filed_on, "text": "完成备案"}]
    events += [{"on": one.until_on, "text": f"更名，此前名为「{one.name}」"} for one in accounts.former_names_of(row)]
    events += [
        {"on": one.closed_on, "text": "承接已注销的", "other": one}
        for one in accounts.predecessors_of(row)[:HEIRS_SHOWN]
    ]
    closed = {
        "on": row.closed_on,
        "text": "注销，由此账号承接：" if row.successor else "注销",
        "other": row.successor,
    }
    events += [closed] if row.closed_on else []
    known = [event for event in events if event["on"]]
    return sorted(known, key=lambda event: event["on"])


def known(code: str) -> Account | None:
    """The account of an address, None where there is none."""
    rows = Account.objects.select_related("organisation", "division", "successor")
    return rows.filter(code=code.upper()).first() if len(code) == 10 else None


def with_all_shown(rows: QuerySet[Account]) -> QuerySet[Account]:
    """Accounts with all that their pages show, for whoever makes many of them: a fixed number of queries for all."""
    posts = Prefetch("posts", _shown(Post.objects.all())[:POSTS_SHOWN], to_attr="shown_posts")
    return rows.select_related("organisation", "division", "successor").prefetch_related(
        posts, "former_names", "predecessors"
    )


def find(code: str) -> Account:
    """The account of an address; 404 where there is none."""
    row = known(code)
    if row is None:
        raise Http404("没有这个账号")
    return row


def missing(request: HttpRequest, code: str) -> HttpResponse:
    """There is no such account: what may have been meant, and how to find it."""
    shown = code[:40]
    context = {
        "code": shown,
        "near": [(row, platform_label(row.platform)) for row in near(shown)],
        "crumbs": [("名录", reverse("public:directory")), ("没有这个账号", "")],
    }
    return render(request, "public/account_missing.html", context, status=404)


def _posts(row: Account) -> list[dict[str, Any]]:
    """The latest posts that are still online; only addresses of the web become links."""
    loaded = getattr(row, "shown_posts", None)
    shown = _shown(Post.objects.filter(account=row))[:POSTS_SHOWN] if loaded is None else loaded
    return [
        {
            "title": post.title or post.text[:40] or "（无标题）",
            "url": post.url if is_web(post.url) else "",
            "on": post.counts_on,
        }
        for post in shown
    ]


def _shown(posts: QuerySet[Post]) -> QuerySet[Post]:
    rows = posts.exclude(state=Post.State.GONE).order_by("-counts_on", "-published_at", "-pk")
    return rows.only("title", "text", "url", "counts_on", "account")


def _pairs(row: Account) -> list[tuple[str, Any]]:
    pairs = [
        ("主办单位", row.organisation.name),
        ("平台", platform_label(row.platform)),
        ("平台账号 ID", row.platform_id),
        ("地区", row.division.full_name),
        ("层级", row.get_level_display()),
        ("领域", field_label(row.field) if row.field else ""),
        ("状态", row.get_status_display()),
        ("开设日期", row.opened_on.isoformat() if row.opened_on else ""),
        ("注销日期", row.closed_on.isoformat() if row.closed_on else ""),
        ("备案编号", row.code),
    ]
    return [(label, value) for label, value in pairs if value]
