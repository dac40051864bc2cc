"""A unit's report in a self-check: kept while it is typed, handed in, changed until the population is announced."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from govmedia.audit.services import Deed, record
from govmedia.common.clock import day_of
from govmedia.common.refusals import Overtaken, Refused, WrongState
from govmedia.orgs.models import User
from govmedia.orgs.rights import require
from govmedia.rounds.models import Report, Round, Said
from govmedia.rounds.problems import Problem, faults_of
from govmedia.rounds.reports import Asked, asked_of
from govmedia.rounds.services.working import edition_of

NOBODY = "本单位的账号都已注销，不用再报。"
OVER = "这一轮自查已转入复核（或已取消），不能再报，也不能再改。"
# What is kept of a draft: so many fields, so many characters of each.
DRAFT_FIELDS, DRAFT_LENGTH = 700, 600


@transaction.atomic
def keep_draft(*, report_id: int, typed: Mapping[str, str], by: User, now: datetime, version: str = "") -> Report:
    """Keep what is typed, right or wrong, until it is handed in.

    `version` is `version_of` the report it was typed over. Errors: NoRight, WrongState; Overtaken where another page
    has changed it since.
    """
    report = _locked(report_id, by)
    kept = {key[:40]: _storable(text) for key, text in list(typed.items())[:DRAFT_FIELDS] if text}
    if kept != report.draft:
        _not_overtaken(report, version)
        report.draft = kept
        report.save(update_fields=["draft"])
    return report


@transaction.atomic
def hand_in(
    *, report_id: int, problems: Mapping[int, Sequence[Problem]], by: User, now: datetime, version: str = ""
) -> Report:
    """Report on all accounts of the unit at once: the problems by the account's key, none of those without.

    The first report after the day is late; what is the same as before changes nothing. `version` as in `keep_draft`.
    Errors: NoRight, WrongState, Overtaken, Refused.
    """
    report = _locked(report_id, by)
    _not_overtaken(report, version)
    asked = asked_of(report, edition_of(report.round))
    if not asked:
        raise Refused(NOBODY)
    strangers = problems.keys() - {one.said.account_id for one in asked}
    if any(problems[key] for key in strangers):
        raise Refused("有账号已注销，或不再归本单位。请刷新页面，去掉它再报。", "account")
    before = {one.said.account.code: one.said.problems for one in asked}
    for one in asked:
        _say(one, problems.get(one.said.account_id, ()), report, now)
    after = {one.said.account.code: one.said.problems for one in asked}
    if report.reported_at is not None and before == after:
        report.draft = {}
        report.save(update_fields=["draft"])
        return report
    Said.objects.bulk_update([one.said for one in asked], ["problems", "seen"], batch_size=500)
    _sign(report, [problem for said in after.values() for problem in said.values()], by, now)
    label = f"{report.round.name}：{report.organisation.name}"
    deed = Deed(
        "selfcheck.report", f"report:{report.pk}", label, before, after, division=report.organisation.division_id
    )
    record(deed, by=by, now=now)
    return report


def version_of(report: Report) -> str:
    """A mark that changes with what is kept of the report."""
    kept = [report.draft, str(report.reported_at), str(report.changed_at)]
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:16]


def _not_overtaken(report: Report, version: str) -> None:
    if version and version != version_of(report):
        raise Overtaken


def _locked(report_id: int, by: User) -> Report:
    """The report, locked with its round, so that no report slips in while the accounts are drawn."""
    report = Report.objects.select_related("organisation").get(pk=report_id)
    require(by, "selfcheck.report", organisation=report.organisation_id)
    held = Round.objects.select_for_update().defer("population", "draw").get(pk=report.round_id)
    if held.state != "reporting":
        raise WrongState(OVER)
    report = Report.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=report_id)
    report.round = held
    return report


def _say(one: Asked, problems: Sequence[Problem], report: Report, now: datetime) -> None:
    for problem in problems:
        wrong = faults_of(problem, one.questions, day_of(now), report.round.mend_by)
        if wrong:
            field, text = next(iter(wrong.items()))
            raise Refused(f"「{one.said.account.name}」{problem.code}：{text}", field)
    codes = [problem.code for problem in problems]
    if len(set(codes)) != len(codes):
        raise Refused(f"「{one.said.account.name}」的同一项写了两次，请合成一条。", "code")
    one.said.problems = {problem.code: problem.kept() for problem in problems}
    one.said.seen = sorted({finding.code for finding in one.seen})


def _sign(report: Report, said: Sequence[Mapping[str, object]], by: User, now: datetime) -> None:
    if report.reported_at is None:
        report.reported_at, report.reported_by = now, by
        report.late = report.round.report_by is not None and day_of(now) > report.round.report_by
    else:
        report.changed_at = now
    report.draft = {}
    report.problems, report.pending = len(said), sum(not problem["mended"] for problem in said)
    report.save()


def _storable(text: str) -> str:
    """The text as JSON of every database can hold it."""
    return "".join(sign for sign in text if sign in "\n\t" or sign.isprintable())[:DRAFT_LENGTH]
