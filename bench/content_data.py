"""The data on which content inspection is measured: clean text, typing errors, and our own labelled sets.

Public data lies in the folder GOVMEDIA_DATA names (its SOURCES.md says source and licence). The newest tenth of the
running text by date and a tenth of the laws by hash are never trained on: `held_out_news`, `held_out_laws`.
"""

import hashlib
import json
import lzma
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LABELLED = Path(__file__).resolve().parents[1] / "tests" / "data" / "inspection"
# The newest running text stands at the end of this file; a tenth of all the text's characters is held out of it.
NEWEST = "xwlb-2022-2026"
NEWS = ("gov-work-reports-1979-2019", "gov-cn-policy-2018", "xwlb-2016-2021", "xinhua-xwlb-2025", NEWEST)
HELD_OUT_CHARACTERS = 2_175_000


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence as it was written and as it should be; equal where it is clean. Both of the same length."""

    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence of our own: what must be found in it (`errors`, exact pieces); none where it is a trap."""

    topic: str
    post: dict[str, object]
    errors: tuple[str, ...]


def data_folder() -> Path:
    """GOVMEDIA_DATA. Ends the process with a word on what to do where it is missing."""
    folder = os.environ.get("GOVMEDIA_DATA", "")
    if not folder or not Path(folder).is_dir():
        sys.stderr.write("未找到数据：请把环境变量 GOVMEDIA_DATA 设为数据文件夹（内有 corpus、laws、cscd-ns 等）。\n")
        raise SystemExit(1)
    return Path(folder)


def pairs(name: str) -> list[Pair]:
    """Rows of a file such as `cscd-ns/cscd.dev.tsv` whose two sentences are of one length."""
    rows = (line.rstrip("\n").split("\t") for line in (data_folder() / name).open(encoding="utf-8"))
    return [Pair(row[1], row[2]) for row in rows if len(row) >= 3 and len(row[1]) == len(row[2])]


def clean_sentences() -> dict[str, list[str]]:
    """Clean sentences by data set: 学习强国 and 人民日报 ones, and the error-free rows of two typing-error sets."""
    found = {
        name: [pair.wrong for pair in pairs(f"macro-correct/{name}.dev.tsv")] for name in ("acc_xxqg", "acc_rmrb")
    }
    found["cscd_clean"] = [pair.wrong for pair in pairs("cscd-ns/cscd.dev.tsv") if pair.wrong == pair.right]
    for name in ("odw", "law", "med"):
        found[f"{name}_clean"] = [one.wrong for one in pairs(f"ecspell/{name}.dev.tsv") if one.wrong == one.right]
    return found


def _news_lines(name: str) -> list[str]:
    with lzma.open(data_folder() / "corpus" / f"{name}.txt.xz", "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n") for line in lines]


def _split_newest() -> tuple[list[str], list[str]]:
    lines = _news_lines(NEWEST)
    left, place = HELD_OUT_CHARACTERS, len(lines)
    while left > 0:
        place -= 1
        left -= len(lines[place])
    return lines[:place], lines[place:]


def training_news() -> Iterator[str]:
    """Paragraphs that may be trained on, oldest first within a file."""
    for name in NEWS:
        yield from _split_newest()[0] if name == NEWEST else _news_lines(name)


def held_out_news() -> list[str]:
    """The newest tenth of the running text: paragraphs."""
    return _split_newest()[1]


def _laws(held_out: bool) -> Iterator[str]:
    with lzma.open(data_folder() / "laws" / "laws.dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if (int(hashlib.sha256(row["path"].encode()).hexdigest(), 16) % 10 == 0) is held_out:
                yield row["text"]


def training_laws() -> Iterator[str]:
    """Texts of laws that may be trained on."""
    return _laws(held_out=False)


def held_out_laws() -> Iterator[str]:
    """Texts of the tenth of the laws that is never trained on."""
    return _laws(held_out=True)


def labelled(part: str) -> list[Labelled]:
    """Our own sentences: `own` (written beside the checks) or `blind` (written without looking at them)."""
    return [
        Labelled(row["topic"], row["post"], tuple(row["errors"]))
        for path in sorted((LABELLED / part).glob("*.jsonl"))
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]
