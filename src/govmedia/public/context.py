"""What every page knows of the installation; on public pages also how fresh what they say is."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse

from govmedia.common import installation
from govmedia.common.templatetags.govmedia import percent
from govmedia.public import coverage, freshness

# The rooms of the public site besides the directory, in the order of the navigation.
ROOMS = (
    ("public:draws", "抽查"),
    ("public:bulletins", "通报"),
    ("public:assessments", "考核"),
    ("public:open-data", "开放数据"),
)


def site(request: HttpRequest) -> dict[str, Any]:
    """`site`: demo (bool), name (empty where none was given: each frame has its own), as_of and links.

    `as_of` is when an account was last seen, on public pages only. `still` is set on pages of a static copy: what the
    live site's address is. Public pages also get what is shown of them where they are shared: url, share_image, feed.
    """
    facts = freshness.facts_of(request)
    found: dict[str, Any] = {
        "demo": bool(facts.get(installation.DEMO)),
        "name": facts.get(installation.SITE_NAME) or "",
        "as_of": None,
        "links": [],
        "still": getattr(request, "still", None),
    }
    # An address that is not found has no match; strangers get the public frame for it.
    room = request.resolver_match.app_name if request.resolver_match else ""
    if room in {"public", "api", ""}:
        found["links"] = _links()
    if room != "public":
        return {"site": found}
    found |= {
        "url": request.build_absolute_uri(request.path),
        "share_image": request.build_absolute_uri(static("public/share.png")),
        "feed": reverse("public:feed"),
    }
    fresh = coverage.of(facts.get(coverage.KEPT))
    found["as_of"] = fresh["as_of"]
    if found["still"] is not None:
        # What changes by the minute would make every page of a copy another one.
        return {"site": found}
    share = percent(fresh["seen"], fresh["live"])
    text = f"近 24 小时看到 {share} 的账号" if fresh["live"] else ""
    return {"site": found, "last_round_at": fresh["as_of"], "coverage": text}


def _links() -> list[dict[str, str]]:
    """Ways to the rooms; none in a process that serves the working site alone."""
    try:
        return [{"label": label, "url": reverse(name)} for name, label in ROOMS]
    except NoReverseMatch:
        return []
