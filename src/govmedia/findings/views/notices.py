"""A supervisor enters a notice."""

import re
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from govmedia.accounts.models import Account
from govmedia.common.clock import now
from govmedia.common.handing import uploads_of
from govmedia.common.refusals import NoRight, Refused
from govmedia.findings import services
from govmedia.findings.forms import NoticeForm
from govmedia.findings.models import Finding
from govmedia.findings.services import Report
from govmedia.findings.views.page import FILES_AGAIN
from govmedia.findings.views.room import tabs
from govmedia.orgs.rights import reach

_APART = re.compile(r"[\s,，;；、]+")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; `?account=CODE` fills the account in."""
    if not reach(request.user, "finding.raise"):
        raise NoRight
    if request.method != "POST":
        return _form(request, NoticeForm(initial={"accounts": request.GET.get("account", "")[:10]}))
    moment = now()
    try:
        rows = _raise(request, moment)
    except Refused as why:
        form = NoticeForm(request.POST, errors={why.field: why.text})
        if request.FILES:
            messages.warning(request, FILES_AGAIN)
        return _form(request, form, why.status)
    fresh = [row for row in rows if row.raised_at == moment]
    told = sum(row.state == "notified" for row in fresh)
    silent = f"；{len(fresh) - told} 个单位还没有运维员，有了再通知" if told < len(fresh) else ""
    if fresh:
        messages.success(request, f"已登记 {len(fresh)} 个问题，已通知 {told} 个{silent}。")
    if len(fresh) < len(rows):
        messages.info(request, f"{len(rows) - len(fresh)} 个账号已登记过同样的问题，还没有了结，没有重复登记。")
    return redirect("findings:detail", pk=rows[0].pk) if len(rows) == 1 else redirect("findings:list")


def _raise(request: HttpRequest, moment: datetime) -> list[Finding]:
    typed = request.POST
    report = Report(
        code=typed.get("code", ""),
        what=typed.get("what", ""),
        origin=typed.get("origin", ""),
        document=typed.get("document", ""),
        evidence=typed.get("evidence", ""),
        link=typed.get("link", "").strip(),
        uploads=uploads_of(request),
    )
    accounts = _accounts(typed.get("accounts", ""))
    return services.raise_notices(accounts=accounts, report=report, by=request.user, now=moment)


def _accounts(text: str) -> list[Account]:
    """The accounts of the codes typed, each once, in that order. Errors: Refused where one is unknown."""
    codes = list(dict.fromkeys(code.upper() for code in _APART.split(text) if code))
    rows = {row.code: row for row in Account.objects.filter(code__in=codes[:1000])}
    unknown = [code for code in codes if code not in rows]
    if unknown:
        raise Refused(f"没有编号为 {'、'.join(code[:20] for code in unknown[:5])} 的账号，请核对。", "accounts")
    return [rows[code] for code in codes]


def _form(request: HttpRequest, form: NoticeForm, status: int = 200) -> HttpResponse:
    context = {
        "room": "findings",
        "form": form,
        "tabs": tabs(request.user, ""),
        "crumbs": [("问题", reverse("findings:list")), ("登记问题", "")],
    }
    return render(request, "findings/notice_new.html", context, status=status)
