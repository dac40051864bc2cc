"""A draft begun from a closed round, written by people, and its figures taken anew."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from govmedia.audit.services import Deed, record
from govmedia.bulletins.composing import begun, check_text, usual_wording
from govmedia.bulletins.gathering import as_text, figures_of, from_text
from govmedia.bulletins.models import Bulletin
from govmedia.bulletins.queries import previous_of
from govmedia.common.clock import day_of
from govmedia.common.holidays import calendar
from govmedia.common.refusals import Refused, WrongState
from govmedia.engine.bulletins.values import Bad, document_number
from govmedia.engine.bulletins.writing import bulletin_to_json
from govmedia.orgs.models import User
from govmedia.orgs.rights import require
from govmedia.rounds.models import Round

FIELDS = (
    "title", "issuer", "number", "addressees", "copies_to", "remark", "signed_on", "due_on", "lead", "sections",
)  # fmt: skip
# Working days to put things right from the bulletin's date; real ones gave 5, 8 and 11 days.
USUAL_DAYS = 8


@transaction.atomic
def start(*, round_id: int, by: User, now: datetime) -> Bulletin:
    """The bulletin of a round; begun with the usual wording where there is none. Errors: NoRight, Refused."""
    # Locked, so that two who begin at once come to the same draft.
    held = Round.objects.select_for_update(of=("self",)).select_related("division").get(pk=round_id)
    require(by, "bulletin.write", division=held.division_id)
    standing = Bulletin.objects.filter(round=held).exclude(state="withdrawn").first()
    if standing is not None:
        return standing
    figures = figures_of(held, previous_of(held))
    made = begun(held, figures, day_of(now), calendar().deadline(day_of(now), USUAL_DAYS).on)
    made.figures_at = made.drafted_at = made.changed_at = now
    made.drafted_by = made.changed_by = by
    made.save()
    made.writers.add(by)
    record(deed("bulletin.start", made, after={"round": held.pk}), by=by, now=now)
    return made


@transaction.atomic
def save(*, bulletin_id: int, revision: int, values: Mapping[str, Any], by: User, now: datetime) -> Bulletin:
    """Keep the words of a draft. `values` has FIELDS; `revision` is the one they were typed over.

    Errors: NoRight, WrongState, Refused with the field where somebody else saved meanwhile or a text is refused.
    """
    row = locked(bulletin_id, by)
    if row.revision != revision:
        raise Refused(
            f"{row.changed_by.name}刚才改过这份通报，你的改动没有保存。请把下面你写的抄进新版本（在另一窗口打开）后再存。",
            "revision",
        )
    before = {name: shown(getattr(row, name)) for name in FIELDS}
    for name in FIELDS:
        setattr(row, name, values[name])
    _check(row)
    after = {name: shown(getattr(row, name)) for name in FIELDS}
    changed = [name for name in FIELDS if before[name] != after[name]]
    if not changed:
        return row
    _wrote(row, by, now)
    told = [{name: side[name] for name in changed} for side in (before, after)]
    record(deed("bulletin.write", row, *told), by=by, now=now)
    return row


@transaction.atomic
def refresh(*, bulletin_id: int, rewrite: bool = False, by: User, now: datetime) -> Bulletin:
    """Take the figures of a draft anew from the round; with `rewrite` the usual wording too, in place of people's.

    Errors: NoRight, WrongState, Refused.
    """
    row = locked(bulletin_id, by)
    before = row.figures
    row.figures, row.figures_at = present_figures(row), now
    if rewrite:
        row.lead, row.sections = usual_wording(from_text(row.figures), row.due_on)
    _wrote(row, by, now)
    after = {"changed": before != row.figures, "rewritten": rewrite}
    record(deed("bulletin.refresh", row, after=after), by=by, now=now)
    return row


def present_figures(row: Bulletin) -> str:
    """What the round says now. Errors: Refused."""
    return as_text(bulletin_to_json(figures_of(row.round, previous_of(row.round))))


def locked(bulletin_id: int, by: User) -> Bulletin:
    """A draft to be written in, locked until the transaction ends. Errors: NoRight, WrongState."""
    row = Bulletin.objects.select_for_update(of=("self",)).select_related("round", "changed_by").get(pk=bulletin_id)
    require(by, "bulletin.write", division=row.round.division_id)
    if row.state != "draft":
        raise WrongState("这份通报已经送审，不能再改。要改，请先撤回或退回。")
    return row


def _wrote(row: Bulletin, by: User, now: datetime) -> None:
    row.revision += 1
    row.changed_by, row.changed_at = by, now
    row.save()
    row.writers.add(by)


def _check(row: Bulletin) -> None:
    if not row.title.strip():
        raise Refused("请写标题。", "title")
    if not row.issuer.strip():
        raise Refused("请写发文机关。", "issuer")
    if row.number:
        try:
            row.number = document_number(row.number)
        except Bad as why:
            raise Refused(f"{why.text}。", "number") from why
    if row.signed_on and row.due_on and row.due_on <= row.signed_on:
        raise Refused("整改期限应晚于成文日期。", "due_on")
    check_text(row)


def shown(value: Any) -> Any:
    """A value as the log keeps it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def deed(
    verb: str, row: Bulletin, before: Mapping[str, Any] | None = None, after: Mapping[str, Any] | None = None,
    why: str = "",
) -> Deed:  # fmt: skip
    return Deed(verb, f"bulletin:{row.pk}", row.title, before or {}, after or {}, why, row.round.division_id)
