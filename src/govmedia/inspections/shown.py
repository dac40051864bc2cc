"""Stored posts as people read them: what the machine marked, in its place and with a card that says why."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from govmedia.engine.content.types import CATEGORY_WORDS, LEVELS
from govmedia.inspections.lists import title_of
from govmedia.inspections.marking import Piece, pieces
from govmedia.inspections.models import TextHit
from govmedia.inspections.queries import visible_to
from govmedia.inspections.states import WEIGHTS, State
from govmedia.orgs.models import User
from govmedia.posts.models import Post

# How a level is called where marks are counted, and its tone.
COUNTED = {"veto": ("bad", "红线"), "deduct": ("warn", "扣分"), "notice": ("info", "提示")}


@dataclass(frozen=True, slots=True)
class Card:
    """One mark of a post. `placed`: its words stand marked in the title or text; else the card has to show them."""

    number: int
    hit: TextHit
    category: str
    check: str
    placed: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A post's title and text as lines of pieces, and a card for each mark, numbered as in the pieces."""

    title: list[list[Piece]]
    text: list[list[Piece]]
    cards: list[Card]


def standing_for(user: User) -> QuerySet[TextHit]:
    """The marks somebody may see, less what was found wrong or has been put right."""
    return visible_to(user).exclude(state__in=(State.WRONG, State.GONE))


def counts_of(posts: Collection[Post], user: User) -> dict[int, list[tuple[str, str]]]:
    """By post (tone, words) of its marks for each level, the gravest first; posts without marks are left out."""
    rows = standing_for(user).filter(post__in=posts).order_by().values("post_id", "level").annotate(many=Count("pk"))
    found: dict[int, list[tuple[str, str]]] = {}
    for row in sorted(rows, key=lambda one: LEVELS.index(one["level"])):
        tone, word = COUNTED[row["level"]]
        found.setdefault(row["post_id"], []).append((tone, f"{word} {row['many']}"))
    return found


def reading_of(post: Post, user: User) -> Reading:
    """One query. What was marked on an earlier version is named on its card, no longer in the text."""
    hits = sorted(
        standing_for(user).filter(post=post),
        key=lambda one: (_place(one, post), one.start, -WEIGHTS[one.level], one.pk),
    )
    title, text = ([one for one in hits if _place(one, post) == place] for place in (0, 1))
    return Reading(
        pieces(post.title, title),
        pieces(post.text, text, len(title) + 1),
        [_card(number, one, post) for number, one in enumerate(hits, 1)],
    )


def _place(hit: TextHit, post: Post) -> int:
    """0 in the title, 1 in the text, 2 anywhere else."""
    return {"title": 0, "text": 1}.get(hit.field, 2) if _here(hit, post) else 2


def _here(hit: TextHit, post: Post) -> bool:
    return hit.post_sm3 == post.sm3 and hit.target_id is None


def _card(number: int, hit: TextHit, post: Post) -> Card:
    return Card(number, hit, CATEGORY_WORDS[hit.category], title_of(hit.check_code), _place(hit, post) < 2)
