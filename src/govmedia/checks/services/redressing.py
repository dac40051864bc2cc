"""Verdicts made anew where a finding they counted was taken back: the points come back, and the check says so."""

from datetime import datetime, timedelta

from django.db import transaction

from govmedia.audit.services import Deed, record
from govmedia.checks import verdicts
from govmedia.checks.drafts import edition_of, facts_of_check, hits_of, standing_of
from govmedia.checks.models import Check, TakenBack
from govmedia.checks.redress import places
from govmedia.common import installation
from govmedia.common.refusals import Refused, WrongState
from govmedia.findings.queries import Overturned, overturned
from govmedia.notify.services import tell
from govmedia.orgs.queries import operators_of

UNTIL = "checks.redressed_until"
# Something decided before the last run may have been written only after it.
OVERLAP = timedelta(hours=1)
PAGE = "/desk/checks/{}/"


def redress(*, now: datetime) -> int:
    """Score finished checks anew that counted what was taken back since the last run; returns how many."""
    until = installation.read(UNTIL)
    since = datetime.fromisoformat(until) - OVERLAP if until else None
    done = sum(_redress(row, now) for row in overturned(since=since))
    installation.write(UNTIL, now.isoformat())
    return done


@transaction.atomic
def _redress(row: Overturned, now: datetime) -> int:
    settled = TakenBack.objects.filter(finding=row.pk).values("check_made")
    final = Check.objects.filter(
        account=row.account_id, state=Check.State.FINAL, held=False, finished_at__lte=row.decided_at
    )
    rows = final.exclude(pk__in=settled).select_for_update(of=("self",)).select_related("account", "inspector")
    return sum(_again(check, row, now) for check in rows.order_by("pk"))


@transaction.atomic
def catch_up(*, check_id: int, now: datetime) -> Check:
    """Take out of a finished check what was taken back since: one that a round held was passed over meanwhile.

    Returns it as it is then. Errors: WrongState unless it is finished.
    """
    rows = Check.objects.select_for_update(of=("self",)).select_related("account", "inspector")
    check = rows.get(pk=check_id)
    if check.state != Check.State.FINAL or check.finished_at is None:
        raise WrongState("检查还没有结论。")
    noted = set(check.taken_back.values_list("finding", flat=True))
    for row in overturned(account_ids=[check.account_id], since=check.finished_at):
        if row.pk not in noted:
            _again(check, row, now)
    return check


def _again(check: Check, row: Overturned, now: datetime) -> bool:
    """Take the hits out of one check and score what stands; False where it never counted them."""
    counted = places(row, hits_of(check), check)
    if not counted:
        return False
    before = dict(check.verdict)
    _note(check, row, counted, now, before)
    try:
        edition = edition_of(check)
    except Refused:
        return False
    verdict = verdicts.verdict_of(facts_of_check(check), standing_of(check), check.rulings, edition)
    if verdict.to_json() == before:
        return False
    check.verdict, check.passed, check.score = verdict.to_json(), verdict.passed, verdict.score
    check.save(update_fields=["verdict", "passed", "score"])
    account = check.account
    label = f"检查「{account.name}」"
    old = {"passed": before["passed"], "score": before["score"], "verdict": before}
    new = {"passed": check.passed, "score": check.score, "verdict": check.verdict}
    deed = Deed("check.redress", f"check:{check.pk}", label, old, new, row.end_reason, account.division_id)
    record(deed, by=None, now=now)
    # Of what a round holds the unit knows nothing yet.
    unit = [] if check.held else operators_of(account.organisation_id)
    tell(
        recipients=[check.inspector, *unit],
        key=f"check:{check.pk}:redress:{row.pk}",
        title=f"「{account.name}」的检查结论已重新核定：{_result(check)}",
        body=f"{row.code} 的问题已撤销，不再计分。{row.end_reason}",
        url=PAGE.format(check.pk),
        now=now,
    )
    return True


def leave_out(check: Check, now: datetime) -> None:
    """Note with a check just finished what it does not count, as its findings were taken back before."""
    hits = hits_of(check)
    for row in overturned(account_ids=[check.account_id]):
        # Not finished as far as matching goes: only what the machine sees again is known to be the same.
        gone = [place for place, hit in enumerate(hits) if row.took(hit, None)]
        if gone:
            _note(check, row, gone, now, {})


def _note(check: Check, row: Overturned, gone: list[int], now: datetime, before: dict[str, object]) -> None:
    TakenBack.objects.create(
        check_made=check,
        finding_id=row.pk,
        code=row.code,
        hits=gone,
        why=row.end_reason,
        at=now,
        verdict_before=before,
    )


def _result(check: Check) -> str:
    word = "合格" if check.passed else "不合格"
    return word if check.score is None else f"{check.score} 分，{word}"
