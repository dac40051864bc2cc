"""An inspector's check: started, answered, finished; and proving a finished one again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from govmedia.accounts.models import Account
from govmedia.audit.services import Deed, record
from govmedia.checks import verdicts
from govmedia.checks.drafts import doubtful_of, edition_of, facts_of_check, hits_of, questions_of, standing_of
from govmedia.checks.facts import facts_of
from govmedia.checks.law import judge_by, versions
from govmedia.checks.models import Check
from govmedia.checks.redress import standing
from govmedia.checks.services.judging import judge_accounts
from govmedia.checks.services.redressing import catch_up, leave_out
from govmedia.common.clock import SHANGHAI, day_of
from govmedia.common.refusals import NoRight, NoteMissing, Refused, WrongState
from govmedia.common.typed import lines
from govmedia.engine.edition import Edition, EditionError
from govmedia.engine.hashing import canonical_json, tagged_sm3
from govmedia.engine.types import AccountFacts, Hit
from govmedia.findings import queries as findings
from govmedia.findings.services import Inspected, apply_inspection, keep_edition
from govmedia.orgs.models import User
from govmedia.orgs.rights import require

LONGEST_DAYS = 366
COUNT_MAX = 99
NOTE_MAX = 500
ANSWER_NOTE = "请写明看到了什么、在哪里看到，作为扣分的证据。"
RULING_NOTE = "请写明认定或不认定的理由。"
OTHERS_DRAFT = "只有开始这次检查的检查员可以填写。"


@transaction.atomic
def start_check(
    *,
    account: Account,
    edition: str | Edition,
    start_on: date,
    end_on: date,
    point_at: datetime | None = None,
    for_round: int | None = None,
    by: User,
    now: datetime,
) -> Check:
    """Freeze the facts of an account and open a draft; the inspector's own of the same day is given back instead.

    Without a point the end of the period is judged, or this moment where it still runs. `for_round`: its verdict is
    held until the round settles it (`release`). Errors: NoRight, Refused.
    """
    require(by, "check.run", division=account.division_id, organisation=account.organisation_id)
    point = _point(end_on, point_at, now)
    _check_dates(start_on, end_on, point, now)
    rules = edition if isinstance(edition, Edition) else _edition(edition)
    found = _same_draft(account, rules, (start_on, end_on), point, by, for_round)
    if found is not None:
        return found
    keep_edition(edition=rules, now=now)
    # What came after the point is no part of what is judged.
    facts = facts_of([account.pk], start_on, min(end_on, day_of(point)), point)[0][1]
    check = Check(
        account=account,
        edition=rules.name,
        edition_hash=rules.hash,
        start_on=start_on,
        end_on=end_on,
        point_at=point,
        indicator_versions=versions(),
        inspector=by,
        for_round=for_round,
        held=for_round is not None,
        started_at=now,
    )
    _keep(check, facts, judge_by(rules).hits(facts))
    check.save()
    after = {"edition": rules.name, "start_on": start_on, "end_on": end_on, "facts_sm3": check.facts_sm3}
    record(_deed("check.start", check, after), by=by, now=now)
    return check


@transaction.atomic
def answer(*, check_id: int, code: str, count: int | None, note: str = "", by: User, now: datetime) -> Check:
    """Keep the inspector's answer to a question: 0 nothing found, None not looked at.

    Errors: NoRight, WrongState, NoteMissing where something was found, Refused for a code that is not asked.
    """
    check = _draft(check_id, by)
    question = next((one for one in questions_of(check) if one.code == code), None)
    if question is None:
        raise Refused("这个版本不问这一项。请刷新页面。", code)
    limit = COUNT_MAX if question.counted else 1
    if count is not None and not 0 <= count <= limit:
        raise Refused(f"处数应在 0 到 {limit} 之间。", code)
    text = _clean(note)
    if count and not text:
        raise NoteMissing(ANSWER_NOTE, code)
    before = check.answers.get(code, {})
    if count is None:
        check.answers.pop(code, None)
    else:
        check.answers[code] = {"count": count, "note": text if count else ""}
    after = check.answers.get(code, {})
    if after != before:
        check.save(update_fields=["answers"])
        record(_deed("check.answer", check, {code: after}, {code: before}), by=by, now=now)
    return check


@transaction.atomic
def rule(*, check_id: int, code: str, counts: bool | None, note: str = "", by: User, now: datetime) -> Check:
    """Let the machine's doubtful hits of a code count, set them aside, or leave them open again (None).

    Errors: NoRight, WrongState, NoteMissing, Refused where nothing of that code is in doubt.
    """
    check = _draft(check_id, by)
    if code not in {hit.code for hit in doubtful_of(check)}:
        raise Refused("这一项没有需要认定的内容。请刷新页面。", code)
    text = _clean(note)
    if counts is not None and not text:
        raise NoteMissing(RULING_NOTE, code)
    before = check.rulings.get(code, {})
    if counts is None:
        check.rulings.pop(code, None)
    else:
        check.rulings[code] = {"counts": counts, "note": text}
    after = check.rulings.get(code, {})
    if after != before:
        check.save(update_fields=["rulings"])
        record(_deed("check.rule", check, {code: after}, {code: before}, text), by=by, now=now)
    return check


@transaction.atomic
def discard(*, check_id: int, by: User, now: datetime) -> None:
    """Throw one's own draft away; the log keeps what had been answered. Errors: NoRight, WrongState."""
    check = _draft(check_id, by)
    before = {"answers": check.answers, "rulings": check.rulings, "facts_sm3": check.facts_sm3}
    record(_deed("check.discard", check, {}, before), by=by, now=now)
    check.delete()


