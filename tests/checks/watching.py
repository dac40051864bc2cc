"""Rows that say: the machine watched this account, and it posted on these days."""

from datetime import date, timedelta

from factories import make_coverage, make_interface, make_look, make_post

BACK = timedelta(days=120)


def watch(account, now, *, posts=(), since=BACK, looks=9, **interface):
    """Seen without a break for `since` up to now, looked at every eight hours, posted on the days given."""
    interface.setdefault("last_ok_at", now)
    interface.setdefault("last_look_at", now)
    interface.setdefault("last_outcome", "ok")
    make_interface(account, **interface)
    make_coverage(account, now - since, now)
    for number in range(looks):
        make_look(account, now - number * timedelta(hours=8))
    for on in posts:
        make_post(account, on=on)
    account.first_seen_at = now - since
    account.last_seen_at = now
    account.save()
    return account


def every(days: int, until: date, since: timedelta = BACK) -> list[date]:
    """Days up to `until`, so many apart."""
    return [until - timedelta(days=step) for step in range(0, since.days, days)]
