"""Writes to many accounts at once: what the machine saw and judged."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from govmedia.accounts.models import Account
from govmedia.accounts.services.indexing import index_accounts
from govmedia.audit.models import Entry
from govmedia.audit.services import Deed, record_many
from govmedia.common import installation
from govmedia.common.rows import moment, run_many
from govmedia.orgs.models import Organisation

_BATCH = 1000
_FOLLOWED = "accounts.followed"
# One statement for a row, run many times in one call: the ORM's bulk update builds one huge CASE and is ten times
# slower at a thousand rows. Column names are constants, values are bound.
_SET_HEALTH = """
UPDATE accounts_account SET health = %s, health_cause = %s, health_text = %s, veto_open = %s, health_since = %s,
    updated_at = %s WHERE id = %s
"""
# KEYS stands for the placeholders of the keys.
_SET_SEEN = """
UPDATE accounts_account SET last_seen_at = %s, first_seen_at = COALESCE(first_seen_at, %s) WHERE id IN (KEYS)
"""
_SET_POST = """
UPDATE accounts_account SET last_post_at = %s WHERE id = %s AND (last_post_at IS NULL OR last_post_at < %s)
"""


class HealthRow(NamedTuple):
    """A judgement to be written: `health` and `cause` are words of the models, `text` one Chinese sentence."""

    account_id: int
    health: str
    cause: str
    text: str
    veto_open: bool


class SeenRow(NamedTuple):
    """What a successful look showed; `last_post_at` None where it showed no dated post."""

    account_id: int
    last_seen_at: datetime
    last_post_at: datetime | None
    first_seen_at: datetime | None


@transaction.atomic
def set_health_many(rows: Iterable[HealthRow], *, now: datetime) -> int:
    """Write healths that differ from what is stored; returns how many did.

    `health_since` moves, and the log gets an entry, where health, cause or veto changed; a sentence that only
    counts on (12 天, 13 天) is not worth one.
    """
    written = 0
    for batch in _batches(list(rows)):
        written += _set_health_batch(batch, now)
    return written


def _set_health_batch(rows: Sequence[HealthRow], now: datetime) -> int:
    stored = {
        row["pk"]: row
        for row in Account.objects.filter(pk__in=[row[0] for row in rows]).values(
            "pk", "code", "name", "division_id", "health", "health_cause", "health_text", "veto_open", "health_since",
            "updated_at",
        )
    }  # fmt: skip
    params, deeds = [], []
    for row in (HealthRow(*row) for row in rows):
        old = stored.get(row.account_id)
        if old is None:
            continue
        before = {"health": old["health"], "health_cause": old["health_cause"], "veto_open": old["veto_open"]}
        after = {"health": row.health, "health_cause": row.cause, "veto_open": row.veto_open}
        turned = before != after
        if not turned and old["health_text"] == row.text[:300]:
            continue
        if turned:
            label, subject = old["name"], f"account:{old['code']}"
            deeds.append(Deed("account.health", subject, label, before, after, row.text, old["division_id"]))
        since, changed = (now, now) if turned else (old["health_since"], old["updated_at"])
        values = (row.health, row.cause, row.text[:300], row.veto_open, moment(since), moment(changed))
        params.append((*values, row.account_id))
    run_many(_SET_HEALTH, params)
    record_many(deeds, by=None, now=now)
    return len(params)


@transaction.atomic
def note_seen_many(rows: Iterable[SeenRow]) -> int:
    """Keep when accounts were seen last and first, and their latest post's time (it never goes back).

    The log is told by the round of looks these come from, in one entry. Returns how many rows were given.
    """
    given = [SeenRow(*row) for row in rows]
    # A round sees all its accounts at one time, and few of them show anything new.
    alike: dict[tuple[datetime, datetime | None], list[int]] = {}
    for row in given:
        alike.setdefault((row.last_seen_at, row.first_seen_at), []).append(row.account_id)
    with connection.cursor() as cursor:
        for (seen, first), keys in alike.items():
            for batch in _batches(keys):
                statement = _SET_SEEN.replace("KEYS", ", ".join(["%s"] * len(batch)))
                cursor.execute(statement, [moment(seen), moment(first), *batch])
    posts = [(moment(row.last_post_at), row.account_id) for row in given if row.last_post_at]
    run_many(_SET_POST, [(at, key, at) for at, key in posts])
    return len(given)


@transaction.atomic
def follow_organisations(*, now: datetime) -> int:
    """Bring accounts up to date with organisations changed since the last call; returns how many organisations.

    The registry keeps copies (field of work, the names it is searched by). Organisations live below it and cannot
    call it, so it reads the log for what happened to them.
    """
    last = installation.read(_FOLLOWED, 0)
    news = Entry.objects.filter(verb="organisation.change", seq__gt=last).order_by("seq")
    changes = list(news.values_list("seq", "subject"))
    if not changes:
        return 0
    codes = {subject.partition(":")[2] for _, subject in changes}
    for organisation in Organisation.objects.filter(code__in=codes).order_by("pk"):
        accounts = Account.objects.filter(organisation=organisation)
        accounts.exclude(field=organisation.field).update(field=organisation.field, updated_at=now)
        index_accounts(list(accounts.values_list("pk", flat=True)), now=now)
    installation.write(_FOLLOWED, changes[-1][0])
    deed = Deed("account.follow", "organisations", "单位变更同步到账号", after={"organisations": sorted(codes)})
    record_many([deed], by=None, now=now)
    return len(codes)


def _batches(rows: list[Any]) -> Iterator[list[Any]]:
    return (rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH))
