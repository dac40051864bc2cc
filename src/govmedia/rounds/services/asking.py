"""Units asked to look at their accounts themselves, and reminded of it: each unit once for each occasion."""

from datetime import datetime, timedelta

from django.db import transaction

from govmedia.accounts.queries import live
from govmedia.audit.services import Deed, record
from govmedia.common.clock import day_of
from govmedia.common.refusals import Refused, WrongState
from govmedia.orgs.models import User
from govmedia.orgs.rights import subtree
from govmedia.rounds.models import Report, Round, Said
from govmedia.rounds.reports import asked_reports
from govmedia.rounds.services.planning import locked_round
from govmedia.rounds.services.telling import tell_units
from govmedia.rounds.services.working import edition_of
from govmedia.rounds.states import ROUND
from govmedia.rounds.terms import remind_on

# After an outage nobody is reminded of what has been over for so long.
OVER_MOST = timedelta(days=7)


@transaction.atomic
def ask(*, round_id: int, by: User, now: datetime) -> Round:
    """Ask every unit that has an open account to report on all it has; each is told once.

    Errors: NoRight, WrongState, Refused where the day has passed or there is nobody to ask.
    """
    held = locked_round(round_id, by)
    if not held.is_self_check or held.report_by is None:
        raise WrongState
    move = ROUND.take("ask", held.state)
    if held.report_by < day_of(now):
        raise Refused("上报期限已经过去。请先修改安排，再发起自查。")
    edition_of(held)
    first, after = subtree(held.division_id)
    rows = live().filter(division__gte=first, division__lt=after).exclude(code__in=list(held.excluded))
    accounts = list(rows.order_by("organisation", "code").values_list("pk", "organisation"))
    if not accounts:
        raise Refused("辖区内没有要自查的账号。")
    wanted = list(dict.fromkeys(organisation for _, organisation in accounts))
    Report.objects.bulk_create([Report(round=held, organisation_id=pk) for pk in wanted], batch_size=1000)
    made = dict(Report.objects.filter(round=held).values_list("organisation", "pk"))
    Said.objects.bulk_create(
        [Said(report_id=made[organisation], account_id=pk) for pk, organisation in accounts], batch_size=1000
    )
    held.state, held.asked_at = move.target, now
    held.save(update_fields=["state", "asked_at"])
    told = tell_units(held, "ask", _asking(held), now)
    after_it = {"organisations": len(wanted), "accounts": len(accounts), "told": told}
    record(_deed("round.ask", held, after_it), by=by, now=now)
    return held


@transaction.atomic
def press(*, round_id: int, by: User, now: datetime) -> int:
    """Remind all units that have not reported; returns how many people were told.

    Errors: NoRight, WrongState, Refused where it was done today, or all have reported.
    """
    held = locked_round(round_id, by)
    if held.state != "reporting":
        raise WrongState
    today = day_of(now)
    if held.pressed_at is not None and day_of(held.pressed_at) == today:
        raise Refused("今天已经催过一次，请明天再催。急的请打电话。")
    if not asked_reports(held).filter(reported_at__isnull=True).exists():
        raise Refused("都已上报，不用再催。")
    held.pressed_at = now
    held.save(update_fields=["pressed_at"])
    told = tell_units(held, f"press:{today}", _pressing(held), now)
    record(_deed("round.press", held, {"told": told}), by=by, now=now)
    return told


def remind_reports(*, now: datetime) -> int:
    """Tell who has not reported: once on the working day before, and once when the day went by. Returns how many."""
    running = Round.objects.filter(state="reporting").order_by("pk").values_list("pk", flat=True)
    return sum(_remind(pk, now) for pk in list(running))


@transaction.atomic
def _remind(round_id: int, now: datetime) -> int:
    held = Round.objects.select_for_update().get(pk=round_id)
    if held.state != "reporting" or held.report_by is None or held.asked_at is None:
        return 0
    today = day_of(now)
    near = remind_on(held.report_by)
    if held.near_told_at is None and near <= today <= held.report_by:
        held.near_told_at = now
        held.save(update_fields=["near_told_at"])
        # Who was asked only now need not be reminded of it the same day.
        return 0 if day_of(held.asked_at) >= near else tell_units(held, "near", _near(held), now)
    if held.over_told_at is None and held.report_by < today <= held.report_by + OVER_MOST:
        held.over_told_at = now
        held.save(update_fields=["over_told_at"])
        return tell_units(held, "over", _over(held), now)
    return 0


def _asking(held: Round) -> tuple[str, str]:
    body = (
        f"请对照检查指标看一遍本单位的账号，{held.report_by} 前上报。"
        "机器看到的已替你列好；其余没有问题的，点一下就报完。"
        f"自己报的问题，{held.mend_by} 前改好的不追究。"
    )
    return (f"请自查：{held.name}", body)


def _near(held: Round) -> tuple[str, str]:
    return (f"自查将到期：{held.name}", f"请在 {held.report_by} 前上报，没有问题的点一下就报完。")


def _over(held: Round) -> tuple[str, str]:
    body = f"上报期限 {held.report_by} 已过，现在还可以补报，会注明迟报。不报的账号由检查员逐个检查。"
    return (f"自查还没有报：{held.name}", body)


def _pressing(held: Round) -> tuple[str, str]:
    return (f"催报自查：{held.name}", f"上报期限 {held.report_by}，你单位还没有报。没有问题的点一下就报完。")


def _deed(verb: str, held: Round, after: dict[str, object]) -> Deed:
    return Deed(verb, f"round:{held.pk}", held.name, after=after, division=held.division_id)
