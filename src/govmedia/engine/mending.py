"""What putting things right would give: the verdict again and again, each time with one thing less.

Every number here comes from `scoring.score`; this module only chooses what it is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from govmedia.engine.edition import Edition
from govmedia.engine.scoring import Counted, TallyHit, Verdict, score


@dataclass(frozen=True, slots=True)
class Trouble:
    """What was found of one indicator, and how often.

    `leaves`: what counts in its place once it is put right. `lasts`: whatever is done, it stays on the period's
    record.
    """

    code: str
    count: int = 1
    leaves: tuple[TallyHit, ...] = ()
    lasts: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One thing put right, after all the steps before it."""

    trouble: Trouble
    before: Verdict
    after: Verdict

    @property
    def ends_veto(self) -> bool:
        return len(self.after.vetoes) < len(self.before.vetoes)

    @property
    def gain(self) -> int:
        """Points won; 0 where there was no score before, or still is none."""
        if self.before.score is None or self.after.score is None:
            return 0
        return self.after.score - self.before.score


def steps(account: str, troubles: Sequence[Trouble], edition: Edition) -> list[Step]:
    """Putting right all that can be, what has most effect first: vetoes, then by the points they cost, then by code.

    What lasts is in every verdict and no step. Give at most one trouble of each code that lasts, and one
    that does not.
    """
    left = sorted((one for one in troubles if not one.lasts), key=lambda one: one.code)
    lasting: list[Counted] = [one for one in troubles if one.lasts]
    vetoes = [one for one in left if one.code in score(account, [one], edition).vetoes]
    others = [one for one in left if one not in vetoes]
    others.sort(key=lambda one: -cost(account, one, edition))
    ordered = [*vetoes, *others]
    found = []
    come: list[Counted] = []
    for number, one in enumerate(ordered):
        before = score(account, [*lasting, *come, *ordered[number:]], edition)
        come += one.leaves
        after = score(account, [*lasting, *come, *ordered[number + 1 :]], edition)
        found.append(Step(one, before, after))
    return found


def cost(account: str, trouble: Trouble, edition: Edition) -> int:
    """The points one trouble costs by itself, after its cap; 0 for a veto."""
    return sum(points.points for points in score(account, [trouble], edition).deductions)


def nearest_failure(account: str, troubles: Sequence[Trouble], edition: Edition) -> TallyHit | None:
    """The fewest further faults of one deduction that turn a pass into a failure, and which; None where its cap, or
    the verdict as it is, lets no number of them do so. What was found already is named rather than something new.
    """
    if not score(account, troubles, edition).passed:
        return None
    have = {one.code for one in troubles}
    found = []
    for rule in edition.deductions:
        most = edition.full_marks // max(1, rule.points) + 1
        for number in range(1, most + 1):
            if not score(account, [*troubles, TallyHit(rule.code, number)], edition).passed:
                found.append((number, rule.code not in have, rule.code))
                break
    if not found:
        return None
    number, _, code = min(found)
    return TallyHit(code, number)
