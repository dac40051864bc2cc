"""The page that tries another edition on the past."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from govmedia.accounts.queries import visible_to
from govmedia.common.clock import SHANGHAI, now, today
from govmedia.common.refusals import NoRight
from govmedia.engine.calendar import quarter_before, quarter_of, quarter_range
from govmedia.engine.edition import EditionError
from govmedia.findings.queries import choices_of_editions, edition_in_force
from govmedia.orgs.models import Level
from govmedia.orgs.rights import reach, subtree
from govmedia.rounds.whatif import Outcome, draft_of, what_if

# A page is no place for a country's; so many accounts are judged in about two seconds.
ACCOUNTS_MOST = 5000
LISTED_MOST = 200


class WhatIfForm(forms.Form):
    """What is tried, and on which quarter."""

    edition = forms.ChoiceField(label="试用的指标")
    days = forms.IntegerField(
        label="连续多少天未更新即否决", required=False, min_value=1, max_value=366, help_text="不填则按该版本。"
    )
    quarter = forms.ChoiceField(label="时段", choices=(("last", "上季度"), ("this", "本季度至今")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].choices = choices_of_editions()


@login_required
@require_safe
def whatif(request: HttpRequest) -> HttpResponse:
    if not reach(request.user, "round.run"):
        raise NoRight
    form = WhatIfForm(request.GET if "edition" in request.GET else None, initial={"days": 10})
    context: dict[str, Any] = {"room": "checks", "form": form}
    if form.is_valid():
        try:
            context |= _tried(request, form.cleaned_data)
        except EditionError as why:
            form.add_error("edition", why.text)
    return render(request, "rounds/whatif.html", context)


def _tried(request: HttpRequest, asked: dict[str, Any]) -> dict[str, Any]:
    first, after = subtree(request.user.division_id or "")
    accounts = visible_to(request.user).filter(division__gte=first, division__lt=after, closed_on__isnull=True)
    rows = list(accounts.select_related("organisation", "division").order_by("code")[: ACCOUNTS_MOST + 1])
    if len(rows) > ACCOUNTS_MOST:
        return {"too_many": ACCOUNTS_MOST}
    start_on, end_on = _period(asked["quarter"])
    point = min(datetime.combine(end_on + timedelta(days=1), time.min, SHANGHAI) - timedelta(seconds=1), now())
    outcome: Outcome = what_if(
        present=edition_in_force(),
        draft=draft_of(asked["edition"], asked["days"]),
        accounts=rows,
        start_on=start_on,
        end_on=end_on,
        point=point,
    )
    levels = [(label, *outcome.by_level[value]) for value, label in Level.choices if value in outcome.by_level]
    return {
        "outcome": outcome,
        "levels": levels,
        "newly": outcome.newly[:LISTED_MOST],
        "no_longer": outcome.no_longer[:LISTED_MOST],
        "start_on": start_on,
        "end_on": end_on,
        "present": edition_in_force(),
    }


def _period(word: str) -> tuple[Any, Any]:
    present = quarter_of(today())
    return quarter_range(*(present if word == "this" else quarter_before(*present)))
