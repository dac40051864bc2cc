"""Who judges what: inspectors are given seats evenly, take over from one who leaves, decide between two."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from govmedia.audit.services import Deed, record
from govmedia.common.clock import day_of
from govmedia.common.refusals import Refused, WrongState
from govmedia.orgs.models import User
from govmedia.orgs.rights import may
from govmedia.rounds.models import Round, Sample, Seat
from govmedia.rounds.queries import inspectors_for
from govmedia.rounds.services.planning import locked_round
from govmedia.rounds.states import ROUND, Place


@transaction.atomic
def open_round(*, round_id: int, inspector_ids: Sequence[int], by: User, now: datetime) -> Round:
    """Give every account of the sample its seats, evenly. After a self-check not before the units have had their time
    to put right what they reported, so that nobody fails by what he said himself.

    Errors: NoRight, WrongState, Refused.
    """
    held = locked_round(round_id, by)
    move = ROUND.take("open", held.state)
    if held.mend_by is not None and day_of(now) <= held.mend_by:
        raise Refused(f"单位自报的问题可以整改到 {held.mend_by}，次日起才能开始检查。")
    people = _people(held, inspector_ids)
    if len(people) < held.seats:
        raise Refused(f"每个账号由 {held.seats} 人检查，至少要选 {held.seats} 位检查员。", "inspectors")
    samples = list(held.samples.select_related("account").order_by("stratum", "account__code"))
    load: Counter[int] = Counter()
    seats = []
    for sample in samples:
        for number, person in enumerate(_least_busy(sample, people, load, held.seats), 1):
            seats.append(Seat(sample=sample, number=number, inspector=person, given_at=now))
    Seat.objects.bulk_create(seats, batch_size=1000)
    held.state, held.opened_at = move.target, now
    held.save(update_fields=["state", "opened_at"])
    after = {"inspectors": [person.login for person in people], "seats": len(seats)}
    record(Deed("round.open", f"round:{held.pk}", held.name, after=after, division=held.division_id), by=by, now=now)
    return held


@transaction.atomic
def hand_over(*, round_id: int, leaves: int, inspector_ids: Sequence[int], by: User, now: datetime) -> int:
    """Give the seats that somebody has not finished to others; what he began is left aside. Returns how many.

    Errors: NoRight, WrongState, Refused where nobody else may judge an account.
    """
    held = locked_round(round_id, by)
    if held.state != "judging":
        raise WrongState
    people = [one for one in _people(held, inspector_ids) if one.pk != leaves]
    if not people:
        raise Refused("请选择接手的检查员。", "inspectors")
    seats = list(
        Seat.objects.filter(sample__round=held, inspector=leaves, done_at__isnull=True).select_related(
            "sample__account"
        )
    )
    load: Counter[int] = Counter()
    for seat in seats:
        taken = set(seat.sample.seats.values_list("inspector_id", flat=True))
        free = [one for one in people if one.pk not in taken]
        (seat.inspector,) = _least_busy(seat.sample, free, load, 1)
        seat.check_made, seat.given_at = None, now
        seat.save(update_fields=["inspector", "check_made", "given_at"])
    after = {"left": leaves, "seats": len(seats)}
    record(Deed("round.hand_over", f"round:{held.pk}", held.name, after=after), by=by, now=now)
    return len(seats)


@transaction.atomic
def call_arbiter(*, sample_id: int, inspector_id: int, by: User, now: datetime) -> Seat:
    """Have a third inspector decide where two differ. Errors: NoRight, WrongState, Refused for one of the two."""
    sample = Sample.objects.select_for_update(of=("self",)).select_related("account", "round").get(pk=sample_id)
    held = locked_round(sample.round_id, by)
    if sample.state != Place.DIFFERING:
        raise WrongState
    (person,) = _people(held, [inspector_id]) or [None]
    if person is None:
        raise Refused("请选择一位检查员。", "inspector")
    if sample.seats.filter(inspector=person).exists():
        raise Refused("已检查过这个账号的人不能再裁定，请另选一位。", "inspector")
    _may_judge(person, sample)
    seat = Seat.objects.create(sample=sample, number=Seat.ARBITER, inspector=person, given_at=now)
    label = f"{held.name}：{sample.account.name}"
    deed = Deed("round.arbiter", f"sample:{sample.pk}", label, after={"inspector": person.login})
    record(deed, by=by, now=now)
    return seat


def _people(held: Round, ids: Sequence[int]) -> list[User]:
    return list(inspectors_for(held).filter(pk__in=ids))


def _least_busy(sample: Sample, people: Sequence[User], load: Counter[int], number: int) -> list[User]:
    """Those with the fewest accounts so far who may judge this one. Errors: Refused where there are too few."""
    able = [one for one in people if may(one, "check.run", division=sample.account.division_id)]
    if len(able) < number:
        raise Refused(
            f"「{sample.account.name}」没有足够的检查员：所选的人都不管这个地区，或已检查过它。请再选几位。",
            "inspectors",
        )
    chosen = sorted(able, key=lambda one: (load[one.pk], one.pk))[:number]
    load.update(one.pk for one in chosen)
    return chosen


def _may_judge(person: User, sample: Sample) -> None:
    _least_busy(sample, [person], Counter(), 1)
