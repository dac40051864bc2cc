"""What if: the past judged by another edition, or by other days of silence, before anything is issued.

Only what the machine judges by itself is compared; what an inspector would answer is in neither.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from govmedia.accounts.models import Account
from govmedia.checks.law import judge_by
from govmedia.checks.queries import facts_of
from govmedia.checks.verdicts import final_hits
from govmedia.common.clock import day_of
from govmedia.engine.edition import Edition
from govmedia.engine.judging import Judge
from govmedia.engine.scoring import Verdict, score
from govmedia.engine.types import AccountFacts
from govmedia.findings.queries import edition_from, edition_table

BATCH = 1000
SILENCE, DAYS = "R05", "max_gap_days"


@dataclass(frozen=True, slots=True)
class Turned:
    """An account whose verdict would be another one: what it hits by either edition."""

    account: Account
    before: Verdict
    after: Verdict

    @property
    def verdicts(self) -> tuple[Verdict, Verdict]:
        """By the present edition, and by the one that is tried."""
        return self.before, self.after


@dataclass(slots=True)
class Outcome:
    """How many accounts were judged, how many would fail by either edition, and those that would turn."""

    judged: int = 0
    failing: int = 0
    would_fail: int = 0
    newly: list[Turned] = field(default_factory=list)
    no_longer: list[Turned] = field(default_factory=list)
    by_level: dict[str, list[int]] = field(default_factory=dict)


def draft_of(name: str, silence_days: int | None) -> Edition:
    """An edition as it stands, or with other days of silence for R05. Errors: EditionError."""
    table = edition_table(name)
    return edition_from(table if silence_days is None else _with_days(table, silence_days))


def _with_days(table: Mapping[str, Any], days: int) -> Mapping[str, Any]:
    vetoes = [{**rule, DAYS: days} if rule["code"] == SILENCE else rule for rule in table["veto"]]
    return {**table, "veto": vetoes}


def what_if(
    *, present: Edition, draft: Edition, accounts: Collection[Account], start_on: date, end_on: date, point: datetime
) -> Outcome:
    """Judge accounts over a period by both editions, on the same facts."""
    outcome = Outcome()
    by_key = {account.code: account for account in accounts}
    ids = [account.pk for account in accounts]
    judges = judge_by(present), judge_by(draft)
    # What came after the point is no part of what is judged.
    end_on = min(end_on, day_of(point))
    for start in range(0, len(ids), BATCH):
        for facts in facts_of(ids[start : start + BATCH], start_on, end_on, point):
            before, after = (_verdict(facts, judge) for judge in judges)
            _count(outcome, Turned(by_key[facts.account], before, after))
    return outcome


def _verdict(facts: AccountFacts, judge: Judge) -> Verdict:
    return score(facts.account, final_hits(judge.hits(facts), {}, judge.edition), judge.edition)


def _count(outcome: Outcome, row: Turned) -> None:
    outcome.judged += 1
    outcome.failing += not row.before.passed
    outcome.would_fail += not row.after.passed
    level = outcome.by_level.setdefault(row.account.level, [0, 0, 0])
    level[0] += 1
    level[1] += not row.before.passed
    level[2] += not row.after.passed
    if row.before.passed and not row.after.passed:
        outcome.newly.append(row)
    elif row.after.passed and not row.before.passed:
        outcome.no_longer.append(row)
