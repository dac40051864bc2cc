"""A body's page: its report, the points given on it, appeals, and the proofs."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from govmedia.assessments import queries, services
from govmedia.assessments.models import Appeal, Body, Mark, Proof
from govmedia.assessments.pages import Typed, body_page
from govmedia.common.clock import now
from govmedia.common.handing import handed_out, uploads_of
from govmedia.common.refusals import NoRight, Refused
from govmedia.orgs.models import User
from govmedia.orgs.rights import reach

FILES_AGAIN = "附件没有保存，改好后请重新选。"
_KEPT = ("said", "points", "note", "reason", "answer")


def found(user: User, pk: int) -> Body:
    """The body, if the person may see it; 404 else."""
    if not reach(user, "assessment.see"):
        raise NoRight
    body = queries.body_for(pk, user)
    if body is None:
        raise Http404
    return body


def _mark(user: User, pk: int) -> Mark:
    mark = get_object_or_404(Mark, pk=pk)
    mark.body = found(user, mark.body_id)
    return mark


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, found(request.user, pk))


def _show(request: HttpRequest, body: Body, typed: Typed | None = None, status: int = 200) -> HttpResponse:
    page = body_page(body, request.user, typed)
    return render(request, "assessments/body_detail.html", page, status=status)


@login_required
@require_POST
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    body = found(request.user, pk)
    try:
        services.hand_in(body_id=body.pk, by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
        return _show(request, found(request.user, pk), status=why.status)
    messages.success(request, "自评已提交。自评期限前还可以修改。")
    return redirect("assessments:body", pk=body.pk)


def _done(request: HttpRequest, mark: Mark, form: str, do: Callable[[], str]) -> HttpResponse:
    """Do it and show the body at the item; a refused deed shows the page again with what was typed.

    Where htmx asked only the item is shown, as other items of the page may hold what is being typed.
    """
    part = "HX-Request" in request.headers
    try:
        said = do()
    except Refused as why:
        lost = FILES_AGAIN if request.FILES else ""
        words = {name: request.POST.get(name, "") for name in _KEPT}
        typed = Typed(mark.pk, form, words, why.field, why.text)
        if part:
            # What is wrong with a field is said beside it.
            return _line(request, mark, lost if why.field else f"{why.text}{lost}", "bad", typed)
        messages.error(request, f"{why.text}{lost}")
        return _show(request, found(request.user, mark.body_id), typed, why.status)
    if part:
        return _line(request, mark, said, "ok")
    messages.success(request, said)
    answer = redirect("assessments:body", pk=mark.body_id)
    answer["Location"] += f"#{mark.code}"
    return answer


def _line(request: HttpRequest, mark: Mark, said: str, tone: str, typed: Typed | None = None) -> HttpResponse:
    page = body_page(found(request.user, mark.body_id), request.user, typed)
    [line] = [line for _, lines in page["groups"] for line in lines if line.mark.pk == mark.pk]
    told = {"line": line, "said": said, "said_tone": tone}
    return render(request, "assessments/_line_done.html", {**page, **told})


def _key(request: HttpRequest, mark: Mark) -> dict[str, Any]:
    return {"mark_id": mark.pk, "by": request.user, "now": now()}


@login_required
@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """A body tells of an item."""
    mark = _mark(request.user, pk)

    def do() -> str:
        text = request.POST.get("said", "")
        services.report(**_key(request, mark), text=text, uploads=uploads_of(request))
        return f"{mark.code} 已保存。"

    return _done(request, mark, "report", do)


@login_required
@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The office gives points."""
    mark = _mark(request.user, pk)

    def do() -> str:
        services.review(
            **_key(request, mark), points=request.POST.get("points", ""), note=request.POST.get("note", "")
        )
        return f"{mark.code} 已评分。"

    return _done(request, mark, "review", do)


@login_required
@require_POST
def veto(request: HttpRequest, pk: int) -> HttpResponse:
    """The office finds a veto, or takes that back."""
    mark, stands = _mark(request.user, pk), request.POST.get("found") == "yes"

    def do() -> str:
        services.find_veto(**_key(request, mark), found=stands, note=request.POST.get("note", ""))
        return f"{mark.code} 已{'认定' if stands else '撤销认定'}。"

    return _done(request, mark, "veto", do)


@login_required
@require_POST
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """A body appeals against a mark."""
    mark = _mark(request.user, pk)

    def do() -> str:
        reason = request.POST.get("reason", "")
        services.appeal(**_key(request, mark), reason=reason, uploads=uploads_of(request))
        return f"已对 {mark.code} 提出申诉，答复前可以撤回。"

    return _done(request, mark, "appeal", do)


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """An appeal answered, or taken back by the body."""
    made = get_object_or_404(Appeal, pk=pk)
    mark, deed = _mark(request.user, made.mark_id), request.POST.get("deed", "")

    def do() -> str:
        if deed == "unappeal":
            services.take_back(appeal_id=made.pk, by=request.user, now=now())
            return "已撤回申诉。"
        answered = services.decide(
            appeal_id=made.pk,
            upheld=deed == "uphold",
            points=request.POST.get("points", ""),
            answer=request.POST.get("answer", ""),
            by=request.user,
            now=now(),
        )
        return f"已答复：{answered.get_state_display()}，已通知被考核单位。"

    if deed not in {"uphold", "refuse", "unappeal"}:
        raise Http404
    return _done(request, mark, "decide", do)


@login_required
@require_safe
def proof(request: HttpRequest, pk: int) -> FileResponse:
    """The bytes of a proof; 404 where there are none."""
    row = get_object_or_404(Proof.objects.select_related("mark"), pk=pk)
    found(request.user, row.mark.body_id)
    return handed_out(row)