@transaction.atomic
def finish(*, check_id: int, by: User, now: datetime) -> Check:
    """Freeze the verdict with everything it was judged by, and turn what the inspector found into findings.

    Judged by the indicators as they are now, whose versions are kept. A check that is held raises no finding until it
    is released. Errors: NoRight, WrongState, Refused.
    """
    check = _draft(check_id, by)
    edition = edition_of(check)
    judge = judge_by(edition)
    facts = verdicts.with_answers(facts_of_check(check), check.answers)
    hits = judge.hits(facts)
    counted = standing(hits, check)
    verdict = verdicts.verdict_of(facts, counted, check.rulings, edition)
    _keep(check, facts, hits)
    check.indicator_versions = versions()
    check.verdict = verdict.to_json()
    check.passed, check.score = verdict.passed, verdict.score
    check.state, check.finished_at = Check.State.FINAL, now
    check.save()
    after = {"passed": check.passed, "score": check.score, "facts_sm3": check.facts_sm3, "verdict": check.verdict}
    record(_deed("check.finish", check, after), by=by, now=now)
    leave_out(check, now)
    if not check.held:
        _apply(check, now)
    return check


@transaction.atomic
def release(*, check_id: int, now: datetime) -> Check:
    """Let a finished check of a round be seen, and its findings be raised in its inspector's name; once.

    What was taken back while it was held is left out. Errors: WrongState unless it is finished.
    """
    check = catch_up(check_id=check_id, now=now)
    if check.held:
        check.held = False
        check.save(update_fields=["held"])
        _apply(check, now)
    return check


def _apply(check: Check, now: datetime) -> None:
    inspected = _inspected(check, standing_of(check))
    if check.finished_at is not None:
        # What came up after the inspector looked is not in order because he had found it so.
        later = findings.codes_raised_after(check.account_id, check.finished_at)
        inspected = replace(inspected, clean=inspected.clean - later, upheld=inspected.upheld - later)
    apply_inspection(
        account=check.account,
        inspected=inspected,
        edition=edition_of(check),
        versions=check.indicator_versions,
        by=check.inspector,
        now=now,
    )
    judge_accounts(account_ids=[check.account_id], now=now)


