"""How precise each check was found to be: the figures of the last measurement, kept with the code they belong to.

Written by `python -m bench content`; the page of the checks and `govmedia checks` show them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("data") / "accuracy.json"


@dataclass(frozen=True, slots=True)
class Measured:
    """Counts on the labelled sentences, own and blind together.

    `errors` were to be found, `recalled` were; of `hits` `true` were right; `auto` and `auto_true` likewise for hits
    that speak by themselves. `clean_hits` is how many such hits there were on `clean_characters` of clean text.
    """

    errors: int
    recalled: int
    hits: int
    true: int
    auto: int
    auto_true: int
    clean_hits: int = 0
    clean_characters: int = 0

    @property
    def precision(self) -> float | None:
        return self.true / self.hits if self.hits else None

    @property
    def recall(self) -> float | None:
        return self.recalled / self.errors if self.errors else None


@cache
def measured() -> Mapping[str, Measured]:
    """By check its figures; empty where nothing was measured yet."""
    if not FILE.exists():
        return {}
    table = json.loads(FILE.read_text(encoding="utf-8"))
    return {code: Measured(**row) for code, row in table["checks"].items()}
