"""Facts in, hits out: runs every indicator, also those the edition does not name (they cost nothing)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from govmedia.engine.answers import hits_from_answers
from govmedia.engine.calendar import Calendar
from govmedia.engine.edition import Edition
from govmedia.engine.registry import Indicator, Terms, for_platform, indicator_table
from govmedia.engine.scoring import Verdict, counting_hits, score
from govmedia.engine.types import AccountFacts, Hit


@dataclass(frozen=True, slots=True)
class Question:
    """What the inspector is asked. `counted`: more than one may be found, so a number is asked for."""

    code: str
    title: str
    text: str
    counted: bool


@dataclass(frozen=True, slots=True)
class _Ready:
    """An indicator with its terms worked out once for an edition and a calendar."""

    indicator: Indicator
    terms: Terms
    needs: frozenset[str]


class Judge:
    """The indicators made ready for one edition and one calendar; use one for many accounts."""

    def __init__(self, edition: Edition, calendar: Calendar) -> None:
        self.edition = edition
        self._ready = tuple(_ready(indicator, edition, calendar) for indicator in indicator_table().values())
        self._machine = tuple(ready for ready in self._ready if not ready.indicator.manual)
        self._own = tuple(rule for code, rule in edition.rules.items() if code not in indicator_table())

    def hits(self, facts: AccountFacts) -> tuple[Hit, ...]:
        """All hits on one account, sorted by code, in the order the indicator yields them."""
        found: list[Hit] = []
        # A manual indicator only turns answers into hits, so without answers there is nothing to run.
        for ready in self._ready if facts.answers else self._machine:
            if self._applies(ready, facts):
                found.extend(ready.indicator.judge(facts, ready.terms))
        for rule in self._own if facts.answers else ():
            found.extend(hits_from_answers(rule.code, rule.title, facts))
        return tuple(sorted(found, key=lambda hit: hit.code))

    def undecided(self, facts: AccountFacts) -> frozenset[str]:
        """The codes of which what was seen tells neither way: no reason to raise a fault, none to take one back."""
        return frozenset(
            ready.indicator.code
            for ready in self._machine
            if ready.indicator.undecided
            and self._applies(ready, facts)
            and ready.indicator.undecided(facts, ready.terms)
        )

    def terms_of(self, code: str, facts: AccountFacts) -> Terms | None:
        """What an indicator goes by on an account; None where the edition does not name it or it does not apply."""
        ready = next((one for one in self._ready if one.indicator.code == code), None)
        if ready is None or code not in self.edition.rules or not self._applies(ready, facts):
            return None
        return ready.terms

    def _applies(self, ready: _Ready, facts: AccountFacts) -> bool:
        return ready.needs <= facts.shows and for_platform(ready.terms, facts.platform)

    def verdict(self, facts: AccountFacts) -> Verdict:
        """The verdict by what may count without a further human word."""
        return score(facts.account, counting_hits(self.hits(facts), self.edition), self.edition)

    def questions(self, platform: str) -> tuple[Question, ...]:
        """What the edition's indicators ask the inspector about an account on a platform, vetoes first."""
        return tuple(sorted(self._questions(platform), key=lambda one: one.code))

    def _questions(self, platform: str) -> Iterator[Question]:
        for ready in self._ready:
            rule = self.edition.rules.get(ready.indicator.code)
            if rule and ready.indicator.question and for_platform(ready.terms, platform):
                yield Question(rule.code, rule.title, ready.indicator.question, rule.colour != "veto")
        for rule in self._own:
            if for_platform(rule.terms, platform):
                yield Question(rule.code, rule.title, rule.clause, rule.colour != "veto")


def _ready(indicator: Indicator, edition: Edition, calendar: Calendar) -> _Ready:
    rule = edition.rules.get(indicator.code)
    terms = {**indicator.defaults, **(rule.terms if rule else {}), "calendar": calendar}
    return _Ready(indicator, terms, indicator.needs | frozenset(terms.get("needs", ())))


@lru_cache(maxsize=1)
def _packaged_calendar() -> Calendar:
    return Calendar.load()


def judge(facts: AccountFacts, edition: Edition, calendar: Calendar | None = None) -> tuple[Hit, ...]:
    """All hits on one account by an edition; without a calendar the packaged holidays are used.

    For many accounts make a `Judge` once. Errors: KeyError where the edition took a term away.
    """
    return Judge(edition, calendar or _packaged_calendar()).hits(facts)


def indicator_versions() -> dict[str, int]:
    """Code to VERSION of every indicator, as kept with each verdict."""
    return {code: indicator.version for code, indicator in indicator_table().items()}
