"""Indicators are files: each module of `indicators/` is one, found by being there.

A module has CODE, COLOUR, TITLE, VERSION (raised whenever the same facts may yield other hits), DEFAULTS (its terms,
used where an edition says nothing), MANUAL (only a human can see it), QUESTION (Chinese, for the inspector), NEEDS
(what the account's interface must be able to show), EXAMPLES, and `judge(facts, terms)`. It may have
`undecided(facts, terms)`: True where what was seen tells neither that there is a fault nor that there is none.

`terms` are DEFAULTS, over them the edition's terms, and `calendar`, the Calendar in use. Three terms are read here
for every indicator: `needs` (added to NEEDS), `not_for_platforms`, `only_for_platforms`.
"""

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from govmedia.engine import indicators
from govmedia.engine.examples import Example
from govmedia.engine.types import AccountFacts, Hit

Terms = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One plug-in file. `about` is its docstring, the manual's page."""

    code: str
    colour: str
    title: str
    version: int
    defaults: Terms
    manual: bool
    question: str
    needs: frozenset[str]
    examples: tuple[Example, ...]
    judge: Callable[[AccountFacts, Terms], Iterator[Hit]]
    undecided: Callable[[AccountFacts, Terms], bool] | None
    about: str
    module: str


@cache
def indicator_table() -> Mapping[str, Indicator]:
    """All indicators by code, sorted. Errors: AttributeError where a file lacks one of the names above."""
    found = (_load(info.name) for info in pkgutil.iter_modules(indicators.__path__))
    return {indicator.code: indicator for indicator in sorted(found, key=lambda one: one.code)}


def _load(name: str) -> Indicator:
    module = import_module(f"{indicators.__name__}.{name}")
    return Indicator(
        code=module.CODE,
        colour=module.COLOUR,
        title=module.TITLE,
        version=module.VERSION,
        defaults=module.DEFAULTS,
        manual=module.MANUAL,
        question=module.QUESTION,
        needs=module.NEEDS,
        examples=module.EXAMPLES,
        judge=module.judge,
        undecided=getattr(module, "undecided", None),
        about=module.__doc__ or "",
        module=name,
    )


def for_platform(terms: Terms, platform: str) -> bool:
    """True where the terms do not leave the platform out."""
    only = terms.get("only_for_platforms")
    return platform not in terms.get("not_for_platforms", ()) and (only is None or platform in only)
