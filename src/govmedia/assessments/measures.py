"""The shares of an assessment, counted from the register, the filings, the checks and the findings.

Each function gives, for every body that has anything to count, how much of how much, and what is missing from the
whole as lines that people can look up. Bodies are told apart by their division codes; nothing is asked a body.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from govmedia.accounts.models import LIVE, Account, Health
from govmedia.checks.models import Check
from govmedia.common.clock import day_of
from govmedia.common.holidays import calendar
from govmedia.engine.assessing.scheme import Item
from govmedia.engine.calendar import quarter_before, quarter_name, quarter_of, quarter_range
from govmedia.engine.platforms import platform_label
from govmedia.filings.models import Filing
from govmedia.filings.states import FILED
from govmedia.findings.models import Finding
from govmedia.orgs.rights import stem, subtree
from govmedia.rounds.models import Round, Sample
from govmedia.rounds.states import Place

# So many lines of what is missing are kept with a mark.
MISSES_MOST = 50


@dataclass(slots=True)
class Tally:
    """What was counted for one body."""

    part: int = 0
    whole: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, good: bool, miss: str) -> None:
        self.whole += 1
        self.part += good
        if not good and len(self.misses) < MISSES_MOST:
            self.misses.append(miss)

    def to_json(self) -> dict[str, Any]:
        return {"part": self.part, "whole": self.whole, "misses": self.misses}


@dataclass(frozen=True, slots=True)
class Span:
    """What is counted: the bodies' division codes, all below `top`, the days, and the moment it is counted."""

    top: str
    bodies: Sequence[str]
    start_on: date
    end_on: date
    now: datetime

    @property
    def until(self) -> date:
        """The last day that can be counted: the period's, or today."""
        return min(self.end_on, day_of(self.now))

    def within(self, lookup: str = "division") -> dict[str, str]:
        first, after = subtree(self.top)
        return {f"{lookup}__gte": first, f"{lookup}__lt": after}


class _Tallies:
    """A tally for each body, found by the division of what is counted."""

    def __init__(self, span: Span) -> None:
        self._stems = {stem(code): code for code in span.bodies}
        self._lengths = sorted({len(one) for one in self._stems}, reverse=True)
        self.found: dict[str, Tally] = {}

    def body_of(self, division: str) -> str | None:
        return next((self._stems[part] for n in self._lengths if (part := division[:n]) in self._stems), None)

    def add(self, division: str, good: bool, miss: str) -> None:
        body = self.body_of(division)
        if body is not None:
            self.found.setdefault(body, Tally()).add(good, miss)


def _name(name: str, platform: str) -> str:
    return f"{name}（{platform_label(platform)}）"


def filings_on_time(span: Span, item: Item) -> dict[str, Tally]:
    """Filings of what happened in the period, sent within the working days after it."""
    tallies, days = _Tallies(span), calendar()
    rows = Filing.objects.filter(
        state__in=FILED, happened_on__range=(span.start_on, span.until), submitted_at__isnull=False,
        **span.within("organisation__division"),
    )  # fmt: skip
    columns = ("organisation__division", "happened_on", "submitted_at", "name", "platform", "kind")
    kinds = dict(Filing._meta.get_field("kind").flatchoices)
    for division, happened, sent, name, platform, kind in rows.order_by("happened_on", "pk").values_list(*columns):
        due, sent_on = days.deadline(happened, item.working_days), day_of(sent)
        # Unknown holidays only give more time: nobody is late by a guess.
        if sent_on > due.on and not due.known:
            continue
        text = f"{_name(name, platform)}{kinds[kind]}：{happened} 发生，最迟 {due.on}，{sent_on} 才报送"
        tallies.add(division, sent_on <= due.on, text)
    return tallies.found


def _there(span: Span) -> Any:
    """Accounts that were open at the end of the period, or are now."""
    return Account.objects.filter(
        Q(opened_on__isnull=True) | Q(opened_on__lte=span.until),
        Q(closed_on__isnull=True) | Q(closed_on__gt=span.until),
        **span.within(),
    ).order_by("division", "name", "pk")


