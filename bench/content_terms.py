"""The lexicons' automaton against daachorse alone: the same 50,000 terms over the same laws, in processor time.

Terms are taken from the public word lists under GOVMEDIA_DATA by a fixed draw, without those that stand in the laws
one may train on: what hits clean official text everywhere is in no lexicon that was looked at. The loading of
1,000,000 terms is measured too.
    python bench/content_terms.py [--terms N] [--million]
"""

import argparse
import csv
import gzip
import io
import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench.content_data import data_folder, held_out_laws, training_laws

DAY = date(2026, 11, 1)
ROUNDS = 3


def tell(metric: str, value: float, unit: str, peer: str = "", peer_value: float | None = None) -> None:
    line: dict[str, object] = {"bench": "content_terms", "metric": metric, "value": round(value, 3), "unit": unit}
    if peer_value is not None:
        line |= {"peer": peer, "peer_value": round(peer_value, 3), "ratio": round(value / peer_value, 3)}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def public_words() -> Iterator[str]:
    """Words of two to twelve characters from the public lists, unordered and with repeats."""
    lists = data_folder() / "lexicons"
    with gzip.open(lists / "houbb-sensitive-word" / "dict_v20240407.txt.gz", "rt", encoding="utf-8") as lines:
        yield from map(str.strip, lines)
    for path in sorted((lists / "THUOCL").glob("*.txt")):
        yield from (line.split("\t")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())


def chosen_terms(number: int) -> list[str]:
    """The terms of the measurement. Ends where the lists hold fewer."""
    import daachorse

    from govmedia.engine.content.text import fold

    words = sorted({fold(word) for word in public_words() if 2 <= len(word) <= 12 and word.isprintable()})
    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(words)
    common = {words[place] for text in training_laws() for _, _, place in automaton.find_overlapping(fold(text))}
    left = [word for word in words if word not in common]
    if len(left) < number:
        raise SystemExit(f"only {len(left)} terms are left, {number} are asked for")
    return sorted(random.Random(4).sample(left, number))


def as_csv(terms: list[str]) -> bytes:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["词语", "类型", "检查项", "级别", "理由", "出处", "条件"])
    rows.writerows([term, "命中", "wording_terms", "提示", "测量用", "公开词表", "变形"] for term in terms)
    return text.getvalue().encode()


def best(work: Callable[[], object]) -> float:
    """Processor seconds of the quickest of ROUNDS runs."""
    took = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        took.append(time.process_time() - started)
    return min(took)


def measure(terms: list[str]) -> None:
    import daachorse

    from govmedia.engine.content.inspector import Inspector
    from govmedia.engine.content.lexicon import lexicon_from
    from govmedia.engine.content.registry import check_table
    from govmedia.engine.content.terms import Terms, shipped_lexicons
    from govmedia.engine.content.text import Text
    from govmedia.engine.content.types import Post, Setting

    lexicon, problems = lexicon_from("bench", as_csv(terms))
    if problems:
        raise SystemExit(problems[0].text)
    ours = Terms([*shipped_lexicons(), lexicon])
    alone = daachorse.CharwiseDoubleArrayAhoCorasick([entry.term for entry in lexicon.entries])
    laws = list(held_out_laws())
    size = sum(len(text.encode()) for text in laws) / 1e6
    setting = Setting(DAY, terms=ours)
    peer = size / best(lambda: [alone.find_overlapping(text) for text in laws])
    value = size / best(lambda: [ours.marks(Text(text), setting) for text in laws])
    tell(f"{len(terms)} terms and the shipped ones over laws", value, "MB/s", "daachorse alone", peer)
    inspector = Inspector(today=DAY, only=set(check_table()) - {"typo"}, terms=ours)
    posts = [Post(id="", text=text) for text in laws]
    whole = size / best(lambda: [inspector.inspect(post) for post in posts])
    tell("the same with all checks but typos", whole, "MB/s", "daachorse alone", peer)
    marks = [mark for text in laws for found in ours.marks(Text(text), setting).values() for mark in found]
    tell("their hits", len(marks), "hits")
    tell("characters a second", value / size * sum(map(len, laws)) / 1e6, "million/s")


def measure_million() -> None:
    from govmedia.engine.content.lexicon import lexicon_from
    from govmedia.engine.content.terms import Terms

    signs = [chr(0x4E00 + place) for place in range(4000)]
    chance = random.Random(4)
    drawn: set[str] = set()
    while len(drawn) < 1_000_000:
        drawn.add("".join(chance.choices(signs, k=4)))
    for number in (250_000, 1_000_000):
        data = as_csv(sorted(drawn)[:number])
        started = time.process_time()
        lexicon, problems = lexicon_from("million", data)
        read = time.process_time() - started
        assert not problems and len(lexicon.entries) == number
        tell(f"reading {number} terms", read, "s")
        started = time.process_time()
        Terms([lexicon])
        tell(f"automaton of {number} terms", time.process_time() - started, "s")
    tell("memory at most", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MiB")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--terms", type=int, default=50_000)
    options.add_argument("--million", action="store_true")
    given = options.parse_args()
    measure(chosen_terms(given.terms))
    if given.million:
        measure_million()
    return 0


if __name__ == "__main__":
    sys.exit(main())
