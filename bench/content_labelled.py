"""Precision and recall of each check on our own labelled sentences, with Wilson lower bounds at 95 %.

A row's errors are recalled where a hit of its topic overlaps them; a hit of the topic that overlaps none is false.
The topic of a row is a check's code, or a category (`typo`), whose hits are all counted.
    python bench/content_labelled.py [own|blind|both] [--only TOPIC,…] [--misses]
"""

import argparse
import json
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench.content_data import Labelled, labelled

from govmedia.engine.intervals import lowest_share


def wilson_lower(good: int, total: int) -> float:
    """The lower bound of the 95 % interval of a share, in percent."""
    return 100 * lowest_share(good, total)


def post_of(row: Labelled) -> Any:
    from govmedia.engine.content.types import Post

    given = dict(row.post)
    for name in ("links", "images"):
        given[name] = tuple(given.get(name, ()))
    if "published_at" in given:
        given["published_at"] = datetime.fromisoformat(given["published_at"])
    return Post(id="", **given)


def counts(rows: list[Labelled], misses: bool = False) -> dict[str, Counter[str]]:
    """By topic what was found in the rows; `misses` prints what was missed and what was false to stderr."""
    from govmedia.engine.content.inspector import Inspector

    inspector = Inspector(today=date(2026, 11, 1))
    found: dict[str, Counter[str]] = {topic: Counter() for topic in sorted({row.topic for row in rows})}
    for row in rows:
        _count(row, inspector, found[row.topic], misses)
    return found


def _count(row: Labelled, inspector: Any, seen: Counter[str], misses: bool) -> None:
    post = post_of(row)
    hits = [hit for hit in inspector.inspect(post).hits if row.topic in (hit.check, hit.category)]
    true = [hit for hit in hits if any(_touch(hit, error, post) for error in row.errors)]
    recalled = [error for error in row.errors if any(_touch(hit, error, post) for hit in hits)]
    sure = [hit for hit in hits if hit.auto]
    seen["rows"] += 1
    seen["traps"] += not row.errors
    seen["errors"] += len(row.errors)
    seen["recalled"] += len(recalled)
    seen["hits"] += len(hits)
    seen["true"] += len(true)
    seen["auto"] += len(sure)
    seen["auto_true"] += sum(hit in true for hit in sure)
    seen["auto_recalled"] += sum(any(_touch(hit, error, post) for hit in sure) for error in row.errors)
    if misses:
        for error in row.errors:
            if error not in recalled:
                print(f"{row.topic}: 漏 【{error}】 {row.post}", file=sys.stderr)
        for hit in hits:
            if hit not in true:
                print(f"{row.topic}: 误 【{hit.found}】→{hit.suggestion} {hit.message} {row.post}", file=sys.stderr)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("part", nargs="?", default="own", choices=("own", "blind", "both"))
    options.add_argument("--only", default="")
    options.add_argument("--misses", action="store_true")
    given = options.parse_args()
    rows = [row for part in (("own", "blind") if given.part == "both" else (given.part,)) for row in labelled(part)]
    wanted = set(given.only.split(",")) if given.only else {row.topic for row in rows}
    for topic, seen in counts([row for row in rows if row.topic in wanted], given.misses).items():
        line = {"bench": "content_labelled", "part": given.part, "topic": topic, **seen}
        line |= {
            "precision_lower": round(wilson_lower(seen["true"], seen["hits"]), 1),
            "recall_lower": round(wilson_lower(seen["recalled"], seen["errors"]), 1),
            "auto_precision_lower": round(wilson_lower(seen["auto_true"], seen["auto"]), 1),
        }
        print(json.dumps(line, ensure_ascii=False))


def _touch(hit: Any, error: str, post: Any) -> bool:
    """True where the hit overlaps an occurrence of the piece in the hit's own field."""
    field = getattr(post, hit.field)
    raw = field[hit.index] if hit.index is not None else field
    start = raw.find(error)
    while start >= 0:
        if hit.start < start + len(error) and start < max(hit.end, hit.start + 1):
            return True
        start = raw.find(error, start + 1)
    return False


if __name__ == "__main__":
    main()
