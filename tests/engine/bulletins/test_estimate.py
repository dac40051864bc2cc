"""The estimate for all accounts: exact where all were seen, never narrower than what is not known."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.bulletins.estimate import Stratum, bounds, estimate_of, weights
from govmedia.engine.bulletins.percents import printed


@st.composite
def stratum(draw, whole=False, all_judged=False):
    size = draw(st.integers(1, 500))
    drawn = size if whole else draw(st.integers(1, size))
    judged = drawn if all_judged else draw(st.integers(0, drawn))
    return Stratum(size, drawn, judged, draw(st.integers(0, judged)))


@given(st.lists(stratum(whole=True), min_size=1, max_size=8))
def test_where_all_were_drawn_it_is_the_rate_itself_without_width(strata):
    judged, passed = sum(one.judged for one in strata), sum(one.passed for one in strata)
    found = estimate_of(strata, 1)
    if not judged:
        assert found is None
        return
    rate = printed(passed, judged, 1)
    assert (found.rate, found.low, found.high) == (rate, rate, rate)


@given(st.lists(stratum(all_judged=True), min_size=1, max_size=8))
def test_weights_add_up_to_the_population(strata):
    stands_for = sum(weight * one.judged for weight, one in zip(weights(strata), strata, strict=True))
    assert stands_for == sum(one.size for one in strata)


@given(st.lists(stratum(), min_size=1, max_size=8))
def test_bounds_enclose_the_rate_and_never_contradict_what_was_seen(strata):
    found = bounds(strata)
    if found is None:
        assert not any(one.judged for one in strata)
        return
    rate, low, high = found
    assert 0 <= low <= rate <= high <= 1
    total = sum(one.judgeable for one in strata)
    assert low >= Fraction(sum(one.passed for one in strata)) / total
    assert 1 - high >= Fraction(sum(one.judged - one.passed for one in strata)) / total


@given(st.lists(stratum(), min_size=1, max_size=6), st.randoms())
def test_the_order_of_strata_does_not_matter(strata, random):
    mixed = random.sample(strata, len(strata))
    assert estimate_of(strata, 2) == estimate_of(mixed, 2)


@given(stratum(), st.integers(1, 50))
def test_more_judged_accounts_of_the_same_rate_make_it_no_wider(one, times):
    size = one.size * (times + 1) + 1
    few = bounds([Stratum(size, one.judged, one.judged, one.passed)])
    many = bounds([Stratum(size, one.judged * times, one.judged * times, one.passed * times)])
    if few and many:
        assert many[2] - many[1] <= few[2] - few[1]


def test_all_passed_in_a_part_is_no_certainty():
    found = estimate_of([Stratum(1000, 100, 100, 100)], 1)
    assert (found.rate, found.high) == ("100%", "100%")
    # Wilson of 100 of 100 is 96.3 %; a tenth of the population is known.
    assert found.low == "96.7%"


def test_always_taken_accounts_count_for_themselves_alone():
    always, rest = Stratum(10, 10, 10, 5), Stratum(990, 99, 99, 99)
    found = bounds([always, rest])
    assert found[0] == Fraction(5 + 990, 1000)
    assert weights([always, rest]) == [1, 10]


def test_a_stratum_with_one_drawn_account_has_the_spread_of_all():
    """Worked by hand: sizes 100 and 100, of which 50 and 1 were judged, 40 and 1 passed; p = 0.9."""
    rate, low, high = bounds([Stratum(100, 50, 50, 40), Stratum(100, 1, 1, 1)])
    assert rate == Fraction(9, 10)
    own = Fraction(1, 4) * Fraction(1, 2) * Fraction(50, 49) * Fraction(16, 100) / 50
    pooled = Fraction(1, 4) * Fraction(99, 100) * Fraction(9, 100)
    number = float(Fraction(9, 100) / (own + pooled))
    z2 = 1.959964**2
    middle = 0.9 + z2 / (2 * number)
    reach = (z2 * (0.09 / number + z2 / (4 * number**2))) ** 0.5
    assert abs(float(high) - min((middle + reach) / (1 + z2 / number), 1 - 10 / 200)) < 1e-6
    assert abs(float(low) - (middle - reach) / (1 + z2 / number)) < 1e-6


def test_nothing_judged_is_no_estimate():
    assert estimate_of([], 1) is None
    assert estimate_of([Stratum(10, 2, 0, 0)], 1) is None
