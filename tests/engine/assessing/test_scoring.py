"""The annual assessment's arithmetic: no points lost for what is not assessed, exact sums, places that tie."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.assessing.scheme import Item, load_scheme, scheme_of, scheme_table
from govmedia.engine.assessing.scoring import Measured, outcome_of, places_of, points_of, rounded

SCHEME = load_scheme("jiangsu-yearly-proposed")
MEASURED = sorted({item.measure for item in SCHEME.items if item.measured})
GIVEN = [item for item in SCHEME.items if item.reported]
shares = st.builds(lambda whole, part: Measured(min(part, whole), whole), st.integers(0, 400), st.integers(0, 400))
figures = st.dictionaries(st.sampled_from(MEASURED), shares)
gifts = st.dictionaries(
    st.sampled_from([item.code for item in GIVEN]), st.decimals(0, 5, places=2, allow_nan=False), max_size=4
)


def best() -> dict[str, Measured]:
    return {name: Measured(100, 100) for name in MEASURED}


def test_all_in_order_is_full_marks():
    given = {"A09": Decimal(5), "A10": Decimal(5)}
    outcome = outcome_of(SCHEME, best(), given)
    assert (outcome.score, outcome.grade, outcome.vetoes, outcome.weight) == (Decimal("100.00"), "优秀", (), 100)


def test_points_grow_evenly_between_none_and_all():
    item = Item("A01", "item", "备案及时", "…", points=15, measure="filings_on_time", none_at=60, full_at=98)
    assert points_of(item, Measured(60, 100), 2) == 0
    assert points_of(item, Measured(98, 100), 2) == 15
    assert points_of(item, Measured(79, 100), 2) == Decimal("7.50")
    assert points_of(item, Measured(0, 0), 2) is None


def test_what_is_not_assessed_costs_nothing():
    some = {name: share for name, share in best().items() if name not in {"errors_answered", "burden_lowered"}}
    outcome = outcome_of(SCHEME, some, {"A09": Decimal(5), "A10": Decimal(5)})
    assert (outcome.score, outcome.weight) == (Decimal("100.00"), 90)
    assert {line.code for line in outcome.lines if line.points is None} == {"A07", "A08", "B01"}


def test_nothing_assessed_has_no_score_and_no_grade():
    outcome = outcome_of(SCHEME, {}, {})
    assert (outcome.score, outcome.grade) == (None, "")


def test_a_veto_is_the_lowest_grade_whatever_the_score():
    few = {**best(), "accounts_checked": Measured(9, 100)}
    assert outcome_of(SCHEME, few, {}).vetoes == ("V01",)
    assert outcome_of(SCHEME, few, {}).grade == "不合格"
    assert outcome_of(SCHEME, few, {}, lifted={"V01"}).vetoes == ()
    assert outcome_of(SCHEME, best(), {}, found={"V02"}).vetoes == ("V02",)


def test_a_bonus_is_added_after_the_sum_and_capped():
    outcome = outcome_of(SCHEME, best(), {"A09": Decimal(0), "A10": Decimal(0), "B01": Decimal(9)})
    assert outcome.bonus == 5
    assert outcome.score == Decimal("95.00")


def test_a_word_of_people_wins_over_what_was_measured():
    low = {**best(), "pass_rate": Measured(0, 10)}
    assert outcome_of(SCHEME, low, {"A05": Decimal("12.5")}).lines[4].points == Decimal("12.5")


def test_places_tie_and_vetoed_bodies_have_none():
    good, same, worse = (outcome_of(SCHEME, best(), {"A09": Decimal(points)}) for points in (5, 5, 1))
    vetoed = outcome_of(SCHEME, best(), {}, found={"V02"})
    found = places_of({"a": worse, "b": good, "c": vetoed, "d": same, "e": outcome_of(SCHEME, {}, {})})
    assert found == {"a": 3, "b": 1, "d": 1, "c": None, "e": None}


def test_a_scheme_that_went_through_json_is_the_same():
    table = scheme_table("jiangsu-yearly-proposed")
    again = scheme_of(json.loads(json.dumps(table, default=str)))
    assert again == SCHEME


@given(figures, gifts, st.sampled_from(MEASURED), st.integers(1, 50))
def test_a_better_share_never_lowers_a_score(measured, given, name, more):
    before = outcome_of(SCHEME, measured, given)
    if name not in measured or not measured[name].whole:
        return
    one = measured[name]
    after = outcome_of(SCHEME, {**measured, name: Measured(min(one.whole, one.part + more), one.whole)}, given)
    assert after.score >= before.score


@given(figures, gifts)
def test_a_score_stays_between_nothing_and_full_marks_with_the_bonus(measured, given):
    score = outcome_of(SCHEME, measured, given).score
    assert score is None or 0 <= score <= SCHEME.full_marks + SCHEME.bonus_cap


@given(figures, gifts)
def test_an_outcome_is_the_same_whatever_the_order_of_its_figures(measured, given):
    turned = dict(reversed(measured.items())), dict(reversed(given.items()))
    assert outcome_of(SCHEME, *turned) == outcome_of(SCHEME, measured, given)


@given(st.fractions(0, 1000), st.integers(0, 2))
def test_rounding_is_half_up_and_never_off_by_more_than_a_half(value, decimals):
    found = rounded(value, decimals)
    assert abs(Fraction(found) - value) <= Fraction(1, 2 * 10**decimals)


@pytest.mark.parametrize(("value", "says"), [(Fraction(5, 1000), "0.01"), (Fraction(15, 1000), "0.02")])
def test_a_half_goes_up(value, says):
    assert str(rounded(value, 2)) == says
