"""Reading filings."""

from django.db.models import QuerySet

from govmedia.accounts.models import Account
from govmedia.common.states import Move
from govmedia.filings import chain
from govmedia.filings.models import Filing, Step
from govmedia.filings.states import FILING, LIVE, WAITING
from govmedia.orgs.models import User
from govmedia.orgs.rights import limit, may


def visible_to(user: User) -> QuerySet[Filing]:
    """The filings a user may see; offices see what was submitted, a draft is its organisation's own."""
    reach = limit(user, "filing.see", division="organisation__division", organisation="organisation")
    rows = Filing.objects.filter(**reach)
    return rows if user.organisation_id else rows.filter(submitted_at__isnull=False)


def queue_for(user: User) -> QuerySet[Filing]:
    """What waits for the user's office, oldest first."""
    reach = limit(user, "filing.review", division="at_division", organisation="organisation")
    rows = Filing.objects.filter(state__in=WAITING, **reach)
    return rows.select_related("organisation", "account", "at_division").order_by("waiting_since", "pk")


def drafts_of(user: User) -> QuerySet[Filing]:
    """What the user's organisation has begun or got back, latest first."""
    reach = limit(user, "filing.submit", division="organisation__division", organisation="organisation")
    return Filing.objects.filter(state__in=("draft", "returned"), **reach).order_by("-updated_at", "pk")


def live_of(account: Account) -> Filing | None:
    """The filing about an account that has not ended, if there is one."""
    return (
        Filing.objects.filter(account=account, state__in=LIVE).exclude(kind=Filing.Kind.OPEN).order_by("pk").first()
    )


def steps_of(filing: Filing) -> QuerySet[Step]:
    """Where a filing has been, in order."""
    return filing.steps.select_related("division", "decided_by").order_by("arrived_at", "pk")


def at_last_stop(filing: Filing) -> bool:
    """True where the office that has the filing is the one that decides."""
    return filing.step + 1 >= len(chain.of_form(filing.form))


def moves_of(filing: Filing) -> list[Move]:
    """The moves the filing's state and place on its way allow, whoever makes them."""
    unfit = "pass_on" if at_last_stop(filing) else "accept"
    return [move for move in FILING.open_from(filing.state) if move.name != unfit]


def moves_for(filing: Filing, user: User) -> list[Move]:
    """The moves open to a user: by right and place, and never a review of what he had a hand in."""
    barred = had_a_hand(filing, user)
    return [
        move
        for move in moves_of(filing)
        if (may_move(filing, user, move) and not (move.right == "filing.review" and barred))
    ]


def may_move(filing: Filing, user: User, move: Move) -> bool:
    """True where the user's right covers the place a move is made at."""
    if move.right == "filing.review":
        return may(user, move.right, division=filing.at_division_id or "")
    return may(user, move.right, organisation=filing.organisation_id)


def had_a_hand(filing: Filing, user: User) -> bool:
    """True for who typed into a filing, submitted it, or decided an earlier stop of this round."""
    if user.pk in {filing.created_by_id, filing.submitted_by_id}:
        return True
    if filing.editors.filter(pk=user.pk).exists():
        return True
    begun = filing.steps.filter(number=0).order_by("-arrived_at").values_list("arrived_at", flat=True).first()
    if begun is None:
        return False
    return filing.steps.filter(decided_by=user, arrived_at__gte=begun, number__lt=filing.step).exists()


def chain_problem() -> str:
    """What is wrong with the file of review chains, in Chinese; empty where it can be used."""
    try:
        chain.rules()
    except chain.ChainProblem as why:
        return why.text
    return ""
