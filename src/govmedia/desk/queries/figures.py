"""The figures of the start page: how many accounts, in which state, how many of them were seen."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Count, QuerySet, Sum

from govmedia.accounts.models import LIVE, Account, Health, Status
from govmedia.accounts.queries import latest_change
from govmedia.desk.models import DayTally
from govmedia.findings.models import Finding
from govmedia.findings.queries import COUNTING
from govmedia.orgs.models import Level

KEPT_S = 60
# the columns of the index accounts_tally
TALLY_ORDER = ("division_id", "status", "platform", "level", "health")


@dataclass(frozen=True, slots=True)
class Row:
    """How many live accounts of one platform or level are in each state; `veto` is a part of `faulty`."""

    key: str
    healthy: int = 0
    faulty: int = 0
    not_seen: int = 0
    veto: int = 0

    @property
    def total(self) -> int:
        return self.healthy + self.faulty + self.not_seen

    @property
    def deducted(self) -> int:
        return self.faulty - self.veto


@dataclass(frozen=True, slots=True)
class Figures:
    """The state of all accounts in reach; `yesterday` is empty where no tally was kept then."""

    all: Row
    platforms: list[Row]
    levels: list[Row]
    causes: dict[str, int]
    yesterday: dict[str, int] = field(default_factory=dict)

    def change(self, health: str) -> int | None:
        """The difference to yesterday's end of day: of a health, or of all accounts for an empty text."""
        if not self.yesterday:
            return None
        if not health:
            return self.all.total - sum(self.yesterday.values())
        return int(getattr(self.all, health)) - self.yesterday.get(health, 0)


def figures(where: Mapping[str, Any], today: date) -> Figures:
    """Figures over the accounts that `where` (filter arguments) keeps; kept until the registry changes."""
    key = f"desk.figures.{sorted(where.items())}.{today}.{latest_change()}".replace(" ", "")
    found = cache.get(key)
    if found is None:
        found = _figures(where, today)
        cache.set(key, found, KEPT_S)
    return found


def _figures(where: Mapping[str, Any], today: date) -> Figures:
    """The figures as they are now, in four queries.

    The tally groups by exactly the columns of the index `accounts_tally` in their order: at 110,000 accounts that
    reads the index alone (20 ms), where grouping in any other order sorts or reads every row (160 ms).
    """
    platforms: Counter[tuple[str, str]] = Counter()
    levels: Counter[tuple[str, str]] = Counter()
    grouped = (
        Account.objects.filter(**where).order_by().values_list("division_id", "status", "platform", "level", "health")
    )
    for _, status, platform, level, health, number in grouped.annotate(n=Count("pk")):
        if status in LIVE:
            platforms[platform, health] += number
            levels[level, health] += number
    vetoed = _vetoed(where)
    by_platform = _rows(platforms, Counter(platform for _, platform in vetoed))
    by_level = _rows(levels, Counter(level for level, _ in vetoed))
    order = {level: place for place, level in enumerate(Level.values)}
    return Figures(
        all=_sum(by_platform),
        platforms=sorted(by_platform, key=lambda row: (-row.total, row.key)),
        levels=sorted(by_level, key=lambda row: order[row.key]),
        causes=_causes(where),
        yesterday=_kept(where, today - timedelta(days=1)),
    )


def not_seen(where: Mapping[str, Any]) -> QuerySet[Account]:
    """The live accounts that are not seen.

    The keys come from the index accounts_tally as a subquery, which spares reading the rows of all the others; a
    positive condition on the status would make SQLite take the index that begins with the status instead.
    """
    keys = Account.objects.filter(health=Health.NOT_SEEN, **where).order_by().values("pk")
    return Account.objects.filter(pk__in=keys).exclude(status=Status.CLOSED)


def _vetoed(where: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(level, platform) of each faulty account that a red line counts against."""
    lookups = {f"account__{key}": value for key, value in where.items()}
    found = Finding.objects.filter(state__in=COUNTING, colour="veto", account__status__in=LIVE, **lookups)
    found = found.filter(account__health=Health.FAULTY)
    rows = found.order_by().values_list("account_id", "account__level", "account__platform").distinct()
    return [(level, platform) for _, level, platform in rows]


def _rows(counts: Counter[tuple[str, str]], vetoes: Counter[str]) -> list[Row]:
    keys = {key for key, _ in counts}
    return [Row(key, *(counts[key, health] for health in Health.values), veto=vetoes[key]) for key in keys]


def _sum(rows: list[Row]) -> Row:
    parts = ("healthy", "faulty", "not_seen", "veto")
    return Row("", *(sum(getattr(row, part) for row in rows) for part in parts))


def _causes(where: Mapping[str, Any]) -> dict[str, int]:
    rows = not_seen(where).order_by()
    return dict(rows.values_list("health_cause").annotate(n=Count("pk")).order_by("-n", "health_cause"))


def _kept(where: Mapping[str, Any], on: date) -> dict[str, int]:
    """The tally kept at the end of a day; none is kept for single organisations."""
    if "organisation" in where:
        return {}
    rows = DayTally.objects.filter(on=on, **where).order_by()
    return dict(rows.values_list("health").annotate(n=Sum("count")))
