"""A filing on its way: submitted, passed on, accepted, returned, refused, withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from govmedia.audit.services import record
from govmedia.common.clock import day_of
from govmedia.common.refusals import NoRight, Refused, WrongState
from govmedia.common.states import Move
from govmedia.filings import chain, content, oddities, queries
from govmedia.filings.models import Filing, Step
from govmedia.filings.services import acceptance
from govmedia.filings.services.drafts import deed, version_of
from govmedia.filings.states import FILING
from govmedia.notify.services import tell
from govmedia.orgs.models import User
from govmedia.orgs.queries import reviewers_of
from govmedia.orgs.rights import require

_TOLD = {
    "returned": ("{}被退回补正", "请按意见修改后重新提交。意见：{}"),
    "refused": ("{}不予备案", "理由：{}"),
    "accepted": ("{}已通过备案", "账号信息已写入名录。{}"),
}


class FormRefused(Refused):
    """The form is not complete or not right; `errors` maps fields to Chinese sentences."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__(
            f"还有 {len(self.errors)} 处要改：{next(iter(self.errors.values()))}", next(iter(self.errors))
        )


def form_errors(filing: Filing, *, now: datetime) -> dict[str, str]:
    """What keeps a filing from being submitted: field → Chinese sentence. Reads only."""
    second = oddities.needs_reason(filing, filing.form.get("platform", ""))
    errors = content.problems(filing.kind, filing.form, second=second, today=day_of(now))
    if filing.kind == content.CHANGE and not any(content.differences(filing)):
        errors.setdefault("name", "还没有改动任何一项。请改好要变更的内容再提交。")
    taken = acceptance.taken(filing) | _before_opening(filing)
    return errors | {field: text for field, text in taken.items() if field not in errors}


def _before_opening(filing: Filing) -> dict[str, str]:
    """No account ends or changes before it began."""
    day, opened_on = content.happened_on(filing.kind, filing.form), filing.account and filing.account.opened_on
    if filing.kind == content.OPEN or not day or not opened_on or day >= opened_on:
        return {}
    key = "closed_on" if filing.kind == content.CLOSE else "happened_on"
    return {key: f"这一天早于账号的开设日期 {opened_on}，请核对。"}


def submit(*, filing_id: int, by: User, now: datetime, version: str = "") -> Filing:
    """Send a draft or a returned filing on its way. Errors: FormRefused."""
    return move(filing_id=filing_id, name="submit", by=by, now=now, version=version)


@transaction.atomic
def move(*, filing_id: int, name: str, by: User, now: datetime, note: str = "", version: str = "") -> Filing:
    """Make one move of the state table: submit, pass_on, accept, return, refuse or withdraw.

    `version` is `version_of` the filing as the person saw it; where it has changed since, WrongState.
    """
    filing = (
        Filing.objects.select_for_update(of=("self",))
        .select_related("organisation__division", "account", "at_division", "submitted_by")
        .get(pk=filing_id)
    )
    note = content.clean_draft(content.CLOSE, {"reason": note})["reason"]
    if len(note) > 2000:
        raise Refused(f"意见最多 2,000 个字，现在有 {len(note):,} 个，请缩短。", "note")
    step = _allowed(filing, name, by, note, version)
    before = _state(filing)
    if name == "submit":
        _submit(filing, by, now)
    else:
        _close_step(filing, step, by, now, note)
        _decide(filing, step, by, now)
    filing.state, filing.updated_at = step.target, now
    filing.save()
    record(deed(f"filing.{name}", filing, before=before, after=_state(filing), why=note), by=by, now=now)
    if name == "accept":
        acceptance.carry_out(filing, by=by, now=now)
    elif filing.kind == content.CLOSE:
        acceptance.announce(filing, by=by, now=now)
    _tell(filing, note, now)
    return filing


