"""The health check: facts to hits to findings to health, for many accounts at a time."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from govmedia.accounts.models import Account, Cause, Health
from govmedia.accounts.queries import live
from govmedia.accounts.services import HealthRow, set_health_many
from govmedia.checks.facts import facts_of
from govmedia.checks.law import judge_by, versions
from govmedia.checks.services.watching import Near, watch
from govmedia.checks.unseen import FRESH, Watch, why_unseen
from govmedia.checks.verdicts import final_hits
from govmedia.common.clock import day_of
from govmedia.engine.calendar import quarter_of, quarter_range
from govmedia.engine.judging import Judge
from govmedia.engine.scoring import score
from govmedia.engine.types import AccountFacts, Hit
from govmedia.findings.queries import Counting, counting_accounts, edition_in_force, health_when_seen
from govmedia.findings.services import Judged, apply_hits_many, end_for_closed
from govmedia.posts.models import Interface, Outage
from govmedia.posts.queries import open_outage

BATCH = 1000
# An outage explains a failed look so long after it ended: the next look may be late after many failures.
OUTAGE_EXPLAINS = timedelta(hours=24)


class _Row(NamedTuple):
    pk: int
    code: str
    name: str
    division_id: str
    organisation_id: int
    frozen_reason: str


def judge_accounts(*, account_ids: Collection[int], now: datetime) -> int:
    """Judge accounts by the edition in force and the quarter to date; returns how many were judged or found unseen.

    Those whose last look failed are left as they are. Nothing is done while an outage is open. Closed accounts are
    passed over. Errors: EditionError, HolidayError.
    """
    ids = sorted(set(account_ids))
    done = 0
    for start in range(0, len(ids), BATCH):
        if open_outage() is not None:
            break
        done += _judge_batch(ids[start : start + BATCH], now)
    return done


def judge_stale(*, now: datetime) -> int:
    """Judge accounts whose last good look is so old, or whose interface so changed, that they count as not seen.

    Also ends what was open on accounts that were closed meanwhile.
    """
    end_for_closed(now=now)
    old = Q(data_interface__last_ok_at__lt=now - FRESH) | Q(data_interface__last_ok_at__isnull=True)
    closed = Q(data_interface__state__in=("frozen", "stopped")) | ~Q(frozen_reason="")
    rows = live().exclude(health=Health.NOT_SEEN).filter(old | closed)
    return judge_accounts(account_ids=list(rows.order_by("pk").values_list("pk", flat=True)), now=now)


def check_lines(codes: Sequence[str] | None, *, now: datetime) -> Iterator[dict[str, Any]]:
    """Facts, hits and proposed verdict of the accounts named (unknown ones are left out), or of all live ones."""
    rows = live() if codes is None else Account.objects.filter(code__in=codes)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    judge = judge_by(edition_in_force())
    for start in range(0, len(ids), BATCH):
        for _, facts in _facts(ids[start : start + BATCH], now):
            yield _line(facts, judge)


def _line(facts: AccountFacts, judge: Judge) -> dict[str, Any]:
    hits = judge.hits(facts)
    counting = final_hits(hits, {}, judge.edition)
    return {
        "account": facts.account,
        "name": facts.name,
        "verdict": score(facts.account, counting, judge.edition).to_json(),
        "hits": [hit.to_json() for hit in counting],
        "proposals": [hit.to_json() for hit in hits if hit not in counting],
        "facts": facts.to_json(),
    }


def _facts(ids: Collection[int], now: datetime) -> list[tuple[int, AccountFacts]]:
    today = day_of(now)
    start, _ = quarter_range(*quarter_of(today))
    return facts_of(ids, start, today, now)


@transaction.atomic
def _judge_batch(ids: Sequence[int], now: datetime) -> int:
    rows = [_Row(*row) for row in live().filter(pk__in=ids).order_by("pk").values_list(*_Row._fields)]
    watches = _watches(rows, now)
    found = {row.pk: why_unseen(watches[row.pk], now) for row in rows}
    unseen = {pk: why for pk, why in found.items() if why is not None}
    # After a look that failed nothing new is known: it waits for the next one, or until the account counts as unseen.
    rows = [row for row in rows if row.pk in unseen or not watches[row.pk].failures]
    facts = dict(_facts([row.pk for row in rows if row.pk not in unseen], now))
    judge = judge_by(edition_in_force())
    judged = [_judged(row, facts.get(row.pk), judge, watches[row.pk].last_ok_at) for row in rows]
    apply_hits_many(judged=judged, edition=judge.edition, versions=versions(), now=now)
    counting = counting_accounts([row.pk for row in rows])
    set_health_many([_health(row, unseen, facts, counting, now) for row in rows], now=now)
    seen = [Near(row.pk, row.code, row.name, row.organisation_id, facts[row.pk]) for row in rows if row.pk in facts]
    watch(seen, judge=judge, now=now)
    return len(rows)


def _watches(rows: Sequence[_Row], now: datetime) -> dict[int, Watch]:
    cuts = list(
        Outage.objects.filter(kind=Outage.Kind.NETWORK, started_at__lte=now)
        .filter(Q(ended_at__isnull=True) | Q(ended_at__gt=now - OUTAGE_EXPLAINS))
        .values_list("started_at", "ended_at")
    )
    columns = (
        "account_id", "kind", "state", "last_outcome", "last_cause", "failures", "failing_since", "last_look_at",
        "last_ok_at",
    )  # fmt: skip
    looked = {
        pk: rest for pk, *rest in Interface.objects.filter(account__in=[row.pk for row in rows]).values_list(*columns)
    }
    return {
        row.pk: Watch(
            *looked.get(row.pk, ()),
            frozen_reason=row.frozen_reason,
            cut_off=row.pk in looked and _within(looked[row.pk][-2], cuts),
        )
        for row in rows
    }


def _within(moment: datetime | None, cuts: Sequence[tuple[datetime, datetime | None]]) -> bool:
    return moment is not None and any(start <= moment and (end is None or moment <= end) for start, end in cuts)


def _judged(row: _Row, facts: AccountFacts | None, judge: Judge, looked_at: datetime | None) -> Judged:
    hits: tuple[Hit, ...] = ()
    note = ""
    posted_on = None
    undecided: frozenset[str] = frozenset()
    if facts is not None:
        hits = judge.hits(facts)
        undecided = judge.undecided(facts)
        posted_on = _posted_on(facts)
        note = f"最近一篇 {posted_on:%m-%d}" if posted_on else ""
    return Judged(
        account_id=row.pk,
        code=row.code,
        name=row.name,
        division=row.division_id,
        organisation_id=row.organisation_id,
        hits=hits,
        seen=facts is not None,
        note=note,
        undecided=undecided,
        posted_on=posted_on,
        looked_at=looked_at,
    )


def _posted_on(facts: AccountFacts) -> Any:
    return facts.post_days[-1][0] if facts.post_days else facts.last_post_before


def _health(
    row: _Row,
    unseen: Mapping[int, tuple[str, str]],
    facts: Mapping[int, AccountFacts],
    counting: Mapping[int, Sequence[Counting]],
    now: datetime,
) -> HealthRow:
    findings = counting.get(row.pk, [])
    if row.pk in unseen:
        cause, text = unseen[row.pk]
        # What was found before still stands; not being seen neither adds to it nor takes it back.
        return HealthRow(row.pk, Health.NOT_SEEN, cause, text, any(one.colour == "veto" for one in findings))
    health, text, veto_open = health_when_seen(findings, _posted_on(facts[row.pk]), day_of(now))
    return HealthRow(row.pk, health, Cause.NONE, text, veto_open)
