"""The database by URL: SQLite in the data folder by default, PostgreSQL by `postgresql://…`."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from govmedia.config.env import SettingError

# WAL lets readers go on while the worker writes; IMMEDIATE takes the write lock at the start of a transaction,
# so that two writers wait for each other instead of failing half-way; NORMAL may lose the last commits in a
# power cut but never corrupts, and every job can be repeated.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=NORMAL;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA cache_size=-16000;"
    "PRAGMA mmap_size=134217728;"
    "PRAGMA journal_size_limit=67108864;"
)


def sqlite(path: str) -> dict[str, Any]:
    """Django's settings for a SQLite file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": SQLITE_PRAGMAS},
    }


def from_url(url: str, home: Path) -> dict[str, Any]:
    """Django's database settings from GOVMEDIA_DB_URL; an empty URL means SQLite in `home`."""
    if not url:
        return sqlite(str(home / "govmedia.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(unquote(url.removeprefix("sqlite:///")))
    if parts.scheme not in {"postgresql", "postgres"}:
        raise SettingError(
            "GOVMEDIA_DB_URL 应以 postgresql:// 或 sqlite:/// 开头，例如 postgresql://用户:密码@主机:5432/govmedia。"
        )
    try:
        port = parts.port
    except ValueError as why:
        raise SettingError("GOVMEDIA_DB_URL 的端口不对：应是 1 到 65535 的整数，写在主机名的冒号后面。") from why
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # compiling a query takes PostgreSQL longer than any of ours runs
        "OPTIONS": {"options": "-c jit=off", **query},
    }
