"""Marks by which browsers and caches know that a page has not changed."""

from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from django.db.models import Max
from django.http import HttpRequest

from govmedia.accounts import queries as accounts
from govmedia.accounts.models import Account
from govmedia.common import clock, installation
from govmedia.common.models import Setting
from govmedia.impostors import queries as impostors
from govmedia.public import coverage

_VERSION = version("govmedia")
# What pages say of the installation and of health.
_SHOWN = (installation.DEMO, installation.SITE_NAME, "edition")
_READ = (*_SHOWN, coverage.KEPT)


def directory_tag(request: HttpRequest, *_: str, **__: str) -> str:
    """Changes with the registry, with posts, with the day (ages are counted in days) and with the program."""
    latest = accounts.in_directory().aggregate(at=Max("last_post_at"))["at"]
    return _tag(request, latest)


def home_tag(request: HttpRequest, *_: str, **__: str) -> str:
    """The directory's mark together with the latest decision on impostors."""
    latest = accounts.in_directory().aggregate(at=Max("last_post_at"))["at"]
    return _tag(request, latest, impostors.changed_at())


def home_changed_at(request: HttpRequest, *_: str, **__: str) -> datetime | None:
    """When the registry or the list of known impostors last changed."""
    told = (directory_changed_at(request), impostors.changed_at())
    return max((at for at in told if at), default=None)


def directory_changed_at(request: HttpRequest, *_: str, **__: str) -> datetime | None:
    """When the registry last changed; asked once a request."""
    if not hasattr(request, "_registry_changed_at"):
        request._registry_changed_at = accounts.latest_change()
    return request._registry_changed_at


def facts_of(request: HttpRequest) -> dict[str, Any]:
    """What is stored of the installation that public pages say, by key; read once a request."""
    if not hasattr(request, "_public_facts"):
        request._public_facts = dict(Setting.objects.filter(key__in=_READ).values_list("key", "value"))
    return request._public_facts


def account_tag(request: HttpRequest, code: str) -> str | None:
    """The directory's mark together with the account's last look; None where there is no such account."""
    seen = Account.objects.filter(code=code.upper()).values_list("updated_at", "last_seen_at", "last_post_at").first()
    return _tag(request, *seen) if seen else None


def _tag(request: HttpRequest, *marks: datetime | None) -> str:
    facts = facts_of(request)
    told = (
        _VERSION,
        request.get_full_path(),
        directory_changed_at(request),
        clock.today(),
        [(key, facts[key]) for key in sorted(_SHOWN) if key in facts],
        *marks,
    )
    return f'W/"{sha256(repr(told).encode()).hexdigest()[:32]}"'
