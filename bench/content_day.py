"""A day of the country's posts through `govmedia inspect`: everything but pictures and the neural layer, 2 processes.

The posts are 800 characters each, cut from the held-out running text and laws, each with other words in front so that
nothing repeats. A part of the day is measured and the whole told from it; start-up is measured apart, since a day has
one. Memory is the largest proportional set size of a process, looked at while it runs.
    GOVMEDIA_DATA=… python bench/content_day.py [--megabytes N] [--workers N]
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bench.content_data import held_out_laws, held_out_news
from bench.memory import family, pss_kib

LENGTH = 800
DAY_BYTES = 550e6
DAY_POSTS = 230_000


def tell(metric: str, value: float, unit: str) -> None:
    line = {"bench": "content_day", "metric": metric, "value": round(value, 2), "unit": unit}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def posts() -> Iterator[str]:
    """Texts of 800 characters without end."""
    for turn in itertools.count():
        for text in ("\n".join(held_out_news()), "\n".join(held_out_laws())):
            for start in range(turn * 97, len(text) - LENGTH, LENGTH):
                yield text[start : start + LENGTH]


def write(path: Path, size: float) -> tuple[int, int]:
    """A file of posts of about so many bytes; returns (posts, bytes of text)."""
    written = count = 0
    with path.open("w", encoding="utf-8") as file:
        for text in posts():
            if written >= size:
                break
            line = {"id": str(count), "text": text, "published_at": "2026-11-20T09:00:00+08:00"}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            written += len(text.encode())
            count += 1
    return count, written


class Watch:
    """The largest PSS of a single process of the family, in MiB, and of all together."""

    def __init__(self, pid: int) -> None:
        self.one = self.all = 0.0
        self._pid = pid
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._done.wait(0.5):
            sizes = [pss_kib(pid) / 1024 for pid in family(self._pid)]
            self.one, self.all = max(self.one, *sizes, 0.0), max(self.all, sum(sizes))

    def end(self) -> None:
        self._done.set()
        self._thread.join()


def run(path: Path, workers: int, home: str) -> tuple[float, Watch, int]:
    """Seconds, memory and hits of one run of the command."""
    command = [sys.executable, "-m", "govmedia.cli", "inspect", str(path), "--workers", str(workers)]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "GOVMEDIA_HOME": home})
    watch = Watch(process.pid)
    assert process.stdout is not None
    hits = sum(line.count(b'"check":') for line in process.stdout)
    if process.wait() != 0:
        raise SystemExit("inspect failed")
    took = time.perf_counter() - began
    watch.end()
    return took, watch, hits


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=float, default=40)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="govmedia-day-") as folder:
        small, large = Path(folder, "small.jsonl"), Path(folder, "large.jsonl")
        write(small, 1e5)
        count, size = write(large, given.megabytes * 1e6)
        start, _, _ = run(small, given.workers, folder)
        took, watch, hits = run(large, given.workers, folder)
    rate = size / (took - start)
    tell("start-up", start, "s")
    tell("throughput", rate / 1e6, "MB/s")
    tell("posts a second", count / (took - start), "posts/s")
    tell("the day's 230,000 posts, 550 MB", (start + DAY_BYTES / rate) / 60, "minutes")
    tell("memory of a process, at most", watch.one, "MB PSS")
    tell("memory of all processes, at most", watch.all, "MB PSS")
    tell("hits", hits, "hits")


if __name__ == "__main__":
    main()
