"""Whether an account passes as it stands now, what would make it pass, and how near the line it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse

from govmedia.accounts.models import Account, Health
from govmedia.checks.models import Watched
from govmedia.checks.queries import left_by_posting, watched_now
from govmedia.common.clock import day_of
from govmedia.engine.calendar import quarter_of, quarter_range
from govmedia.engine.edition import Edition
from govmedia.engine.mending import Step, Trouble, cost, nearest_failure, steps
from govmedia.engine.scoring import TallyHit, Verdict, score
from govmedia.findings.cures import LASTING, MACHINE, deed_of
from govmedia.findings.models import Finding
from govmedia.findings.states import COUNTING

# the red line for silence
SILENT = "R05"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do about the findings of an indicator, and what comes of it.

    `passes`: with it the account comes to pass.
    """

    deed: str
    effect: str
    links: list[tuple[str, str]]
    state: str = ""
    passes: bool = False


@dataclass(frozen=True, slots=True)
class Passing:
    """Where the account stands: a sentence, what to do in order of effect, and what is only proposed.

    `seen` False: nobody sees the account now, so that only what was found before can be told. `rest` says what is
    left to wait for; `near` what else would turn a pass into a failure.
    """

    verdict: Verdict
    sentence: str
    seen: bool = True
    rows: list[Row] = field(default_factory=list)
    rest: str = ""
    lasting: list[Row] = field(default_factory=list)
    near: list[str] = field(default_factory=list)
    proposed: list[Row] = field(default_factory=list)
    beside: list[Row] = field(default_factory=list)


def passing(account: Account, edition: Edition, findings: Sequence[Finding], now: datetime) -> Passing:
    """The account as its open `findings` make it stand by an edition; 1 query, 10 more where it is silent."""
    counting = [row for row in findings if row.state in COUNTING]
    troubles = {one: rows for one, rows in _troubles(account, edition, counting, now) if one.code in edition.rules}
    verdict = score(account.code, troubles, edition)
    found = steps(account.code, list(troubles), edition)
    today = day_of(now)
    seen = account.health != Health.NOT_SEEN
    last = found[-1].after if found else verdict
    return Passing(
        verdict=verdict,
        sentence=_sentence(verdict, edition, seen, bool(troubles)),
        seen=seen,
        rows=[_row(step, troubles[step.trouble], edition) for step in found],
        rest=_rest(found, last, edition, today),
        lasting=[_lasting(account, one, rows, edition, today) for one, rows in troubles.items() if one.lasts],
        near=_near(account, verdict, list(troubles), edition, today) if verdict.passed and seen else [],
        proposed=_proposed(account, list(troubles), findings, edition),
        beside=[_beside(row) for row in counting if row.code not in edition.rules],
    )


def _troubles(
    account: Account, edition: Edition, counting: Iterable[Finding], now: datetime
) -> list[tuple[Trouble, list[Finding]]]:
    """One for each code, and one more for what of it stays on record until the quarter is over."""
    by_code: dict[tuple[str, bool], list[Finding]] = {}
    for row in counting:
        lasts = row.source == MACHINE and row.code in LASTING
        by_code.setdefault((row.code, lasts), []).append(row)
    found = []
    for (code, lasts), rows in sorted(by_code.items()):
        silent = code == SILENT and any(row.source == MACHINE for row in rows)
        leaves = left_by_posting(account, edition, now) if silent else ()
        found.append((Trouble(code, _count(rows), leaves, lasts), rows))
    return found


def _count(rows: Sequence[Finding]) -> int:
    """How many faults there are; one that the machine and an inspector both found is one."""
    seen: set[str] = set()
    twice = 0
    for row in rows:
        twice += len(seen.intersection(row.faults))
        seen.update(row.faults)
    return max(1, sum(row.count for row in rows) - twice)


def _name(code: str, edition: Edition) -> str:
    return f"{code} {edition.rules[code].title}"


def _sentence(verdict: Verdict, edition: Edition, seen: bool, anything: bool) -> str:
    if not seen and not anything:
        return "现在看不到这个账号，说不准是否合格。"
    head = "按目前看到的" if seen else "现在看不到这个账号；按以前认定的"
    if verdict.vetoes:
        names = "、".join(_name(code, edition) for code in verdict.vetoes)
        return f"{head}，不合格：触及红线 {names}（单项否决）。"
    marks = verdict.score or 0
    if not verdict.passed:
        return f"{head} {marks} 分，不合格：及格线 {edition.pass_mark} 分，还差 {edition.pass_mark - marks} 分。"
    if not verdict.deductions:
        return f"{head} {marks} 分，合格：没有扣分。"
    more = marks - edition.pass_mark
    than = f"比及格线 {edition.pass_mark} 分多 {more} 分" if more else f"刚到及格线 {edition.pass_mark} 分"
    return f"{head} {marks} 分，合格：{than}。"


