"""The lists of assessments and of the bodies in one, as declarations."""

from typing import Any

from django.http import HttpRequest

from govmedia.assessments.models import Assessment, Body
from govmedia.assessments.states import ASSESSMENT
from govmedia.common.listing import Column, Filter, Listing


def _cell(name: str) -> str:
    return f"assessments/cells/{name}.html"


def _grades(request: HttpRequest) -> list[tuple[str, str]]:
    rows = Body.objects.exclude(grade="").order_by("grade").values_list("grade", flat=True).distinct()
    return [(grade, grade) for grade in rows]


LISTING = Listing(
    columns=(
        Column("name", "考核", ("name",), lambda row: row.name, _cell("name")),
        Column("division", "组织单位", ("division",), lambda row: row.division.full_name, hide_small=True),
        Column("period", "时段", ("end_on", "start_on"), lambda row: f"{row.start_on} 至 {row.end_on}"),
        Column("state", "状态", ("state",), lambda row: row.get_state_display(), _cell("state")),
        Column("until", "自评期限", ("report_until",), lambda row: row.report_until, hide_small=True),
    ),
    filters=(
        Filter("q", "名称", None, lambda rows, value: rows.filter(name__contains=value)),
        Filter("state", "状态", lambda request: ASSESSMENT.choices, lambda rows, value: rows.filter(state=value)),
    ),
    default_sort="-period",
)


def _points(code: str) -> Any:
    def value(row: Body) -> object:
        lines = {line["code"]: line["points"] for line in row.outcome.get("lines", ())}
        text = lines.get(code)
        return "" if text is None else float(text)

    return value


def bodies_listing(row: Assessment, points: bool) -> Listing:
    """The bodies of an assessment; every item's points in the file, where points may be seen."""
    shown: tuple[Column, ...] = ()
    if points:
        shown = (
            Column("place", "名次", ("place",), lambda body: body.place or "", numeric=True),
            Column("score", "总分", ("score",), lambda body: "" if body.score is None else body.score, numeric=True),
            Column("grade", "等次", ("grade",), lambda body: body.grade, _cell("grade")),
            *(
                Column(item.code, f"{item.code} {item.title}", value=_points(item.code), only_export=True)
                for item in row.rules.items
                if item.kind != "veto"
            ),
            Column("vetoes", "否决项", value=lambda body: "、".join(body.vetoes), only_export=True),
        )
    return Listing(
        columns=(
            Column("division", "被考核单位", ("division",), lambda body: body.division.name, _cell("body")),
            *shown,
            Column("handed_in", "自评", ("handed_in_at",), lambda body: body.handed_in_at, _cell("handed_in")),
            Column("appeals", "待复核申诉", ("appeals",), lambda body: body.appeals or "", numeric=True),
        ),
        filters=(
            Filter("q", "单位", None, lambda rows, value: rows.filter(division__name__contains=value)),
            *((Filter("grade", "等次", _grades, lambda rows, value: rows.filter(grade=value)),) if points else ()),
        ),
        default_sort="place" if points and row.state != "reporting" else "division",
    )
