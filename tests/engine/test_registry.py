"""Every indicator file keeps the plug-in's promises and its own examples."""

import inspect

import pytest

from govmedia.engine.calendar import Calendar
from govmedia.engine.edition import Edition, load_edition
from govmedia.engine.judging import Judge, indicator_versions
from govmedia.engine.registry import indicator_table
from govmedia.engine.scoring import counts_in_verdict
from govmedia.engine.types import REASON_MAX, AccountFacts, Hit

CODES = [f"R{number:02}" for number in range(1, 9)] + [f"Y{number:02}" for number in range(1, 11)]
CALENDAR = Calendar.load()
EXAMPLES = [(code, one) for code, indicator in indicator_table().items() for one in indicator.examples]
KINDS = {"post", "gap", "filing", "account", "look", "answer"}


def edition_with(code: str, terms: dict[str, object]) -> Edition:
    """The Jiangsu edition in which one indicator is left out, so that its defaults and the given terms hold."""
    edition = load_edition("jiangsu-2019")
    rules = dict(edition.rules)
    rule = rules[code]
    rules[code] = type(rule)(
        **{name: getattr(rule, name) for name in rule.__slots__} | {"terms": terms, "judged_by": "machine"}
    )
    return Edition(**{name: getattr(edition, name) for name in edition.__slots__} | {"rules": rules})


def test_indicators_are_the_eighteen_of_the_editions():
    assert list(indicator_table()) == CODES


@pytest.mark.parametrize("code", CODES)
def test_indicator_file_keeps_the_form(code):
    indicator = indicator_table()[code]
    assert indicator.module.startswith(code.lower() + "_")
    assert "Source:" in indicator.about
    assert indicator.title == load_edition("jiangsu-2019").rules[code].title
    assert indicator.colour == load_edition("jiangsu-2019").rules[code].colour
    assert list(inspect.signature(indicator.judge).parameters) == ["facts", "terms"]
    assert indicator.version >= 1
    assert bool(indicator.question) or not indicator.manual
    assert "calendar" not in indicator.defaults
    outcomes = {bool(example.expect) for example in indicator.examples}
    assert len(indicator.examples) >= 2
    assert outcomes == {True, False}


@pytest.mark.parametrize("code", CODES)
def test_edition_terms_name_only_what_the_indicator_knows(code):
    indicator = indicator_table()[code]
    shared = {"needs", "not_for_platforms", "only_for_platforms", "gap_scope", "counts_from"}
    for name in ("national-2019", "jiangsu-2019"):
        rule = load_edition(name).rules.get(code)
        assert set(rule.terms if rule else ()) - shared <= set(indicator.defaults)


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=[f"{code}-{one.says}" for code, one in EXAMPLES])
def test_indicator_examples_come_out_as_written(code, example):
    edition = edition_with(code, dict(example.terms))
    judge = Judge(edition, CALENDAR)
    hits = [hit for hit in judge.hits(example.facts) if hit.code == code]
    assert tuple((hit.code, hit.count) for hit in hits) == example.expect
    waiting = tuple(hit.code for hit in hits if not counts_in_verdict(hit, edition))
    assert waiting == example.proposed
    assert hits == [hit for hit in judge.hits(example.facts) if hit.code == code]


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=[f"{code}-{one.says}" for code, one in EXAMPLES])
def test_example_facts_and_hits_survive_storing(code, example):
    assert AccountFacts.from_json(example.facts.to_json()) == example.facts
    for hit in Judge(edition_with(code, dict(example.terms)), CALENDAR).hits(example.facts):
        assert Hit.from_json(hit.to_json()) == hit
        assert 0 < len(hit.reason) <= REASON_MAX
        assert hit.count >= 1
        assert hit.evidence
        assert {proof.kind for proof in hit.evidence} <= KINDS


def test_indicator_versions_name_every_indicator():
    assert indicator_versions() == dict.fromkeys(CODES, 1) | dict.fromkeys(
        ("R01", "R02", "R03", "R08", "Y01", "Y03", "Y06", "Y08", "Y09", "Y10"), 2
    )
