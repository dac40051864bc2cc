"""Fingerprints of pictures: 64 bits, each telling whether it gets lighter from one place to the next (a difference
hash). How they are compared is in engine/likeness/avatars.
"""

import numpy as np
from PIL import Image

from govmedia.engine.content.pictures import BYTES_MOST, plain_picture

# Platforms cut avatars round: only what lies within the circle is looked at.
_WITHIN = 0.7
_SIDE = 8
# Between the lightest and the darkest place, of 255; flatter pictures have nothing to tell them by.
_CONTRAST_LEAST = 24
# A picture with fewer steps up than this, or with hardly any but those, is a plain sign that many others look like.
_STEPS_LEAST = 10
# Less of a step is what packing makes of a plain ground.
_STEP = 6


def fingerprint(data: bytes, most: int = BYTES_MOST) -> int | None:
    """The fingerprint of a picture, 64 bits with sign; None for one too plain to be told by.

    Errors: PictureError for what is no picture, too large or broken.
    """
    picture = plain_picture(data, most).convert("L")
    width, height = picture.size
    side = min(width, height) * _WITHIN
    left, top = (width - side) / 2, (height - side) / 2
    small = picture.resize((_SIDE + 1, _SIDE), Image.Resampling.BOX, (left, top, left + side, top + side))
    tones = np.asarray(small, dtype=np.int16)
    if int(tones.max()) - int(tones.min()) < _CONTRAST_LEAST:
        return None
    up = tones[:, 1:] - tones[:, :-1] > _STEP
    if not _STEPS_LEAST <= int(up.sum()) <= up.size - _STEPS_LEAST:
        return None
    return int.from_bytes(np.packbits(up).tobytes(), "big", signed=True)
