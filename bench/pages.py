"""Pages at the size of the country: 110,000 accounts and 1,000,000 posts, in the process, p95 and number of queries.

Each page is asked for at least 200 times, every time with other parameters, after a short warm-up; queries are
counted in a run of their own. A country has no desk above the provinces, so the desk's pages are those of the
provinces' supervisors in turn; the public pages are over all accounts.
The dashboards are over twelve quarters of closed rounds, a province's each.
The data is made once and kept in GOVMEDIA_BENCH_HOME (var/bench).
    python bench/pages.py [--accounts N] [--posts N] [--requests N]
"""

import argparse
import gc
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WARM_UP = 20
COUNTED = 20
DEEPEST = 40
QUARTERS = 12
WORDS = (
    "健康", "平安", "教育", "发布", "交通", "应急", "人社", "文旅", "市场监管", "生态环境", "政务服务", "消防",
    "鼓楼", "南京", "苏州", "北京", "上海", "成都", "jiankang", "nanjing", "pingan", "jkgl", "jiaoyu", "卫健委",
)  # fmt: skip

Ask = Callable[[random.Random], str]


@dataclass(frozen=True)
class Page:
    """A kind of page: its name in the output, how to ask for one, and whether somebody is logged in."""

    name: str
    ask: Ask
    inside: bool


def put(metric: str, value: float, unit: str) -> None:
    print(json.dumps({"bench": "pages", "metric": metric, "value": round(value, 1), "unit": unit}), flush=True)


def build(accounts: int, posts: int) -> None:
    """The data, unless it is there already."""
    from django.conf import settings

    from govmedia.common.clock import now
    from govmedia.demo import services

    if services.in_use():
        return
    began = time.perf_counter()
    report = services.build(
        accounts=accounts,
        posts=posts,
        rounds=QUARTERS,
        home=settings.HOME,
        now=now(),
        progress=lambda line: print(line, file=sys.stderr),
    )
    print(report.text, file=sys.stderr)
    put("build", time.perf_counter() - began, "s")


def supervisors() -> list[Any]:
    """One for each province, added to the data where they are missing; nobody can log in as one."""
    from govmedia.common.clock import now
    from govmedia.orgs.models import Division, User

    moment, people = now(), []
    for code in Division.objects.filter(level="province").order_by("code").values_list("code", flat=True):
        values = {"name": "监管岗", "role": "supervisor", "division_id": code, "created_at": moment, "password": "!"}
        people.append(User.objects.get_or_create(login=f"bench_{code}", defaults=values)[0])
    return people


def pages() -> Iterator[Page]:
    """Every kind of page measured."""
    from govmedia.engine.platforms import FIELDS, PLATFORMS
    from govmedia.orgs.models import Division

    platforms = [code for code, row in PLATFORMS.items() if row.has_posts]
    cities = list(Division.objects.filter(level="city").values_list("code", flat=True))
    places = list(Division.objects.filter(level__in=("province", "city", "county")).values_list("code", flat=True))
    levels, healths, sorts = ("province", "city", "county"), ("healthy", "faulty", "not_seen"), ("name", "-last_post")

    def start(chance: random.Random) -> str:
        return "/desk/" if chance.random() < 0.5 else f"/desk/?division={chance.choice(cities)}"

    def filtered(chance: random.Random) -> str:
        return f"/desk/accounts/?platform={chance.choice(platforms)}&health={chance.choice(healths)}"

    def deep(chance: random.Random) -> str:
        return f"/desk/accounts/?page={chance.randrange(2, DEEPEST)}&sort={chance.choice(sorts)}"

    def places_of(chance: random.Random) -> str:
        return f"/directory/?division={chance.choice(places)}&level={chance.choice(levels)}"

    def facets(chance: random.Random) -> str:
        return f"/directory/?platform={chance.choice(platforms)}&field={chance.choice(list(FIELDS))}"

    def pass_rates(chance: random.Random) -> str:
        return f"/desk/rounds/stats/?by={chance.choice(('level', 'platform', 'city', 'kind'))}"

    yield Page("start_page", start, True)
    yield Page("account_list", lambda chance: f"/desk/accounts/?size={chance.choice((25, 50))}", True)
    yield Page("account_list_filtered", filtered, True)
    yield Page("account_list_deep", deep, True)
    yield Page("desk_search", lambda chance: f"/desk/search/?q={chance.choice(WORDS)}", True)
    yield Page("pass_rates", pass_rates, True)
    yield Page("rounds", lambda chance: f"/desk/rounds/?page={chance.randrange(1, 3)}", True)
    yield Page("indicator_quality", lambda chance: "/desk/findings/indicators/", True)
    yield Page("findings", lambda chance: f"/desk/findings/?page={chance.randrange(1, DEEPEST)}&state=closed", True)
    yield Page("public_home", lambda chance: "/", False)
    yield Page("directory", lambda chance: f"/directory/?page={chance.randrange(1, DEEPEST)}", False)
    yield Page("directory_place", places_of, False)
    yield Page("directory_facets", facets, False)
    yield Page("directory_search", lambda chance: f"/directory/?q={chance.choice(WORDS)}", False)


def measure(page: Page, people: list[Any], requests: int) -> None:
    """Ask for the page again and again: p50, p95, and the least and most queries of a request."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    chance = random.Random(page.name)
    clients = [Client()]
    if page.inside:
        clients = [Client() for _ in people]
        for client, person in zip(clients, people, strict=True):
            client.force_login(person)
    times, queries = [], []
    for number in range(WARM_UP + requests + COUNTED):
        client, address = clients[number % len(clients)], page.ask(chance)
        if number < WARM_UP + requests:
            began = time.perf_counter()
            answer = client.get(address)
            times.append((time.perf_counter() - began) * 1000)
        else:
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(address)
            queries.append(len(captured))
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
    taken = sorted(times[WARM_UP:])
    put(f"{page.name}_p50", statistics.median(taken), "ms")
    put(f"{page.name}_p95", taken[int(len(taken) * 0.95) - 1], "ms")
    put(f"{page.name}_queries_least", min(queries), "queries")
    put(f"{page.name}_queries_most", max(queries), "queries")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=110_000)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--only", help="names of pages, by comma")
    arguments = parser.parse_args()
    os.environ["GOVMEDIA_HOME"] = os.environ.get("GOVMEDIA_BENCH_HOME") or str(ROOT / "var" / "bench")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "govmedia.config.settings")
    from govmedia.config.prepare import prepare

    prepare()
    build(arguments.accounts, arguments.posts)
    people = supervisors()
    # As the site does before it serves: what was loaded up to here is not searched for garbage again and again.
    gc.collect()
    gc.freeze()
    wanted = arguments.only.split(",") if arguments.only else None
    for page in pages():
        if wanted is None or page.name in wanted:
            measure(page, people, arguments.requests)


if __name__ == "__main__":
    main()
