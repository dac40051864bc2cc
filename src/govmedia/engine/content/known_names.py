"""All names that the checks of names look for, in one pass over a text, made once for all of these checks."""

from collections.abc import Sequence
from functools import cache, lru_cache

from govmedia.engine.content.bodies import bodies
from govmedia.engine.content.divisions import divisions
from govmedia.engine.content.nearly import Near, Search
from govmedia.engine.content.phrases import phrases
from govmedia.engine.content.sieve import ahead


@ahead
@cache
def _search() -> Search:
    return Search(shared=True, bodies=bodies().names, divisions=divisions().finder, phrases=phrases().names)


@lru_cache(maxsize=1)
def _found(raw: str) -> dict[str, list[Near]]:
    return _search().find(raw)


def names_in(raw: str, group: str) -> Sequence[Near]:
    """What of a group (bodies, divisions, phrases) stands in the text, near misses too. The last text is kept."""
    return _found(raw).get(group, ())
