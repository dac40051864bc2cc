"""Verdicts of all accounts for a covered quarter, recomputed from the rows they rest on: facts, hits, score.

Two processes, SQLite. Builds a demonstration province of the size asked for, or takes a data folder made before.
    python bench/verdicts.py [--accounts N] [--posts N] [--home FOLDER] [--processes N]
"""

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

# Facts of so many accounts are held at once by a process.
CHUNK = 2000


def tell(metric: str, value: float, unit: str) -> None:
    line = {"bench": "verdicts", "metric": metric, "value": round(value, 2), "unit": unit}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def prepare(home: str) -> None:
    """Settings for a data folder; called in every process before anything of the project is imported."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "govmedia.config.settings", "GOVMEDIA_HOME": home, "GOVMEDIA_DB_URL": ""}
    import django

    django.setup()


def build(home: str, accounts: int, posts: int) -> None:
    from django.core.management import call_command

    from govmedia.common.clock import now
    from govmedia.demo import services

    call_command("migrate", skip_checks=True, verbosity=0)
    services.build(
        accounts=accounts,
        posts=posts,
        seed=2026,
        home=Path(home),
        now=now(),
        progress=lambda text: print(text, file=sys.stderr, flush=True),
    )


def quarter() -> tuple[date, date]:
    """The last full quarter."""
    from govmedia.common.clock import today
    from govmedia.engine.calendar import quarter_of, quarter_range

    first, _ = quarter_range(*quarter_of(today()))
    return quarter_range(*quarter_of(first - timedelta(days=1)))


def judge_range(task: tuple[str, int, int, date, date]) -> Counter[str]:
    """How the accounts with keys from `first` up to `last` come out; also how many days were covered in all."""
    home, first, last, start, end = task
    prepare(home)
    from govmedia.accounts.models import Account
    from govmedia.checks.law import judge_by
    from govmedia.checks.queries import facts_of
    from govmedia.common.clock import SHANGHAI
    from govmedia.findings.queries import edition_in_force

    judge = judge_by(edition_in_force())
    point = datetime.combine(end, clock_time(23, 59, 59), SHANGHAI)
    told: Counter[str] = Counter()
    for begin in range(first, last, CHUNK):
        until = min(begin + CHUNK, last)
        ids = list(Account.objects.filter(pk__gte=begin, pk__lt=until).order_by("pk").values_list("pk", flat=True))
        for facts in facts_of(ids, start, end, point):
            verdict = judge.verdict(facts)
            told["vetoed" if verdict.vetoes else "passed" if verdict.passed else "failed"] += 1
            told["posts"] += sum(number for _, number in facts.post_days)
    return told


def measure(home: str, processes: int) -> None:
    from django.db import connection
    from django.db.models import Max, Min

    from govmedia.accounts.models import Account

    span = Account.objects.aggregate(low=Min("pk"), high=Max("pk"))
    connection.close()
    low, high = span["low"], span["high"] + 1
    cuts = [low + (high - low) * number // processes for number in range(processes + 1)]
    start, end = quarter()
    tasks = [(home, cuts[number], cuts[number + 1], start, end) for number in range(processes)]
    started = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        told = sum(pool.imap_unordered(judge_range, tasks), Counter())
    took = time.perf_counter() - started
    judged = told["vetoed"] + told["passed"] + told["failed"]
    tell("accounts judged", judged, "accounts")
    tell("posts of the quarter", told["posts"], "posts")
    tell("vetoed", told["vetoed"], "accounts")
    tell("wall time", took, "s")
    tell("one account", took * processes / max(judged, 1) * 1e6, "µs of one process")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=110_000)
    parser.add_argument("--posts", type=int, default=4_000_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--home", help="a data folder made before; nothing is built")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        home = arguments.home or made
        prepare(home)
        if not arguments.home:
            build(home, arguments.accounts, arguments.posts)
        measure(home, arguments.processes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
