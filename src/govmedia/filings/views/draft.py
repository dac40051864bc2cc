"""Pages on which a filing is written."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from govmedia.accounts.models import Account
from govmedia.common.clock import now
from govmedia.common.refusals import NoRight, Refused, WrongState
from govmedia.filings import chain, content, oddities, queries, services, showing
from govmedia.filings.forms import FilingForm
from govmedia.filings.models import Filing
from govmedia.filings.views.page import found, page_context
from govmedia.orgs.models import User
from govmedia.orgs.rights import require


def _organisation(user: User) -> Any:
    """The person's organisation; filings are begun by operators only."""
    if user.organisation is None:
        raise NoRight("备案由主办单位的运维员填报。")
    require(user, "filing.submit", organisation=user.organisation_id)
    return user.organisation


def _mine(request: HttpRequest, pk: int) -> Filing:
    rows = Filing.objects.select_related("organisation__division__parent", "account", "at_division")
    filing = get_object_or_404(rows, pk=pk)
    require(request.user, "filing.submit", organisation=filing.organisation_id)
    return filing


def _typed(request: HttpRequest, filing: Filing) -> dict[str, str]:
    """What the browser sent; a box that is not ticked is not sent at all."""
    return {
        item.key: request.POST.get(item.key, "")
        for item in content.ITEMS[filing.kind]
        if item.key in request.POST or item.shape == "tick"
    }


def _save(request: HttpRequest, filing: Filing, moment: datetime) -> Filing:
    """What the browser sent, kept if nobody else wrote since its page was made."""
    return services.save_draft(
        filing_id=filing.pk,
        values=_typed(request, filing),
        by=request.user,
        now=moment,
        version=request.POST.get("version", ""),
    )


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Paste an address; the machine reads it and a draft is begun."""
    organisation = _organisation(request.user)
    if request.method == "POST":
        moment = now()
        filing = services.start(kind=content.OPEN, organisation=organisation, by=request.user, now=moment)
        if request.POST.get("feed_url", "").strip():
            services.read_feed(filing_id=filing.pk, url=request.POST["feed_url"], by=request.user, now=moment)
        return redirect("filings:edit", filing.pk)
    context = {
        "room": "filings",
        "organisation": organisation,
        "chain": chain.resolve(organisation),
        "drafts": queries.drafts_of(request.user).filter(kind=content.OPEN)[:5],
    }
    return render(request, "filings/filing_new.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    return _begin(request, code, content.CHANGE)


@login_required
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, code: str) -> HttpResponse:
    return _begin(request, code, content.CLOSE)


def _begin(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A change or a closing: what it will ask, and a button that begins it; one that has begun goes on."""
    account = get_object_or_404(Account.objects.select_related("organisation"), code=code.upper())
    require(request.user, "filing.submit", organisation=account.organisation_id)
    begun = queries.live_of(account)
    if begun is not None:
        editable = begun.state in {"draft", "returned"}
        return redirect("filings:edit" if editable and begun.kind == kind else "filings:detail", begun.pk)
    if request.method == "POST":
        try:
            filing = services.start(
                kind=kind, organisation=account.organisation, account=account, by=request.user, now=now()
            )
        except Refused as why:
            messages.error(request, why.text)
            return redirect("filings:list")
        return redirect("filings:edit", filing.pk)
    context = {"room": "filings", "account": account, "kind": kind, "items": content.items(kind)}
    return render(request, "filings/filing_begin.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form: `action=save` keeps it, `action=check` goes on to the review before submitting if all is well."""
    filing = _mine(request, pk)
    if request.method == "GET" and filing.state not in {"draft", "returned"}:
        messages.info(request, "这件备案已经提交，需要修改请先撤回。")
        return redirect("filings:detail", pk)
    moment = now()
    checked = request.GET.get("check") == "1"
    if request.method == "POST":
        try:
            filing = _save(request, filing, moment)
        except Refused as why:
            return _not_kept(request, filing, why)
        checked = request.POST.get("action") != "save"
        if not checked:
            messages.success(request, "草稿已保存，随时可以回来接着填。")
            return redirect("filings:edit", pk)
    errors = services.form_errors(filing, now=moment)
    if request.method == "POST" and not errors:
        return redirect("filings:detail", pk)
    return render(request, "filings/filing_edit.html", _edit_context(filing, errors, checked, moment))


def form_page(
    request: HttpRequest, filing: Filing, errors: Mapping[str, str], *, unsaved: list[tuple[str, str]], status: int
) -> HttpResponse:
    """The form with its errors, in answer to a submission that they kept from going out."""
    context = _edit_context(filing, errors, True, now())
    return render(request, "filings/filing_edit.html", {**context, "unsaved": unsaved}, status=status)


def _not_kept(request: HttpRequest, filing: Filing, why: Refused) -> HttpResponse:
    """What was typed into a filing that can no longer be written, to be copied from the filing's page."""
    messages.error(request, why.text)
    unsaved = showing.unsaved(filing, _typed(request, filing))
    context = {"room": "filings", **page_context(found(request.user, filing.pk), request.user), "unsaved": unsaved}
    return render(request, "filings/filing_detail.html", context, status=why.status)


def _edit_context(filing: Filing, errors: Mapping[str, str], checked: bool, moment: datetime) -> dict[str, Any]:
    platform = filing.form.get("platform", "")
    second = oddities.needs_reason(filing, platform)
    form = FilingForm(filing, second=second, errors=errors if checked else {})
    marks = showing.marks(filing)
    return {
        "room": "filings",
        "filing": filing,
        "form": form,
        "version": services.version_of(filing),
        "fields": [(form[key], marks.get(key, "")) for key in form.fields],
        "rules": [item for item in content.items(filing.kind, second) if item.why],
        "missing": len(errors),
        "minutes": max(1, len(errors) // 2),
        "look": showing.look(filing),
        "chain": chain.resolve(filing.organisation),
        "returned": showing.last_note(filing) if filing.state == "returned" else None,
        "warnings": showing.warnings(oddities.of(filing, now=moment)) if filing.form.get("name") else [],
    }


@login_required
@require_POST
def autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps the draft while it is being typed."""
    filing = _mine(request, pk)
    moment = now()
    try:
        filing = _save(request, filing, moment)
    except Refused as why:
        return JsonResponse({"error": why.text}, status=409)
    return JsonResponse({"saved_at": moment.isoformat(), "version": services.version_of(filing)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fetch(request: HttpRequest, pk: int) -> HttpResponse:
    """Reads the feed and fills in what it says; what was typed so far is kept first."""
    filing = _mine(request, pk)
    if request.method != "POST":
        return redirect("filings:edit", pk)
    moment = now()
    try:
        _save(request, filing, moment)
        services.read_feed(filing_id=pk, url=request.POST.get("feed_url", ""), by=request.user, now=moment)
    except WrongState as why:
        return _not_kept(request, filing, why)
    except Refused as why:
        messages.error(request, why.text)
    return redirect("filings:edit", pk)
