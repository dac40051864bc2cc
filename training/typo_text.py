"""The text from which wrong characters are learned, parted into what is counted and what the trees are trained on.

The trees must see text whose own strings were not counted, as it will be in use; so a twentieth of the news and a
thirtieth of the laws stay out of the counts. What `bench/content_data.py` holds out is in neither part.
"""

import zlib
from collections.abc import Iterator

from bench.content_data import training_laws, training_news

NEWS_SHARE = 20
LAWS_SHARE = 33


def _parted(lines: Iterator[str], share: int, *, for_trees: bool) -> Iterator[str]:
    for line in lines:
        if line and (zlib.crc32(line.encode()) % share == 0) is for_trees:
            yield line


def _law_lines() -> Iterator[str]:
    for text in training_laws():
        yield from text.split("\n")


def counted_lines() -> Iterator[str]:
    """Paragraphs whose strings are counted."""
    yield from _parted(training_news(), NEWS_SHARE, for_trees=False)
    yield from _parted(_law_lines(), LAWS_SHARE, for_trees=False)


def tree_lines() -> Iterator[str]:
    """Paragraphs that were not counted, for the trees."""
    yield from _parted(training_news(), NEWS_SHARE, for_trees=True)
    yield from _parted(_law_lines(), LAWS_SHARE, for_trees=True)
