"""How far what each indicator and each text check brings stands up: confirmed, appealed, overturned."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from govmedia.engine.content.registry import check_table
from govmedia.engine.registry import indicator_table
from govmedia.findings.models import Appeal, Finding

OVER = timedelta(days=365)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quality:
    """One indicator over the last year. `overturned`: an appeal was upheld; `withdrawn`: an office took it back."""

    code: str
    title: str
    confirmed: int
    appealed: int
    overturned: int
    withdrawn: int
    closed: int
    reopened: int
    days: float | None

    @property
    def days_said(self) -> str:
        return f"{self.days:.1f}" if self.days is not None else ""


@dataclass(frozen=True, slots=True)
class CheckQuality:
    """One text check: findings its hits are evidence of, and those that were overturned."""

    code: str
    title: str
    confirmed: int
    overturned: int


def indicators(rows: QuerySet[Finding], now: datetime) -> list[Quality]:
    """The indicators that brought confirmed findings within a year, by code; `rows` are those to be counted."""
    whole = rows.filter(confirmed_at__gte=now - OVER)
    took = ExpressionWrapper(F("ended_at") - F("notified_at"), output_field=DurationField())
    counted = whole.values("code").annotate(
        confirmed=Count("pk"),
        withdrawn=Count("pk", filter=Q(state="dismissed", decided_by__isnull=False)),
        closed=Count("pk", filter=Q(state="closed")),
        again=Count("pk", filter=Q(reopened__gt=0)),
        took=Avg(took, filter=Q(state="closed", notified_at__isnull=False)),
    )
    titles = dict(whole.order_by("seen_at").values_list("code", "title"))
    appealed, overturned = _appeals(whole)
    return [
        Quality(
            code=row["code"],
            title=titles.get(row["code"], ""),
            confirmed=row["confirmed"],
            appealed=appealed[row["code"]],
            overturned=overturned[row["code"]],
            withdrawn=row["withdrawn"] - overturned[row["code"]],
            closed=row["closed"],
            reopened=row["again"],
            days=row["took"] / _ONE_DAY if row["took"] is not None else None,
        )
        for row in counted.order_by("code")
    ]


def _appeals(rows: QuerySet[Finding]) -> tuple[Counter[str], Counter[str]]:
    """Findings appealed against, and those of them dismissed by it, by code."""
    handed_in = Appeal.objects.filter(finding__in=rows.order_by()).exclude(state=Appeal.State.WITHDRAWN)
    counted = handed_in.values("finding__code").annotate(
        all=Count("finding", distinct=True),
        upheld=Count("finding", distinct=True, filter=Q(state=Appeal.State.UPHELD)),
    )
    table = list(counted.order_by())
    return (
        Counter({row["finding__code"]: row["all"] for row in table}),
        Counter({row["finding__code"]: row["upheld"] for row in table}),
    )


def text_checks(rows: QuerySet[Finding], now: datetime) -> list[CheckQuality]:
    """The text checks whose hits became confirmed findings within a year, those overturned most first."""
    codes = [one.code for one in indicator_table().values() if "takes" in one.defaults]
    whole = rows.filter(confirmed_at__gte=now - OVER, source=Finding.Source.MACHINE, code__in=codes)
    confirmed: Counter[str] = Counter()
    overturned: Counter[str] = Counter()
    upheld = Appeal.objects.filter(state=Appeal.State.UPHELD, finding__in=whole.order_by())
    lost = set(upheld.values_list("finding_id", flat=True))
    for key, evidence in whole.order_by("pk").values_list("pk", "evidence").iterator(chunk_size=2000):
        checks = _checks(evidence)
        confirmed.update(checks)
        if key in lost:
            overturned.update(checks)
    table = check_table()
    found = [
        CheckQuality(code, table[code].title if code in table else code, count, overturned[code])
        for code, count in confirmed.items()
    ]
    return sorted(found, key=lambda one: (-one.overturned, -one.confirmed, one.code))


def _checks(evidence: Iterable[Mapping[str, str]]) -> set[str]:
    """The checks named by evidence of posts, whose reference is post, key, check and words."""
    parts = (proof["ref"].split(":") for proof in evidence if proof["kind"] == "post")
    return {part[2] for part in parts if len(part) > 3}
