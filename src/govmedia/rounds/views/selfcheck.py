"""A self-check as those who run it see it: its plan, who has reported, and how honest the reports were."""

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from govmedia.common import installation
from govmedia.common.clock import today
from govmedia.common.exports import TYPES, download
from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight
from govmedia.orgs.models import User
from govmedia.orgs.rights import may, reach, require
from govmedia.rounds.forms import SelfCheckForm, initial_for_self_check, initial_of
from govmedia.rounds.models import Round
from govmedia.rounds.report_lists import REPORTS
from govmedia.rounds.reports import counts_of, reports_for
from govmedia.rounds.views.editing import edit
from govmedia.rounds.views.page import found, honesty_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    require(request.user, "round.run", division=request.user.division_id or "")
    return edit_self_check(request, None)


def edit_self_check(request: HttpRequest, held: Round | None) -> HttpResponse:
    """The plan of a self-check, new or one that has not begun."""
    initial = initial_of(held) if held else initial_for_self_check(request.user.division, today())
    form = SelfCheckForm(request.POST if request.method == "POST" else None, initial=initial)
    done = "已保存。核对后点“发起自查”，才会通知单位。"
    return edit(request, held, form, template="rounds/selfcheck_form.html", done=done)


def _of_self_check(user: User, pk: int) -> Round:
    """A round for which units were asked, for those who may see what they said."""
    held = found(user, pk)
    if not reach(user, "selfcheck.see"):
        raise NoRight
    if held.asked_at is None:
        raise Http404
    return held


@login_required
@require_safe
def reports(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who has reported, and who has not."""
    held = _of_self_check(request.user, pk)
    people = Prefetch("organisation__users", User.objects.order_by("pk"))
    return respond(
        request,
        REPORTS,
        reports_for(held, request.user).defer("draft").prefetch_related(people),
        "rounds/report_list.html",
        filename=f"{held.name}-上报情况-{today():%Y%m%d}",
        context={
            "room": "checks",
            "held": held,
            "counts": counts_of(held, request.user),
            "may_run": may(request.user, "round.run", division=held.division_id),
            "caption": f"{held.name}的上报情况",
            "unit": "家单位",
            "empty_title": "没有单位",
            "empty_text": "这一轮没有你能看到的单位。",
            "crumbs": _crumbs(held, "上报情况"),
        },
    )


@login_required
@require_safe
def honesty(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The share of reports that the inspectors bore out, by division, as a table to take away."""
    held = _of_self_check(request.user, pk)
    form = request.GET.get("format", "")
    head = ["地区", "已复核且已报", "一致", "多报", "漏报", "自查与复核一致率%", "未报自查（另查）"]
    rows = ([one.label, *one.cells[:4], one.rate, one.cells[4]] for one in honesty_of(held, request.user))
    name = f"{held.name}-自查与复核一致率-{today():%Y%m%d}"
    return download(head, rows, form if form in TYPES else "xlsx", name, bool(installation.read(installation.DEMO)))


def _crumbs(held: Round, last: str) -> list[tuple[str, str]]:
    return [
        ("检查轮次", reverse("rounds:list")),
        (held.name, reverse("rounds:detail", args=[held.pk])),
        (last, ""),
    ]
