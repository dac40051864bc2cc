"""The list of terms as a declaration."""

from django.db.models import Q, QuerySet

from govmedia.common.listing import Column, Filter, Listing
from govmedia.engine.content.registry import check_table
from govmedia.lexicons.models import Term
from govmedia.lexicons.states import State


def title_of(code: str) -> str:
    """A check's name for people."""
    check = check_table().get(code)
    return check.title if check else code or "全部"


def _found(rows: QuerySet[Term], value: str) -> QuerySet[Term]:
    return rows.filter(Q(term__contains=value) | Q(note__contains=value))


LISTING = Listing(
    columns=(
        Column("term", "词语", ("term",), lambda row: row.term, "lexicons/_cell_term.html"),
        Column("kind", "类型", ("kind",), lambda row: row.get_kind_display()),
        Column("check", "检查项", ("check_code",), lambda row: title_of(row.check_code)),
        Column("suggestion", "建议", value=lambda row: row.suggestion, hide_small=True),
        Column("note", "理由", value=lambda row: row.note, hide_small=True),
        Column("division", "范围", ("division",), lambda row: row.division.full_name, hide_small=True),
        Column("proposed", "提议", ("proposed_at",), lambda row: row.proposed_at, "lexicons/_cell_proposed.html"),
        Column("state", "状态", ("state",), lambda row: row.get_state_display(), "lexicons/_cell_state.html"),
    ),
    filters=(
        Filter("q", "词语或理由", None, _found),
        Filter("state", "状态", lambda request: State.choices, lambda rows, value: rows.filter(state=value)),
        Filter("kind", "类型", lambda request: Term.Kind.choices, lambda rows, value: rows.filter(kind=value)),
    ),
    default_sort="-proposed",
)
