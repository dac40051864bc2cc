"""Pages of the inspectors' checks."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from govmedia.accounts.models import Account
from govmedia.checks import queries, services
from govmedia.checks.drafts import edition_of
from govmedia.checks.forms import THIS, Answer, NewCheck, Ruling
from govmedia.checks.items import UNKEPT, Unkept, state_of
from govmedia.checks.lists import LISTING
from govmedia.checks.models import Check
from govmedia.checks.pages import draft_page, preview_of, verdict_page, with_unkept
from govmedia.checks.watch_views import tabs
from govmedia.common.clock import now, today
from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight, Refused
from govmedia.orgs.rights import reach, require

# Where on the page a form stands, and where the word about it goes: questions, and the machine's doubtful hits.
ASKED, RULED = ("q", "said"), ("m", "ruled")


@login_required
@require_safe
def check_list(request: HttpRequest) -> HttpResponseBase:
    if not reach(request.user, "check.see"):
        raise NoRight
    rows = queries.visible_to(request.user).defer("facts", "hits", "answers")
    return respond(
        request,
        LISTING,
        rows.select_related("account", "account__organisation", "account__division", "inspector"),
        "checks/check_list.html",
        filename=f"检查-{today():%Y%m%d}",
        context={
            "room": "checks",
            "tabs": tabs(request.user, "checks"),
            "caption": "检查",
            "unit": "次检查",
            "empty_title": "还没有检查",
            "empty_text": "检查员在账号页点「开始检查」，做完后结论会列在这里。",
            "empty_action_url": reverse("desk:account-list") if reach(request.user, "check.run") else "",
            "empty_action_label": "去选账号",
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    rows = Account.objects.select_related("organisation", "division")
    account = get_object_or_404(rows, code=code.upper())
    require(request.user, "check.run", division=account.division_id, organisation=account.organisation_id)
    form = NewCheck(request.POST or None, today=today(), initial={"period": THIS})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            check = services.start_check(
                account=account,
                edition=values["edition"],
                start_on=values["start_on"],
                end_on=values["end_on"],
                point_at=values["point_at"],
                by=request.user,
                now=now(),
            )
        except Refused as why:
            form.add_error(why.field if why.field in form.fields else None, why.text)
        else:
            return redirect("checks:detail", pk=check.pk)
    account_url = reverse("desk:account", args=[account.code])
    context = {
        "room": "checks",
        "account": account,
        "form": form,
        "account_url": account_url,
        "crumbs": [("检查", reverse("checks:list")), (account.name, account_url), ("开始检查", "")],
    }
    return render(request, "checks/check_new.html", context)


def found(request: HttpRequest, pk: int) -> Check:
    """The check; 404 where there is none or it is not finished and not for these eyes, 403 out of reach."""
    rows = Check.objects.select_related("account", "account__organisation", "account__division", "inspector")
    check = get_object_or_404(rows, pk=pk)
    account = check.account
    require(request.user, "check.see", division=account.division_id, organisation=account.organisation_id)
    if not queries.visible_to(request.user).filter(pk=check.pk).exists():
        raise Http404
    return check


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    check = found(request, pk)
    if check.state != Check.State.FINAL:
        return render(request, "checks/check_draft.html", draft_page(check, request.user, request.GET))
    context = verdict_page(check)
    if "recompute" in request.GET:
        context["recomputed"] = True
        context["differences"] = services.recompute(check)
    return render(request, "checks/check_verdict.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    check = found(request, pk)
    if request.method != "POST":
        return redirect("checks:detail", pk=check.pk)
    form = Answer(request.POST)
    if not form.is_valid():
        return _said(request, check, _code(form), _first_error(form), kept=False)
    try:
        check = services.answer(
            check_id=check.pk,
            code=form.cleaned_data["code"],
            count=form.found(),
            note=form.cleaned_data["note"],
            by=request.user,
            now=now(),
        )
    except Refused as why:
        return _said(request, check, form.cleaned_data["code"], why.text, kept=False)
    return _said(request, check, form.cleaned_data["code"], "已保存", kept=True)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    check = found(request, pk)
    if request.method != "POST":
        return redirect("checks:detail", pk=check.pk)
    form = Ruling(request.POST)
    if not form.is_valid():
        return _said(request, check, _code(form), _first_error(form), kept=False, part=RULED)
    try:
        check = services.rule(
            check_id=check.pk,
            code=form.cleaned_data["code"],
            counts=form.counting(),
            note=form.cleaned_data["note"],
            by=request.user,
            now=now(),
        )
    except Refused as why:
        return _said(request, check, form.cleaned_data["code"], why.text, kept=False, part=RULED)
    return _said(request, check, form.cleaned_data["code"], "已保存", kept=True, part=RULED)


@login_required
@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    check = found(request, pk)
    try:
        done = services.finish(check_id=check.pk, by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
    else:
        result = "合格" if done.passed else "不合格"
        score = "" if done.score is None else f"{done.score} 分，"
        messages.success(request, f"「{check.account.name}」：{score}{result}。结论已记入日志，不能再改。")
        if check.for_round:
            return redirect("rounds:work", pk=check.for_round)
    return redirect("checks:detail", pk=check.pk)


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    check = found(request, pk)
    try:
        services.discard(check_id=check.pk, by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
        return redirect("checks:detail", pk=check.pk)
    messages.success(request, f"已放弃对「{check.account.name}」的这次检查。")
    return redirect("checks:list")


def _said(
    request: HttpRequest, check: Check, code: str, text: str, *, kept: bool, part: tuple[str, str] = ASKED
) -> HttpResponse:
    """The preview anew and a word at the question where htmx asked, else the page at that question.

    What was not kept stands in its form again, with the reason beside it.
    """
    anchor, slot = part
    if "HX-Request" in request.headers:
        page = preview_of(check, edition_of(check))
        told = {
            "slot": f"{slot}-{code}" if code else "",
            "anchor": f"{anchor}-{code}",
            "code": code,
            "state": state_of(slot, code, page["asked"], check.rulings) if kept else UNKEPT,
            "said": text,
            "kept": kept,
            "at": now(),
            "mine": True,
        }
        return render(request, "checks/_saved.html", {**page, **told})
    if not kept:
        messages.error(request, f"{code}：{text}")
        return _again(request, check.pk, Unkept(slot, code, text, request.POST))
    messages.success(request, f"{code}：{text}")
    return redirect(f"{reverse('checks:detail', args=[check.pk])}#{anchor}-{code}")


def _again(request: HttpRequest, pk: int, unkept: Unkept) -> HttpResponse:
    """The draft with what was typed; of a check that is finished by now the verdict, and the note to be copied."""
    check = found(request, pk)
    final = check.state == Check.State.FINAL
    context = verdict_page(check) if final else with_unkept(draft_page(check, request.user, {}), unkept)
    if final and unkept.note.strip():
        context["unsaved"] = [(unkept.code, unkept.note)]
    template = "checks/check_verdict.html" if final else "checks/check_draft.html"
    return render(request, template, context, status=409 if final else 422)


def _code(form: forms.Form) -> str:
    return form.cleaned_data.get("code", "")


def _first_error(form: forms.Form) -> str:
    return next(iter(form.errors.values()))[0]
