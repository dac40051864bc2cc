"""Content inspection: every row of its table, by one configuration in one run, one JSON object a line.

`--write` also writes the figures of each check into the package (`engine/content/data/accuracy.json`, shown on the
desk and by `govmedia checks`) and the table into `docs/reference/accuracy.md`.
    GOVMEDIA_DATA=… python bench/content.py [--write]
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench.content_data import clean_sentences, data_folder, held_out_laws, held_out_news, labelled
from bench.content_labelled import counts, wilson_lower
from bench.content_report import page

HERE = Path(__file__).parent
ROOT = HERE.parent
FIGURES = ROOT / "src" / "govmedia" / "engine" / "content" / "data" / "accuracy.json"
PAGE = ROOT / "docs" / "reference" / "accuracy.md"
COUNTS = ("errors", "recalled", "hits", "true", "auto", "auto_true")


def tell(bench: str, metric: str, **values: Any) -> dict[str, Any]:
    line = {"bench": bench, "metric": metric, **values}
    print(json.dumps(line, ensure_ascii=False), flush=True)
    return line


def on_labelled() -> dict[str, Counter[str]]:
    """By topic the counts over our own and the blind sentences together; each part is told by itself."""
    whole: dict[str, Counter[str]] = {}
    for part in ("own", "blind"):
        for topic, seen in counts(labelled(part)).items():
            tell(
                "content",
                f"labelled {part}",
                topic=topic,
                **{name: seen[name] for name in ("rows", "traps", *COUNTS)},
            )
            whole.setdefault(topic, Counter()).update(seen)
            if part == "blind":
                whole[topic].update(blind_errors=seen["errors"], blind_recalled=seen["recalled"])
    for topic, seen in whole.items():
        lower = {
            "auto_precision": wilson_lower(seen["auto_true"], seen["auto"]),
            "precision": wilson_lower(seen["true"], seen["hits"]),
            "recall": wilson_lower(seen["recalled"], seen["errors"]),
        }
        rounded = {f"{name}_lower": round(value, 1) for name, value in lower.items()}
        tell("content", "labelled, Wilson 95 %", topic=topic, **rounded, unit="percent")
    return whole


def on_clean() -> dict[str, Any]:
    """Hits that speak by themselves on clean text, typos apart: by check, and sentences and paragraphs flagged."""
    from govmedia.engine.content.inspector import Inspector
    from govmedia.engine.content.types import Post

    inspector = Inspector(today=date(2026, 11, 1))
    texts = {**clean_sentences(), "news": held_out_news(), "laws": list(held_out_laws())}
    by_check: Counter[str] = Counter()
    flagged: Counter[str] = Counter()
    for name, rows in texts.items():
        for row in rows:
            sure = {hit.check for hit in inspector.inspect(Post(id="", text=row)).hits if hit.auto}
            by_check.update(sure)
            flagged[name] += bool(sure - {"typo"})
    sentences = [name for name in texts if name not in {"news", "laws"}]
    seen = {
        "sentences": sum(len(texts[name]) for name in sentences),
        "flagged": sum(flagged[name] for name in sentences),
        "news": len(texts["news"]),
        "news_flagged": flagged["news"],
        "laws": len(texts["laws"]),
        "laws_flagged": flagged["laws"],
        "characters": sum(len(row) for rows in texts.values() for row in rows),
    }
    tell("content", "other auto checks on clean text", **seen, by_check=dict(by_check))
    return {**seen, "by_check": by_check}


def run(name: str, *arguments: str) -> list[dict[str, Any]]:
    """The lines of another benchmark, in a process of its own; they are printed too."""
    command = [sys.executable, str(HERE / f"{name}.py"), *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name} failed")
    sys.stdout.write(done.stdout)
    sys.stdout.flush()
    return [json.loads(line) for line in done.stdout.splitlines()]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--write", action="store_true")
    given = options.parse_args()
    data_folder()
    whole, clean = on_labelled(), on_clean()
    typos, terms, day = run("content_typos"), run("content_terms"), run("content_day")
    if not given.write:
        return
    from govmedia.common.clock import today
    from govmedia.engine.content.registry import check_table

    on = today().isoformat()
    checks = {
        code: {name: whole[code][name] for name in COUNTS}
        | {"clean_hits": clean["by_check"][code], "clean_characters": clean["characters"]}
        for code in check_table()
        if code in whole
    }
    body = {"measured_on": on, "checks": checks}
    FIGURES.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    titles = {code: check.title for code, check in check_table().items()}
    table = page(on=on, titles=titles, whole=whole, clean=clean, typos=typos, terms=terms, day=day)
    PAGE.write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
