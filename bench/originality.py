"""Near-duplicates: how fast texts are compared, how much room the index takes, how many carriers are found.

Texts are made up: sentences of random characters, a quarter of the posts carry one of the last three thousand.
    python bench/originality.py [--posts N]
"""

import argparse
import json
import os
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

SIGNS = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
HEAD, FOOT = "【转发】本报讯，记者从有关部门获悉：", "\n来源：某某发布　编辑：某某　审核：某某"
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def put(metric: str, value: float, unit: str) -> None:
    line = {"bench": "originality", "metric": metric, "value": round(value, 3), "unit": unit}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def written(chance: random.Random) -> str:
    """A post of some hundred characters."""
    sentences = ["".join(chance.choices(SIGNS, k=chance.randrange(12, 40))) for _ in range(chance.randrange(8, 40))]
    return "。".join(sentences)


def edited(text: str, every: int, chance: random.Random) -> str:
    letters = list(text)
    for place in range(chance.randrange(every), len(letters), every):
        letters[place] = ""
    return "".join(letters)


def engine(texts: list[str], chance: random.Random) -> None:
    from govmedia.engine.originality import keys, likeness, shingles

    began = time.process_time()
    made = [shingles(text) for text in texts]
    put("texts cut into shingles", len(texts) / (time.process_time() - began), "1/s")
    began = time.process_time()
    keyed = [set(keys(one)) for one in made]
    put("keys of shingles", len(texts) / (time.process_time() - began), "1/s")
    began = time.process_time()
    for one, other in pairwise(made):
        likeness(one, other)
    put("texts compared exactly", len(texts) / (time.process_time() - began), "1/s")
    ways = {
        "head and foot": lambda text: HEAD + text + FOOT,
        "one character in 30 left out": lambda text: edited(text, 30, chance),
        "as much again of one's own": lambda text: text + written(chance)[: len(text)],
        "half of it": lambda text: text[: len(text) // 2],
    }
    for name, change in ways.items():
        found = sum(
            bool(theirs & set(keys(new := shingles(change(text))))) and likeness(new, one).carries
            for text, one, theirs in zip(texts[:1000], made, keyed, strict=False)
        )
        put(f"carriers found, {name}", found / min(1000, len(texts)), "share")


def site(texts: list[str], chance: random.Random) -> None:
    from django.core.management import call_command
    from django.db import connection

    from govmedia.accounts.models import Account
    from govmedia.demo import bulk
    from govmedia.inspections.services import compare_due
    from govmedia.orgs.models import Division, Organisation
    from govmedia.posts.models import Post

    call_command("migrate", skip_checks=True, verbosity=0)
    place = Division.objects.create(code="320000", name="江苏省", full_name="江苏省", level="province")
    common = {"division": place, "level": "province", "created_at": NOW}
    for number in range(500):
        body = Organisation.objects.create(code=f"{number:018d}", name=f"第{number}局", **common)
        Account.objects.create(
            code=f"A{number}", name=f"第{number}号", platform="weibo", organisation=body, updated_at=NOW, **common
        )
    ids = list(Account.objects.values_list("pk", flat=True))
    columns = (
        *("account_id", "native_id", "title", "text", "url", "author", "source_name", "published_at"),
        *("first_seen_at", "counts_on", "date_basis", "state", "version", "sm3", "extra"),
    )
    rows = []
    for number, text in enumerate(texts):
        at = bulk.moment(int((NOW - timedelta(seconds=4 * (len(texts) - number))).timestamp()))
        text = texts[chance.randrange(max(0, number - 3000), number)] if number % 4 == 3 else text
        shown = HEAD + text if number % 4 == 3 else text
        rows.append(
            (
                *(chance.choice(ids), f"p{number}", text[:20], shown, "", "", "", at, at, "2026-11-22", "own"),
                *("present", 1, f"{number:064d}", "{}"),
            )
        )
    bulk.insert(Post, columns, rows)
    began, cpu = time.perf_counter(), time.process_time()
    report = compare_due(now=NOW, limit=len(texts))
    put("posts of the stream", report.posts / (time.perf_counter() - began), "1/s")
    put("posts of the stream, processor time alone", report.posts / (time.process_time() - cpu), "1/s")
    put("posts found carried", report.carried / report.posts, "share")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%inspections_%'")
        put("room of the index and the figures", cursor.fetchone()[0] / report.posts, "bytes a post")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=20_000)
    wanted = parser.parse_args()
    chance = random.Random(20261123)
    texts = [written(chance) for _ in range(wanted.posts)]
    put("characters of a text", sum(map(len, texts)) / len(texts), "characters")
    engine(texts[:5000], chance)
    with tempfile.TemporaryDirectory(prefix="govmedia-originality-") as home:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "govmedia.config.settings", "GOVMEDIA_HOME": home, "GOVMEDIA_DB_URL": "",
        }  # fmt: skip
        import django

        django.setup()
        site(texts, chance)


if __name__ == "__main__":
    main()
