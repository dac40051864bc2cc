"""Paste a text, see its hits in place, take over what is right, copy the result. Nothing is kept."""

from time import perf_counter
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from govmedia.common.clock import now, today
from govmedia.common.refusals import NoRight
from govmedia.engine.content.types import CATEGORY_WORDS, Hit, Post
from govmedia.inspections.forms import PasteForm
from govmedia.inspections.marking import Change, changed, pieces
from govmedia.inspections.program import program
from govmedia.inspections.states import WEIGHTS, worth_showing
from govmedia.inspections.views.room import tabs
from govmedia.orgs.models import User
from govmedia.orgs.rights import reach

LEVELS = (("veto", "红线"), ("deduct", "扣分"), ("notice", "提示"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest) -> HttpResponse:
    if not reach(request.user, "inspection.paste"):
        raise NoRight
    context: dict[str, Any] = {"room": "inspections", "tabs": tabs(request.user, "paste")}
    if request.method != "POST":
        return render(request, "inspections/paste.html", {**context, "form": PasteForm()})
    form = PasteForm(request.POST)
    if not form.is_valid():
        return render(request, "inspections/paste.html", {**context, "form": form}, status=422)
    given = dict(form.cleaned_data)
    accepted = 0
    if "accept" in request.POST:
        given, accepted = _accepted(given, request.user, request.POST.getlist("take"))
        form = PasteForm(given)
    began = perf_counter()
    hits = _inspect(given, request.user)
    context |= _shown(given, hits, perf_counter() - began)
    return render(request, "inspections/paste.html", {**context, "form": form, "accepted": accepted})


def _inspect(given: dict[str, Any], user: User) -> tuple[Hit, ...]:
    post = Post(
        id="pasted",
        text=given["text"],
        title=given["title"],
        published_at=now(),
        source_name=given["source_name"],
        original=False if given["repost"] else None,
    )
    place = user.organisation.division_id if user.organisation else user.division_id
    hits = program(today()).inspector.inspect(post, division=place or "").hits
    return tuple(hit for hit in hits if worth_showing(hit.auto, hit.confidence))


def _accepted(given: dict[str, Any], user: User, taken: list[str]) -> tuple[dict[str, Any], int]:
    """The text with the suggestions ticked made, and how many. Names of hits that are not there are passed over."""
    wanted = set(taken)
    hits = [hit for hit in _inspect(given, user) if hit.suggestion is not None and _name(hit) in wanted]
    result = dict(given)
    for field in ("title", "text"):
        changes = [Change(hit.start, hit.end, hit.suggestion or "") for hit in hits if hit.field == field]
        result[field] = changed(given[field], changes)
    return result, len(hits)


def _name(hit: Hit) -> str:
    """What names a hit between two looks at the same text."""
    return f"{hit.check}-{hit.field}-{hit.start}-{hit.end}"


def _shown(given: dict[str, Any], hits: tuple[Hit, ...], seconds: float) -> dict[str, Any]:
    order = {hit: number for number, hit in enumerate(hits, 1)}
    by_field = {name: [hit for hit in hits if hit.field == name] for name in ("title", "text")}
    cards = [
        {"hit": hit, "number": order[hit], "name": _name(hit), "category": CATEGORY_WORDS[hit.category]}
        for hit in sorted(hits, key=lambda one: (-WEIGHTS[one.level], one.field != "title", one.start))
    ]
    return {
        "done": True,
        "length": len(given["text"]) + len(given["title"]),
        "took_ms": round(seconds * 1000),
        "counts": [(label, sum(hit.level == level for hit in hits)) for level, label in LEVELS],
        "cards": cards,
        "suggested": any(hit.suggestion is not None for hit in hits),
        "title_pieces": _lines(given["title"], by_field["title"], order),
        "text_lines": _lines(given["text"], by_field["text"], order),
    }


def _lines(raw: str, hits: list[Hit], order: dict[Hit, int]) -> list[list[dict[str, Any]]]:
    """Lines of pieces, their hits numbered as on the cards."""
    return [
        [
            {"text": one.text, "number": order[hits[one.number - 1]] if one.number else 0, "level": one.level}
            for one in line
        ]
        for line in pieces(raw, hits)
    ]
