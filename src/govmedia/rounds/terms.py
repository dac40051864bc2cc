"""The terms of a self-check: by when units report, and until when they may put right what they report."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from govmedia.common.holidays import calendar
from govmedia.common.refusals import Refused, WrongState
from govmedia.engine.drawing import DrawError, share_of
from govmedia.engine.edition import Edition
from govmedia.engine.population import Population
from govmedia.rounds.models import Round
from govmedia.rounds.population import SELFCHECK, SILENT
from govmedia.rounds.reports import asked_reports


def set_terms(made: Round, values: Mapping[str, Any], rules: Edition, today: date) -> None:
    """What a round has besides its plan if it begins with a self-check. Errors: Refused with the field."""
    if made.kind != Round.Kind.SELF:
        made.report_by = made.mend_by = None
        return
    report_by = values.get("report_by")
    if report_by is None:
        raise Refused("请填写单位上报的期限。", "report_by")
    if report_by < made.end_on:
        raise Refused("上报期限不能早于时段的最后一天。", "report_by")
    if report_by < today:
        raise Refused("上报期限已经过去，请改为今后的日期。", "report_by")
    made.report_by, made.mend_by = report_by, mend_by(report_by, rules)
    if made.due_on <= made.mend_by:
        raise Refused(
            f"单位自报的问题可以整改到 {made.mend_by}，检查员次日才能开始；完成期限请晚于这一天。", "due_on"
        )
    made.silent_share = str(values.get("silent_share") or made.silent_share)
    try:
        share_of(made.silent_share)
    except DrawError as why:
        raise Refused(why.text, "silent_share") from why
    made.by = [*(name for name in made.by if name != SELFCHECK), SELFCHECK]


def mend_by(report_by: date, rules: Edition) -> date:
    """The last day of the edition's term for rectification, counted from the day by which units report."""
    return calendar().deadline(report_by, rules.rectify_working_days).on


def remind_on(report_by: date) -> date:
    """The working day before the one by which units report."""
    return calendar().working_day_before(report_by)


def check_reported(held: Round, today: date) -> None:
    """Errors: WrongState before the units were asked, Refused while some may still report in time."""
    if held.state != "reporting":
        raise WrongState("还没有发起自查。请先发起，单位上报以后再公布总体。")
    left = asked_reports(held).filter(reported_at__isnull=True).count()
    if left and held.report_by is not None and today <= held.report_by:
        raise Refused(f"上报期限 {held.report_by} 还没有过，还有 {left:,} 家没报。全部报齐或到期次日起才能公布总体。")


def share_of_silent(held: Round, population: Population) -> dict[str, str]:
    """Those whose units did not report have a share of their own, where there are any that can be drawn."""
    (place,) = population.places_of([SELFCHECK])
    apart = {*held.always, *held.excluded}
    there = any(cells[place] == SILENT for code, cells in population.rows.items() if code not in apart)
    return {SILENT: held.silent_share} if there else {}