def recompute(check: Check) -> list[str]:
    """What differs when a finished check is scored again from its hits and judged again from its facts.

    Empty where all is equal; an indicator whose version changed since is named. Errors: WrongState for a draft,
    Refused where the edition is gone.
    """
    if check.state != Check.State.FINAL:
        raise WrongState("检查还没有结论，不能核算。")
    found = []
    if tagged_sm3(canonical_json(check.facts)) != check.facts_sm3:
        found.append("保存的事实与其指纹不符，可能被改动过。")
    if (check.passed, check.score) != (check.verdict.get("passed"), check.verdict.get("score")):
        found.append("列表里的结论或得分与保存的结论不符，可能被改动过。")
    edition = edition_of(check)
    return found + verdicts.differences(
        facts=facts_of_check(check),
        hits=hits_of(check),
        standing=standing_of(check),
        rulings=check.rulings,
        verdict=check.verdict,
        versions=(check.indicator_versions, versions()),
        judge=judge_by(edition),
    )


def _same_draft(
    account: Account, rules: Edition, span: tuple[date, date], point: datetime, by: User, for_round: int | None
) -> Check | None:
    drafts = Check.objects.filter(
        account=account,
        inspector=by,
        state=Check.State.DRAFT,
        edition_hash=rules.hash,
        start_on=span[0],
        end_on=span[1],
        for_round=for_round,
    )
    # A draft of another day was judged at another point, on facts that have gone stale since.
    return next((one for one in drafts.order_by("-pk") if day_of(one.point_at) == day_of(point)), None)


def _point(end_on: date, point_at: datetime | None, now: datetime) -> datetime:
    if point_at is not None:
        return point_at
    end = datetime.combine(end_on + timedelta(days=1), time.min, SHANGHAI) - timedelta(seconds=1)
    return min(end, now)


def _check_dates(start_on: date, end_on: date, point: datetime, now: datetime) -> None:
    if end_on < start_on:
        raise Refused("结束日期早于开始日期，请改正。", "end_on")
    if (end_on - start_on).days > LONGEST_DAYS:
        raise Refused("一次检查最多一年，请缩短时段。", "start_on")
    if start_on > day_of(now):
        raise Refused("时段还没有开始，没有可检查的内容。", "start_on")
    if point > now:
        raise Refused("时点在将来，请改为现在或以前。", "point_at")
    if not start_on <= day_of(point) <= end_on:
        raise Refused("时点应在所选时段之内。", "point_at")


def _edition(name: str) -> Edition:
    try:
        return findings.edition(name)
    except EditionError as why:
        raise Refused(why.text, "edition") from why


def _draft(check_id: int, by: User) -> Check:
    """The inspector's own draft, held until the end of the transaction."""
    check = Check.objects.select_for_update(of=("self",)).select_related("account").get(pk=check_id)
    account = check.account
    require(by, "check.run", division=account.division_id, organisation=account.organisation_id)
    if check.inspector_id != by.pk:
        raise NoRight(OTHERS_DRAFT)
    if check.state != Check.State.DRAFT:
        raise WrongState("这次检查已出结论，不能再改。")
    return check


def _keep(check: Check, facts: AccountFacts, hits: tuple[Hit, ...]) -> None:
    check.facts = facts.to_json()
    check.facts_sm3 = tagged_sm3(canonical_json(check.facts))
    check.hits = [hit.to_json() for hit in hits]


def _clean(note: str) -> str:
    """The note as it can be stored, cut to what is kept."""
    return lines(note)[:NOTE_MAX]


def _inspected(check: Check, hits: tuple[Hit, ...]) -> Inspected:
    return Inspected(
        hits=tuple(hit for hit in hits if hit.answered),
        clean=frozenset(code for code, given in check.answers.items() if not given["count"]),
        upheld=frozenset(code for code, ruling in check.rulings.items() if ruling["counts"]),
    )


def _deed(
    verb: str, check: Check, after: Mapping[str, Any], before: Mapping[str, Any] | None = None, why: str = ""
) -> Deed:
    account = check.account
    return Deed(verb, f"check:{check.pk}", f"检查「{account.name}」", before or {}, after, why, account.division_id)
