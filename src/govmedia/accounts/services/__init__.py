"""Writes to the registry of accounts: one at a time in `life`, many at once in `bulk`, what they are found by in
`indexing`, their pictures in `avatars`."""

from govmedia.accounts.services.avatars import claim_avatars, keep_avatar, note_avatars
from govmedia.accounts.services.bulk import (
    HealthRow,
    SeenRow,
    follow_organisations,
    note_seen_many,
    set_health_many,
)
from govmedia.accounts.services.indexing import index_accounts, index_is_current, rebuild_index, weigh
from govmedia.accounts.services.life import (
    AccountValues,
    announce_closing,
    change_account,
    close_account,
    freeze,
    open_account,
    set_health,
    unfreeze,
)

__all__ = [
    "AccountValues",
    "HealthRow",
    "SeenRow",
    "announce_closing",
    "change_account",
    "claim_avatars",
    "close_account",
    "follow_organisations",
    "freeze",
    "index_accounts",
    "index_is_current",
    "keep_avatar",
    "note_avatars",
    "note_seen_many",
    "open_account",
    "rebuild_index",
    "set_health",
    "set_health_many",
    "unfreeze",
    "weigh",
]