def accounts_checked(span: Span, item: Item) -> dict[str, Tally]:
    """Accounts with a finished check whose period ended within the assessment's."""
    done = Check.objects.filter(
        account=OuterRef("pk"), state=Check.State.FINAL, held=False, end_on__range=(span.start_on, span.end_on)
    )
    tallies = _Tallies(span)
    rows = _there(span).annotate(checked=Exists(done))
    for division, name, platform, checked in rows.values_list("division", "name", "platform", "checked"):
        tallies.add(division, checked, f"{_name(name, platform)}：没有接受过检查")
    return tallies.found


def accounts_seen(span: Span, item: Item) -> dict[str, Tally]:
    """Accounts whose data interface can be seen at this moment."""
    tallies = _Tallies(span)
    rows = Account.objects.filter(status__in=LIVE, **span.within()).order_by("division", "name", "pk")
    columns = ("division", "name", "platform", "health", "health_text")
    for division, name, platform, health, text in rows.values_list(*columns):
        tallies.add(division, health != Health.NOT_SEEN, f"{_name(name, platform)}：未见，{text or '还没有查看过'}")
    return tallies.found


def pass_rate(span: Span, item: Item) -> dict[str, Tally]:
    """Verdicts of closed rounds whose period ended within the assessment's; an account counts in each round."""
    tallies = _Tallies(span)
    rows = Sample.objects.filter(
        round__state="closed", round__end_on__range=(span.start_on, span.end_on), state=Place.SETTLED,
        **span.within("account__division"),
    ).order_by("round__end_on", "account__name", "pk")  # fmt: skip
    columns = ("account__division", "account__name", "account__platform", "round__name", "check_used__passed")
    for division, name, platform, held, passed in rows.values_list(*columns):
        tallies.add(division, bool(passed), f"{_name(name, platform)}：{held}不合格")
    return tallies.found


def rectified_on_time(span: Span, item: Item) -> dict[str, Tally]:
    """Confirmed findings that fell due in the period: reported as put right by then, and found so.

    What was taken back does not count, what is appealed not yet.
    """
    tallies, today = _Tallies(span), day_of(span.now)
    rows = Finding.objects.filter(
        due_on__range=(span.start_on, span.end_on), due_on__lt=today, confirmed_at__isnull=False,
        **span.within("account__division"),
    ).exclude(state__in=("dismissed", "appealed"))  # fmt: skip
    columns = (
        "account__division", "account__name", "account__platform", "code", "title", "due_on", "state", "claimed_at",
        "ended_at",
    )  # fmt: skip
    for division, name, platform, code, title, due, state, claimed, ended in rows.order_by(
        F("due_on"), "pk"
    ).values_list(*columns):
        moment = claimed or ended
        done = day_of(moment) if state == "closed" and moment else None
        good = done is not None and done <= due
        tail = f"{done} 才整改" if done else "还没有整改"
        tallies.add(division, good, f"{_name(name, platform)}{code} {title}：期限 {due}，{tail}")
    return tallies.found


def own_rounds(span: Span, item: Item) -> dict[str, Tally]:
    """Quarters of the period, over by now, of which a round of the body's own, or of one below it, was closed."""
    tallies = _Tallies(span)
    quarters = list(_quarters(span))
    rows = Round.objects.filter(state="closed", end_on__range=(span.start_on, span.end_on), **span.within())
    held = {(tallies.body_of(division), quarter_of(end)) for division, end in rows.values_list("division", "end_on")}
    for body in span.bodies:
        for quarter in quarters:
            tallies.add(body, (body, quarter) in held, f"{quarter_name(*quarter)}：没有自行组织并检毕的检查")
    return tallies.found


def _quarters(span: Span) -> Iterable[tuple[int, int]]:
    found, one = [], quarter_of(span.until)
    while quarter_range(*one)[1] >= span.start_on:
        if quarter_range(*one)[1] <= span.until:
            found.append(one)
        one = quarter_before(*one)
    return found[::-1]


Count = Callable[[Span, Item], dict[str, Tally]]
# Shares without a function here have no data yet: they are not assessed.
COUNTS: Mapping[str, Count] = {
    "filings_on_time": filings_on_time,
    "accounts_checked": accounts_checked,
    "own_rounds": own_rounds,
    "pass_rate": pass_rate,
    "rectified_on_time": rectified_on_time,
    "accounts_seen": accounts_seen,
}


def measured_for(span: Span, item: Item) -> dict[str, Tally]:
    """The tallies of a measured item by body; empty where there is no data of the kind."""
    count = COUNTS.get(item.measure)
    return count(span, item) if count else {}
