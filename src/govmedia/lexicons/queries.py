"""Reading the installation's terms, and what a term would hit in what was posted lately."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from govmedia.common.clock import day_of
from govmedia.engine.content.terms import Terms
from govmedia.engine.content.text import Text
from govmedia.engine.content.types import Setting
from govmedia.lexicons.files import lexicon_of
from govmedia.lexicons.models import Rescan, Term
from govmedia.lexicons.states import State
from govmedia.orgs.models import User
from govmedia.orgs.rights import limit, subtree
from govmedia.posts.models import Post

LOOKED_BACK = timedelta(days=90)
SHOWN = 20
# No more posts that hold the word are read for a preview; more than these is too common a word anyway.
READ_MOST = 2000
AROUND = 24


@dataclass(frozen=True, slots=True)
class Sample:
    """One place where a term would hit."""

    post: Post
    before: str
    found: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a term would have hit: posts that hold the word, hits by its conditions, and some of them."""

    posts: int
    hits: int
    samples: tuple[Sample, ...]
    more: bool


def in_force() -> list[Term]:
    """The approved terms; their own dates say on which posts they hold. `lexicon_of` makes a lexicon of them."""
    return list(Term.objects.filter(state=State.APPROVED).order_by("pk"))


def visible_to(user: User) -> QuerySet[Term]:
    """Terms of a person's division and below, and of those above it, which hold there too."""
    reached = limit(user, "lexicon.see", division="division", organisation="division__organisations")
    if "pk__in" in reached:
        return Term.objects.none()
    own = user.division_id or (user.organisation.division_id if user.organisation else "")
    above = [own[:2] + "0000", own[:4] + "00", own[:6]] if own else []
    below = Q(**reached) if user.division_id else Q(division=own)
    return Term.objects.filter(below | Q(division__in=above))


def preview(term: Term, *, now: datetime) -> Preview:
    """What the term would hit in the posts of its division in the last 90 days, broken writing apart."""
    first, after = subtree(term.division_id)
    rows = Post.objects.filter(
        Q(text__contains=term.term) | Q(title__contains=term.term),
        first_seen_at__gte=now - LOOKED_BACK,
        account__division__gte=first,
        account__division__lt=after,
    ).exclude(state=Post.State.GONE)
    posts = list(rows.select_related("account").order_by("-pk")[: READ_MOST + 1])
    terms = Terms([lexicon_of([term])])
    samples: list[Sample] = []
    hits = 0
    for post in posts[:READ_MOST]:
        for sample in _samples(post, terms, day_of(now)):
            hits += 1
            if len(samples) < SHOWN:
                samples.append(sample)
    return Preview(len(posts[:READ_MOST]), hits, tuple(samples), len(posts) > READ_MOST)


def _samples(post: Post, terms: Terms, today: date) -> list[Sample]:
    setting = Setting(day_of(post.published_at) if post.published_at else today, post.account.division_id)
    found = []
    for raw in (post.title, post.text):
        for marks in terms.marks(Text(raw), setting).values():
            for mark in marks:
                before = raw[max(0, mark.start - AROUND) : mark.start].rpartition("\n")[2]
                after = raw[mark.end : mark.end + AROUND].partition("\n")[0]
                found.append(Sample(post, before, raw[mark.start : mark.end], after))
    return found


def unfinished() -> Rescan | None:
    """The rescan that is under way or waits longest."""
    rows = Rescan.objects.filter(finished_at__isnull=True, stopped=False).select_related("term__division")
    return rows.order_by("started_at", "pk").first()
