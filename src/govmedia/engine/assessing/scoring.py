"""From a body's figures to its score, grade and place; exact, rounded half up once at the end of each line."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from govmedia.engine.assessing.scheme import Item, Scheme

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Measured:
    """A share as it was counted: so many of so many. Of nothing (`whole` 0) there is no share."""

    part: int
    whole: int

    @property
    def percent(self) -> Fraction | None:
        return Fraction(100 * self.part, self.whole) if self.whole else None


@dataclass(frozen=True, slots=True)
class Line:
    """One item in an outcome. `points` None: not assessed, and its points are no part of the sum."""

    code: str
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a body's figures come to. `score` is None where nothing was assessed; `weight` are the points assessed.

    `earned` of `weight` points, brought up to full marks, and the bonus make the score.
    """

    score: Decimal | None
    grade: str
    vetoes: tuple[str, ...]
    earned: Decimal
    weight: int
    bonus: Decimal
    lines: tuple[Line, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "score": None if self.score is None else str(self.score),
            "grade": self.grade,
            "vetoes": list(self.vetoes),
            "earned": str(self.earned),
            "weight": self.weight,
            "bonus": str(self.bonus),
            "lines": [
                {"code": one.code, "points": None if one.points is None else str(one.points)} for one in self.lines
            ],
        }


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Half up.

    >>> rounded(Fraction(1, 8), 2)
    Decimal('0.13')
    """
    return (Decimal(value.numerator) / value.denominator).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def points_of(item: Item, measured: Measured | None, decimals: int) -> Decimal | None:
    """The points of a measured item: none up to `none_at`, all from `full_at` on, evenly between; None of nothing."""
    percent = measured.percent if measured else None
    if percent is None:
        return None
    share = min(max((percent - item.none_at) / (item.full_at - item.none_at), Fraction(0)), Fraction(1))
    return rounded(item.points * share, decimals)


def is_vetoed(item: Item, measured: Measured | None) -> bool:
    """Whether a measured veto is touched; nothing measured touches nothing."""
    percent = measured.percent if measured else None
    return percent is not None and percent < item.below


def outcome_of(
    scheme: Scheme,
    measured: Mapping[str, Measured],
    given: Mapping[str, Decimal],
    found: Collection[str] = (),
    lifted: Collection[str] = (),
) -> Outcome:
    """The outcome of one body.

    `measured` by measure; `given` are points by code that people gave (they win over measured ones); `found` are the
    codes of vetoes that people found, `lifted` those of measured vetoes taken back on appeal.
    """
    lines = []
    for item in (*scheme.of("item"), *scheme.of("bonus")):
        points = given.get(item.code)
        if points is None and item.measured:
            points = points_of(item, measured.get(item.measure), scheme.decimals)
        lines.append(Line(item.code, None if points is None else min(max(points, ZERO), Decimal(item.points))))
    vetoes = tuple(
        item.code
        for item in scheme.of("veto")
        if item.code in found
        or (item.measured and item.code not in lifted and is_vetoed(item, measured.get(item.measure)))
    )
    return _summed(scheme, tuple(lines), vetoes)


def _summed(scheme: Scheme, lines: tuple[Line, ...], vetoes: tuple[str, ...]) -> Outcome:
    points = {one.code: one.points for one in lines if one.points is not None}
    assessed = [item for item in scheme.of("item") if item.code in points]
    weight = sum(item.points for item in assessed)
    earned = sum((points[item.code] for item in assessed), ZERO)
    bonus = min(sum((points.get(item.code, ZERO) for item in scheme.of("bonus")), ZERO), Decimal(scheme.bonus_cap))
    if not weight:
        return Outcome(None, "", vetoes, earned, 0, bonus, lines)
    score = rounded(Fraction(earned) * scheme.full_marks / weight + Fraction(bonus), scheme.decimals)
    lowest = scheme.grades[-1]
    grade = lowest if vetoes else next((one for one in scheme.grades if score >= one.least), lowest)
    return Outcome(score, grade.title, vetoes, earned, weight, bonus, lines)


def places_of(outcomes: Mapping[str, Outcome]) -> dict[str, int | None]:
    """Each body's place by its score; the same score is the same place. Without one: vetoed, or not assessed."""
    ranked: Sequence[tuple[str, Decimal]] = [
        (key, one.score) for key, one in outcomes.items() if one.score is not None and not one.vetoes
    ]
    return {
        **dict.fromkeys(outcomes),
        **{key: 1 + sum(other > score for _, other in ranked) for key, score in ranked},
    }
