"""One's messages: read, and mark as read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from govmedia.common.clock import now
from govmedia.notify import services
from govmedia.notify.models import Notice
from govmedia.notify.queries import notices_of

PAGE_SIZE = 30


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    rows = notices_of(request.user)
    if request.GET.get("unread"):
        rows = rows.filter(read_at__isnull=True)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "notify/list.html", {"page": page})


@login_required
@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one message as read and go where it points."""
    notice = get_object_or_404(Notice, pk=pk, recipient=request.user)
    services.mark_read(by=request.user, now=now(), notice_id=pk)
    if url_has_allowed_host_and_scheme(notice.url, {request.get_host()}, require_https=request.is_secure()):
        return redirect(notice.url)
    return redirect("notify:list")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    count = services.mark_read(by=request.user, now=now())
    messages.success(request, f"{count} 条消息已标为已读。" if count else "没有未读消息。")
    return redirect("notify:list")
