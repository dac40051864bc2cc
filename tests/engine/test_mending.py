"""What putting things right gives, by the engine that makes verdicts."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.edition import load_edition
from govmedia.engine.mending import Trouble, nearest_failure, steps
from govmedia.engine.scoring import TallyHit, score

JIANGSU = load_edition("jiangsu-2019")
CODES = [code for code, rule in JIANGSU.rules.items() if rule.colour != "bonus"]
troubles_lists = st.lists(
    st.builds(Trouble, st.sampled_from(CODES), st.integers(1, 30), lasts=st.booleans()),
    max_size=18,
    unique_by=lambda one: one.code,
)


def told(found):
    return [(step.trouble.code, step.ends_veto, step.gain, step.after.score, step.after.passed) for step in found]


def test_vetoes_come_first_then_what_costs_most():
    found = steps("A", [Trouble("Y06", 3), Trouble("R05"), Trouble("Y03", 2), Trouble("Y08", 9)], JIANGSU)
    assert told(found) == [
        ("R05", True, 0, 79, True), ("Y03", False, 10, 89, True), ("Y06", False, 6, 95, True),
        ("Y08", False, 5, 100, True),
    ]  # fmt: skip


def test_of_two_vetoes_the_first_put_right_makes_no_pass():
    found = steps("A", [Trouble("R05"), Trouble("R01", 2)], JIANGSU)
    assert told(found) == [("R01", True, 0, None, False), ("R05", True, 0, 100, True)]


def test_silence_that_ends_stays_a_gap():
    found = steps("A", [Trouble("R05", leaves=(TallyHit("Y02"),)), Trouble("Y06", 1)], JIANGSU)
    assert told(found) == [("R05", True, 0, 93, True), ("Y06", False, 2, 95, True)]


def test_what_comes_in_the_place_of_a_fault_is_added_to_what_lasts_up_to_the_cap():
    gaps = Trouble("Y02", 2, lasts=True)
    assert steps("A", [Trouble("R05", leaves=(TallyHit("Y02", 4),)), gaps], JIANGSU)[0].after.score == 85


def test_how_near_the_line_an_account_is():
    low = [Trouble(code, 20) for code in ("Y02", "Y03", "Y07", "Y08")]
    assert score("A", low, JIANGSU).score == 60
    assert nearest_failure("A", low, JIANGSU) == TallyHit("Y01", 1)
    assert nearest_failure("A", low[:1], JIANGSU) is None
    near = [*low[:2], Trouble("Y05", 1), Trouble("Y06", 2), Trouble("Y09", 1)]
    assert score("A", near, JIANGSU).score == 60
    assert nearest_failure("A", near, JIANGSU) == TallyHit("Y05", 1)
    assert nearest_failure("A", [Trouble("R05")], JIANGSU) is None


@given(troubles_lists)
def test_all_steps_lead_to_the_verdict_on_what_lasts(troubles):
    found = steps("A", troubles, JIANGSU)
    lasting = score("A", [one for one in troubles if one.lasts], JIANGSU)
    last = found[-1].after if found else score("A", troubles, JIANGSU)
    assert last == lasting
    assert last.passed or any(one.lasts for one in troubles)
    assert all(one.after == two.before for one, two in pairwise(found))


@given(troubles_lists)
def test_steps_go_by_effect(troubles):
    found = steps("A", troubles, JIANGSU)
    ends = [step.ends_veto for step in found]
    assert ends == sorted(ends, reverse=True)
    # Where the score has not come to nothing, what is won is what it cost.
    won = [step.gain for step in found if not step.ends_veto and step.before.score]
    assert won == sorted(won, reverse=True)
