"""Draws in the open: who could be drawn, the promise, the draw, and how anybody repeats it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from govmedia.common.downloads import as_file
from govmedia.engine.hashing import canonical_json
from govmedia.rounds.models import Round
from govmedia.rounds.queries import public_rounds, published_draw, published_population

SHOWN = 100


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    context = {"rounds": public_rounds()[:SHOWN], "crumbs": [("首页", reverse("public:home")), ("公开抽取", "")]}
    return render(request, "public/draw_list.html", context)


def _found(pk: int) -> Round:
    return get_object_or_404(public_rounds(), pk=pk)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    held = _found(pk)
    context = {
        "held": held,
        "strata": published_draw(held).get("strata", []),
        "population_url": reverse("public:draw-population", args=[held.pk]),
        "draw_url": reverse("public:draw-result", args=[held.pk]),
        "crumbs": [("公开抽取", reverse("public:draws")), (held.name, "")],
    }
    return render(request, "public/draw.html", context)


@require_safe
def population(request: HttpRequest, pk: int) -> HttpResponse:
    held = _found(pk)
    return as_file(published_population(held), f"population-{held.pk}.csv", "text/csv; charset=utf-8")


@require_safe
def result(request: HttpRequest, pk: int) -> HttpResponse:
    held = _found(pk)
    whole = published_draw(held)
    if not whole:
        raise Http404
    return as_file(canonical_json(whole), f"draw-{held.pk}.json", "application/json; charset=utf-8")
