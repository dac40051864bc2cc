"""The list of accounts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight
from govmedia.desk.lists import ACCOUNTS, ACCOUNTS_FILE
from govmedia.desk.scope import accounts_in, chosen_division
from govmedia.orgs.rights import reach


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    if not reach(request.user, "account.see"):
        raise NoRight
    rows = accounts_in(request.user, chosen_division(request))
    return respond(
        request,
        ACCOUNTS_FILE if "export" in request.GET else ACCOUNTS,
        rows.select_related("organisation"),
        "desk/account_list.html",
        filename="政务新媒体账号",
        context={
            "room": "accounts",
            "unit": "个账号",
            "caption": "账号",
            "empty_title": "还没有账号",
            "empty_text": "备案通过后，账号会自动出现在这里，并开始健康检查。",
            "may_see_impostors": bool(reach(request.user, "impostor.see")),
            "may_file": bool(reach(request.user, "filing.submit")),
        },
    )
