"""Figures of set wordings: what a number with its multiple and counter is worth, and how far it may be rounded."""

from dataclasses import dataclass, replace
from decimal import Decimal

from govmedia.engine.content.numbers import ARABIC, MULTIPLES, counted, places
from govmedia.engine.content.quantities import COUNTERS

# Three groups: number, multiple, counter.
NUMBER = rf"({ARABIC})\s?([百千十]?[万亿]|千(?!瓦|克|米))?({COUNTERS})"


@dataclass(frozen=True, slots=True)
class Figure:
    """A worth, half of its last digit shown, its counter, and whether it is written without decimals."""

    worth: Decimal
    half: Decimal
    counter: str
    whole: bool

    def unrounded(self) -> "Figure":
        """The same, taken for exact where it is written without decimals: 2万元 as just 20000."""
        return replace(self, half=Decimal(0)) if self.whole and self.counter != "%" else self


def figure(number: str, multiple: str | None, counter: str | None) -> Figure | None:
    """The figure of the three groups of NUMBER; None where the number cannot be read."""
    worth = counted(number, multiple or "")
    if worth is None:
        return None
    half = Decimal(1).scaleb(-places(number)) * MULTIPLES[multiple or ""] / 2
    exact = not multiple and not places(number) and counter not in ("%", "％")
    return Figure(worth, Decimal(0) if exact else half, (counter or "").replace("％", "%"), not places(number))


def plain(worth: Decimal) -> str:
    """The number without an exponent and without zeros at its end."""
    return f"{worth.normalize():f}"
