"""Likeness of account names: how alike two are, whose a name can be, and which name a fake imitates."""

from govmedia.engine.likeness.bearers import duty_words, other_work, pieces, private_words, same_bearer
from govmedia.engine.likeness.folding import ADDED_WORDS, core, normalise
from govmedia.engine.likeness.holding import holding_keys, holds
from govmedia.engine.likeness.imitation import imitates
from govmedia.engine.likeness.keys import index_keys, search_keys
from govmedia.engine.likeness.similar import similar_names
from govmedia.engine.likeness.weighing import Likeness, likeness
from govmedia.engine.pinyin import readings

__all__ = [
    "ADDED_WORDS",
    "Likeness",
    "core",
    "duty_words",
    "holding_keys",
    "holds",
    "imitates",
    "index_keys",
    "likeness",
    "normalise",
    "other_work",
    "pieces",
    "private_words",
    "readings",
    "same_bearer",
    "search_keys",
    "similar_names",
]
