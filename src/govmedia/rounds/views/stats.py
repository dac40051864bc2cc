"""Pass rates over the rounds, as a page and as a table to take away."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from govmedia.common import installation
from govmedia.common.clock import today
from govmedia.common.exports import TYPES, download
from govmedia.common.refusals import NoRight
from govmedia.orgs.queries import division_choices
from govmedia.orgs.rights import reach
from govmedia.rounds.figures import GROUPS, ROUNDS_IN_FILE, Table, offices_of, pass_rates


@login_required
@require_safe
def stats(request: HttpRequest) -> HttpResponseBase:
    if not reach(request.user, "round.see"):
        raise NoRight
    by = request.GET.get("by", "")
    by = by if by in GROUPS else "level"
    places = division_choices(request.user)
    division = request.GET.get("division", "")
    division = division if division in {code for code, _ in places} else ""
    offices = offices_of(request.user)
    office = _office(request, [code for code, _ in offices])
    form = request.GET.get("format", "")
    if form in TYPES:
        return _file(pass_rates(request.user, by, office, division, ROUNDS_IN_FILE), by, form)
    table = pass_rates(request.user, by, office, division)
    context = {
        "room": "checks",
        "table": table,
        "by": by,
        "by_label": GROUPS[by],
        "groups": GROUPS.items(),
        "places": places,
        "division": division,
        "offices": offices,
        "office": office,
    }
    return render(request, "rounds/stats.html", context)


def _office(request: HttpRequest, codes: list[str]) -> str:
    """Whose rounds: those asked for, else one's own office's, else the highest's."""
    asked = request.GET.get("office", "")
    own = request.user.division_id
    return next((code for code in (asked, own) if code in codes), codes[0] if codes else "")


def _file(table: Table, by: str, form: str) -> HttpResponseBase:
    head = [GROUPS[by], "检查轮次", "时段始", "时段止", "检查", "合格", "合格率%", "95%区间", "比上次（百分点）"]
    rows = (
        [
            group.label, held.name, held.start_on, held.end_on, rate.judged, rate.passed, rate.text, rate.interval,
            "" if rate.change is None else rate.change,
        ]
        for group in table.groups
        for held, rate in zip(table.rounds, group.rates, strict=True)
    )  # fmt: skip
    demo = bool(installation.read(installation.DEMO))
    return download(head, rows, form, f"合格率-{today():%Y%m%d}", demo)
