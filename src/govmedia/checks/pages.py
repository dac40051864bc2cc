"""What the pages of a check show: while it is being made, and once it is finished."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from govmedia.checks import verdicts
from govmedia.checks.drafts import edition_of, facts_of_check, hits_of, questions_of, standing_of
from govmedia.checks.items import Asked, Seen, Unkept
from govmedia.checks.law import HOLIDAYS, judge_by
from govmedia.checks.models import Check, TakenBack
from govmedia.checks.reading import pane_of
from govmedia.checks.redress import standing
from govmedia.common.clock import day_of
from govmedia.engine.edition import Edition
from govmedia.engine.platforms import platform_label
from govmedia.engine.scoring import counts_in_verdict
from govmedia.engine.types import AccountFacts, Hit
from govmedia.findings.queries import supervisors_over
from govmedia.orgs.models import User

PROPOSED = "分值为建议值，以正式文件为准"


def with_unkept(page: dict[str, Any], unkept: Unkept) -> dict[str, Any]:
    """The page of a draft with what was typed back in its form; a note whose form is gone stands by itself."""
    ruled = unkept.slot == "ruled"
    key, typed = ("seen", unkept.seen) if ruled else ("asked", unkept.asked)
    page[key] = [typed(one) if one.code == unkept.code else one for one in page[key]]
    if unkept.code in {one.code for one in page[key] if not ruled or one.standing == "doubtful"}:
        return {**page, "unkept": unkept}
    return {**page, "unsaved": [("说明", unkept.note)] if unkept.note.strip() else []}


def head_of(check: Check) -> dict[str, Any]:
    """What every page of a check says at the top."""
    account = check.account
    return {
        "room": "checks",
        "check": check,
        "account": account,
        "platform": platform_label(account.platform),
        "account_url": reverse("desk:account", args=[account.code]),
        "crumbs": [("检查", reverse("checks:list")), (account.name, "")],
    }


def draft_page(check: Check, user: User, wanted: Mapping[str, str]) -> dict[str, Any]:
    """The page of a check that is not finished; only its inspector may fill it in. `wanted` is for its posts."""
    edition = edition_of(check)
    hits = standing(hits_of(check), check)
    codes = {hit.code for hit in hits}
    return {
        **head_of(check),
        "edition": edition,
        "seen_codes": codes,
        "mine": check.inspector_id == user.pk,
        "seen": [_seen(code, hits, edition, check) for code in sorted(codes)],
        "pane": pane_of(check, user, wanted),
        **preview_of(check, edition),
    }


def preview_of(check: Check, edition: Edition) -> dict[str, Any]:
    """The verdict as it would be now, and what is still open."""
    facts = verdicts.with_answers(facts_of_check(check), check.answers)
    hits = standing(judge_by(edition).hits(facts), check)
    verdict = verdicts.verdict_of(facts, hits, check.rulings, edition)
    doubtful = {hit.code for hit in hits if verdicts.is_doubtful(hit, edition)}
    asked = _asked(check, edition)
    return {
        "check": check,
        "asked": asked,
        "verdict": verdict,
        "lines": verdicts.lines_of(verdict, hits, check.rulings, edition),
        "unanswered": [one for one in asked if one.look == "none"],
        "unruled": sorted(doubtful - set(check.rulings)),
        "answered": sum(one.look != "none" for one in asked),
        "total": len(asked),
        "proposed": PROPOSED if edition.proposed else "",
        **_coverage(facts),
    }


def verdict_page(check: Check) -> dict[str, Any]:
    """The page of a finished check: the verdict with all it rests on."""
    edition = edition_of(check)
    facts = facts_of_check(check)
    hits = standing_of(check)
    verdict = verdicts.verdict_of(facts, hits, check.rulings, edition)
    lines = verdicts.lines_of(verdict, hits, check.rulings, edition)
    asked = _asked(check, edition)
    return {
        **head_of(check),
        "edition": edition,
        "verdict": verdict,
        "lines": lines,
        "beside": verdicts.beside_veto(verdict, hits, check.rulings, edition),
        "any_proposed": PROPOSED if any(line.rule.proposed for line in lines) else "",
        "clean": [one for one in asked if one.look == "clean"],
        "unanswered": [one for one in asked if one.look == "none"],
        "set_aside": _set_aside(check, hits, edition),
        "taken_back": _taken_back(check),
        "waiting": [hit for hit in hits if not hit.standing and hit.code in edition.rules],
        "versions": [(code, number) for code, number in check.indicator_versions.items() if code in edition.rules],
        "holidays": check.indicator_versions.get(HOLIDAYS, ""),
        "supervisors": supervisors_over(check.account.division_id),
        **_coverage(facts),
    }


def _seen(code: str, hits: tuple[Hit, ...], edition: Edition, check: Check) -> Seen:
    found = tuple(hit for hit in hits if hit.code == code)
    standing = "waiting"
    if code not in edition.rules:
        standing = "shadow"
    elif any(verdicts.is_doubtful(hit, edition) for hit in found):
        standing = "doubtful"
    elif any(counts_in_verdict(hit, edition) for hit in found):
        standing = "certain"
    return Seen(code, edition.rules.get(code), found, standing, check.rulings.get(code, {}))


def _asked(check: Check, edition: Edition) -> list[Asked]:
    rows = []
    for question in questions_of(check):
        given = check.answers.get(question.code)
        look = "none" if given is None else "found" if given["count"] else "clean"
        count, note = (given["count"], given["note"]) if given else (0, "")
        rule = edition.rules[question.code]
        rows.append(Asked(question.code, rule, question.text, question.counted, look, count or 1, note))
    return rows


def _set_aside(check: Check, hits: tuple[Hit, ...], edition: Edition) -> list[dict[str, Any]]:
    """Doubtful hits that do not count, with the inspector's reason if he gave one."""
    return [
        {"hit": hit, "rule": edition.rules[hit.code], "note": check.rulings.get(hit.code, {}).get("note", "")}
        for hit in hits
        if verdicts.is_doubtful(hit, edition) and check.rulings.get(hit.code, {}).get("counts") is not True
    ]


def _taken_back(check: Check) -> list[dict[str, Any]]:
    """What no longer counts, and what the verdict was before."""
    hits = hits_of(check)
    rows = TakenBack.objects.filter(check_made=check).order_by("pk")
    return [
        {"row": row, "hits": [hits[place] for place in row.hits], "before": _score_words(row.verdict_before)}
        for row in rows
    ]


def _score_words(verdict: Mapping[str, Any]) -> str:
    if not verdict:
        return ""
    result = "合格" if verdict["passed"] else "不合格"
    return result if verdict["score"] is None else f"{verdict['score']} 分，{result}"


def _coverage(facts: AccountFacts) -> dict[str, Any]:
    first, last = max(facts.start, facts.judged_from), min(facts.end, day_of(facts.point))
    unseen = verdicts.unseen_days(facts)
    whole = max((last - first).days + 1, 0)
    return {
        "unseen": unseen,
        "days_unseen": verdicts.days_in(unseen),
        "days_seen": whole - verdicts.days_in(unseen),
        "judged_from": first if first > facts.start else None,
    }
