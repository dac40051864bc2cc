"""The list of checks as a declaration."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from govmedia.checks.models import Check
from govmedia.common.listing import Column, Filter, Listing
from govmedia.findings.queries import choices_of_editions
from govmedia.orgs.queries import division_choices
from govmedia.orgs.rights import OWN, reach, subtree

RESULTS = {"passed": "合格", "failed": "不合格", "none": "未出结论"}


def result_of(check: Check) -> str:
    """passed, failed or none."""
    if check.passed is None:
        return "none"
    return "passed" if check.passed else "failed"


def _found(rows: QuerySet[Check], value: str) -> QuerySet[Check]:
    by_account = Q(account__name__contains=value) | Q(account__code=value.upper())
    return rows.filter(by_account | Q(account__organisation__name__contains=value))


def _of_result(rows: QuerySet[Check], value: str) -> QuerySet[Check]:
    return rows.filter(passed__isnull=True) if value == "none" else rows.filter(passed=value == "passed")


def _of_division(rows: QuerySet[Check], value: str) -> QuerySet[Check]:
    first, after = subtree(value)
    return rows.filter(account__division__gte=first, account__division__lt=after)


def _results(request: HttpRequest) -> Sequence[tuple[str, str]]:
    own = reach(request.user, "check.see") == OWN
    return [row for row in RESULTS.items() if row[0] != "none"] if own else list(RESULTS.items())


def _mine(request: HttpRequest) -> Sequence[tuple[str, str]]:
    return [(str(request.user.pk), "我做的检查")] if reach(request.user, "check.run") else []


def _score(row: Check) -> object:
    if row.state != Check.State.FINAL:
        return ""
    return row.verdict.get("score_shown", "否决") if row.score is None else row.score


def _cell(name: str) -> str:
    return f"checks/cells/{name}.html"


LISTING = Listing(
    columns=(
        Column("account", "账号", ("account__name_order",), lambda row: row.account.name, _cell("account")),
        Column("organisation", "主办单位", value=lambda row: row.account.organisation.name, hide_small=True),
        Column(
            "division", "地区", ("account__division",), lambda row: row.account.division.full_name, hide_small=True
        ),
        Column("edition", "检查指标", ("edition",), hide_small=True),
        Column("period", "时段", ("end_on", "start_on"), lambda row: f"{row.start_on} 至 {row.end_on}"),
        Column("result", "结论", ("passed",), lambda row: RESULTS[result_of(row)], _cell("result")),
        Column("score", "得分", ("score",), _score, numeric=True),
        Column("inspector", "检查员", ("inspector__name_order",), lambda row: row.inspector.name, hide_small=True),
        Column("started", "开始", ("started_at",), lambda row: row.started_at, _cell("started")),
        Column(
            "finished", "出结论", ("finished_at",), lambda row: row.finished_at, _cell("finished"), hide_small=True
        ),
    ),
    filters=(
        Filter("q", "账号、编号或单位", None, _found),
        Filter("result", "结论", _results, _of_result),
        Filter(
            "edition",
            "检查指标",
            lambda _: choices_of_editions(),
            lambda rows, value: rows.filter(edition=value),
        ),
        Filter("inspector", "检查员", _mine, lambda rows, value: rows.filter(inspector=value)),
        Filter("division", "地区", lambda request: division_choices(request.user), _of_division),
    ),
    default_sort="-started",
)
