"""Which account a search shows first where the words decide nothing: one number, the same on every database."""

from datetime import datetime, timedelta

from govmedia.accounts.models import Status

# A year without a word is as good as gone; a month without one is quiet.
_SILENT = timedelta(days=365)
_QUIET = timedelta(days=31)
_LEVELS = ("province", "city", "county", "township")
# Below the weight stands the account's key, so that no two accounts have the same place.
KEY_BITS = 40


def place_of(
    account_id: int,
    *,
    status: str,
    level: str,
    stands_for_government: bool,
    last_post_at: datetime | None,
    now: datetime,
) -> int:
    """The account's place in the order: smaller comes first.

    Closed accounts come last and silent ones before them; then the higher level counts, then whether the account
    speaks for the government, then whether it is active this month, then the older account.
    """
    silence = now - last_post_at if last_post_at else None
    weight = int(status == Status.CLOSED)
    weight = weight * 2 + int(silence is None or silence > _SILENT)
    weight = weight * 5 + (_LEVELS.index(level) if level in _LEVELS else len(_LEVELS))
    weight = weight * 2 + int(not stands_for_government)
    weight = weight * 2 + int(silence is None or silence > _QUIET)
    return weight << KEY_BITS | account_id
