"""What the pages of a round share: who may open it, and what it shows."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from govmedia.common.clock import now, today
from govmedia.common.refusals import NoRight, Refused
from govmedia.orgs.models import User
from govmedia.orgs.rights import may, reach
from govmedia.rounds import queries
from govmedia.rounds.forms import DrawForm
from govmedia.rounds.honesty import Comparing, Figure, figures_of
from govmedia.rounds.models import Round
from govmedia.rounds.reports import counts_of
from govmedia.rounds.services.working import edition_of


def found(user: User, pk: int) -> Round:
    """The round, if the person may see it; 404 else."""
    if not reach(user, "round.see"):
        raise NoRight
    return get_object_or_404(queries.visible_to(user).select_related("division", "planned_by"), pk=pk)


def page_of(held: Round, user: User, **more: Any) -> dict[str, Any]:
    """What the page of a round shows."""
    may_run = may(user, "round.run", division=held.division_id)
    return {
        "room": "checks",
        "held": held,
        "crumbs": [("检查轮次", reverse("rounds:list")), (held.name, "")],
        "may_run": may_run,
        "strata": queries.published_draw(held).get("strata", []),
        "progress": queries.progress_of(held, now()),
        "loads": queries.loads_of(held) if may_run and held.state == "judging" else [],
        "inspectors": queries.inspectors_for(held) if may_run and held.state in {"drawn", "judging"} else [],
        "draw_form": DrawForm(),
        "my_seats": queries.seats_of(user).filter(sample__round=held).count(),
        **_self_check(held, user),
        **more,
    }


def _self_check(held: Round, user: User) -> dict[str, Any]:
    """What the page of a self-check shows besides; nothing for who is to look again."""
    if held.asked_at is None or not reach(user, "selfcheck.see"):
        return {}
    counts = counts_of(held, user)
    # The units of those above a round are not theirs to see, and the round is.
    shown: dict[str, Any] = {"counts": counts, "over": held.report_by is not None and today() > held.report_by}
    if held.state in {"judging", "closed"}:
        shown["honesty"] = honesty_of(held, user)
    return shown


def honesty_of(held: Round, user: User) -> list[Figure]:
    """The figures of a self-check by division; none where its edition is gone."""
    try:
        return figures_of(held, user, Comparing(edition_of(held)))
    except Refused:
        return []
