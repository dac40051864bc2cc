"""The machine's state for admins, what they do about jobs given up, and the gallery of components."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from govmedia.accounts.models import Account
from govmedia.common.clock import now
from govmedia.common.refusals import Refused
from govmedia.desk import services
from govmedia.desk.queries.system import system as system_state
from govmedia.orgs.rights import require
from govmedia.posts.queries import coverage_24h


@login_required
@require_safe
def system(request: HttpRequest) -> HttpResponse:
    require(request.user, "system.see", division=request.user.division_id or "")
    moment = now()
    seen, total = coverage_24h(Account.objects.all(), now=moment)
    context = {"room": "system", "system": system_state(moment), "as_of": moment, "seen": seen, "total": total}
    return render(request, "desk/system.html", context)


@login_required
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        done = services.retry_job(job_id=pk, by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
    else:
        words = "已重新排队" if done.pending else "同样的任务已在排队，放弃的这一个已删去"
        messages.success(request, f"{words}：{done.name}。")
    return redirect("desk:system")


@login_required
@require_POST
def retry_all(request: HttpRequest) -> HttpResponse:
    done = services.retry_jobs(by=request.user, now=now())
    more = f"；另有 {done.dropped:,} 个因同样的任务已在排队而删去" if done.dropped else ""
    messages.success(request, f"已重新排队 {done.pending:,} 个任务{more}。")
    return redirect("desk:system")


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        name = services.discard_job(job_id=pk, by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
    else:
        messages.success(request, f"已放弃并删除：{name}。")
    return redirect("desk:system")


@login_required
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "components/gallery.html", {"room": ""})
