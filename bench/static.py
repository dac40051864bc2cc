"""The static copy of the public site at the size of the country: a first run, and one where nothing changed.

Reads a built installation (GOVMEDIA_BENCH_HOME, else var/bench, see pages.py) and writes into a temporary folder.
    python bench/static.py [--workers N] [--folder FOLDER]
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def put(metric: str, value: float, unit: str) -> None:
    print(json.dumps({"bench": "static", "metric": metric, "value": round(value, 1), "unit": unit}), flush=True)


def tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    arguments.add_argument("--folder", help="where to write; kept, and gone on with")
    given = arguments.parse_args()
    os.environ["GOVMEDIA_HOME"] = os.environ.get("GOVMEDIA_BENCH_HOME") or str(ROOT / "var" / "bench")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "govmedia.config.settings")
    from govmedia.config.prepare import prepare

    prepare()
    from django.conf import settings

    from govmedia.accounts.models import Account
    from govmedia.common.clock import now
    from govmedia.opendata.services import make_files
    from govmedia.public.still.services import publish

    number = Account.objects.count()
    if not number:
        tell("没有账号。请先运行 python bench/pages.py 建好数据，或用 GOVMEDIA_BENCH_HOME 指出。")
        return 1
    began = time.perf_counter()
    make_files(now=now())
    put("open_data_files", time.perf_counter() - began, "s")
    root = Path(given.folder) if given.folder else Path(tempfile.mkdtemp(prefix="govmedia-static-"))
    try:
        for metric in ("first_run", "second_run"):
            report = publish(
                root=root,
                origin="https://media.example.gov.cn",
                live="",
                workers=given.workers,
                say=tell,
                static=Path(settings.STATIC_ROOT),
            )
            tell(report.text)
            put(metric, report.seconds, "s")
            put(f"{metric}_files_written", report.written, "files")
        put("accounts", number, "accounts")
    finally:
        if not given.folder:
            shutil.rmtree(root, ignore_errors=True)
    return int(bool(report.failed))


if __name__ == "__main__":
    sys.exit(main())
