"""Facts about this installation that rooms ask for: is it a demonstration, and of what place."""

from typing import Any

from govmedia.common.models import Setting

DEMO = "demo"
SITE_NAME = "site_name"


def read(key: str, default: Any = None) -> Any:
    """The value stored under `key`, else `default`."""
    row = Setting.objects.filter(key=key).values_list("value", flat=True).first()
    return default if row is None else row


def write(key: str, value: Any) -> None:
    """Store a JSON value under `key`."""
    Setting.objects.update_or_create(key=key, defaults={"value": value})
