"""State machines as tables: a machine is a tuple of moves; services ask it, pages read it."""

from collections.abc import Mapping
from dataclasses import dataclass

from govmedia.common.refusals import NoteMissing, WrongState


@dataclass(frozen=True, slots=True)
class Move:
    """One legal step. `label` is the button's verb; `decides` marks steps that record who decided."""

    name: str
    source: frozenset[str]
    target: str
    right: str
    label: str
    needs_note: bool = False
    decides: bool = False
    by_machine: bool = False


class Machine:
    """A noun's states with their Chinese words and its moves."""

    def __init__(self, noun: str, words: Mapping[str, str], *moves: Move) -> None:
        self.noun = noun
        self.words = dict(words)
        self.moves = moves
        self._by_name = {move.name: move for move in moves}
        unknown = {s for m in moves for s in (*m.source, m.target)} - set(self.words)
        if unknown:
            raise ValueError(f"{noun}: moves name unknown states {sorted(unknown)}")

    @property
    def choices(self) -> list[tuple[str, str]]:
        return list(self.words.items())

    def take(self, name: str, state: str, note: str = "") -> Move:
        """The move `name` from `state`; raises WrongState or NoteMissing."""
        move = self._by_name.get(name)
        if move is None or state not in move.source:
            raise WrongState
        if move.needs_note and not note.strip():
            raise NoteMissing
        return move

    def open_from(self, state: str) -> list[Move]:
        """The moves a person could make from `state`, in table order; rights are not looked at."""
        return [move for move in self.moves if state in move.source and not move.by_machine]
