"""From facts, answers and rulings to a verdict, and back again to prove it, without a database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from govmedia.common.clock import day_of
from govmedia.engine.edition import Edition, Rule
from govmedia.engine.judging import Judge
from govmedia.engine.scoring import Verdict, counts_in_verdict, score
from govmedia.engine.types import AccountFacts, Hit

Answers = Mapping[str, Mapping[str, Any]]
Rulings = Mapping[str, Mapping[str, Any]]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator in a verdict: the rule, what counted and what it cost. `points` None for a veto."""

    rule: Rule
    hits: tuple[Hit, ...]
    count: int
    points: int | None
    capped: bool


def with_answers(facts: AccountFacts, answers: Answers) -> AccountFacts:
    """The facts with the inspector's answers in them, in the order of their codes."""
    given = tuple((code, answers[code]["count"], answers[code]["note"]) for code in sorted(answers))
    return replace(facts, answers=given)


def is_doubtful(hit: Hit, edition: Edition) -> bool:
    """True where the hit stands, but only an inspector may let it count."""
    return hit.standing and hit.code in edition.rules and not counts_in_verdict(hit, edition)


def final_hits(hits: Iterable[Hit], rulings: Rulings, edition: Edition) -> tuple[Hit, ...]:
    """The hits that count: certain ones, the inspector's own, and the doubtful ones he let count."""
    return tuple(
        hit
        for hit in hits
        if counts_in_verdict(hit, edition)
        or (is_doubtful(hit, edition) and rulings.get(hit.code, {}).get("counts") is True)
    )


def verdict_of(facts: AccountFacts, hits: Iterable[Hit], rulings: Rulings, edition: Edition) -> Verdict:
    """The verdict on one account by what counts."""
    return score(facts.account, final_hits(hits, rulings, edition), edition)


def lines_of(verdict: Verdict, hits: Iterable[Hit], rulings: Rulings, edition: Edition) -> list[Line]:
    """Each veto, deduction and bonus of a verdict with its hits, vetoes first. A vetoed account has only vetoes."""
    by_code: dict[str, list[Hit]] = {}
    for hit in final_hits(hits, rulings, edition):
        by_code.setdefault(hit.code, []).append(hit)
    points = {one.code: one for one in (*verdict.deductions, *verdict.bonus)}
    lines = []
    for code in (*verdict.vetoes, *points):
        cost = points.get(code)
        found = tuple(by_code.get(code, ()))
        count = sum(hit.count for hit in found)
        lines.append(
            Line(edition.rules[code], found, count, cost.points if cost else None, bool(cost and cost.capped))
        )
    return lines


def beside_veto(verdict: Verdict, hits: Iterable[Hit], rulings: Rulings, edition: Edition) -> list[Line]:
    """What else was found on a vetoed account: it costs no points any more, but is to be put right all the same."""
    if not verdict.vetoes:
        return []
    by_code: dict[str, list[Hit]] = {}
    for hit in final_hits(hits, rulings, edition):
        rule = edition.rules.get(hit.code)
        if rule and rule.colour == "deduction":
            by_code.setdefault(hit.code, []).append(hit)
    return [
        Line(edition.rules[code], tuple(found), sum(hit.count for hit in found), None, False)
        for code, found in sorted(by_code.items())
    ]


def unseen_days(facts: AccountFacts) -> list[tuple[date, date]]:
    """The stretches of the period that could be judged but were not seen, as inclusive ranges of days."""
    first = max(facts.start, facts.judged_from)
    last = min(facts.end, day_of(facts.point))
    gaps: list[tuple[date, date]] = []
    for begin, until in facts.covered:
        if begin > last:
            break
        if begin > first:
            gaps.append((first, begin - ONE_DAY))
        first = max(first, until + ONE_DAY)
    if first <= last:
        gaps.append((first, last))
    return gaps


def days_in(ranges: Iterable[tuple[date, date]]) -> int:
    """How many days the inclusive ranges hold."""
    return sum((last - first).days + 1 for first, last in ranges)


def differences(
    *,
    facts: AccountFacts,
    hits: tuple[Hit, ...],
    rulings: Rulings,
    verdict: Mapping[str, Any],
    versions: tuple[Mapping[str, Any], Mapping[str, Any]],
    judge: Judge,
    standing: tuple[Hit, ...] | None = None,
) -> list[str]:
    """What differs when a verdict is scored again from its hits and judged again from its facts, in Chinese.

    `versions` are those kept and those of now; an indicator that changed is named and its hits are not compared.
    `standing` are the hits less those taken back since, of which the verdict is made.
    """
    edition = judge.edition
    found = []
    if verdict_of(facts, hits if standing is None else standing, rulings, edition).to_json() != dict(verdict):
        found.append("按保存的命中重新计分，结果与当时的结论不同。")
    kept, present = versions
    changed = sorted(code for code in kept.keys() | present.keys() if kept.get(code) != present.get(code))
    found += [_version_text(code, kept, present, edition) for code in changed]
    if "holidays" in changed:
        # Every deadline hangs on the calendar.
        changed += ["Y07"]
    again = judge.hits(facts)
    for code in sorted({hit.code for hit in (*hits, *again)} - set(changed)):
        if [hit for hit in hits if hit.code == code] != [hit for hit in again if hit.code == code]:
            found.append(f"按保存的事实重新判定，{code} 的结果与当时不同。")
    return found


def _version_text(code: str, kept: Mapping[str, Any], present: Mapping[str, Any], edition: Edition) -> str:
    if code == "holidays":
        return "节假日安排已更新，涉及工作日期限的判定不再逐项比较。"
    name = f"{code} {edition.rules[code].title}" if code in edition.rules else code
    if code not in present:
        return f"指标 {name} 的判定程序已不存在，不再比较。"
    if code not in kept:
        return f"指标 {name} 是后来增加的，当时没有判定。"
    return f"指标 {name} 的判定程序已由第 {kept[code]} 版改为第 {present[code]} 版，不再比较。"