def _row(step: Step, rows: Sequence[Finding], edition: Edition) -> Row:
    code = step.trouble.code
    return Row(
        deed=f"{deed_of(code, edition.rules[code].title, step.trouble.count)}（{code}）",
        effect=f"{_effect(step)}{_left(step.trouble.leaves, edition)}",
        links=_links(rows),
        state=_state(rows),
        passes=step.after.passed and not step.before.passed,
    )


def _effect(step: Step) -> str:
    after = step.after
    if step.ends_veto:
        return f"消除红线，共 {after.score} 分" if after.score is not None else "消除这条红线，还有别的红线"
    if step.gain:
        return f"加回 {step.gain} 分，共 {after.score} 分"
    return f"扣分仍超过满分，共 {after.score} 分"


def _left(leaves: Iterable[TallyHit], edition: Edition) -> str:
    told = [f"{_name(one.code, edition)} {one.count} 次" for one in leaves if one.code in edition.rules]
    return f"（这段停更改按 {'、'.join(told)}计）" if told else ""


def _links(rows: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(row.reason, reverse("findings:detail", args=[row.pk])) for row in rows]


def _state(rows: Sequence[Finding]) -> str:
    """What of it is under way, where anything is."""
    words = {"fixed": "已报告整改，等复查", "appealed": "申诉中，答复前照计"}
    counts = {state: sum(row.state == state for row in rows) for state in words}
    told = [(words[state], number) for state, number in counts.items() if number]
    return "；".join(word if number == len(rows) else f"其中 {number} 项{word}" for word, number in told)


def _rest(found: Sequence[Step], last: Verdict, edition: Edition, today: date) -> str:
    """What doing all of it comes to, where that alone is no pass."""
    if last.passed:
        return ""
    again = f"本季度已经发生的不能消除，{_next_quarter(today)}起重新计算。"
    if last.score is None:
        return f"红线 {'、'.join(_name(code, edition) for code in last.vetoes)}：{again}"
    head = f"以上都做到是 {last.score} 分，" if found else ""
    return f"{head}还差 {edition.pass_mark - last.score} 分：{again}"


def _next_quarter(today: date) -> str:
    first = date.fromordinal(quarter_range(*quarter_of(today))[1].toordinal() + 1)
    return f"{first.month} 月 {first.day} 日"


def _lasting(account: Account, one: Trouble, rows: Sequence[Finding], edition: Edition, today: date) -> Row:
    points = cost(account.code, one, edition)
    return Row(
        deed=f"{deed_of(one.code, edition.rules[one.code].title, one.count)}（{one.code}）",
        effect=f"本季度已扣的 {points} 分不能加回，{_next_quarter(today)}起重新计算",
        links=_links(rows),
        state=_state(rows),
    )


def _near(
    account: Account, verdict: Verdict, troubles: Sequence[Trouble], edition: Edition, today: date
) -> list[str]:
    found = []
    silent: Watched | None = watched_now().filter(account=account).first()
    if silent is not None and silent.veto_on > today and SILENT in edition.rules:
        on = silent.veto_on
        found.append(f"再停更 {(on - today).days} 天（到 {on.month} 月 {on.day} 日）就触及红线 {SILENT}，不合格")
    more = nearest_failure(account.code, troubles, edition)
    if more is not None:
        found.append(f"再有 {more.count} 处“{_name(more.code, edition)}”就低于及格线")
    return found


def _proposed(
    account: Account, troubles: Sequence[Trouble], findings: Iterable[Finding], edition: Edition
) -> list[Row]:
    """What is not confirmed yet, with what it would cost."""
    rows = []
    for row in sorted((one for one in findings if one.state == "raised"), key=lambda one: (one.code, one.pk)):
        if row.code in edition.rules:
            waits = "等人认定" if row.needs_human else f"已看到 {row.looks_seen} 次，满 {row.looks_needed} 次才认定"
            effect = _if_confirmed(account, troubles, TallyHit(row.code, row.count), edition)
            rows.append(Row(deed=_name(row.code, edition), effect=effect, links=_links([row]), state=waits))
    return rows


def _if_confirmed(account: Account, troubles: Sequence[Trouble], one: TallyHit, edition: Edition) -> str:
    now, then = (score(account.code, hits, edition) for hits in (troubles, [*troubles, one]))
    if one.code in then.vetoes:
        return "如认定，触及红线，不合格" if one.code not in now.vetoes else "如认定，仍是这条红线"
    if then.score is not None:
        return f"如认定，共 {then.score} 分，{'合格' if then.passed else '不合格'}"
    return f"如认定，消除红线后再扣 {cost(account.code, Trouble(one.code, one.count), edition)} 分"


def _beside(row: Finding) -> Row:
    return Row(deed=row.title, effect="不计分，也要整改", links=_links([row]), state=_state([row]))
