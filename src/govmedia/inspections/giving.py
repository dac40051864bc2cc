"""A stored post as the engine reads it."""

from govmedia.engine.content.types import Post as Given
from govmedia.posts.models import Post


def given_of(post: Post) -> Given:
    """The stored post as the engine reads it."""
    return Given(
        id=str(post.pk),
        text=post.text,
        title=post.title,
        account=post.account.code,
        platform=post.account.platform,
        url=post.url,
        published_at=post.published_at or post.first_seen_at,
        author=post.author,
        source_name=post.source_name,
        original=post.original,
        links=tuple(post.extra.get("links", ())),
        images=tuple(post.extra.get("images", ())),
    )
