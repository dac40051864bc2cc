"""Wrong characters: the rows of the accuracy table about them, without the neural layer; one JSON object a line.

GOVMEDIA_DATA=… python bench/content_typos.py [--show SET] [--levels] [--skip-text]

Development sentences are judged by the forest that has not seen them (five parts by the hash of the right sentence);
everything else, and the speed, by what ships. `--show` prints the marks on clean sentences of a set (or of `news`,
`laws`), `--levels` the figures of the development sets at several thresholds.
"""

import argparse
import json
import resource
import sys
import time
import zlib
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench.content_data import Pair, held_out_laws, held_out_news, pairs

from govmedia.engine.content.typos import find
from govmedia.engine.content.typos.find import Slip, slips
from govmedia.engine.content.typos.model import FOLDER

PARTS = 5
SETS = {
    "cscd": "cscd-ns/cscd.dev.tsv",
    "odw": "ecspell/odw.dev.tsv",
    "law": "ecspell/law.dev.tsv",
    "med": "ecspell/med.dev.tsv",
    "xxqg": "macro-correct/acc_xxqg.dev.tsv",
    "rmrb": "macro-correct/acc_rmrb.dev.tsv",
}
OFFICIAL = ("xxqg", "rmrb")
POST_CHARACTERS = 800
AROUND = 14


def part_of(sentence: str) -> int:
    """The part of a sentence, by what it should be: all its versions stand in one part."""
    return zlib.crc32(sentence.encode()) % PARTS


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence, where it is wrong, and what was found in it."""

    pair: Pair
    wrong: frozenset[int]
    slips: tuple[Slip, ...]

    def marked(self, least: float) -> set[int]:
        return {slip.place for slip in self.slips if slip.odds >= least}


def judged(name: str) -> list[Judged]:
    """A development set, each sentence judged by trees that have not seen it."""
    found = []
    for pair in pairs(SETS[name]):
        wrong = frozenset(place for place, sign in enumerate(pair.wrong) if sign != pair.right[place])
        found.append(Judged(pair, wrong, tuple(slips(pair.wrong, least=-4.0, unseen=part_of(pair.right)))))
    return found


def figures(rows: list[Judged], least: float) -> dict[str, float | int]:
    """Precision and recall of marks, F1 of sentences (exactly their wrong characters marked), clean ones flagged."""
    marks = [(row, row.marked(least)) for row in rows]
    count = sum(len(marked) for _, marked in marks)
    true = sum(len(marked & row.wrong) for row, marked in marks)
    wrong = sum(len(row.wrong) for row in rows)
    exact = sum(bool(row.wrong) and marked == row.wrong for row, marked in marks)
    flagged = sum(bool(marked) for _, marked in marks)
    faulty = sum(bool(row.wrong) for row in rows)
    clean = [bool(marked) for row, marked in marks if not row.wrong]
    found: dict[str, float | int] = {"marks": count, "clean": len(clean), "clean_flagged": sum(clean)}
    if wrong:
        precision, recall = exact / max(1, flagged), exact / faulty
        found |= {
            "precision": round(true / max(1, count), 4),
            "recall": round(true / wrong, 4),
            "sentence_f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
        }
    return found


def printed(**values: object) -> None:
    print(json.dumps(values, ensure_ascii=False), flush=True)


def shown(text: str, slip: Slip, name: str) -> None:
    before, after = text[max(0, slip.place - AROUND) : slip.place], text[slip.place + 1 : slip.place + AROUND]
    line = f"{name} {slip.odds:.2f} {before}【{text[slip.place]}→{slip.meant}】{after}"
    print(line.replace("\n", "⏎"), file=sys.stderr)


def measure_sets(show: str, levels: bool) -> None:
    """The development sets at both thresholds."""
    all_ = {name: judged(name) for name in SETS}
    for name, rows in all_.items():
        printed(set=name, level="auto", odds=find.AUTO, **figures(rows, find.AUTO))
        printed(set=name, level="human", odds=find.HUMAN, **figures(rows, find.HUMAN))
        if name == show:
            for row in rows:
                for slip in row.slips:
                    if slip.place not in row.wrong and slip.odds >= find.AUTO:
                        shown(row.pair.wrong, slip, name)
    official = [row for name in OFFICIAL for row in all_[name]]
    flagged = figures(official, find.AUTO)["clean_flagged"]
    printed(official_sentences=len(official), flagged=flagged, share=round(flagged / len(official), 6))
    if levels:
        for tenths in range(-40, 60, 2):
            values = {name: figures(rows, tenths / 10) for name, rows in all_.items()}
            short = {
                name: [one.get(key) for key in ("precision", "recall", "sentence_f1", "clean_flagged")]
                for name, one in values.items()
            }
            printed(odds=tenths / 10, **short)


def measure_text(name: str, texts: list[str], show: str) -> None:
    """Clean running text as the shipped trees see it, and the speed."""
    started, computed = time.perf_counter(), time.process_time()
    characters = marks = hints = flagged = 0
    for text in texts:
        found = slips(text)
        sure = [slip for slip in found if slip.odds >= find.AUTO]
        characters += len(text)
        marks += len(sure)
        hints += len(found)
        flagged += bool(sure)
        if name == show:
            for slip in sure:
                shown(text, slip, name)
    seconds, busy = time.perf_counter() - started, time.process_time() - computed
    printed(
        text=name, texts=len(texts), characters=characters, marks=marks, flagged=flagged, hints=hints,
        marks_per_100000=round(marks / characters * 1e5, 3),
        characters_per_s=round(characters / seconds), characters_per_core_s=round(characters / busy),
    )  # fmt: skip


def posts(texts: list[str]) -> list[str]:
    """The texts as posts of a usual length."""
    joined = "\n".join(texts)
    return [joined[start : start + POST_CHARACTERS] for start in range(0, len(joined), POST_CHARACTERS)]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--show", default="")
    options.add_argument("--levels", action="store_true")
    options.add_argument("--skip-text", action="store_true")
    given = options.parse_args()
    if not given.skip_text:
        news = held_out_news()
        measure_text("news", news, given.show)
        measure_text("news_as_posts", posts(news), "")
        measure_text("laws", list(held_out_laws()), given.show)
        printed(peak_memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    measure_sets(given.show, given.levels)
    printed(model_bytes={path.name: path.stat().st_size for path in sorted(FOLDER.glob("typo_*.npz"))})


if __name__ == "__main__":
    main()
