"""What every page knows of the installation; on public pages also how fresh what they say is."""

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Max
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse

from govmedia.accounts import queries as accounts
from govmedia.common import installation
from govmedia.common.clock import now
from govmedia.common.models import Setting
from govmedia.common.templatetags.govmedia import percent

DAY = timedelta(days=1)
# A count over all accounts, and nobody reads it by the second.
KEPT_S = 60


def site(request: HttpRequest) -> dict[str, Any]:
    """`site`: demo (bool), name (empty where none was given: each frame has its own), as_of and links.

    `as_of` is when an account was last seen, on public pages only. `still` is set on pages of a static copy: what the
    live site's address is. Public pages also get what is shown of them where they are shared: url, share_image, feed.
    """
    keys = (installation.DEMO, installation.SITE_NAME)
    facts = dict(Setting.objects.filter(key__in=keys).values_list("key", "value"))
    found: dict[str, Any] = {
        "demo": bool(facts.get(installation.DEMO)),
        "name": facts.get(installation.SITE_NAME) or "",
        "as_of": None,
        "links": [],
        "still": getattr(request, "still", None),
    }
    match = request.resolver_match
    if match is None or match.app_name != "public":
        return {"site": found}
    found |= {
        "url": request.build_absolute_uri(request.path),
        "share_image": request.build_absolute_uri(static("public/share.png")),
        "feed": reverse("public:feed"),
    }
    fresh = freshness()
    found["as_of"] = fresh["as_of"]
    if found["still"] is not None:
        # What changes by the minute would make every page of a copy another one.
        return {"site": found}
    share = percent(fresh["seen"], fresh["live"])
    text = f"近 24 小时看到 {share} 的账号" if fresh["live"] else ""
    return {"site": found, "last_round_at": fresh["as_of"], "coverage": text}


def freshness() -> dict[str, Any]:
    """When an account was last seen, how many live ones were within a day, and how many there are; kept a minute."""
    key = "public.freshness"
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        live = accounts.live()
        as_of = live.aggregate(at=Max("last_seen_at"))["at"]
        seen = live.filter(last_seen_at__gt=now() - DAY).count()
        found = {"as_of": as_of, "seen": seen, "live": live.count()}
        cache.set(key, found, KEPT_S)
    return found
