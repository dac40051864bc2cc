"""The pass rate of all accounts, estimated from a stratified sample, with its 95 % interval for a finite population.

The rate is the strata's rates weighted by their sizes (Cochran, Sampling Techniques, chapter 5). Strata that were
taken whole are known, not estimated: they add nothing to the interval. Of the others the variance is
Σ (N_h/N)² (1 − n_h/N_h) s²_h / n_h with s²_h = n_h/(n_h − 1) · p_h(1 − p_h). Where only one account of a stratum was
judged, or all of them came out alike, the sample shows no spread that could be taken for none: there
s²_h = p(1 − p) of all sampled strata together. The interval has Wilson's form with as many accounts as give this
variance (Korn and Graubard 1998), as the usual one has no width at 100 %; and it never contradicts what was seen.

Accounts that were drawn but not judged (closed meanwhile) say how many of the stratum could not be judged at all: its
size is lessened by the same share, as the sample's own rate leaves them out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from govmedia.engine.bulletins.percents import printed
from govmedia.engine.bulletins.shape import Estimate
from govmedia.engine.intervals import bounds as wilson_bounds


@dataclass(frozen=True, slots=True)
class Stratum:
    """Accounts that were drawn from together: how many there are, were drawn, judged, and passed."""

    size: int
    drawn: int
    judged: int
    passed: int

    @property
    def judgeable(self) -> Fraction:
        """How many of the stratum could be judged, as far as the drawn ones tell."""
        return Fraction(self.size * self.judged, self.drawn) if self.drawn else Fraction(0)

    @property
    def rate(self) -> Fraction:
        return Fraction(self.passed, self.judged)

    @property
    def whole(self) -> bool:
        return self.drawn == self.size


def weights(strata: Sequence[Stratum]) -> list[Fraction]:
    """For how many accounts each judged account of a stratum stands; 0 where none was judged."""
    return [one.judgeable / one.judged if one.judged else Fraction(0) for one in strata]


def bounds(strata: Sequence[Stratum]) -> tuple[Fraction, Fraction, Fraction] | None:
    """Rate, lower and upper bound, from 0 to 1; None where nothing was judged."""
    judged = [one for one in strata if one.judged]
    total = sum((one.judgeable for one in judged), Fraction(0))
    if not total:
        return None
    known = [one for one in judged if one.whole]
    guessed = [one for one in judged if not one.whole]
    sure = sum((Fraction(one.passed) for one in known), Fraction(0))
    rate = (sure + sum((one.judgeable * one.rate for one in guessed), Fraction(0))) / total
    if not guessed:
        return rate, rate, rate
    part = sum((one.judgeable for one in guessed), Fraction(0))
    low, high = (sure / total + part / total * bound for bound in _interval(guessed, part))
    failed = sum(one.judged - one.passed for one in judged)
    return rate, max(low, Fraction(sum(one.passed for one in judged)) / total), min(high, 1 - failed / total)


def _interval(strata: Sequence[Stratum], total: Fraction) -> tuple[Fraction, Fraction]:
    """Of the strata of which only a part was judged."""
    share = sum((one.judgeable * one.rate for one in strata), Fraction(0)) / total
    spread = share * (1 - share)
    # What each stratum's spread counts for in the variance of the whole.
    factors = [(one.judgeable / total) ** 2 * (1 - Fraction(one.drawn, one.size)) / one.judged for one in strata]
    if not spread:
        return wilson_bounds(share, 1 / sum(factors, Fraction(0)))
    variance = sum(
        (factor * (_own_spread(one) or spread) for factor, one in zip(factors, strata, strict=True)), Fraction(0)
    )
    return wilson_bounds(share, spread / variance)


def _own_spread(one: Stratum) -> Fraction:
    return one.rate * (1 - one.rate) * one.judged / (one.judged - 1) if one.judged > 1 else Fraction(0)


def estimate_of(strata: Sequence[Stratum], decimals: int) -> Estimate | None:
    """As a bulletin prints it; None where nothing was judged."""
    found = bounds(strata)
    return Estimate(*(printed(one.numerator, one.denominator, decimals) for one in found)) if found else None
