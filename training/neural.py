"""Train the neural layer in pieces that resume: `python -m training.neural --steps 3000 --minutes 60`.

Writes var/training/neural.pt every SAVED steps and when it stops. The rate of learning stays level; `--decay 800`
lets it fall to nothing over the last 800 of `--steps`. A mean of the weights over time is kept beside them.
"""

import argparse
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from govmedia.engine.content.typos.alphabet import points
from govmedia.engine.content.typos.model import counts
from training.neural_data import CHUNK, Alphabet, Slips, by_sound, chunks, streams
from training.neural_net import Net, losses
from training.typo_text import tree_lines

FOLDER = Path(__file__).resolve().parents[1] / "var" / "training"
SEED = 4
BATCH = 96
RATE = 2e-3
WARM = 100
SAVED = 200
MEAN = 0.995
CHECKED = 384


class Trainer:
    """The net, its mean, and how far it is."""

    def __init__(self, letters: Alphabet, texts: dict[str, NDArray[np.uint16]], place: Path) -> None:
        torch.manual_seed(SEED)
        self.net = Net(letters)
        self.mean = {name: value.clone() for name, value in self.net.state_dict().items()}
        self.best = torch.optim.Adam(self.net.parameters(), RATE, betas=(0.9, 0.99), fused=True)
        self.step = 0
        self.letters, self.texts, self.place = letters, texts, place
        self.sizes = letters.sizes.tolist()
        self.tables = [torch.from_numpy(table) for table in letters.places()]
        self.slips = Slips(letters, sum(np.bincount(text, minlength=letters.size) for text in texts.values()))
        if place.exists():
            kept: dict[str, Any] = torch.load(place, weights_only=True)
            self.net.load_state_dict(kept["net"])
            self.best.load_state_dict(kept["best"])
            self.mean, self.step = kept["mean"], kept["step"]

    def save(self) -> None:
        parts = {"net": self.net.state_dict(), "best": self.best.state_dict(), "mean": self.mean, "step": self.step}
        torch.save(parts, self.place.with_suffix(".new"))
        self.place.with_suffix(".new").replace(self.place)

    def loss(self, read: NDArray[np.int64], meant: NDArray[np.int64]) -> tuple[torch.Tensor, torch.Tensor]:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.net(torch.from_numpy(read))
        numbers = torch.from_numpy(meant[:, 1:-1].reshape(-1))
        sounds, places = (table[numbers] for table in self.tables)
        return losses(self.net, states.float().reshape(len(numbers), -1), sounds, places, self.sizes)

    def learn(self, read: NDArray[np.int64], meant: NDArray[np.int64], rate: float) -> tuple[float, float]:
        """One step."""
        for group in self.best.param_groups:
            group["lr"] = rate
        sound, sign = self.loss(read, meant)
        self.best.zero_grad()
        (sound + sign).backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.best.step()
        self.step += 1
        share = 1 - min(MEAN, self.step / (self.step + 10))
        for name, value in self.net.state_dict().items():
            self.mean[name].lerp_(value, share)
        return sound.item(), sign.item()

    def checked(self, some: NDArray[np.int64]) -> tuple[float, float]:
        """The losses of the mean on chunks that are not trained on, without slips."""
        own = {name: value.clone() for name, value in self.net.state_dict().items()}
        self.net.load_state_dict(self.mean)
        with torch.no_grad():
            found = [part.item() for part in self.loss(some, some)]
        self.net.load_state_dict(own)
        return found[0], found[1]


def check_chunks(ids: NDArray[np.uint16]) -> NDArray[np.int64]:
    """Chunks of the text the trees are trained on."""
    text = ids[points("\n".join(tree_lines()))]
    random = np.random.default_rng(SEED)
    return np.stack(list(islice(chunks({"news": text}, random), CHECKED)))


def train(trainer: Trainer, some: NDArray[np.int64], steps: int, decay: int, minutes: float) -> None:
    """Learn until `steps` are done or the time is over."""
    # A resumed run draws other chunks than the one before it.
    random = np.random.default_rng([SEED, trainer.step])
    source = chunks(trainer.texts, random)
    started, since = time.monotonic(), [0.0, 0.0, 0.0]
    while trainer.step < steps and time.monotonic() - started < 60 * minutes:
        meant = np.stack(list(islice(source, BATCH)))
        rate = RATE * min(1.0, (trainer.step + 1) / WARM, (steps - trainer.step) / decay if decay else 1.0)
        found = trainer.learn(trainer.slips.put(meant, random), meant, rate)
        since = [since[0] + found[0], since[1] + found[1], since[2] + 1]
        if trainer.step % SAVED == 0:
            trainer.save()
            sound, sign = trainer.checked(some)
            speed = (BATCH * CHUNK * since[2]) / 1000
            sys.stdout.write(
                f"{trainer.step} steps, {time.monotonic() - started:.0f} s, {speed:.0f} thousand characters, "
                f"loss {since[0] / since[2]:.4f} + {since[1] / since[2]:.4f}, unseen {sound:.4f} + {sign:.4f}\n"
            )
            sys.stdout.flush()
            since = [0.0, 0.0, 0.0]
    trainer.save()


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--steps", type=int, default=3000)
    options.add_argument("--decay", type=int, default=0)
    options.add_argument("--minutes", type=float, default=60.0)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--name", default="neural")
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    loaded = counts()
    texts = streams(loaded.han, FOLDER)
    trainer = Trainer(by_sound(loaded.han), texts, FOLDER / f"{given.name}.pt")
    train(trainer, check_chunks(loaded.ids), given.steps, given.decay, given.minutes)


if __name__ == "__main__":
    main()
