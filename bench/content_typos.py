"""Wrong characters: the rows of the accuracy table about them, without the neural layer; one JSON object a line.

GOVMEDIA_DATA=… python bench/content_typos.py [--show SET] [--levels] [--skip-text]

Development sentences are judged by the forest that has not seen them (five parts by the hash of the right sentence);
everything else, and the speed, by what ships. `--show` prints the marks on clean sentences of a set (or of `news`,
`laws`), `--levels` the figures of the development sets at several thresholds, and how true what is stated is.
"""

import argparse
import json
import math
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
LABELS = {"cscd": "CSCD-NS dev", "odw": "ECSpell odw", "law": "ECSpell law", "med": "ECSpell med"}
# Floor and aim of precision, recall and sentence F1, without the neural layer.
FLOORS = {
    "cscd": (("≥ 0.90", "≥ 0.95"), ("≥ 0.10", "≥ 0.20"), ("≥ 0.42", "≥ 0.65")),
    "odw": (("≥ 0.97", "≥ 0.99"), ("≥ 0.45", "≥ 0.60"), ("≥ 0.62", "≥ 0.80")),
}
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


def reliability(rows: list[Judged]) -> list[tuple[float, float, int]]:
    """By tenths of what is stated: stated on average, truly wrong, how many marks."""
    tenths: dict[int, list[tuple[float, bool]]] = {}
    for one in rows:
        for slip in one.slips:
            stated = 1 / (1 + math.exp(-slip.odds))
            tenths.setdefault(int(10 * stated), []).append((stated, slip.place in one.wrong))
    return [
        (
            round(sum(stated for stated, _ in marks) / len(marks), 2),
            round(sum(true for _, true in marks) / len(marks), 2),
            len(marks),
        )
        for _, marks in sorted(tenths.items())
    ]


def row(metric: str, value: float, unit: str, floor: str = "–", aim: str = "–") -> None:
    """One line of the table, its words as on the page of accuracy."""
    line = {"bench": "content_typos", "metric": metric, "value": value, "unit": unit, "floor": floor, "aim": aim}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def shown(text: str, slip: Slip, name: str) -> None:
    before, after = text[max(0, slip.place - AROUND) : slip.place], text[slip.place + 1 : slip.place + AROUND]
    line = f"{name} {slip.odds:.2f} {before}【{text[slip.place]}→{slip.meant}】{after}"
    print(line.replace("\n", "⏎"), file=sys.stderr)


def measure_sets(show: str, levels: bool) -> None:
    """The development sets at both thresholds."""
    all_ = {name: judged(name) for name in SETS}
    if show in all_:
        for one in all_[show]:
            for slip in one.slips:
                if slip.place not in one.wrong and slip.odds >= find.AUTO:
                    shown(one.pair.wrong, slip, show)
    for name in FLOORS:
        auto, human = figures(all_[name], find.AUTO), figures(all_[name], find.HUMAN)
        precision, recall, f1 = FLOORS[name]
        row(f"自动标记的准确率，{LABELS[name]}", auto["precision"], "", *precision)
        row(f"自动标记的召回率，{LABELS[name]}", auto["recall"], "", *recall)
        row(f"检出的句级 F1（含待人判的），{LABELS[name]}", human["sentence_f1"], "", *f1)
    official = figures([one for name in OFFICIAL for one in all_[name]], find.AUTO)
    share = round(100 * official["clean_flagged"] / official["clean"], 3)
    row(f"干净公文句子被自动标出（{official['clean']} 句）", share, "%", "≤ 0.15 %", "≤ 0.05 %")
    cscd = figures(all_["cscd"], find.AUTO)
    share = round(100 * cscd["clean_flagged"] / cscd["clean"], 3)
    row(f"CSCD-NS 标为无误的微博句子被自动标出（{cscd['clean']} 句，其中有真错）", share, "%")
    for name in ("law", "med") if levels else ():
        auto = figures(all_[name], find.AUTO)
        row(f"自动标记的准确率，{LABELS[name]}", auto["precision"], "")
        row(f"自动标记的召回率，{LABELS[name]}", auto["recall"], "")
    for name in (*FLOORS, "law") if levels else ():
        print(json.dumps({"set": name, "stated, true, marks": reliability(all_[name])}), file=sys.stderr)
    for tenths in range(-40, 60, 2) if levels else ():
        for name, rows in all_.items():
            print(json.dumps({"odds": tenths / 10, "set": name, **figures(rows, tenths / 10)}), file=sys.stderr)


def measure_text(name: str, texts: list[str], show: str) -> dict[str, float]:
    """Clean running text as the shipped trees see it: marks, texts flagged, and characters a second of one core."""
    computed = time.process_time()
    characters = marks = flagged = 0
    for text in texts:
        sure = [slip for slip in slips(text) if slip.odds >= find.AUTO]
        characters += len(text)
        marks += len(sure)
        flagged += bool(sure)
        if name == show:
            for slip in sure:
                shown(text, slip, name)
    busy = time.process_time() - computed
    return {
        "texts": len(texts),
        "flagged": flagged,
        "per_100000": round(marks / characters * 1e5, 2),
        "speed": round(characters / busy),
    }


def measure_clean(show: str) -> None:
    """News and laws that were never trained on, and the speed."""
    news = measure_text("news", held_out_news(), show)
    share = round(100 * news["flagged"] / news["texts"], 3)
    row(f"新闻段落被自动标出（{news['texts']} 段，其中有真错）", share, "%")
    laws = measure_text("laws", list(held_out_laws()), show)
    row("法律上的自动标记，每 100,000 字", laws["per_100000"], "处", "≤ 2", "≤ 0.5")
    row("单核速度，法律", laws["speed"], "字/秒")
    # One by one; the day's row (content_day.py) reads posts together, as the product does, and has the floor.
    row("单核速度，800 字一篇的新闻，逐篇", measure_text("", posts(held_out_news()), "")["speed"], "字/秒")
    row("单核速度，84 字一段的新闻", news["speed"], "字/秒")
    row("进程内存峰值", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "MB", "≤ 400 MB", "≤ 250 MB")


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
        measure_clean(given.show)
    measure_sets(given.show, given.levels)
    size = sum(path.stat().st_size for path in FOLDER.glob("typo_*.npz"))
    row("模型文件", round(size / 1e6, 1), "MB")


if __name__ == "__main__":
    main()
