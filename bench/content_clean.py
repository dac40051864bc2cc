"""Hits on clean official text, each printed to be looked at, with a count a check.

GOVMEDIA_DATA=… python bench/content_clean.py [--only CHECK,…] [--auto] [--parts sentences,news,laws] [--show N]
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench.content_data import clean_sentences, held_out_laws, held_out_news

AROUND = 18


def texts(parts: list[str]) -> Iterator[tuple[str, str]]:
    """(part, text) of all the clean text asked for."""
    if "sentences" in parts:
        for name, rows in clean_sentences().items():
            yield from ((name, row) for row in rows)
    if "news" in parts:
        yield from (("news", row) for row in held_out_news())
    if "laws" in parts:
        yield from (("laws", row) for row in held_out_laws())


def main() -> None:
    from govmedia.engine.content.inspector import Inspector
    from govmedia.engine.content.types import Post

    options = argparse.ArgumentParser()
    options.add_argument("--only", default="")
    options.add_argument("--auto", action="store_true")
    options.add_argument("--parts", default="sentences,news,laws")
    options.add_argument("--show", type=int, default=20)
    given = options.parse_args()
    inspector = Inspector(today=date(2026, 11, 1), only=given.only.split(",") if given.only else None)
    rows: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    hits: Counter[tuple[str, str]] = Counter()
    shown: dict[str, list[str]] = defaultdict(list)
    for part, text in texts(given.parts.split(",")):
        rows[part] += 1
        characters[part] += len(text)
        for hit in inspector.inspect(Post(id="", text=text)).hits:
            if given.auto and not hit.auto:
                continue
            hits[hit.check, part] += 1
            if len(shown[hit.check]) < given.show:
                around = text[max(0, hit.start - AROUND) : hit.start] + "【" + hit.found + "】"
                after = text[hit.end : hit.end + AROUND]
                line = f"{part}: {around}{after} → {hit.suggestion} ({hit.message})"
                shown[hit.check].append(line.replace("\n", "⏎"))
    for check, lines in sorted(shown.items()):
        total = sum(count for (code, _), count in hits.items() if code == check)
        print(
            f"== {check}: {total} " + ", ".join(f"{p} {c}" for (code, p), c in sorted(hits.items()) if code == check)
        )
        print("\n".join(f"   {line}" for line in lines))
    print({part: (rows[part], characters[part]) for part in rows})


if __name__ == "__main__":
    main()
