"""Facts of many accounts from rows, in a fixed number of queries whatever the number of accounts."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Q

from govmedia.accounts.models import LIVE, Account
from govmedia.common.clock import day_of
from govmedia.connectors.registry import INTERFACES
from govmedia.engine.platforms import PLATFORMS
from govmedia.engine.types import AccountFacts, FilingFact, RenameFact, Sibling, TextFact
from govmedia.filings.models import Filing
from govmedia.filings.states import FILED
from govmedia.inspections.queries import FactRow, fact_rows
from govmedia.posts.models import Interface
from govmedia.posts.queries import FactsRow, facts_rows

NOTHING: frozenset[str] = frozenset()


class _Row(NamedTuple):
    pk: int
    code: str
    name: str
    platform: str
    organisation_id: int
    second_allowed: bool
    opened_on: date | None
    first_seen_at: datetime | None


class _Filed(NamedTuple):
    fact: FilingFact
    name: str


def facts_of(account_ids: Collection[int], start: date, end: date, point: datetime) -> list[tuple[int, AccountFacts]]:
    """(account key, facts) of each account, by key, for a period judged at a moment. Closed accounts have facts too.

    What the register says (name, other accounts, filings) is as it stands now, what was posted and seen is that of
    the period.
    """
    rows = [
        _Row(*row) for row in Account.objects.filter(pk__in=account_ids).order_by("pk").values_list(*_Row._fields)
    ]
    ids = [row.pk for row in rows]
    seen = facts_rows(ids, start, end)
    siblings = _siblings(rows, end)
    filings = _filings(ids)
    interfaces = _interfaces(ids)
    texts = fact_rows(ids, start, end)
    make = partial(
        _facts,
        start=start,
        end=end,
        point=point,
        seen=seen,
        siblings=siblings,
        filings=filings,
        interfaces=interfaces,
        texts=texts,
    )
    return [(row.pk, make(row)) for row in rows]


def _facts(
    row: _Row,
    *,
    start: date,
    end: date,
    point: datetime,
    seen: Mapping[int, FactsRow],
    siblings: Mapping[int, list[tuple[int, str, str, str, bool]]],
    filings: Mapping[int, list[_Filed]],
    interfaces: Mapping[int, tuple[str, str, datetime | None]],
    texts: Mapping[int, list[FactRow]],
) -> AccountFacts:
    shown = seen.get(row.pk) or FactsRow()
    kind, seen_name, renamed_at = interfaces.get(row.pk, ("", "", None))
    filed = filings.get(row.pk, [])
    return AccountFacts(
        account=row.code,
        platform=row.platform,
        point=point,
        start=start,
        end=end,
        judged_from=_judged_from(row, end),
        covered=shown.covered,
        post_days=shown.post_days,
        looks=tuple(look for look in shown.looks if look <= point),
        shows=_shows(kind, row.platform),
        filings=tuple(one.fact for one in filed),
        siblings=tuple(
            Sibling(code, name, platform, row.second_allowed or allowed)
            for pk, code, name, platform, allowed in siblings.get(row.organisation_id, ())
            if pk != row.pk
        ),
        renames=_renames(row, seen_name, renamed_at, filed),
        last_post_before=shown.last_post_before,
        name=row.name,
        texts=tuple(_text(one) for one in texts.get(row.pk, ())),
    )


def _text(one: FactRow) -> TextFact:
    return TextFact(
        one.check,
        one.category,
        one.level,
        one.found,
        one.message,
        str(one.post_id),
        one.title,
        one.counts_on,
        one.ruled,
    )


def _judged_from(row: _Row, end: date) -> date:
    """Opened or first seen, whichever is later; of an account never seen nothing but the last day could be judged."""
    first_seen = day_of(row.first_seen_at) if row.first_seen_at else end
    return max(first_seen, row.opened_on) if row.opened_on else first_seen


def _shows(kind: str, platform: str) -> frozenset[str]:
    """What the interface shows, less what the platform does not have."""
    interface = INTERFACES.get(kind)
    shows = interface.SHOWS if interface else NOTHING
    known = PLATFORMS.get(platform)
    return shows - {"posts"} if known and not known.has_posts else shows


def _renames(row: _Row, seen_name: str, at: datetime | None, filed: list[_Filed]) -> tuple[RenameFact, ...]:
    if not seen_name or at is None or seen_name == row.name:
        return ()
    days = [one.fact.submitted_on for one in filed if one.fact.kind == "change" and one.name == seen_name]
    filed_on = min((day for day in days if day), default=None)
    return (RenameFact(seen_name, row.name, day_of(at), filed_on),)


def _siblings(rows: list[_Row], end: date) -> dict[int, list[tuple[int, str, str, str, bool]]]:
    """Organisation to its live accounts that were open by the end of the period."""
    found: dict[int, list[tuple[int, str, str, str, bool]]] = {}
    accounts = Account.objects.filter(organisation__in={row.organisation_id for row in rows}, status__in=LIVE).filter(
        Q(opened_on__isnull=True) | Q(opened_on__lte=end)
    )
    columns = ("organisation_id", "pk", "code", "name", "platform", "second_allowed")
    for organisation, *rest in accounts.order_by("pk").values_list(*columns):
        found.setdefault(organisation, []).append(tuple(rest))
    return found


def _filings(ids: list[int]) -> dict[int, list[_Filed]]:
    found: dict[int, list[_Filed]] = {}
    rows = Filing.objects.filter(account__in=ids, state__in=FILED, happened_on__isnull=False).order_by("pk")
    columns = ("account_id", "kind", "happened_on", "submitted_at", "state", "decided_at", "name")
    for account_id, kind, happened_on, submitted_at, state, decided_at, name in rows.values_list(*columns):
        accepted_on = day_of(decided_at) if state == "accepted" and decided_at else None
        fact = FilingFact(kind, happened_on, day_of(submitted_at) if submitted_at else None, accepted_on)
        found.setdefault(account_id, []).append(_Filed(fact, name))
    return found


def _interfaces(ids: list[int]) -> dict[int, tuple[Any, ...]]:
    rows = Interface.objects.filter(account__in=ids).order_by("pk")
    return {pk: rest for pk, *rest in rows.values_list("account_id", "kind", "seen_name", "seen_name_since")}
