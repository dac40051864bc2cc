"""Characters that are taken for one another most often: `python -m training.typo_often`.

Counted in the wrong sentences of the development sets; a pair stays that was a slip often enough, in two parts or
more.
"""

import csv
import sys
from collections import Counter, defaultdict

from bench.content_typos import part_of

from training.typo_pairs import TARGET as PAIRS
from training.typo_rows import development

TARGET = PAIRS.with_name("typo_often.csv")
LEAST_SLIPS = 4
LEAST_PARTS = 2
# Both 权力 and 权利 are at home in official text, and the trees cannot tell which is meant.
LEFT_OUT = {("力", "利"), ("利", "力")}


def main() -> None:
    slips: Counter[tuple[str, str]] = Counter()
    parts: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for sentences in development().values():
        for pair in sentences:
            for change in zip(pair.wrong, pair.right, strict=True):
                if change[0] != change[1]:
                    slips[change] += 1
                    parts[change].add(part_of(pair.right))
    often = {one for one, count in slips.items() if count >= LEAST_SLIPS and len(parts[one]) >= LEAST_PARTS}
    kept = sorted(often - LEFT_OUT)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("written", "meant", "slips"))
        writer.writerows((*one, slips[one]) for one in kept)
    sys.stdout.write(f"{len(kept)} pairs of characters\n")


if __name__ == "__main__":
    main()
