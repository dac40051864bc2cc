"""Marks by which browsers and caches know that a page has not changed."""

from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from operator import itemgetter

from django.db.models import Max
from django.http import HttpRequest

from govmedia.accounts import queries as accounts
from govmedia.accounts.models import Account
from govmedia.common import clock, installation
from govmedia.common.models import Setting

_VERSION = version("govmedia")
# What pages say of the installation and of health.
_SHOWN = (installation.DEMO, installation.SITE_NAME, "edition")


def directory_tag(request: HttpRequest, *_: str, **__: str) -> str:
    """Changes with the registry, with posts, with the day (ages are counted in days) and with the program."""
    latest = accounts.in_directory().aggregate(at=Max("last_post_at"))["at"]
    return _tag(request, latest)


def directory_changed_at(request: HttpRequest, *_: str, **__: str) -> datetime | None:
    """When the registry last changed."""
    return accounts.latest_change()


def account_tag(request: HttpRequest, code: str) -> str | None:
    """The directory's mark together with the account's last look; None where there is no such account."""
    seen = Account.objects.filter(code=code.upper()).values_list("updated_at", "last_seen_at", "last_post_at").first()
    return _tag(request, *seen) if seen else None


def _tag(request: HttpRequest, *marks: datetime | None) -> str:
    told = (
        _VERSION,
        request.get_full_path(),
        accounts.latest_change(),
        clock.today(),
        sorted(Setting.objects.filter(key__in=_SHOWN).values_list("key", "value"), key=itemgetter(0)),
        *marks,
    )
    return f'W/"{sha256(repr(told).encode()).hexdigest()[:32]}"'
