"""Writing where nobody may be kept waiting for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

_USUAL_S = 5


@contextmanager
def impatient(wait_ms: int) -> Iterator[None]:
    """Within it SQLite waits so long only for whoever writes just now, and then raises OperationalError."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = settings.DATABASES["default"].get("OPTIONS", {}).get("timeout", _USUAL_S)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {wait_ms:d}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual * 1000):d}")
