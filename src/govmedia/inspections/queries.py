"""Reading hits: the queue, what an organisation may know, what judging takes, how checks fare in use."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from govmedia.common import clock
from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.lexicon import TERM_CHECKS, Lexicon
from govmedia.engine.content.terms import Terms
from govmedia.engine.content.types import Inspection
from govmedia.engine.originality import SAME
from govmedia.inspections.giving import given_of
from govmedia.inspections.models import Allowance, Demotion, Message, Origin, Specimen, Target, TextHit
from govmedia.inspections.states import RULED, State
from govmedia.orgs.models import User
from govmedia.orgs.rights import OWN, limit, reach
from govmedia.posts.models import Post

SOURCES_SHOWN = 5
_TOLD = Q(auto=True, state=State.OPEN) | Q(state__in=(State.RIGHT, State.MINOR))


class FactRow(NamedTuple):
    """A hit as judging takes it."""

    account_id: int
    post_id: int
    check: str
    category: str
    level: str
    found: str
    message: str
    title: str
    counts_on: date
    ruled: bool
    auto: bool


@dataclass(frozen=True, slots=True)
class Use:
    """How a check fares in real use."""

    code: str
    hits: int
    open: int
    right: int
    minor: int
    wrong: int

    @property
    def ruled(self) -> int:
        return self.right + self.minor + self.wrong


def told_to_operators() -> QuerySet[TextHit]:
    """Hits an organisation has to know of: sure ones, and those a human said are right; never those found wrong."""
    return TextHit.objects.filter(_TOLD)


def visible_to(user: User) -> QuerySet[TextHit]:
    """The hits somebody may see."""
    reached = limit(user, "inspection.see", division="account__division", organisation="account__organisation")
    rows = TextHit.objects.filter(**reached)
    if reach(user, "inspection.see") == OWN:
        rows = rows.filter(_TOLD | Q(auto=True, state=State.GONE))
    return rows


def queue_for(user: User) -> QuerySet[TextHit]:
    """Open hits a person may rule on, what is worth most first."""
    reached = limit(user, "inspection.decide", division="account__division", organisation="account__organisation")
    return TextHit.objects.filter(state=State.OPEN, **reached).order_by("-gain", "pk")


def like_cases(hit: TextHit, count: int = 3) -> QuerySet[TextHit]:
    """Hits of the same check that people ruled on, those with the same words first, latest first."""
    rows = TextHit.objects.filter(check_code=hit.check_code, state__in=RULED).exclude(pk=hit.pk)
    same = rows.filter(found=hit.found)
    return (same if same.exists() else rows).select_related("account").order_by("-decided_at", "-pk")[:count]


def fact_rows(account_ids: Collection[int], start: date, end: date) -> dict[int, list[FactRow]]:
    """By account the hits that judging may know of, on posts that stand and count from `start` to `end`.

    These are the sure ones and those a human said are right; what is only suspected waits in the queue and is not
    here, and what was found wrong or not serious never is.
    """
    found: dict[int, list[FactRow]] = {}
    rows = (
        TextHit.objects.filter(account__in=account_ids, counts_on__gte=start, counts_on__lte=end)
        .filter(Q(state=State.OPEN, auto=True) | Q(state=State.RIGHT))
        .exclude(post__state=Post.State.GONE)
        .exclude(level=TextHit.Level.NOTICE)
        .order_by("account_id", "counts_on", "pk")
    )
    columns = (
        "account_id", "post_id", "check_code", "category", "level", "found", "message", "post__title", "counts_on",
        "state", "auto",
    )  # fmt: skip
    for account_id, post_id, *rest, state, auto in rows.values_list(*columns):
        row = FactRow(account_id, post_id, *rest, state == State.RIGHT, auto)
        found.setdefault(account_id, []).append(row)
    return found


def standing_hits(account_id: int) -> QuerySet[TextHit]:
    """An account's hits that may be part of a finding: those not ruled away, also on posts that are gone."""
    rows = TextHit.objects.filter(account=account_id, state__in=(State.OPEN, State.RIGHT))
    rows = rows.exclude(level=TextHit.Level.NOTICE).select_related("post")
    return rows.defer("post__text", "post__extra").order_by("pk")


def hits_of_terms(lexicon: Lexicon, since: date | None) -> Iterator[Inspection]:
    """Every stored post (seen since a day) against the words of one lexicon alone, oldest first."""
    inspector = Inspector(today=clock.today(), only=TERM_CHECKS, terms=Terms([lexicon]))
    rows = Post.objects.exclude(state=Post.State.GONE).select_related("account")
    if since is not None:
        rows = rows.filter(first_seen_at__gte=datetime.combine(since, time.min, clock.SHANGHAI))
    posts = rows.order_by("pk").iterator(chunk_size=500)
    yield from inspector.inspect_all((given_of(post), post.account.division_id) for post in posts)


