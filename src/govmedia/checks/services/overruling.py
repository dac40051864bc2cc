"""Hits of the text checks ruled wrong where an appeal was upheld against the finding they led to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from govmedia.audit.queries import entries_of
from govmedia.audit.services import Deed, record
from govmedia.checks.services.judging import judge_accounts
from govmedia.common import installation
from govmedia.engine.texts import hit_of
from govmedia.engine.types import TextFact
from govmedia.findings.queries import Upheld, upheld
from govmedia.inspections.models import TextHit
from govmedia.inspections.queries import standing_hits
from govmedia.inspections.services import overrule as rule_wrong
from govmedia.inspections.states import State

UNTIL = "checks.overruled_until"
VERB = "finding.overrule"
# Something decided before the last run may have been written only after it.
OVERLAP = timedelta(hours=1)


def overrule(*, now: datetime) -> int:
    """Rule wrong the hits behind findings against which appeals were upheld since the last run; returns how many.

    In the name of who upheld it, and once for each finding: who takes such a ruling back is not overruled again.
    """
    until = installation.read(UNTIL)
    since = datetime.fromisoformat(until) - OVERLAP if until else None
    done = [(row.account.pk, _overrule(row, now)) for row in upheld(since=since)]
    judge_accounts(account_ids=[pk for pk, number in done if number], now=now)
    installation.write(UNTIL, now.isoformat())
    return sum(number for _, number in done)


@transaction.atomic
def _overrule(row: Upheld, now: datetime) -> int:
    subject = f"finding:{row.pk}"
    behind = list(_behind(row))
    if not behind or entries_of(subject).filter(verb=VERB).exists():
        return 0
    ruled = rule_wrong(hit_ids=behind, by=row.by, why=f"申诉成立：{row.answer}", now=now)
    told = {"hits": [hit.pk for hit in ruled], "found": [hit.found for hit in ruled]}
    label = f"{row.account.name}：{row.code} {row.title}"
    record(Deed(VERB, subject, label, {}, told, row.answer, row.account.division_id), by=None, now=now)
    return len(ruled)


def _behind(row: Upheld) -> Iterator[int]:
    """The hits that the finding was made of, whether or not a human had ruled them right before it was raised."""
    for hit in standing_hits(row.account.pk):
        fact = _fact(hit)
        if any(row.took(hit_of(row.code, one, row.at)) for one in (fact, replace(fact, ruled=not fact.ruled))):
            yield hit.pk


def _fact(hit: TextHit) -> TextFact:
    return TextFact(
        hit.check_code,
        hit.category,
        hit.level,
        hit.found,
        hit.message,
        str(hit.post_id),
        hit.post.title,
        hit.counts_on,
        hit.state == State.RIGHT,
    )
