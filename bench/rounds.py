"""A province's round from the draw to the finished draft bulletin, and a round of the country recomputed.

The province is the demonstration with 4,000 accounts and a quarter's posts, kept in var/bench-province; inspectors'
answers are written before the clock runs on. The country is that of bench/pages.py; its round takes every account.
    python bench/rounds.py [--accounts N] [--posts N] [--share S]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parent.parent
BATCH = 2000
Made = TypeVar("Made")


def tell(metric: str, value: float, unit: str, **more: Any) -> None:
    line = {"bench": "rounds", "metric": metric, "value": round(value, 2), "unit": unit, **more}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def province(accounts: int, posts: int, share: str) -> None:
    """Draw, judge with the answers given, close, and write the draft with all annexes."""
    from django.conf import settings

    from govmedia.common.clock import now
    from govmedia.demo import build
    from govmedia.demo import services as demo

    if not demo.in_use():
        # More accounts than the demonstration's province usually has, all of them in it.
        build._grounds = lambda accounts: _jiangsu()
        demo.build(
            accounts=accounts, posts=posts, home=settings.HOME, now=now(),
            progress=lambda line: print(line, file=sys.stderr),
        )  # fmt: skip
    _play(share)


def _jiangsu() -> Any:
    from govmedia.demo import places
    from govmedia.orgs.models import Division

    found = places.places(list(Division.objects.order_by("code")))
    return [place for place in found if place.code.startswith("32")]


def _play(share: str) -> None:
    from govmedia.bulletins import services as bulletins
    from govmedia.bulletins.composing import compose
    from govmedia.checks.models import Check
    from govmedia.checks.services import finish
    from govmedia.common.clock import day_of, now
    from govmedia.demo.inspection_rounds import plan_of_quarter
    from govmedia.demo.verdicts import questions_of
    from govmedia.engine.bulletins.documents import document
    from govmedia.engine.calendar import quarter_of, quarter_range
    from govmedia.orgs.models import User
    from govmedia.rounds import services
    from govmedia.rounds.queries import seats_of

    by, inspector = User.objects.get(login="jiangsu_sup"), User.objects.get(login="inspector")
    at = now()
    quarter = quarter_of(day_of(at))
    start_on, end_on = quarter_range(*quarter)
    plan = plan_of_quarter(quarter, start_on, end_on, end_on + timedelta(days=15)) | {"share": share}
    held = services.plan_round(values=plan, by=by, now=at)
    clock = Clock()
    clock.run("announce", lambda: services.announce(round_id=held.pk, by=by, now=at))
    public = {"public_value": "03 08 15 21 26 30 11", "public_source": "演示用的号码"}
    clock.run("draw", lambda: services.draw_round(round_id=held.pk, **public, by=by, now=at))
    clock.run("give", lambda: services.open_round(round_id=held.pk, inspector_ids=[inspector.pk], by=by, now=at))
    seats = list(seats_of(inspector).filter(sample__round=held.pk))
    checks = clock.run("facts", lambda: [services.begin(seat_id=one.pk, by=inspector, now=at) for one in seats])
    for number, check in enumerate(checks):
        codes = [one.code for one in questions_of(check.account.platform)]
        check.answers = {code: {"count": 0, "note": ""} for code in codes}
        if number % 15 == 0:
            check.answers["Y06"] = {"count": 2, "note": "两篇内容里有错别字，已截图。"}
    Check.objects.bulk_update(checks, ["answers"], batch_size=500)
    clock.run("verdicts", lambda: [finish(check_id=one.pk, by=inspector, now=at) for one in checks])
    clock.run("settle", lambda: _settle_all(services, held.pk, at))
    clock.run("close", lambda: services.close_round(round_id=held.pk, by=by, now=at))
    row = clock.run("draft", lambda: bulletins.start(round_id=held.pk, by=by, now=at))
    whole = compose(row)
    for kind in ("docx", "pdf", "html"):
        clock.run(kind, lambda kind=kind: document(whole, kind))
    tell("accounts in the round", len(checks), "accounts")
    tell("draw to finished draft", clock.total - clock.parts["announce"], "s", limit=120)
    tell("draw of the province", clock.parts["draw"], "s", limit=5)


def _settle_all(services: Any, round_id: int, at: Any) -> None:
    while services.settle_due(now=at, round_id=round_id):
        pass


class Clock:
    """Adds up what was timed."""

    def __init__(self) -> None:
        self.parts: dict[str, float] = {}

    @property
    def total(self) -> float:
        return sum(self.parts.values())

    def run(self, name: str, do: Callable[[], Made]) -> Made:
        began = time.perf_counter()
        made = do()
        self.parts[name] = time.perf_counter() - began
        tell(f"part: {name}", self.parts[name], "s")
        return made


def country() -> None:
    """A bundle of every account, recomputed by the command with one and with two processes."""
    with tempfile.NamedTemporaryFile("wb", suffix=".jsonl") as file:
        count = 0
        for line in _bundle():
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
            count += 1
        file.flush()
        tell("accounts in the bundle", count - 1, "accounts")
        tell("size of the bundle", Path(file.name).stat().st_size / 1e6, "MB")
        for workers in (2, 1):
            began = time.perf_counter()
            command = [Path(sys.executable).with_name("govmedia"), "verify-round", file.name]
            done = subprocess.run([*command, "--workers", str(workers)], capture_output=True, text=True, check=False)
            if done.stdout != "same\n":
                raise SystemExit(done.stdout[:2000] + done.stderr[-2000:])
            limit = {"limit": 120} if workers == 2 else {}
            tell(f"recomputed with {workers} processes", time.perf_counter() - began, "s", **limit)


def _bundle() -> Iterator[dict[str, Any]]:
    """What `round export` gives of a round in which every account was drawn, without writing it into the data."""
    from govmedia.accounts.models import Account
    from govmedia.accounts.queries import live
    from govmedia.checks import verdicts
    from govmedia.checks.facts import facts_of
    from govmedia.checks.law import judge_by, versions
    from govmedia.common.clock import day_of, now
    from govmedia.engine.calendar import quarter_of, quarter_range
    from govmedia.engine.drawing import Plan, draw, joined_seed, promise_hash_of, share_of
    from govmedia.engine.hashing import canonical_json, tagged_sm3
    from govmedia.engine.population import read_population
    from govmedia.findings import queries
    from govmedia.rounds.population import population_text
    from govmedia.rounds.proof import FORMAT

    at = now()
    start, end = quarter_range(*quarter_of(day_of(at)))
    edition = queries.edition(queries.EDITION_DEFAULT)
    judge, kept = judge_by(edition), versions()
    rows = live().select_related("organisation").order_by("code").iterator(5000)
    text = population_text(rows)[0]
    plan = Plan(("level", "platform"), share_of("1"), joined_seed("p", "v"), promise_hash=promise_hash_of("p"))
    began = time.perf_counter()
    drawn = draw(read_population(text), plan)
    tell("draw of the country", time.perf_counter() - began, "s", limit=5)
    yield {
        "format": FORMAT, "round": {"name": "全部", "edition_hash": edition.hash},
        "edition": json.loads(canonical_json(queries.edition_table(edition.name))),
        "population": text.decode(), "promise_hash": promise_hash_of("p"), "draw": drawn.to_json(),
    }  # fmt: skip
    ids = list(Account.objects.filter(pk__in=live()).order_by("pk").values_list("pk", flat=True))
    for place in range(0, len(ids), BATCH):
        for _, facts in facts_of(ids[place : place + BATCH], start, min(end, day_of(at)), at):
            hits = judge.hits(facts)
            body = facts.to_json()
            yield {
                "code": facts.account, "name": facts.name, "state": "settled", "facts": body,
                "facts_sm3": tagged_sm3(canonical_json(body)), "hits": [hit.to_json() for hit in hits],
                "taken_back": [], "rulings": {}, "versions": kept,
                "verdict": verdicts.verdict_of(facts, hits, {}, edition).to_json(),
            }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--accounts", type=int, default=4000)
    parser.add_argument("--posts", type=int, default=160_000)
    parser.add_argument("--share", default="0.1")
    parser.add_argument("--only", choices=("province", "country"))
    arguments = parser.parse_args()
    # One installation a process: the settings are read once.
    if arguments.only is None:
        for only in ("province", "country"):
            subprocess.run([sys.executable, __file__, *sys.argv[1:], "--only", only], check=True)
        return
    home = "bench-province" if arguments.only == "province" else "bench"
    os.environ["GOVMEDIA_HOME"] = str(ROOT / "var" / home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "govmedia.config.settings")
    from govmedia.config.prepare import prepare

    prepare()
    if arguments.only == "province":
        province(arguments.accounts, arguments.posts, arguments.share)
    else:
        country()


if __name__ == "__main__":
    main()
