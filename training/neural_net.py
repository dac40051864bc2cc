"""The net: what stands at a place, given all that is before and all that is after it, never the character itself.

Two LSTMs read the text from either side; a small head joins what the left one knows before a place with what the
right one knows after it. The chance of a character is that of its sound times that of the character among those of
its sound, so that neither training nor use asks all seven thousand characters.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.neural_data import Alphabet

LETTER, READER, JOINED, STATE = 160, 256, 384, 192


class Net(nn.Module):
    """`forward` gives the state of each place but the first and the last one."""

    def __init__(self, letters: Alphabet) -> None:
        super().__init__()
        self.letters = nn.Embedding(letters.size, LETTER)
        nn.init.normal_(self.letters.weight, std=0.1)
        self.before = nn.LSTM(LETTER, READER, batch_first=True)
        self.after = nn.LSTM(LETTER, READER, batch_first=True)
        self.join = nn.Sequential(nn.Linear(2 * READER, JOINED), nn.GELU("tanh"), nn.Linear(JOINED, STATE))
        self.sounds = nn.Linear(STATE, len(letters.sounds))
        self.signs = nn.Linear(STATE, letters.size)

    def forward(self, numbers: Tensor) -> Tensor:
        read = self.letters(numbers)
        left, _ = self.before(read[:, :-2])
        right, _ = self.after(read[:, 2:].flip(1))
        return self.join(torch.cat([left, right.flip(1)], 2))


def losses(net: Net, states: Tensor, sounds: Tensor, places: Tensor, sizes: list[int]) -> tuple[Tensor, Tensor]:
    """Mean loss of the sound, and of the character among those of its sound; both over all places."""
    of_sounds = functional.cross_entropy(net.sounds(states), sounds)
    order = torch.argsort(sounds)
    counts = torch.bincount(sounds, minlength=len(sizes)).tolist()
    parts = zip(
        states[order].split(counts), places[order].split(counts),
        net.signs.weight.split(sizes), net.signs.bias.split(sizes), strict=True,
    )  # fmt: skip
    found = [
        functional.cross_entropy(functional.linear(state, weight, bias), place, reduction="sum")
        for state, place, weight, bias in parts
        if len(place) and len(bias) > 1
    ]
    return of_sounds, torch.stack(found).sum() / len(sounds)
