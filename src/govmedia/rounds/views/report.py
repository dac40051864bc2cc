"""A unit's report in a self-check: one short form for all its accounts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from govmedia.common.clock import now, today
from govmedia.common.refusals import NoRight, Refused, WrongState
from govmedia.engine.judging import Question
from govmedia.orgs.models import User
from govmedia.orgs.rights import may, reach, require
from govmedia.rounds import reports, services
from govmedia.rounds.models import Report
from govmedia.rounds.report_forms import Lines, draft_of, lines_of_draft, lines_of_problems
from govmedia.rounds.reports import Asked
from govmedia.rounds.services.reporting import NOBODY, OVER, version_of
from govmedia.rounds.services.working import edition_of

SHOWN = 40
NOT_CLEAN = "下面还写着问题。有问题请点“报送这些问题”；没有的，先勾选“不报这一条”。"
NOTHING = "还没有写问题。没有问题的，点“以上各项无问题，报送”。"


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The unit's self-checks, the latest first."""
    if not reach(request.user, "selfcheck.report"):
        raise NoRight
    rows = reports.visible_to(request.user).select_related("round__division").defer("draft")
    context = {"room": "checks", "rows": rows.order_by("-round__asked_at", "-pk")[:SHOWN], "today": today()}
    return render(request, "rounds/my_reports.html", context)


def _found(user: User, pk: int) -> Report:
    if not reach(user, "selfcheck.see"):
        raise NoRight
    rows = reports.visible_to(user).select_related("round__division", "organisation__division", "reported_by")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """`deed`: clean (nothing was found), problems (what is written), keep (not yet), more (one more line)."""
    row = _found(request.user, pk)
    if request.method == "POST":
        require(request.user, "selfcheck.report", organisation=row.organisation_id)
        return _sent(request, row)
    page = _page(request.user, row)
    if page["open"]:
        kept = list(lines_of_draft(row.draft) if row.draft else lines_of_problems(_still_asked(page)))
        more = "more" in request.GET
        page["lines"] = _lines(row, page["asked"]).show(kept, more=1 if more or not kept else 0)
        page["writing"] = bool(kept) or more
    return render(request, "rounds/report.html", page)


def _sent(request: HttpRequest, row: Report) -> HttpResponse:
    page = _page(request.user, row)
    lines = _lines(row, page["asked"]).take(request.POST)
    if not page["open"]:
        return _again(request, page, lines, page["gone"] or (NOBODY if page["empty"] else OVER), 409)
    deed = request.POST.get("deed", "")
    if deed in {"keep", "more"}:
        return _kept(request, page, lines, deed)
    if deed == "clean" and lines.forms:
        return _again(request, page, lines, NOT_CLEAN, 422)
    if deed != "clean" and not lines.forms:
        return _again(request, page, lines.show([], more=1), NOTHING, 422)
    if not lines.is_valid():
        return _again(request, page, lines, "", 422)
    try:
        services.hand_in(
            report_id=row.pk, problems=lines.problems(), by=request.user, now=now(), version=_version(request)
        )
    except Refused as why:
        return _again(request, page, lines, why.text, why.status)
    messages.success(request, _thanks(row))
    return redirect("rounds:report", pk=row.pk)


def _thanks(row: Report) -> str:
    if row.round.report_by is not None and row.reported_at is None and today() > row.round.report_by:
        return "已补报，注明迟报。转入复核以前可以再改。"
    return "已上报。转入复核以前可以再改。"


def _version(request: HttpRequest) -> str:
    return request.POST.get("version", "")


def _keep(request: HttpRequest, row: Report, moment: datetime) -> Report:
    typed = draft_of(request.POST.dict())
    return services.keep_draft(report_id=row.pk, typed=typed, by=request.user, now=moment, version=_version(request))


def _kept(request: HttpRequest, page: Mapping[str, Any], lines: Lines, deed: str) -> HttpResponse:
    row = page["row"]
    try:
        _keep(request, row, now())
    except Refused as why:
        return _again(request, page, lines, why.text, why.status)
    if deed == "keep":
        messages.success(request, "已存下，还没有上报。")
    return redirect(f"{reverse('rounds:report', args=[row.pk])}{'?more=1' if deed == 'more' else ''}#problems")


@login_required
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what is being typed."""
    row = _found(request.user, pk)
    require(request.user, "selfcheck.report", organisation=row.organisation_id)
    moment = now()
    try:
        row = _keep(request, row, moment)
    except WrongState as why:
        return JsonResponse({"error": why.text}, status=409)
    return JsonResponse({"saved_at": moment.isoformat(), "version": version_of(row)})


def _lines(row: Report, asked: list[Asked]) -> Lines:
    return Lines(asked, today(), row.round.mend_by)


def _page(user: User, row: Report) -> dict[str, Any]:
    """What the page shows but the lines; `gone` says why the questions are not to be had."""
    asked: list[Asked] = []
    gone = ""
    try:
        asked = reports.asked_of(row, edition_of(row.round))
    except Refused as why:
        gone = why.text
    questions = _questions(asked)
    titles = {one.code: one.title for one in questions}
    yours = may(user, "selfcheck.report", organisation=row.organisation_id)
    return {
        "room": "checks",
        "row": row,
        "version": version_of(row),
        "held": row.round,
        "asked": asked,
        "seen": [one for one in asked if one.seen],
        "questions": questions,
        "problems": [{**one, "title": titles.get(one["code"], "")} for one in reports.problems_of(row)],
        "gone": gone,
        "yours": yours,
        "empty": not asked and not gone and row.round.state == "reporting",
        "open": yours and bool(asked) and row.round.state == "reporting",
        "over": row.round.report_by is not None and today() > row.round.report_by,
        "crumbs": _crumbs(user, row),
    }


def _still_asked(page: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The problems of accounts that may still be reported on; what was said of one that was closed stays as it is."""
    keys = {one.said.account_id for one in page["asked"]}
    return [one for one in page["problems"] if one["account"].pk in keys]


def _questions(asked: list[Asked]) -> list[Question]:
    """What is asked of any of the accounts, vetoes first."""
    found: dict[str, Question] = {}
    for one in asked:
        found |= one.questions
    return [found[code] for code in sorted(found)]


def _crumbs(user: User, row: Report) -> list[tuple[str, str]]:
    held = row.round
    if reach(user, "selfcheck.report"):
        return [("检查", reverse("checks:list")), ("自查", reverse("rounds:my-reports")), (held.name, "")]
    return [
        ("检查轮次", reverse("rounds:list")),
        (held.name, reverse("rounds:detail", args=[held.pk])),
        ("上报情况", reverse("rounds:reports", args=[held.pk])),
        (row.organisation.name, ""),
    ]


def _again(request: HttpRequest, page: Mapping[str, Any], lines: Lines, why: str, status: int) -> HttpResponse:
    """The page with what was typed; where it cannot be sent any more, to be copied."""
    unsaved = [] if page["open"] else [("问题", form["note"].value() or "") for form in lines.forms]
    shown = {
        "version": _version(request),
        "lines": lines,
        "writing": True,
        "why": why,
        "unsaved": [one for one in unsaved if one[1].strip()],
    }
    return render(request, "rounds/report.html", {**page, **shown}, status=status)
