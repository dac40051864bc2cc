"""Pass rates of the closed rounds by level, platform or city: where things go from round to round."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.db.models.functions import Left

from govmedia.engine.platforms import platform_label
from govmedia.engine.rates import percent, wilson
from govmedia.orgs.models import Division, Level, User
from govmedia.orgs.rights import limit, stem, subtree
from govmedia.rounds.models import Round, Sample
from govmedia.rounds.queries import visible_to
from govmedia.rounds.states import Place

# So many rounds are shown, the latest ones; a file holds twenty years of quarters.
ROUNDS_SHOWN = 8
ROUNDS_IN_FILE = 80
DECIMALS = 1
GROUPS = {"level": "层级", "platform": "平台", "city": "设区市", "kind": "全部"}
_COLUMNS = {
    "level": F("account__level"), "platform": F("account__platform"), "city": Left("account__division", 4),
    "kind": F("round__kind"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rate:
    """What came of a group in a round. `change`: percentage points against the round before; None without one."""

    judged: int = 0
    passed: int = 0
    change: float | None = None

    @property
    def text(self) -> str:
        """`95.3`; empty where nothing was judged."""
        return percent(self.passed, self.judged, DECIMALS) or ""

    @property
    def fell(self) -> float:
        """By how many percentage points it fell."""
        return -(self.change or 0.0)

    @property
    def interval(self) -> str:
        """`92.8–97.0`, of 95 %."""
        found = wilson(self.passed, self.judged, DECIMALS)
        return "–".join(found) if found else ""


@dataclass(frozen=True, slots=True)
class Group:
    """A row of the table: its word, and a rate for each round."""

    label: str
    rates: Sequence[Rate]


@dataclass(frozen=True, slots=True)
class Table:
    """Closed rounds, oldest first, and what came of each group in them; the last row is of all."""

    rounds: Sequence[Round]
    groups: Sequence[Group]


def offices_of(user: User) -> list[tuple[str, str]]:
    """The offices whose closed rounds somebody may see, the highest first, as (division code, name)."""
    rows = visible_to(user).filter(state="closed").order_by("division").values_list("division", flat=True).distinct()
    names = dict(Division.objects.filter(pk__in=list(rows)).values_list("code", "full_name"))
    return [(code, names[code]) for code in sorted(names, key=lambda one: (len(stem(one)), one))]


def pass_rates(user: User, by: str, office: str, division: str = "", most: int = ROUNDS_SHOWN) -> Table:
    """The table of an office's latest `most` closed rounds, for what somebody may see, within a division where one is
    given; 3 queries. Rounds of different offices are no series.
    """
    closed = visible_to(user).filter(state="closed", division=office).defer("population", "draw")
    rounds = list(closed.order_by("-end_on", "-pk")[:most])[::-1]
    rows = Sample.objects.filter(
        round__in=rounds,
        state=Place.SETTLED,
        **limit(user, "round.see", division="account__division", organisation="account__organisation"),
    )
    if division:
        first, after = subtree(division)
        rows = rows.filter(account__division__gte=first, account__division__lt=after)
    counted = (
        rows.annotate(key=_COLUMNS[by])
        .order_by()
        .values_list("key", "round")
        .annotate(judged=Count("pk"), good=Count("pk", filter=Q(check_used__passed=True)))
    )
    counts: dict[str, dict[int, tuple[int, int]]] = {}
    for key, number, judged, good in counted:
        counts.setdefault(key, {})[number] = (judged, good)
    words = _words(by, counts.keys())
    groups = [
        Group(words[key], _rates(counts[key], rounds)) for key in sorted(counts, key=lambda one: _place(by, one))
    ]
    whole: dict[int, tuple[int, int]] = {}
    for found in counts.values():
        for number, (judged, good) in found.items():
            before = whole.get(number, (0, 0))
            whole[number] = (before[0] + judged, before[1] + good)
    return Table(rounds, [*([] if by == "kind" else groups), Group("合计", _rates(whole, rounds))])


def _rates(found: Mapping[int, tuple[int, int]], rounds: Sequence[Round]) -> list[Rate]:
    rates: list[Rate] = []
    last: float | None = None
    for one in rounds:
        judged, passed = found.get(one.pk, (0, 0))
        share = 100 * passed / judged if judged else None
        change = round(share - last, DECIMALS) if share is not None and last is not None else None
        rates.append(Rate(judged, passed, change))
        last = share if share is not None else last
    return rates


def _place(by: str, key: str) -> tuple[int, str]:
    levels = [value for value, _ in Level.choices]
    return (levels.index(key) if by == "level" and key in levels else 0, key)


def _words(by: str, keys: Iterable[str]) -> Mapping[str, str]:
    found = list(keys)
    if by == "city":
        places = dict(Division.objects.filter(pk__in=[f"{key}00" for key in found]).values_list("code", "name"))
        return {key: places.get(f"{key}00", key) for key in found}
    if by == "platform":
        return {key: platform_label(key) for key in found}
    return {key: str(dict(Level.choices).get(key, key)) for key in found}