def _allowed(filing: Filing, name: str, by: User, note: str, version: str) -> Move:
    """The move, if the state, the place on the way and the person allow it."""
    if version and version != version_of(filing):
        raise WrongState
    step = FILING.take(name, filing.state, note)
    if step.right != "filing.review":
        require(by, step.right, organisation=filing.organisation_id)
        return step
    if name in {"pass_on", "accept"} and (name == "accept") != queries.at_last_stop(filing):
        raise WrongState
    if by.division_id in _earlier_offices(filing):
        raise WrongState
    require(by, step.right, division=filing.at_division_id or "")
    if queries.had_a_hand(filing, by):
        raise NoRight("你填写、提交或审过这件备案，须由其他审核员办理。")
    return step


def _earlier_offices(filing: Filing) -> set[str]:
    """Offices that have already passed it on: whoever still decides there was overtaken by a colleague."""
    stops = chain.of_form(filing.form)
    return {stop.division for stop in stops[: filing.step]} - {filing.at_division_id}


def _submit(filing: Filing, by: User, now: datetime) -> None:
    errors = form_errors(filing, now=now)
    if errors:
        raise FormRefused(errors)
    filing.happened_on = content.happened_on(filing.kind, filing.form)
    filing.warnings = oddities.of(filing, now=now)
    stops = chain.resolve(filing.organisation)
    if not stops:
        raise Refused("没有找到审核单位，请联系系统管理员检查审核流程文件。")
    filing.form = {**filing.form, "chain": chain.to_form(stops)}
    # The day of the first submission stays: what a reviewer asks to be mended does not make a filing late.
    filing.submitted_by, filing.submitted_at = by, filing.submitted_at or now
    filing.decided_by = filing.decided_at = None
    filing.editors.add(by)
    _arrive(filing, 0, now)


def _arrive(filing: Filing, number: int, now: datetime) -> None:
    """Hand the filing to a stop of its way."""
    stop = chain.of_form(filing.form)[number]
    filing.step, filing.at_division_id = number, stop.division
    filing.waiting_since, filing.due_on = now, chain.due_on(stop.working_days, now)
    Step.objects.create(filing=filing, number=number, division_id=stop.division, arrived_at=now)


def _close_step(filing: Filing, move_made: Move, by: User, now: datetime, note: str) -> None:
    """Write down who decided at the stop the filing was at; a draft was at none."""
    step = filing.steps.filter(decided_at__isnull=True).order_by("-arrived_at", "-pk").first()
    if step is not None:
        step.move, step.note, step.decided_by, step.decided_at = move_made.name, note, by, now
        step.save()


def _decide(filing: Filing, move_made: Move, by: User, now: datetime) -> None:
    """Where the filing goes from here, and who decided if it ends."""
    if move_made.name == "pass_on":
        _arrive(filing, filing.step + 1, now)
        return
    filing.at_division = filing.waiting_since = filing.due_on = None
    if move_made.target in {"accepted", "refused"}:
        filing.decided_by, filing.decided_at = by, now


def _tell(filing: Filing, note: str, now: datetime) -> None:
    """Tell the submitter what became of it, or the next office that it waits there; each arrival once."""
    url = reverse("filings:detail", args=[filing.pk])
    key = f"filing:{filing.pk}:{filing.state}:{filing.steps.count()}"
    if filing.state in _TOLD and filing.submitted_by is not None:
        title, body = _TOLD[filing.state]
        tell(
            recipients=[filing.submitted_by],
            key=key,
            title=title.format(filing),
            body=body.format(note),
            url=url,
            now=now,
        )
    elif filing.at_division_id:
        body = f"{filing.organisation.name} 提交，请在 {filing.due_on} 前审核。"
        tell(
            recipients=reviewers_of(filing.at_division_id),
            key=key,
            title=f"待审：{filing}",
            body=body,
            url=url,
            now=now,
        )


def _state(filing: Filing) -> dict[str, Any]:
    return {"state": filing.state, "at": filing.at_division_id, "step": filing.step, "due_on": filing.due_on}
