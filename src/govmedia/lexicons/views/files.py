"""Handing terms to another installation and taking them from one, proved by a signature."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from govmedia.common import signing
from govmedia.common.clock import now, today
from govmedia.common.downloads import as_file
from govmedia.common.refusals import NoRight, Refused
from govmedia.lexicons import files, queries, services
from govmedia.lexicons.forms import ImportForm
from govmedia.lexicons.states import State
from govmedia.orgs.rights import reach


@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The approved terms a person sees, signed by this installation."""
    if not reach(request.user, "lexicon.edit"):
        raise NoRight
    terms = queries.visible_to(request.user).filter(state=State.APPROVED).order_by("pk")
    try:
        body = files.signed(terms)
    except Refused as why:
        messages.error(request, why.text)
        return redirect("lexicons:list")
    return as_file(body, f"lexicon-{today():%Y%m%d}.json", "application/json; charset=utf-8")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Take over the terms of a signed file; each is proposed and waits for a second person."""
    if not reach(request.user, "lexicon.edit"):
        raise NoRight
    sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if sent else ImportForm()
    if sent and form.is_valid():
        try:
            data = form.cleaned_data["file"].read(files.FILE_MAX + 1)
            rows = files.read_signed(data, form.cleaned_data["public_key"])
            new, known = services.propose_many(rows=rows, why=form.cleaned_data["why"], by=request.user, now=now())
        except Refused as why:
            form.add_error(why.field if why.field in form.fields else None, why.text)
        else:
            messages.success(request, f"已提议 {new} 个词语，{known} 个已有的没有重复加。等另一位有权限的人复核。")
            return redirect("lexicons:list")
    page = {"room": "inspections", "form": form, "own_keys": signing.public_keys()[:1]}
    return render(request, "lexicons/term_import.html", page, status=422 if form.errors else 200)
