"""The real bulletins of tests/data/bulletins; source: SOURCE.md there."""

import json
from pathlib import Path

from govmedia.engine.bulletins.reading import bulletin_of, read_bulletin

FOLDER = Path(__file__).parents[2] / "data" / "bulletins"
SUPPLEMENTS = json.loads((FOLDER / "supplements.json").read_text(encoding="utf-8"))
DIFFERENCES = json.loads((FOLDER / "differences.json").read_text(encoding="utf-8"))
NAMES = sorted(path.stem for path in FOLDER.glob("*_*.json"))


def bulletin(name):
    return read_bulletin((FOLDER / f"{name}.json").read_bytes())


def supplemented(name):
    given = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return bulletin_of({**given, **SUPPLEMENTS[name]})
