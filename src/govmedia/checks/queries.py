"""Reading checks, and facts as judging takes them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q, QuerySet

from govmedia.accounts.models import LIVE, Account, Health
from govmedia.checks import facts
from govmedia.checks.drafts import standing_of
from govmedia.checks.law import judge_by
from govmedia.checks.models import Check, Watched
from govmedia.common.clock import day_of
from govmedia.engine.calendar import quarter_of, quarter_range
from govmedia.engine.edition import Edition
from govmedia.engine.scoring import TallyHit, counting_hits
from govmedia.engine.types import AccountFacts, Hit
from govmedia.orgs.models import Role, User
from govmedia.orgs.rights import OWN, limit, reach


def facts_of(account_ids: Collection[int], start: date, end: date, point: datetime) -> list[AccountFacts]:
    """The facts of each account, by its key, for a period judged at a moment; a fixed number of queries."""
    return [found for _, found in facts.facts_of(account_ids, start, end, point)]


def left_by_posting(account: Account, edition: Edition, now: datetime) -> tuple[TallyHit, ...]:
    """What would count besides, if a silent account published today: its silence stays a gap of the quarter.

    Judged twice by the same indicators, on the facts as they are and with a post of today in them.
    """
    today = day_of(now)
    known = facts_of([account.pk], quarter_range(*quarter_of(today))[0], today, now)[0]
    posted = replace(known, post_days=(*(day for day in known.post_days if day[0] != today), (today, 1)))
    judge = judge_by(edition)
    before, after = (
        Counter(hit.code for hit in counting_hits(judge.hits(facts), edition)) for facts in (known, posted)
    )
    return tuple(TallyHit(code, number) for code, number in sorted((after - before).items()))


def standing_hits(check: Check) -> tuple[Hit, ...]:
    """The hits a finished check's verdict is made of; those taken back since are left out."""
    return standing_of(check)


def visible_to(user: User) -> QuerySet[Check]:
    """The checks somebody may see. An organisation's people see only finished ones; one that a round holds only its
    inspector and supervisors see, so that two who judge the same account do not know of one another."""
    rows = Check.objects.filter(
        **limit(user, "check.see", division="account__division", organisation="account__organisation")
    )
    if reach(user, "check.see") == OWN:
        return rows.filter(state=Check.State.FINAL, held=False)
    return rows if user.role == Role.SUPERVISOR else rows.filter(Q(held=False) | Q(inspector=user))


def watched_for(user: User) -> QuerySet[Watched]:
    """The watch list within reach: live accounts seen lately, the nearest to the red line first."""
    reached = limit(user, "check.watch", division="account__division", organisation="account__organisation")
    return watched_now().filter(**reached)


def watched_now() -> QuerySet[Watched]:
    """The whole watch list, less what is closed or not seen any more."""
    rows = Watched.objects.filter(account__status__in=LIVE).exclude(account__health=Health.NOT_SEEN)
    return rows.order_by("-days", "pk")


def checks_of(account: Account, user: User) -> QuerySet[Check]:
    """An account's checks that somebody may see, newest first."""
    return visible_to(user).filter(account=account).select_related("inspector").order_by("-started_at", "-pk")


def drafts_of(user: User) -> QuerySet[Check]:
    """The checks an inspector has begun and not finished, oldest first."""
    own = Q(inspector=user, state=Check.State.DRAFT)
    return Check.objects.filter(own).select_related("account").order_by("started_at", "pk")
