"""The audit log, for auditors."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from govmedia.audit.queries import entries, first_break
from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight
from govmedia.desk.lists import AUDIT
from govmedia.desk.scope import chosen_division, narrowed
from govmedia.orgs.rights import reach


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Entries of the chosen division and below; for all of the auditor's, also those of the installation."""
    if not reach(request.user, "audit.read"):
        raise NoRight
    division = chosen_division(request)
    where = Q(**narrowed(request.user, division))
    # what concerns no place concerns the whole installation
    rows = entries().filter(where | Q(division="") if division == request.user.division_id else where)
    context: dict[str, Any] = {
        "room": "audit",
        "unit": "条",
        "caption": "操作日志",
        "empty_title": "还没有操作记录",
        "empty_text": "任何人或系统的每一次写入都会在这里留下一条，前后相连，不能改动。",
        "verified": "verify" in request.GET,
    }
    if context["verified"]:
        context["broken"] = first_break()
    return respond(
        request,
        AUDIT,
        rows,
        "desk/audit_list.html",
        filename="操作日志",
        context=context,
    )
