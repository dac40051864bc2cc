"""A round planned, announced and drawn in the open."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from govmedia.accounts.models import Account
from govmedia.audit.services import Deed, record
from govmedia.common.clock import day_of
from govmedia.common.refusals import Refused, WrongState
from govmedia.common.typed import one_line
from govmedia.engine.drawing import DrawError, Plan, draw, joined_seed, promise_hash_of, share_of
from govmedia.engine.edition import EditionError
from govmedia.engine.population import Population, PopulationError, read_population
from govmedia.findings import queries as findings
from govmedia.findings.services import keep_edition
from govmedia.orgs.models import User
from govmedia.orgs.rights import require
from govmedia.rounds.models import Round, Said, Sample
from govmedia.rounds.population import (
    SELFCHECK,
    STRATA,
    packed,
    population_of,
    population_of_reports,
    unpacked,
)
from govmedia.rounds.services.telling import tell_units
from govmedia.rounds.states import ROUND
from govmedia.rounds.terms import check_reported, set_terms, share_of_silent

LONGEST_DAYS = 366
# What may still be changed, and until when, so that nobody can steer a draw whose promise is out.
FIELDS = (
    "name", "kind", "edition", "start_on", "end_on", "due_on", "seats", "by", "share", "shares", "least",
    "always_governments", "always", "excluded",
)  # fmt: skip


@transaction.atomic
def plan_round(*, values: Mapping[str, Any], by: User, now: datetime) -> Round:
    """Plan a round for one's own division. `values` has FIELDS, and for a self-check `report_by` and, if wanted,
    `silent_share`. Errors: NoRight, Refused with the field."""
    require(by, "round.run", division=by.division_id or "")
    made = Round(division_id=by.division_id or "", planned_by=by, planned_at=now)
    _fill(made, values, now)
    made.save()
    record(_deed("round.plan", made, _shown(made)), by=by, now=now)
    return made


@transaction.atomic
def change_round(*, round_id: int, values: Mapping[str, Any], by: User, now: datetime) -> Round:
    """Change a round that is not announced yet. Errors: NoRight, WrongState, Refused with the field."""
    held = locked_round(round_id, by)
    if held.state != "planned":
        raise WrongState("总体已公布，这一轮的安排不能再改。如有错误，请取消后另建一轮。")
    before = _shown(held)
    _fill(held, values, now)
    held.save()
    record(_deed("round.change", held, _shown(held), before), by=by, now=now)
    return held


@transaction.atomic
def announce(*, round_id: int, promise: str = "", by: User, now: datetime) -> Round:
    """Freeze who can be drawn and make the promise whose hash is published now (unless one is given). In a round that
    begins with a self-check it also ends the reporting, so that nobody changes what he said once it may be checked.

    Errors: NoRight, WrongState, Refused where nothing could be drawn, or units may still report.
    """
    held = locked_round(round_id, by)
    move = ROUND.take("announce", held.state)
    if held.is_self_check:
        check_reported(held, day_of(now))
    if held.is_self_check:
        text, governments = population_of_reports(held)
    else:
        text, governments = population_of(held.division_id, held.end_on)
    population = _population(text)
    if held.always_governments:
        held.always = sorted({*held.always, *governments} - held.excluded.keys())
    if held.is_self_check:
        held.shares = share_of_silent(held, population)
    held.promise = promise or secrets.token_hex(16)
    held.promise_hash = promise_hash_of(held.promise)
    # Drawn once on trial, so that what cannot be drawn is refused before anything is published.
    _draw(held, population, joined_seed(held.promise, "trial"))
    held.population, held.population_hash = packed(text), population.hash
    held.population_size = len(population.rows)
    held.state, held.announced_at = move.target, now
    held.save()
    after = {"population_hash": held.population_hash, "promise_hash": held.promise_hash, "size": held.population_size}
    record(_deed("round.announce", held, after), by=by, now=now)
    return held


@transaction.atomic
def draw_round(*, round_id: int, public_value: str, public_source: str, by: User, now: datetime) -> Round:
    """Draw by the promise and a value nobody could know when it was made. Errors: NoRight, WrongState, Refused."""
    held = locked_round(round_id, by)
    move = ROUND.take("draw", held.state)
    value, source = public_value.strip(), one_line(public_source, 300)
    if not value or "\x1f" in value or not value.isprintable():
        raise Refused("请填写公开随机数，如开奖号码。", "public_value")
    if not source:
        raise Refused("请写明公开随机数的出处，如“双色球第 2026135 期开奖号码，2026-11-26 开奖”。", "public_source")
    population = _population(unpacked(held.population))
    held.public_value, held.public_source = value[:200], source
    drawn = _draw(held, population, joined_seed(held.promise, held.public_value))
    held.draw = drawn.to_json()
    held.state, held.drawn_at = move.target, now
    held.save()
    said = dict(Said.objects.filter(report__round=held).values_list("account", "pk")) if held.is_self_check else {}
    keys = {code: ",".join(stratum.key) for stratum in drawn.strata for code in stratum.drawn}
    accounts = Account.objects.in_bulk(drawn.sample, field_name="code")
    Sample.objects.bulk_create(
        [
            Sample(
                round=held,
                account=accounts[code],
                stratum=keys.get(code, ""),
                always=code not in keys,
                said_id=said.get(accounts[code].pk),
            )
            for code in drawn.sample
        ],
        batch_size=1000,
    )
    after = {"public_value": held.public_value, "public_source": held.public_source, "drawn": len(drawn.sample)}
    record(_deed("round.draw", held, after), by=by, now=now)
    return held


@transaction.atomic
def cancel(*, round_id: int, why: str, by: User, now: datetime) -> Round:
    """Cancel a round; what was published stays and says why, and units that still owed a report are told.

    Errors: NoRight, WrongState, NoteMissing.
    """
    held = locked_round(round_id, by)
    reason = one_line(why, 300)
    move = ROUND.take("cancel", held.state, reason)
    owed = held.state == "reporting"
    held.state, held.ended_at, held.end_reason = move.target, now, reason
    held.save(update_fields=["state", "ended_at", "end_reason"])
    if owed:
        tell_units(held, "cancel", (f"不用自查了：{held.name}已取消", f"原因：{reason}"), now)
    record(_deed("round.cancel", held, {}, why=held.end_reason), by=by, now=now)
    return held


def locked_round(round_id: int, by: User | None) -> Round:
    """The round, locked until the transaction ends. Errors: NoRight, Round.DoesNotExist."""
    held = Round.objects.select_for_update().get(pk=round_id)
    require(by, "round.run", division=held.division_id)
    return held


def _fill(made: Round, values: Mapping[str, Any], now: datetime) -> None:
    for name in FIELDS:
        setattr(made, name, values[name])
    _check_dates(made, day_of(now))
    unknown = [name for name in made.by if name not in STRATA and name != SELFCHECK]
    if unknown or not made.by:
        raise Refused("请选择分层的依据。", "by")
    try:
        share_of(made.share)
        for text in made.shares.values():
            share_of(text)
    except DrawError as why:
        raise Refused(why.text, "share") from why
    try:
        rules = findings.edition(made.edition)
    except EditionError as why:
        raise Refused(why.text, "edition") from why
    made.edition_hash = rules.hash
    set_terms(made, values, rules, day_of(now))
    keep_edition(edition=rules, now=now)
    known = set(Account.objects.filter(code__in=[*made.always, *made.excluded]).values_list("code", flat=True))
    for name, codes in (("always", made.always), ("excluded", list(made.excluded))):
        missing = sorted(set(codes) - known)
        if missing:
            raise Refused(f"没有这些编号的账号：{'、'.join(missing[:5])}。", name)


def _check_dates(made: Round, today: date) -> None:
    if made.end_on < made.start_on:
        raise Refused("结束日期早于开始日期，请改正。", "end_on")
    if (made.end_on - made.start_on).days > LONGEST_DAYS:
        raise Refused("一轮检查的时段最多一年，请缩短。", "start_on")
    if made.due_on < made.end_on:
        raise Refused("完成期限不能早于时段的最后一天。", "due_on")
    if made.due_on < today:
        raise Refused("完成期限已经过去，请改为今后的日期。", "due_on")
    if made.seats not in (1, 2):
        raise Refused("每个账号由一人或两人检查。", "seats")


def _population(text: bytes) -> Population:
    try:
        return read_population(text)
    except PopulationError as why:
        raise Refused(f"总体不能用：{why}") from why


def _draw(held: Round, population: Population, seed: str) -> Any:
    try:
        return draw(population, plan_of(held, seed))
    except DrawError as why:
        raise Refused(why.text) from why


def plan_of(held: Round, seed: str) -> Plan:
    """How the round is drawn with a seed."""
    return Plan(
        by=tuple(held.by),
        share=Decimal(held.share),
        seed=seed,
        shares={key: Decimal(text) for key, text in held.shares.items()},
        least=held.least,
        always=tuple(held.always),
        excluded=held.excluded,
        promise_hash=held.promise_hash,
    )


def _shown(held: Round) -> dict[str, Any]:
    names = (*FIELDS, "report_by", "silent_share") if held.is_self_check else FIELDS
    return {name: value.isoformat() if isinstance(value := getattr(held, name), date) else value for name in names}


def _deed(
    verb: str, held: Round, after: Mapping[str, Any], before: Mapping[str, Any] | None = None, why: str = ""
) -> Deed:
    return Deed(verb, f"round:{held.pk}", held.name, before or {}, after, why, held.division_id)


def codes_of(text: str) -> Sequence[str]:
    """Account codes as somebody typed them: parted by blanks, commas or lines."""
    return list(dict.fromkeys(text.replace("，", " ").replace("、", " ").replace(",", " ").upper().split()))
