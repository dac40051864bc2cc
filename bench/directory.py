"""Directory pages a second, every request another page with caches cold, against a view that has its rows in memory.

The peer renders the same template through the same middleware from contexts that were made before the clock ran.
The data is that of bench/pages.py: 110,000 accounts.
    python bench/directory.py [--requests N]
"""

import argparse
import gzip
import json
import os
import re
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PEER = "/bench-directory/"
WARM_UP = 5
_kept: dict[str, dict[str, Any]] = {}
_ASSET = re.compile(r'(?:href|src)="(/static/[^"#]+)')


def peer(request: Any) -> Any:
    """The directory page of the same address, from memory."""
    from django.shortcuts import render

    return render(request, "public/directory.html", _kept[request.GET.urlencode()])


def tell(metric: str, value: float, unit: str, **more: Any) -> None:
    line = {"bench": "directory", "metric": metric, "value": round(value, 2), "unit": unit, **more}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def addresses(number: int) -> list[str]:
    """Pages of the directory, of cities, platforms, fields and offers, each asked for once."""
    from govmedia.engine.offers import OFFERS
    from govmedia.engine.platforms import FIELDS, PLATFORMS
    from govmedia.orgs.models import Division

    cities = list(Division.objects.filter(level="city").order_by("code").values_list("code", flat=True))
    kinds = [*(f"platform={one}" for one in PLATFORMS), *(f"field={one}" for one in FIELDS),
             *(f"offer={one}" for one in OFFERS)]  # fmt: skip
    found = [f"page={page}" for page in range(1, number // 4)]
    found += [f"division={code}" for code in cities]
    found += [f"offer={one}" for one in OFFERS]
    found += [f"division={code}&{kind}" for code in cities[:40] for kind in kinds]
    step = max(1, len(found) // number)
    return found[::step][:number]


def measure(number: int) -> None:
    from django.core.cache import cache
    from django.test import Client
    from django.test.utils import setup_test_environment

    from govmedia.common.clock import now
    from govmedia.public.coverage import keep_freshness
    from govmedia.public.tallies import keep_counts

    setup_test_environment()
    # What the worker does every minute.
    keep_counts(now=now())
    keep_freshness(now=now())
    client, wanted = Client(), addresses(number + WARM_UP)
    for query in wanted:
        context = client.get(f"/directory/?{query}").context
        _kept[query] = {key: value for layer in context for key, value in layer.flatten().items() if key != "request"}
    spent = dict.fromkeys(("/directory/", PEER), 0.0)
    for place, query in enumerate(wanted):
        # In turns, so that whatever else the machine does weighs on both alike.
        for address in spent:
            cache.clear()
            began = time.perf_counter()
            answer = client.get(f"{address}?{query}")
            if place >= WARM_UP:
                spent[address] += time.perf_counter() - began
            if answer.status_code != 200:
                raise SystemExit(f"{address}?{query}: {answer.status_code}")
    paces = {address: number / seconds for address, seconds in spent.items()}
    ratio = round(paces["/directory/"] / paces[PEER], 3)
    peer_value = round(paces[PEER], 1)
    tell("pages a second", paces["/directory/"], "pages/s", peer="the template from memory", peer_value=peer_value,
         ratio=ratio, floor=0.4, aim=0.8)  # fmt: skip
    home = client.get("/").content
    files = {path.split("?")[0] for path in _ASSET.findall(home.decode())}
    weight = len(gzip.compress(home)) + sum(_weight(path) for path in files)
    tell("first view of the home page, compressed", weight / 1000, "KB", files=len(files), floor=150, aim=90)


def _weight(path: str) -> int:
    from django.contrib.staticfiles import finders

    # Names carry a hash of what they hold; the finder knows them without.
    plain = re.sub(r"\.[0-9a-f]{12}(\.\w+)$", r"\1", path.removeprefix("/static/"))
    found = finders.find(plain)
    return len(gzip.compress(Path(found).read_bytes())) if found else 0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=400)
    arguments = parser.parse_args()
    os.environ["GOVMEDIA_HOME"] = os.environ.get("GOVMEDIA_BENCH_HOME") or str(ROOT / "var" / "bench")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "govmedia.config.settings")
    from govmedia.config.prepare import prepare

    prepare()
    from django.urls import path

    from govmedia.config import urls_all

    urls_all.urlpatterns.append(path(PEER.strip("/") + "/", peer))
    measure(arguments.requests)


if __name__ == "__main__":
    main()