def use_of_checks() -> dict[str, Use]:
    """By check what became of its hits; checks that never hit are left out."""
    rows = TextHit.objects.values("check_code").annotate(
        hits=Count("pk"),
        open=Count("pk", filter=Q(state=State.OPEN)),
        right=Count("pk", filter=Q(state=State.RIGHT)),
        minor=Count("pk", filter=Q(state=State.MINOR)),
        wrong=Count("pk", filter=Q(state=State.WRONG)),
    )
    return {
        row["check_code"]: Use(code=row["check_code"], **{k: v for k, v in row.items() if k != "check_code"})
        for row in rows
    }


def demotions() -> dict[str, Demotion]:
    """By check the demotion that holds now."""
    return {row.check_code: row for row in Demotion.objects.filter(ended_at__isnull=True)}


def allowances_for(user: User) -> QuerySet[Allowance]:
    """Allowances of a person's division and below that hold or wait, those that wait first."""
    reached = limit(user, "inspection.decide", division="division", organisation="hit__account__organisation")
    rows = Allowance.objects.filter(ended_at__isnull=True, **reached)
    rows = rows.select_related("proposed_by", "approved_by", "division")
    return rows.order_by("approved_at", "-proposed_at", "pk")


def specimens_for(user: User) -> QuerySet[Specimen]:
    """Specimens of a person's division and below that hold or wait."""
    reached = limit(user, "inspection.decide", division="division", organisation="hit__account__organisation")
    rows = Specimen.objects.filter(ended_at__isnull=True, **reached)
    return rows.select_related("proposed_by", "approved_by", "division")


def kept_specimens() -> QuerySet[Specimen]:
    """All that two people agreed on, in their order."""
    return Specimen.objects.filter(approved_at__isnull=False, ended_at__isnull=True).order_by("pk")


@dataclass(frozen=True, slots=True)
class Originality:
    """What an account published in a period was worth: how much of it was its own, and whose the rest was.

    `sources` are the accounts whose messages it carried most, as (name, code, posts).
    """

    own: int = 0
    carried: int = 0
    adapted: int = 0
    again: int = 0
    short: int = 0
    sources: tuple[tuple[str, str, int], ...] = ()

    @property
    def compared(self) -> int:
        """Posts that can be told by: long enough, and not their own organisation's said twice."""
        return self.own + self.carried + self.adapted

    @property
    def total(self) -> int:
        return self.compared + self.again + self.short

    @property
    def share(self) -> float | None:
        """The share of original posts; None where there is nothing to tell it by."""
        return self.own / self.compared if self.compared else None


def originality_of(account_id: int, start: date, end: date) -> Originality:
    """An account's figures for the days from `start` to `end`; 2 queries."""
    rows = Origin.objects.filter(account=account_id, counts_on__gte=start, counts_on__lte=end)
    counts = dict(rows.order_by("kind").values("kind").annotate(number=Count("pk")).values_list("kind", "number"))
    carried = rows.filter(kind=Origin.Kind.CARRIED).order_by()
    sources = carried.values_list("message__first__account__name", "message__first__account__code")
    most = sources.annotate(number=Count("pk")).order_by("-number", "message__first__account__code")[:SOURCES_SHOWN]
    return Originality(**counts, sources=tuple(most))


def origins_of(account_id: int, start: date) -> QuerySet[Origin]:
    """An account's posts since a day with what became of the comparison."""
    rows = Origin.objects.filter(account=account_id, counts_on__gte=start)
    rows = rows.select_related("post", "account", "message__first__account")
    return rows.defer("post__text", "post__extra", "message__first__text", "message__first__extra", "keys")


def messages_for(user: User) -> QuerySet[Message]:
    """Messages of which somebody may see the first post or a carrier."""
    reached = limit(user, "inspection.see", division="account__division", organisation="account__organisation")
    seen = Exists(Origin.objects.filter(message=OuterRef("pk"), **reached))
    rows = Message.objects.filter(seen).select_related("first__account__division", "first__account__organisation")
    return rows.defer("first__extra")


def parts_of(message: Message, user: User) -> QuerySet[Origin]:
    """Who carried a message, the first one left out, as far as somebody may see them."""
    reached = limit(user, "inspection.see", division="account__division", organisation="account__organisation")
    rows = Origin.objects.filter(message=message, **reached).exclude(pk=message.first_id)
    rows = rows.select_related("post", "account__division", "account__organisation", "message__first")
    return rows.defer("post__text", "post__extra", "message__first__text", "message__first__extra", "keys")


def source_titles(posts: Collection[Post]) -> dict[int, str]:
    """By post that says what another organisation's said before, the title it had there."""
    rows = Origin.objects.filter(
        post__in=posts, kind=Origin.Kind.CARRIED, share__gte=SAME, covers__gte=SAME, message__isnull=False
    )
    return dict(rows.values_list("post_id", "message__first__title"))


def targets_since(began: datetime) -> dict[str, dict[str, int]]:
    """By kind (picture, page) and outcome how many addresses that posts show or lead to were opened since."""
    rows = Target.objects.filter(looked_at__gte=began).order_by("kind", "outcome").values("kind", "outcome")
    counts: dict[str, dict[str, int]] = {}
    for kind, outcome, number in rows.annotate(number=Count("pk")).values_list("kind", "outcome", "number"):
        counts.setdefault(kind, {})[outcome] = number
    return counts
