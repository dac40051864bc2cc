"""Reading the reports of self-checks: whose, how many have come in, what they are asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, When
from django.db.models.functions import Left

from govmedia.accounts.models import LIVE, Account
from govmedia.checks.law import judge_by
from govmedia.engine.edition import Edition
from govmedia.engine.judging import Question
from govmedia.engine.platforms import platform_label
from govmedia.findings.models import Finding
from govmedia.findings.states import OPEN
from govmedia.orgs.models import Division, User
from govmedia.orgs.rights import limit, stem
from govmedia.rounds.models import Report, Round, Said

# Where an account is still asked about: it is open, and still the organisation's.
_OPEN = Q(account__status__in=LIVE, account__organisation=F("report__organisation"))


def asked_reports(held: Round) -> QuerySet[Report]:
    """The reports of a round that came in or are waited for; not those of units whose accounts were all closed."""
    return _asked(Report.objects.filter(round=held))


def _asked(rows: QuerySet[Report]) -> QuerySet[Report]:
    left = Exists(Said.objects.filter(_OPEN, report=OuterRef("pk")))
    return rows.filter(Q(reported_at__isnull=False) | left)


def reports_for(held: Round, user: User) -> QuerySet[Report]:
    """The reports of a round that somebody may see, with `accounts`, the number of accounts that are asked about, and
    `rank`, by which those that did not report come first, then the late ones."""
    reached = limit(user, "selfcheck.see", division="organisation__division", organisation="organisation")
    still = Q(said__account__status__in=LIVE, said__account__organisation=F("organisation"))
    # Databases disagree whether what is empty comes first.
    rank = Case(
        When(reported_at__isnull=True, then=0), When(late=True, then=1), default=2, output_field=IntegerField()
    )
    rows = asked_reports(held).filter(**reached).annotate(accounts=Count("said", filter=still), rank=rank)
    return rows.select_related("organisation__division", "reported_by")


def visible_to(user: User) -> QuerySet[Report]:
    """The reports somebody may see; those of a round that asks nobody any more stay to be read."""
    reached = limit(user, "selfcheck.see", division="organisation__division", organisation="organisation")
    return Report.objects.filter(**reached)


def waiting_of(organisation: int) -> QuerySet[Report]:
    """The reports that an organisation still owes, the first due first."""
    rows = Report.objects.filter(organisation=organisation, round__state="reporting", reported_at__isnull=True)
    return _asked(rows).select_related("round").order_by("round__report_by", "pk")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many units of a division were asked, and how many reported in time, late, and not yet."""

    label: str
    asked: int = 0
    in_time: int = 0
    late: int = 0

    @property
    def reported(self) -> int:
        return self.in_time + self.late

    @property
    def left(self) -> int:
        return self.asked - self.reported


def counts_of(held: Round, user: User) -> list[Tally]:
    """By the divisions next below the round's, as far as somebody may see them; the last is of all. Two queries."""
    reached = limit(user, "selfcheck.see", division="organisation__division", organisation="organisation")
    digits = min(6, len(stem(held.division_id)) + 2)
    rows = (
        asked_reports(held)
        .filter(**reached)
        .annotate(place=Left("organisation__division", digits))
        .order_by()
        .values_list("place")
        .annotate(
            asked=Count("pk"),
            in_time=Count("pk", filter=Q(reported_at__isnull=False, late=False)),
            late=Count("pk", filter=Q(late=True)),
        )
    )
    found = {f"{place:0<6}": tuple(numbers) for place, *numbers in rows}
    words = place_words(found, held)
    counts = [Tally(words.get(code, code), *found[code]) for code in sorted(found)]
    whole = [sum(numbers) for numbers in zip(*found.values(), strict=True)]
    return [*counts, Tally("合计", *whole)]


def place_words(codes: Iterable[str], held: Round) -> dict[str, str]:
    """The names of divisions below a round's; what is of its own division itself is called so."""
    words = dict(Division.objects.filter(pk__in=list(codes)).values_list("code", "name"))
    if held.division_id in words:
        words[held.division_id] += "本级"
    return words


@dataclass(frozen=True, slots=True)
class Asked:
    """An account that a unit reports on: what the machine holds against it already, and what people are asked."""

    said: Said
    seen: Sequence[Finding]
    questions: dict[str, Question]

    @property
    def name(self) -> str:
        """`健康鼓楼（微博）`: a unit's accounts often bear the same name."""
        return named(self.said.account)


def named(account: Account) -> str:
    """An account's name with its platform."""
    return f"{account.name}（{platform_label(account.platform)}）"


def asked_of(report: Report, edition: Edition) -> list[Asked]:
    """The accounts of a report that are open and still the organisation's, by name; two queries."""
    rows = Said.objects.filter(_OPEN, report=report).select_related("account").order_by("account__name_order", "pk")
    said = list(rows)
    seen: dict[int, list[Finding]] = {}
    known = Finding.objects.filter(
        account__in=[one.account_id for one in said], state__in=OPEN, confirmed_at__isnull=False
    )
    for finding in known.order_by("code", "pk"):
        seen.setdefault(finding.account_id, []).append(finding)
    judge = judge_by(edition)
    questions: dict[str, dict[str, Question]] = {}
    for one in said:
        platform = one.account.platform
        if platform not in questions:
            questions[platform] = {question.code: question for question in judge.questions(platform)}
    return [Asked(one, seen.get(one.account_id, ()), questions[one.account.platform]) for one in said]


def problems_of(report: Report) -> list[dict[str, Any]]:
    """What was reported, a dict a problem: `account`, its `name`, `code` and what `Said.problems` holds of it."""
    rows = report.said.select_related("account").order_by("account__name_order", "pk")
    return [
        {"account": row.account, "name": named(row.account), "code": code, **problem}
        for row in rows
        for code, problem in sorted(row.problems.items())
    ]
