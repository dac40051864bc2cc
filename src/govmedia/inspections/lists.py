"""The list of hits as a declaration."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from govmedia.common.listing import Column, Filter, Listing
from govmedia.engine.content.registry import check_table
from govmedia.engine.content.types import CATEGORY_WORDS
from govmedia.engine.platforms import platform_label
from govmedia.inspections.models import TextHit
from govmedia.inspections.states import State
from govmedia.orgs.queries import division_choices
from govmedia.orgs.rights import OWN, reach, subtree


def _states(request: HttpRequest) -> Sequence[tuple[str, str]]:
    # An organisation never learns of what was only suspected and found wrong.
    own = reach(request.user, "inspection.see") == OWN
    return [row for row in State.choices if not (own and row[0] == State.WRONG)]


def checks_of(request: HttpRequest) -> Sequence[tuple[str, str]]:
    """The checks as choices of a filter."""
    return [(one.code, one.title) for one in check_table().values()]


def _found(rows: QuerySet[TextHit], value: str) -> QuerySet[TextHit]:
    return rows.filter(Q(found__contains=value) | Q(account__name__contains=value) | Q(account__code=value.upper()))


def _of_division(rows: QuerySet[TextHit], value: str) -> QuerySet[TextHit]:
    first, after = subtree(value)
    return rows.filter(account__division__gte=first, account__division__lt=after)


def _sure(rows: QuerySet[TextHit], value: str) -> QuerySet[TextHit]:
    return rows.filter(auto=value == "yes")


def title_of(code: str) -> str:
    """A check's name for people; the code of one that is no more."""
    check = check_table().get(code)
    return check.title if check else code


LISTING = Listing(
    columns=(
        Column("found", "写的是", value=lambda row: row.found, cell="inspections/cells/found.html"),
        Column("message", "怎么了", value=lambda row: row.message),
        Column("suggestion", "建议", value=lambda row: row.suggestion, hide_small=True),
        Column("check", "检查项", ("check_code",), lambda row: title_of(row.check_code), hide_small=True),
        Column("level", "轻重", ("level",), lambda row: row.get_level_display(), "inspections/cells/level.html"),
        Column(
            "account",
            "账号",
            ("account__name_order",),
            lambda row: row.account.name,
            "inspections/cells/account.html",
        ),
        Column(
            "platform",
            "平台",
            ("account__platform",),
            lambda row: platform_label(row.account.platform),
            hide_small=True,
        ),
        Column(
            "division", "地区", ("account__division",), lambda row: row.account.division.full_name, hide_small=True
        ),
        Column("on", "发布", ("counts_on",), lambda row: row.counts_on),
        Column("state", "状态", ("state",), lambda row: row.get_state_display(), "inspections/cells/state.html"),
    ),
    filters=(
        Filter("q", "文字、账号或编号", None, _found),
        Filter("state", "状态", _states, lambda rows, value: rows.filter(state=value)),
        Filter("level", "轻重", lambda request: TextHit.Level.choices, lambda rows, value: rows.filter(level=value)),
        Filter(
            "category",
            "类别",
            lambda request: list(CATEGORY_WORDS.items()),
            lambda rows, value: rows.filter(category=value),
        ),
        Filter("check", "检查项", checks_of, lambda rows, value: rows.filter(check_code=value)),
        Filter("sure", "把握", lambda request: (("yes", "机器有把握"), ("no", "须人看")), _sure),
        Filter("division", "地区", lambda request: division_choices(request.user), _of_division),
    ),
    default_sort="-on",
)
