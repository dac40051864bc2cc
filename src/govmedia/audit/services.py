"""Writing to the audit log: every write by anybody, in one hash chain."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Protocol

from django.db import transaction

from govmedia.audit.models import Entry, Head
from govmedia.engine.hashing import canonical_json, sm3_hex

MACHINE = "machine"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Actor(Protocol):
    """What the log needs to know of a person."""

    login: str
    role: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done. `subject` is `noun:key` (for example `account:KM7Q2HX4RT`), `label` its name for people."""

    verb: str
    subject: str
    label: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""
    division: str = ""


def record(deed: Deed, *, by: Actor | None, now: datetime) -> None:
    """Append one entry; call inside the transaction of the write it tells of."""
    record_many([deed], by=by, now=now)


@transaction.atomic
def record_many(deeds: Iterable[Deed], *, by: Actor | None, now: datetime) -> int:
    """Append entries in order; `by=None` is the machine. Returns how many."""
    head, _ = Head.objects.select_for_update().get_or_create(pk=1)
    rows = []
    for deed in deeds:
        head.seq += 1
        entry = Entry(
            seq=head.seq,
            at=now.astimezone(UTC),
            actor=by.login if by else MACHINE,
            role=by.role if by else MACHINE,
            verb=deed.verb,
            subject=deed.subject,
            label=_plain_text(deed.label)[:200],
            division=deed.division,
            before=_plain(deed.before),
            after=_plain(deed.after),
            why=_plain_text(deed.why),
            prev_hash=head.hash,
        )
        entry.hash = head.hash = entry_hash(entry)
        rows.append(entry)
    if rows:
        Entry.objects.bulk_create(rows, batch_size=1000)
        head.save(update_fields=["seq", "hash"])
    return len(rows)


def told(entry: Entry) -> dict[str, Any]:
    """Everything an entry says, apart from its place in the chain."""
    return {
        "seq": entry.seq,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "role": entry.role,
        "verb": entry.verb,
        "subject": entry.subject,
        "label": entry.label,
        "division": entry.division,
        "before": entry.before,
        "after": entry.after,
        "why": entry.why,
    }


def entry_hash(entry: Entry) -> str:
    """SM3 over everything an entry says and the hash of the one before it."""
    return sm3_hex(canonical_json({**told(entry), "prev": entry.prev_hash}))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON knows them, so that what is hashed equals what is read back."""
    return {key: _plain_value(value) for key, value in values.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return _plain(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain_value(part) for part in value]
    if isinstance(value, int | bool) or value is None:
        return value
    return _plain_text(str(value))


def _plain_text(text: str) -> str:
    """Text every database stores: what people paste may hold NUL or half a sign."""
    return text if text.isprintable() else _UNSTORABLE.sub("�", text)
