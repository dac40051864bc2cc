"""The list of findings."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from govmedia.common.clock import today
from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight
from govmedia.findings import queries
from govmedia.findings.lists import LISTING
from govmedia.findings.models import Finding
from govmedia.findings.views.room import tabs
from govmedia.orgs.models import User
from govmedia.orgs.rights import reach


def rows_for(user: User) -> QuerySet[Finding]:
    """The findings of the list, with what its cells show."""
    return queries.visible_to(user).select_related("account", "account__organisation", "account__division")


def bulk_of(request: HttpRequest) -> dict[str, Any]:
    """What may be done with many findings at once: an operator reports, an office confirms."""
    action = f"{reverse('findings:bulk')}?{request.GET.urlencode()}"
    if reach(request.user, "finding.claim"):
        return {"bulk_template": "findings/_bulk_claim.html", "bulk_action": action}
    if reach(request.user, "finding.confirm"):
        return {"bulk_template": "findings/_bulk_confirm.html", "bulk_action": action}
    return {}


@login_required
@require_safe
def finding_list(request: HttpRequest) -> HttpResponseBase:
    if not reach(request.user, "finding.see"):
        raise NoRight
    return respond(
        request,
        LISTING,
        rows_for(request.user),
        "findings/finding_list.html",
        filename=f"问题-{today():%Y%m%d}",
        context={
            "room": "findings",
            "tabs": tabs(request.user, "list"),
            "may_raise": bool(reach(request.user, "finding.raise")),
            "today": today(),
            "caption": "问题",
            "unit": "个问题",
            "empty_title": "没有发现问题",
            "empty_text": "健康检查或检查员发现问题后会列在这里，连同依据和证据。",
            **bulk_of(request),
        },
    )
