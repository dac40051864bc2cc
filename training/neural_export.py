"""Write the net as var/training/neural.npz: `python -m training.neural_export`, int8 rows with a scale each."""

import argparse
import sys

import numpy as np
import torch
from numpy.typing import NDArray

from govmedia.engine.content.typos.model import counts
from training.neural import FOLDER
from training.neural_data import by_sound

SIDES = ("before", "after")
SOURCES = {
    "letters": "letters.weight", "join": "join.0.weight", "join_bias": "join.0.bias",
    "state": "join.2.weight", "state_bias": "join.2.bias", "sound_out": "sounds.weight", "sound_bias": "sounds.bias",
    "sign_out": "signs.weight", "sign_bias": "signs.bias",
    **{f"{side}_read": f"{side}.weight_ih_l0" for side in SIDES},
    **{f"{side}_own": f"{side}.weight_hh_l0" for side in SIDES},
}  # fmt: skip


def small(values: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Whole numbers from -127 to 127 for each row, and the scales."""
    scale = np.maximum(np.abs(values).max(axis=1) / 127, 1e-7).astype(np.float32)
    return np.clip(np.rint(values / scale[:, None]), -127, 127).astype(np.int8), scale


def arrays(weights: dict[str, torch.Tensor]) -> dict[str, NDArray[np.generic]]:
    """The parts of the file. Matrices but that of letters are turned, for rows of values are multiplied by them."""
    parts: dict[str, NDArray[np.generic]] = {}
    for name, given in SOURCES.items():
        values = weights[given].float().numpy()
        if values.ndim == 1:
            parts[name] = values.astype(np.float16)
        else:
            whole, scale = small(values)
            parts[name], parts[f"{name}_scale"] = (whole, scale[:, None]) if name == "letters" else (whole.T, scale)
    for side in SIDES:
        parts[f"{side}_bias"] = (weights[f"{side}.bias_ih_l0"] + weights[f"{side}.bias_hh_l0"]).float().numpy()
    return parts


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--name", default="neural")
    given = options.parse_args()
    kept = torch.load(FOLDER / f"{given.name}.pt", weights_only=True)
    letters = by_sound(counts().han)
    parts = arrays(kept["mean"])
    parts |= {"order": letters.order.astype(np.uint16), "sizes": letters.sizes.astype(np.uint16)}
    parts["han"] = np.array([ord(sign) for sign in letters.han], np.uint16)
    path = FOLDER / f"{given.name}.npz"
    np.savez_compressed(path, **parts)
    count = sum(value.numel() for value in kept["mean"].values())
    sys.stdout.write(f"{kept['step']} steps, {count} numbers, {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
