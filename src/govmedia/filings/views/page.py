"""One filing: what it says, what is odd about it, where it is, and what can be done with it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from govmedia.common.clock import now
from govmedia.filings import content, oddities, queries, services, showing
from govmedia.filings.models import Filing
from govmedia.orgs.models import User
from govmedia.orgs.rights import may, require


def found(user: User, pk: int) -> Filing:
    """The filing, if the person may see it; 404 and 403 else."""
    rows = Filing.objects.select_related(
        "organisation__division__parent", "account", "at_division", "created_by", "submitted_by"
    )
    filing = get_object_or_404(rows, pk=pk)
    division = filing.organisation.division_id
    require(user, "filing.see", division=division, organisation=filing.organisation_id)
    if filing.submitted_at is None:
        require(user, "filing.submit", organisation=filing.organisation_id)
    return filing


def page_context(filing: Filing, user: User, note: str = "") -> dict[str, Any]:
    """What the page and the reviewer's right-hand side show; a `note` that was not kept stands in its box again, or
    by itself where there is nothing left to note it for."""
    own = may(user, "filing.submit", organisation=filing.organisation_id)
    editable = own and filing.state in {"draft", "returned"}
    moment = now()
    errors = services.form_errors(filing, now=moment) if editable else {}
    warnings = oddities.of(filing, now=moment) if editable else filing.warnings
    moves = [move for move in queries.moves_for(filing, user) if not (move.name == "submit" and errors)]
    note_label = "审核意见" if not own else "说明"
    return {
        "filing": filing,
        "state_word": showing.FILING.words[filing.state],
        "progress": showing.progress(filing, own=own),
        "pairs": showing.pairs(filing),
        "look": showing.look(filing),
        "warnings": showing.warnings(warnings),
        "timeline": showing.timeline(filing),
        "moves": moves,
        "danger": ("refuse", "withdraw"),
        "barred": _barred(filing, user),
        "editable": editable,
        "missing": len(errors),
        "version": services.version_of(filing),
        "differs": filing.kind == content.CHANGE,
        "note_label": note_label,
        "note": note,
        "unsaved": [(note_label, note)] if note.strip() and not moves else [],
    }


def _barred(filing: Filing, user: User) -> bool:
    """True where only a hand in the filing keeps the person from reviewing it."""
    here = may(user, "filing.review", division=filing.at_division_id or "")
    return bool(filing.at_division_id) and here and queries.had_a_hand(filing, user)


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    filing = found(request.user, pk)
    return render(request, "filings/filing_detail.html", {"room": "filings", **page_context(filing, request.user)})
