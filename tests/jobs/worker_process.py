"""A worker in a process of its own, for the tests that kill it: `worker_process.py FOLDER order N | work …`."""

import argparse
import os
import sys
import time
from datetime import timedelta
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "govmedia.config.settings"
django.setup()

from govmedia.common.clock import now as clock  # noqa: E402
from govmedia.jobs.embedded import EmbeddedEngine  # noqa: E402
from govmedia.jobs.engine import Order, Retry  # noqa: E402
from govmedia.jobs.models import Job  # noqa: E402
from govmedia.jobs.services import enqueue_many  # noqa: E402
from govmedia.jobs.worker import Worker  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=Path)
parser.add_argument("what", choices=["order", "work"])
parser.add_argument("count", nargs="?", type=int, default=0)
parser.add_argument("--slow", default="")
parser.add_argument("--until-done", type=int, default=0)
arguments = parser.parse_args()
folder: Path = arguments.folder

if arguments.what == "order":
    enqueue_many([Order("look", f"job-{number}") for number in range(arguments.count)], now=clock())
    sys.exit()


def look(lease, now):
    if lease.key == arguments.slow:
        (folder / f"slow-{lease.key}").touch()
        while lease.alive():
            time.sleep(0.05)
        raise Retry(clock(), "asked to end")
    with (folder / f"effect-{lease.key}").open("x"):
        time.sleep(0.01)


# a short lease, so that the test need not wait a minute for a dead worker's job
engine = EmbeddedEngine(lease_s=2)
worker = Worker(engine, {"look": look})
if arguments.until_done:
    until = time.monotonic() + 60
    while Job.objects.filter(state="done").count() < arguments.until_done and time.monotonic() < until:
        worker.run(once=True)
        engine.sweep(now=clock() + timedelta(seconds=0))
        time.sleep(0.1)
    (folder / "states").write_text(" ".join(Job.objects.order_by("key").values_list("state", flat=True)))
else:
    worker.run()
