"""Which characters look alike as they are drawn: writes src/govmedia/engine/lexicon/drawn_shapes.csv.

Every character of GB 2312, and the variants of those that stand in names of places, is drawn small and soft in two
typefaces; characters whose pictures hardly differ may be taken for one another in a name on a phone. Reads the fonts
given (a song or fang face and a plain one).
    python -m training.name_shapes FONT FONT
"""

import argparse
import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

TARGET = Path(__file__).resolve().parents[1] / "src" / "govmedia" / "engine" / "lexicon" / "drawn_shapes.csv"
SIDE, SMALL, SOFT = 64, 24, 2.4
ALIKE, MOST = 0.80, 12
# Characters beyond GB 2312 that pass for one in it.
BEYOND = (
    "亰囯囻囶巿亾仩佈卆厛呉嘠壥尐岀巜帀庁徳戸旾昻曱朿氺淸渇瀞犮甴畄眀"
    "祘禸糹耂肀臤茟虍覀讠豖辶釒镸靑飠驫髙黒齐亍丄丅亼夲夳尭"
)


def signs() -> list[str]:
    """All characters of GB 2312, and some beyond."""
    found = []
    for row in range(0xB0, 0xF8):
        for column in range(0xA1, 0xFF):
            sign = bytes((row, column)).decode("gb2312", "ignore")
            if sign:
                found.append(sign)
    return list(dict.fromkeys([*found, *BEYOND]))


def pictures(of: list[str], font: Path) -> NDArray[np.float32]:
    """A line of numbers for each character: its picture, small, soft, and freed of its mean and size."""
    face = ImageFont.truetype(str(font), SIDE)
    lines = []
    for sign in of:
        sheet = Image.new("L", (SIDE + 16, SIDE + 16))
        ImageDraw.Draw(sheet).text((8, 4), sign, font=face, fill=255)
        soft = sheet.filter(ImageFilter.GaussianBlur(SOFT)).resize((SMALL, SMALL), Image.Resampling.BOX)
        lines.append(np.asarray(soft, dtype=np.float32).ravel())
    drawn = np.stack(lines)
    drawn -= drawn.mean(axis=1, keepdims=True)
    return drawn / (np.linalg.norm(drawn, axis=1, keepdims=True) + 1e-6)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fonts", type=Path, nargs="+")
    fonts = parser.parse_args().fonts
    of = signs()
    # Alike in one face is enough: whoever makes a fake chooses where it is read.
    likeness = np.maximum.reduce([drawn @ drawn.T for drawn in (pictures(of, font) for font in fonts)])
    np.fill_diagonal(likeness, 0)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("sign", "like"))
        for place, sign in enumerate(of):
            nearest = np.argsort(-likeness[place])[:MOST]
            like = "".join(of[other] for other in nearest if likeness[place, other] >= ALIKE)
            if like:
                rows.writerow((sign, like))


if __name__ == "__main__":
    main()
