"""Published annual assessments: the ranking with its reasons, and the file that proves it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from govmedia.assessments import queries
from govmedia.common.downloads import as_file
from govmedia.engine.hashing import canonical_json

SHOWN = 100


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    rows = queries.public_assessments().defer("published", "scheme_table")[:SHOWN]
    context = {"rows": rows, "crumbs": [("首页", reverse("public:home")), ("年度考核", "")]}
    return render(request, "public/assessment_list.html", context)


def _found(pk: int) -> Any:
    return get_object_or_404(queries.public_assessments(), pk=pk)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(pk)
    context: dict[str, Any] = {"row": row, "crumbs": [("年度考核", reverse("public:assessments")), (row.name, "")]}
    if row.state == "published":
        context |= {"rules": row.rules, "bodies": [_body(one, row.rules) for one in row.published["bodies"]]}
    return render(request, "public/assessment.html", context)


def _body(body: dict[str, Any], rules: Any) -> dict[str, Any]:
    lines = [{**line, "item": rules.item(line["code"])} for line in body["lines"]]
    shown = [line for line in lines if line["item"].kind != "veto" or line["code"] in body["vetoes"]]
    return {**body, "lines": [line for line in shown if line["item"].kind != "bonus" or line["points"]]}


@require_safe
def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    """What was published, byte for byte as its hash is taken; withdrawn ones have none."""
    row = _found(pk)
    if row.state != "published":
        raise Http404
    return as_file(canonical_json(row.published), f"assessment-{row.pk}.json", "application/json; charset=utf-8")
