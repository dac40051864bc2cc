"""Which characters look alike: by the confusion sets of the text checks, or as they are drawn.

Drawn: lexicon/drawn_shapes.csv, made by training/name_shapes.py out of two typefaces.
"""

import csv
from functools import cache

from govmedia.engine.content.confusable import same_shape
from govmedia.engine.likeness.folding import LEXICON


@cache
def _drawn() -> dict[str, str]:
    with (LEXICON / "drawn_shapes.csv").open(encoding="utf-8", newline="") as lines:
        return {row["sign"]: row["like"] for row in csv.DictReader(lines)}


def looks_like(one: str, other: str) -> bool:
    """True where one of two characters may be taken for the other by a hurried eye."""
    return same_shape(one, other) or other in _drawn().get(one, "") or one in _drawn().get(other, "")
