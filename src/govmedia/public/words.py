"""What the public reads about an account: facts in the glossary's words, never a score or a code of a rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from govmedia.accounts.models import Account, Health, Status
from govmedia.engine.edition import load_edition
from govmedia.engine.platforms import PLATFORMS

_DEFAULT_EDITION = "jiangsu-2019"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """After how many days without a post the edition in force speaks of slow, and of too long."""

    slow_days: int
    silent_days: int


def thresholds(facts: Mapping[str, Any]) -> Thresholds:
    """Those of the edition in force, by what is stored of the installation."""
    return _thresholds(facts.get("edition") or _DEFAULT_EDITION, tuple(settings.EDITION_FOLDERS))


@lru_cache(maxsize=8)
def _thresholds(name: str, folders: tuple[Path, ...]) -> Thresholds:
    rules = load_edition(name, folders).rules
    silent = rules["R05"].terms["max_gap_days"]
    return Thresholds(rules["Y02"].terms["max_gap_days"] if "Y02" in rules else silent, silent)


def state_of(account: Account, limits: Thresholds, now: datetime) -> tuple[str, str]:
    """(tone, word) of an account's pill.

    长期未更新 needs a confirmed veto and the silence itself; a fault that has nothing to do with updating is for
    the organisation, not for the public.
    """
    if account.status != Status.OPEN:
        return ("off" if account.status == Status.CLOSED else "info"), account.get_status_display()
    platform = PLATFORMS.get(account.platform)
    if platform is not None and not platform.has_posts:
        return "ok", account.get_status_display()
    if account.health == Health.NOT_SEEN:
        return "un", "暂未取得数据"
    if account.health == Health.FAULTY:
        silent = _silent_for(account, now)
        if account.veto_open and silent > timedelta(days=limits.silent_days):
            return "warn", "长期未更新"
        if silent > timedelta(days=limits.slow_days):
            return "warn", "更新较慢"
    return "ok", "正常更新"


def _silent_for(account: Account, now: datetime) -> timedelta:
    since = account.last_post_at or account.first_seen_at
    return now - since if since else timedelta(0)
