"""All figures of a bulletin from its accounts: counts, rates and lists by level and platform, and what changed.

Rates are shares of the judged accounts, rounded half up to so many decimals as the bulletin prints.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from govmedia.engine.bulletins.errors import BulletinError
from govmedia.engine.bulletins.percents import points_between, printed, signed
from govmedia.engine.bulletins.shape import Bulletin, NamedAccount, Previous

OTHER = "其他"


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points an account lost, as the verdict counts them."""

    indicator: str
    points: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account of the population. `level` and `platform` are labels as printed; `passed` None: not judged."""

    code: str
    name: str
    organisation: str
    level: str
    platform: str
    sampled: bool = True
    passed: bool | None = None
    reasons: tuple[str, ...] = ()
    detail: str = ""
    score: int | None = None
    deductions: tuple[Deduction, ...] = ()
    due: date | None = None


def with_figures(
    bulletin: Bulletin,
    rows: Iterable[AccountRow],
    decimals: int = 1,
    previous: Previous | None = None,
    levels: Sequence[str] = (),
    platforms: Sequence[str] = (),
) -> Bulletin:
    """The bulletin with the figures of `rows`. `levels` and `platforms` say which groups are named first.

    Errors: BulletinError for the same code twice.
    """
    ordered = sorted(rows, key=lambda row: row.code)
    _once(ordered)
    sampled = [row for row in ordered if row.sampled]
    judged = [row for row in sampled if row.passed is not None]
    passed, failing = _parted(judged)
    tables = {
        "level": _table([(row.level, row) for row in ordered], levels),
        "platform": _table([(row.platform, row) for row in ordered], platforms),
    }
    stated = _unmixed(tables)
    rates = {
        name: printed(counts["passed"], counts["judged"], decimals)
        for name, counts in stated.items()
        if counts["judged"]
    }
    made = replace(
        bulletin,
        accounts_total=len(ordered),
        by_level={name: counts["accounts"] for name, counts in tables["level"].items()},
        by_platform={name: counts["accounts"] for name, counts in tables["platform"].items()},
        sampled=len(sampled),
        sampled_by_level={name: counts["sampled"] for name, counts in tables["level"].items()},
        sampled_by_platform={name: counts["sampled"] for name, counts in tables["platform"].items()},
        unjudged=len(sampled) - len(judged),
        passed=len(passed),
        pass_rate=printed(len(passed), len(judged), decimals) if judged else "",
        sample_rate=printed(len(sampled), len(ordered), decimals) if ordered else "",
        rates_by_group=rates,
        stated_counts={
            name: {
                "sampled": counts["sampled"],
                "unjudged": counts["sampled"] - counts["judged"],
                "passed": counts["passed"],
                "failing": counts["judged"] - counts["passed"],
            }
            for name, counts in stated.items()
        },
        failing_counts=_counted(reason for row in failing for reason in dict.fromkeys(row.reasons)),
        deduction_counts=_counted(one.indicator for row in judged for one in row.deductions),
        full_marks_accounts=sum(row.score == 100 for row in passed) or None,
        lists_complete=True,
        sampled_accounts=tuple(_named(row) for row in sampled),
        failing=tuple(_named(row, "、".join(row.reasons), row.detail) for row in failing),
        deductions=tuple(
            _named(row, one.indicator, one.detail, one.points) for row in judged for one in row.deductions
        ),
        previous=previous,
    )
    return replace(made, changes=_changes(made, previous))


def _once(rows: Sequence[AccountRow]) -> None:
    twice = [code for code, times in Counter(row.code for row in rows).items() if times > 1]
    if twice:
        raise BulletinError(f"这些账号编号出现了不止一次：{'、'.join(twice[:10])}。同一账号只能算一次，请去重。")


def _parted(judged: Sequence[AccountRow]) -> tuple[list[AccountRow], list[AccountRow]]:
    return [row for row in judged if row.passed], [row for row in judged if not row.passed]


def _table(rows: Sequence[tuple[str, AccountRow]], first: Sequence[str]) -> dict[str, Counter[str]]:
    """Counts of each group; groups in the order given, then by size, 其他 last."""
    found: dict[str, Counter[str]] = {}
    for group, row in rows:
        judged = row.sampled and row.passed is not None
        found.setdefault(group, Counter()).update(
            {"accounts": 1, "sampled": +row.sampled, "judged": +judged, "passed": +(judged and bool(row.passed))}
        )
    place = {group: number for number, group in enumerate(first)}
    last = len(first)

    def order(group: str) -> tuple[bool, int, int, str]:
        return group == OTHER, place.get(group, last), -found[group]["accounts"], group

    return {group: found[group] for group in sorted(found, key=order)}


def _unmixed(tables: Mapping[str, Mapping[str, Counter[str]]]) -> dict[str, Counter[str]]:
    """Levels and platforms in one table; a name that is both is told apart."""
    both = tables["level"].keys() & tables["platform"].keys()
    return {
        f"{group}（{word}）" if group in both else group: counts
        for kind, word in (("level", "层级"), ("platform", "平台"))
        for group, counts in tables[kind].items()
    }


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0])))


def _named(row: AccountRow, indicator: str = "", detail: str = "", points: int | None = None) -> NamedAccount:
    return NamedAccount(
        account=row.name,
        platform=row.platform,
        organisation=row.organisation,
        level=row.level,
        code=row.code,
        indicator=indicator,
        detail=detail,
        points=points,
        score=row.score,
        result="" if row.passed is None else "合格" if row.passed else "不合格",
        due=row.due.isoformat() if row.due else "",
    )


def _changes(now: Bulletin, before: Previous | None) -> dict[str, str]:
    """What changed since: numbers as numbers, rates in points between the two as printed."""
    if before is None:
        return {}
    found = {}
    if before.accounts_total is not None and now.accounts_total is not None:
        found["accounts_total"] = signed(now.accounts_total - before.accounts_total)
    if before.pass_rate and now.pass_rate:
        found["pass_rate"] = points_between(before.pass_rate, now.pass_rate)
    for group, rate in now.rates_by_group.items():
        if group in before.rates_by_group:
            found[group] = points_between(before.rates_by_group[group], rate)
    return found
