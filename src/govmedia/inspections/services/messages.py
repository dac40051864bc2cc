"""Counting a carried message anew: who was first, who carried it, how many of those who should have."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from govmedia.accounts.models import LIVE, Account
from govmedia.common.rows import moment, run_many
from govmedia.engine.originality import NEAR, OWN_PASSAGE, SAME
from govmedia.inspections.models import Message, Origin
from govmedia.orgs.models import Level
from govmedia.orgs.rights import subtree, within

# Accounts of a whole government have everybody below them, others those of their own field.
WHOLE = ("", "government")
_UPDATE = """
UPDATE inspections_message
SET first_id = %s, first_at = %s, last_at = %s, carriers = %s, below = %s, subordinates = %s WHERE id = %s
"""
_LEVELS = [level.value for level in Level]
Kind = Origin.Kind


class _Part(NamedTuple):
    """A post of a message, with its account's place."""

    message_id: int
    post_id: int
    said_at: datetime
    kind: str
    share: float
    covers: float
    own: int
    account_id: int
    organisation_id: int
    division_id: str
    level: str
    field: str


def count_anew(messages: Iterable[Message], fresh: Collection[int]) -> set[int]:
    """Work out from their posts who was first and who carried the messages; one that nobody carries is dropped.

    Returns, of the `fresh` posts and of those whose first one is another now, the ones that say, but for a word or
    two, what another organisation's post said before.
    """
    kept = {message.pk: message for message in messages}
    columns = (
        "message_id", "post_id", "said_at", "kind", "share", "covers", "own", "account_id",
        "account__organisation_id", "account__division_id", "account__level", "account__field",
    )  # fmt: skip
    rows = Origin.objects.filter(message__in=kept).order_by("said_at", "pk").values_list(*columns)
    parts: dict[int, list[_Part]] = {key: [] for key in kept}
    for row in rows:
        parts[row[0]].append(_Part(*row))
    _set_kinds(parts.values())
    repeated: set[int] = set()
    counted: list[Message] = []
    for message in kept.values():
        before, own = message.first_id, parts[message.pk]
        others = [part for part in own if part.organisation_id != own[0].organisation_id]
        if others:
            _count(message, own, others)
            counted.append(message)
            same = {part.post_id for part in others if min(part.share, part.covers) >= SAME and _near(part)}
            repeated |= same if message.first_id != before else same.intersection(fresh)
    _count_subordinates(counted, [parts[message.pk][0] for message in counted])
    run_many(_UPDATE, [_row(message) for message in counted])
    Message.objects.filter(pk__in=kept.keys() - {message.pk for message in counted}).delete()
    return repeated


def _set_kinds(messages: Iterable[list[_Part]]) -> None:
    changed: dict[str, list[int]] = {}
    for parts in messages:
        for part in parts:
            kind = _kind(part, parts[0])
            if kind != part.kind:
                changed.setdefault(kind, []).append(part.post_id)
    for kind, post_ids in changed.items():
        Origin.objects.filter(pk__in=post_ids).update(kind=kind)


def _count(message: Message, parts: list[_Part], others: list[_Part]) -> None:
    first = parts[0]
    message.first_id, message.first_at, message.last_at = first.post_id, first.said_at, parts[-1].said_at
    message.carriers = len({part.account_id for part in others})
    message.below = len({part.account_id for part in others if _subordinate(part, first)})


def _row(message: Message) -> tuple[Any, ...]:
    times = moment(message.first_at), moment(message.last_at)
    return (message.first_id, *times, message.carriers, message.below, message.subordinates, message.pk)


def _count_subordinates(messages: list[Message], firsts: list[_Part]) -> None:
    known: dict[tuple[str, str, str], int] = {}
    for message, first in zip(messages, firsts, strict=True):
        place = (first.division_id, first.level, first.field)
        if place not in known:
            known[place] = _subordinates(first).count()
        message.subordinates = known[place]


def _subordinate(part: _Part, first: _Part) -> bool:
    below = _LEVELS.index(part.level) > _LEVELS.index(first.level) and within(part.division_id, first.division_id)
    return below and (first.field in WHOLE or part.field == first.field)


def _subordinates(first: _Part) -> QuerySet[Account]:
    start, after = subtree(first.division_id)
    lower = _LEVELS[_LEVELS.index(first.level) + 1 :]
    rows = Account.objects.filter(status__in=LIVE, division__gte=start, division__lt=after, level__in=lower)
    return rows if first.field in WHOLE else rows.filter(field=first.field)


def _near(part: _Part) -> bool:
    return part.share >= NEAR and part.own < OWN_PASSAGE


def _kind(part: _Part, first: _Part) -> str:
    if part.post_id == first.post_id or not _near(part):
        return Kind.OWN
    return Kind.AGAIN if part.organisation_id == first.organisation_id else Kind.CARRIED
