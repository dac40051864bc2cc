"""Addresses of the API, by which site a process serves: what needs a token belongs to the desk."""

from django.urls import URLPattern, URLResolver, include, path

from govmedia.api.views import accounts, inspecting, publishing, reading, verifying

# What the framework calls for bad requests, unknown addresses and errors, in this order.
HANDLERS = tuple(f"govmedia.api.problems.{name}" for name in ("bad_request", "not_found", "failed"))
_EVERYWHERE = [
    path("api/v1/", reading.home, name="home"),
    path("api/v1/accounts", accounts.accounts, name="accounts"),
    path("api/v1/accounts/<str:code>", accounts.account, name="account"),
    path("api/v1/bulletins", publishing.bulletins, name="bulletins"),
    path("api/v1/openapi.json", reading.openapi, name="openapi"),
    path("api/v1/verify", verifying.verify, name="verify"),
    path(".well-known/govmedia-keys.json", reading.keys, name="keys"),
]
_DESK = [
    path("api/v1/inspect", inspecting.inspect, name="inspect"),
]


def patterns(site: str) -> list[URLPattern | URLResolver]:
    """The addresses of `all`, `public` or `desk`."""
    found = _EVERYWHERE if site == "public" else [*_EVERYWHERE, *_DESK]
    return [path("", include((found, "api")))]
