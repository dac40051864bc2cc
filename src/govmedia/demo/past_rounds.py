"""Rounds of earlier quarters with their verdicts, straight into the tables; the log has each round, not each check.

Their facts are as many as a verdict is proved by (days with posts, looks, answers); there are no posts behind them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction
from django.db.models import Q

from govmedia.accounts.models import Account
from govmedia.audit.services import Deed, record
from govmedia.checks import verdicts
from govmedia.checks.law import judge_by, versions
from govmedia.checks.models import Check
from govmedia.common.clock import SHANGHAI, day_of
from govmedia.common.holidays import calendar
from govmedia.demo.inspection_rounds import PROMISE, PUBLIC_SOURCE, PUBLIC_VALUE, plan_of_quarter
from govmedia.demo.past_facts import facts_for
from govmedia.engine.calendar import quarter_before, quarter_name, quarter_of, quarter_range
from govmedia.engine.drawing import draw, joined_seed, promise_hash_of
from govmedia.engine.edition import Edition
from govmedia.engine.hashing import canonical_json, tagged_sm3
from govmedia.engine.judging import Judge
from govmedia.engine.population import read_population
from govmedia.engine.types import Hit
from govmedia.findings import queries as findings
from govmedia.findings.faults import faults_of
from govmedia.findings.models import Claim, Finding
from govmedia.findings.services import keep_edition
from govmedia.orgs.models import Division, Level, Role, User
from govmedia.orgs.rights import subtree
from govmedia.rounds.models import Round, Sample, Seat
from govmedia.rounds.population import packed, population_text
from govmedia.rounds.services.planning import plan_of
from govmedia.rounds.states import Place

_APART = timedelta(minutes=5)
_BATCH = 2000
# Of what was found, so many in a hundred were put right too late.
_LATE_PERCENT = 8
# How often a city holds a round of its own in a quarter, and of how many of its accounts.
_CITY_HELD, _CITY_SHARE = 0.85, "0.25"
_RECHECKED = timedelta(days=1)
# By then the last of what a round found is put right.
_OVER = timedelta(days=40)


@dataclass(frozen=True, slots=True)
class _Quarter:
    """A quarter that is over, how many quarters ago it was, and when its round was planned."""

    start_on: date
    end_on: date
    name: tuple[int, int]
    ago: int

    @property
    def began(self) -> datetime:
        return began_at(self.end_on)


def began_at(end_on: date) -> datetime:
    """When the round of a quarter is planned: two days after it."""
    return datetime.combine(end_on + timedelta(days=2), time(9), SHANGHAI)


def quarters(*, rounds: int, now: datetime, skip: int) -> list[_Quarter]:
    """The last quarters that are over, oldest first, without the latest `skip` of them."""
    found, name = [], quarter_of(day_of(now))
    for ago in range(1, rounds + 1):
        name = quarter_before(*name)
        one = _Quarter(*quarter_range(*name), name, ago)
        if ago > skip and one.began + _OVER <= now:
            found.append(one)
    return found[::-1]


def play(*, rounds: int, now: datetime, seed: int, skip: int, cities: bool, progress: Callable[[str], None]) -> int:
    """One closed round a quarter for each province that has accounts, and most quarters one of each of its `cities`.

    `skip`: so many of the latest quarters are left out for the provinces. Returns how many verdicts there are.
    """
    edition = findings.edition(findings.EDITION_DEFAULT)
    keep_edition(edition=edition, now=now)
    judge = judge_by(edition)
    levels = (Level.PROVINCE, Level.CITY) if cities else (Level.PROVINCE,)
    # Provinces come first by code, as their cities' codes begin with theirs.
    for office in Division.objects.filter(level__in=levels).order_by("code"):
        if not Account.objects.filter(**_below(office)).exists():
            continue
        people, whole = _people(office), office.level == Level.PROVINCE
        for quarter in quarters(rounds=rounds, now=now, skip=skip if whole else 0):
            random = Random(f"{seed} {office.code} {quarter.name}")  # noqa: S311 - chance for a demonstration
            if whole or random.random() < _CITY_HELD:
                with transaction.atomic():
                    _play_one(office, quarter, people, judge, random)
        if whole:
            progress(f"{office.name}以往各季的检查 …")
    return Check.objects.filter(for_round__isnull=False).count()


def _below(office: Division) -> dict[str, str]:
    first, after = subtree(office.code)
    return {"division__gte": first, "division__lt": after}


def _people(office: Division) -> tuple[User, Sequence[User]]:
    """Who runs the rounds, and who judges in them: one from above where an office has no inspector of its own."""
    rows = User.objects.filter(role=Role.SUPERVISOR)
    supervisor = rows.filter(division=office).order_by("pk").first() or rows.order_by("pk")[0]
    inspectors = User.objects.filter(role=Role.INSPECTOR, **_below(office)).order_by("pk")
    return supervisor, list(inspectors) or list(User.objects.filter(role=Role.INSPECTOR).order_by("pk")[:1])


def _play_one(
    office: Division, quarter: _Quarter, people: tuple[User, Sequence[User]], judge: Judge, random: Random
) -> int:
    supervisor, inspectors = people
    there = Account.objects.filter(**_below(office)).filter(
        Q(opened_on__isnull=True) | Q(opened_on__lte=quarter.end_on),
        Q(closed_on__isnull=True) | Q(closed_on__gt=quarter.began.date()),
    )
    accounts = {row.code: row for row in there.select_related("organisation").order_by("code").iterator(5000)}
    if not accounts:
        return 0
    held = _drawn(office, quarter, accounts, supervisor, judge.edition)
    keys = {code: ",".join(row["key"]) for row in held.draw["strata"] for code in row["drawn"]}
    sample = [*held.always, *keys]
    pairs = [
        _judged(accounts[code], held, quarter, judge, inspectors[number % len(inspectors)], number, random)
        for number, code in enumerate(sample)
    ]
    Check.objects.bulk_create([check for check, _ in pairs], batch_size=_BATCH)
    rows = [
        Sample(
            round=held, account=check.account, stratum=keys.get(check.account.code, ""), state=Place.SETTLED,
            always=check.account.code not in keys, check_used=check, settled_at=check.finished_at,
        )
        for check, _ in pairs
    ]  # fmt: skip
    Sample.objects.bulk_create(rows, batch_size=_BATCH)
    seats = [
        Seat(
            sample=row, number=1, inspector=check.inspector, check_made=check, given_at=held.opened_at,
            done_at=check.finished_at,
        )
        for row, (check, _) in zip(rows, pairs, strict=True)
    ]  # fmt: skip
    Seat.objects.bulk_create(seats, batch_size=_BATCH)
    _put_right(pairs, judge.edition, random)
    _tell(held, supervisor, len(rows))
    return len(rows)


def _drawn(office: Division, quarter: _Quarter, accounts: dict[str, Account], by: User, edition: Edition) -> Round:
    text, governments = population_text(accounts.values())
    population, began = read_population(text), quarter.began
    plan = plan_of_quarter(quarter.name, quarter.start_on, quarter.end_on, quarter.end_on + timedelta(days=15))
    if office.level == Level.CITY:
        plan |= {"name": f"{quarter_name(*quarter.name)}{office.name}抽查", "share": _CITY_SHARE}
    held = Round(
        **{**plan, "edition": edition.name, "edition_hash": edition.hash, "always": sorted(governments)},
        division=office, state="closed", population=packed(text), population_hash=population.hash,
        population_size=len(population.rows), promise=PROMISE, promise_hash=promise_hash_of(PROMISE),
        public_value=PUBLIC_VALUE, public_source=PUBLIC_SOURCE, planned_by=by, planned_at=began,
        announced_at=began + timedelta(minutes=20), drawn_at=began + timedelta(hours=2),
        opened_at=began + timedelta(days=1), ended_at=began + timedelta(days=10),
    )  # fmt: skip
    held.draw = draw(population, plan_of(held, joined_seed(held.promise, held.public_value))).to_json()
    held.save()
    return held


def _judged(
    account: Account, held: Round, quarter: _Quarter, judge: Judge, inspector: User, number: int, random: Random
) -> tuple[Check, tuple[Hit, ...]]:
    """A finished check, and the hits that count in it."""
    point = datetime.combine(quarter.end_on + timedelta(days=1), time.min, SHANGHAI) - timedelta(seconds=1)
    facts = facts_for(account, (quarter.start_on, quarter.end_on, point), quarter.ago, judge, random)
    hits = judge.hits(facts)
    verdict = verdicts.verdict_of(facts, hits, {}, judge.edition)
    body = facts.to_json()
    began = quarter.began + timedelta(days=1) + _APART * (number % 1000)
    check = Check(
        account=account, state=Check.State.FINAL, edition=held.edition, edition_hash=held.edition_hash,
        start_on=quarter.start_on, end_on=quarter.end_on, point_at=point, facts=body,
        facts_sm3=tagged_sm3(canonical_json(body)),
        answers={code: {"count": count, "note": note} for code, count, note in facts.answers},
        hits=[hit.to_json() for hit in hits], verdict=verdict.to_json(), indicator_versions=versions(),
        passed=verdict.passed, score=verdict.score, inspector=inspector, for_round=held.pk, started_at=began,
        finished_at=began + _APART,
    )  # fmt: skip
    return check, verdicts.final_hits(hits, {}, judge.edition)


def _put_right(pairs: Sequence[tuple[Check, tuple[Hit, ...]]], edition: Edition, random: Random) -> None:
    """What was found and has been put right since, mostly in time."""
    rows = [row for check, hits in pairs for row in _ended(check, hits, edition, random)]
    Finding.objects.bulk_create(rows, batch_size=_BATCH)
    people = {check.account.organisation_id for check, _ in pairs}
    clerks = dict(User.objects.filter(organisation__in=people, role=Role.OPERATOR).values_list("organisation", "pk"))
    claims = [
        Claim(
            finding=row, by_id=clerks[row.account.organisation_id], at=row.claimed_at, note="已按要求整改。",
            outcome=Claim.Outcome.CURED, decided_by=row.decided_by, decided_at=row.decided_at,
        )
        for row in rows
        if row.claimed_at and row.account.organisation_id in clerks
    ]  # fmt: skip
    Claim.objects.bulk_create(claims, batch_size=_BATCH)


def _ended(check: Check, hits: Sequence[Hit], edition: Edition, random: Random) -> Iterator[Finding]:
    told = check.finished_at
    due = calendar().deadline(day_of(told), edition.rectify_working_days)
    for fault in faults_of(hits, edition, {}).values():
        days = (due.on - day_of(told)).days
        after = days + random.randint(2, 15) if random.random() * 100 < _LATE_PERCENT else random.randint(1, days)
        done, rule = told + timedelta(days=after), edition.rules[fault.code]
        human = any(hit.answered for hit in hits if hit.code == fault.code)
        yield Finding(
            account=check.account, code=fault.code, colour=rule.colour, title=rule.title[:60],
            source=Finding.Source.INSPECTOR if human else Finding.Source.MACHINE, state="closed", count=fault.count,
            reason=fault.reason, evidence=fault.evidence, evidence_sm3=fault.evidence_sm3, faults=fault.keys,
            edition=edition.name, edition_hash=edition.hash,
            indicator_version=check.indicator_versions.get(fault.code, 1), raised_at=told, seen_at=told,
            confirmed_at=told, confirmed_by=check.inspector if human else None, notified_at=told, due_on=due.on,
            due_known=due.known, claimed_at=done, ended_at=done + (_RECHECKED if human else timedelta(0)),
            end_reason="复查未见问题" if human else "最近一次查看时已不存在，自动销号",
            decided_by=check.inspector if human else None, decided_at=done + _RECHECKED if human else None,
            # nothing of it is left to be frozen
            frozen_at=told,
        )  # fmt: skip


def _tell(held: Round, by: User, drawn: int) -> None:
    name, key, place = held.name, f"round:{held.pk}", held.division_id
    steps = (
        ("round.plan", held.planned_at, {"share": held.share, "by": held.by}),
        (
            "round.announce",
            held.announced_at,
            {"population_hash": held.population_hash, "size": held.population_size},
        ),
        ("round.draw", held.drawn_at, {"public_value": held.public_value, "drawn": drawn}),
        ("round.open", held.opened_at, {"seats": drawn}),
        ("round.close", held.ended_at, {}),
    )
    for verb, at, after in steps:
        record(Deed(verb, key, name, after=after, division=place), by=by, now=at)
