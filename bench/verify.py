"""Real or not against a million names: how long it takes, which look-alikes are told, how many honest names are not.

Names are made by a fixed seed from the real divisions and the usual bodies. Of a list of real ones (CSV with `name`)
every second is in the registry, among neighbours one character away, and is imitated; the others are only asked for,
as honest names. The data is made once and kept in GOVMEDIA_BENCH_HOME (var/bench-verify).
    python bench/verify.py REAL.csv [--names N] [--asked N] [--misses FILE]
"""

import argparse
import csv
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

ROOT = Path(__file__).resolve().parent.parent
NEIGHBOURS, PAIRS, BATCH = 20, 10_000, 5_000
FLOORS = {"p99": (100, 40), "recall": (93, 98), "false": (2, 0.5)}
BODIES = (
    ("公安局", "公安"), ("教育局", "教育"), ("卫生健康委员会", "卫健"), ("民政局", "民政"), ("司法局", "司法"),
    ("财政局", "财政"), ("人力资源和社会保障局", "人社"), ("自然资源局", "自然资源"), ("生态环境局", "生态环境"),
    ("住房和城乡建设局", "住建"), ("交通运输局", "交通运输"), ("水利局", "水利"), ("农业农村局", "农业农村"),
    ("商务局", "商务"), ("文化和旅游局", "文旅"), ("应急管理局", "应急管理"), ("审计局", "审计"),
    ("市场监督管理局", "市场监管"), ("体育局", "体育"), ("统计局", "统计"), ("医疗保障局", "医保"),
    ("城市管理局", "城管"), ("税务局", "税务"), ("气象局", "气象"), ("消防救援大队", "消防"),
    ("人民检察院", "检察"), ("人民法院", "法院"), ("退役军人事务局", "退役军人"), ("总工会", "工会"),
    ("妇女联合会", "妇联"), ("团委", "共青团"), ("融媒体中心", "融媒"), ("政务服务管理局", "政务服务"),
    ("人民政府办公室", "政府办"), ("交通警察大队", "交警"), ("疾病预防控制中心", "疾控"), ("红十字会", "红十字会"),
    ("科学技术局", "科技"), ("发展和改革委员会", "发改"), ("工业和信息化局", "工信"),
)  # fmt: skip
SHAPES = (
    "{place}{body}", "{place}{short}", "{bare}{short}", "{bare}{short}发布", "{bare}{short}在线",
    "{city}{place}{body}",    "{bare}微{short}", "智慧{bare}{short}", "{city}{bare}{short}",
)  # fmt: skip

Ask = Callable[[str], Any]


def tell(metric: str, value: float, unit: str, kind: str = "", **more: Any) -> None:
    line: dict[str, Any] = {"bench": "verify", "metric": metric, "value": round(value, 3), "unit": unit, **more}
    if kind:
        line["floor"], line["aim"] = FLOORS[kind]
    print(json.dumps(line, ensure_ascii=False), flush=True)


def made_names(number: int) -> Iterator[tuple[str, str]]:
    """(division, name) of made accounts, the same each time."""
    from govmedia.engine.likeness.places import bare_place
    from govmedia.orgs import divisions

    rows = [row for row in divisions.rows() if len(row.code) == 6]
    names = {row.code: row.name for row in rows}
    places = [row for row in rows if not row.code.endswith("0000")]
    random.Random(6).shuffle(places)
    made = 0
    for shape in SHAPES:
        for row in places:
            for body, short in BODIES:
                if made == number:
                    return
                city = names.get(f"{row.code[:4]}00", "")
                given = {"place": row.name, "bare": bare_place(row.name), "city": city, "body": body, "short": short}
                yield row.code, shape.format(**given)[:80]
                made += 1


def neighbours(name: str, chance: random.Random, signs: str) -> Iterator[str]:
    """Names one character away."""
    for _ in range(NEIGHBOURS):
        place = chance.randrange(len(name))
        yield name[:place] + chance.choice(signs) + name[place + 1 :]


def build(number: int, real: list[str]) -> None:
    """The registry, unless it is there already."""
    from django.db import transaction

    from govmedia.accounts.models import Account, Trait
    from govmedia.accounts.traits import traits_of
    from govmedia.common import installation
    from govmedia.common.clock import now
    from govmedia.config.prepare import prepare

    prepare()
    if installation.read("bench.verify") == number:
        return
    began = time.perf_counter()
    chance = random.Random(60)
    signs = "".join(sorted({sign for name in real for sign in name if sign >= "一"}))
    around = [("320000", one) for name in real[::2] for one in neighbours(name, chance, signs)]
    first = [("320000", name) for name in real[::2]]
    rows = [*first, *around, *made_names(number - len(first) - len(around))]
    offices = _organisations({division for division, _ in rows})
    moment = now()
    # What was begun goes on. Verifying reads accounts and their traits; the texts of the search are left out.
    for start in range(Account.objects.count(), len(rows), BATCH):
        batch = [
            Account(
                code=f"{start + place:010}", name=name, platform="weibo", organisation_id=offices[division],
                division_id=division, level="county", created_at=moment, updated_at=moment,
            )
            for place, (division, name) in enumerate(rows[start : start + BATCH])
        ]  # fmt: skip
        with transaction.atomic():
            Account.objects.bulk_create(batch)
            Trait.objects.bulk_create(
                Trait(account_id=row.pk, key=key) for row in batch for key in traits_of(row.name, "")
            )
    installation.write("bench.verify", number)
    tell("build", time.perf_counter() - began, "s", names=len(rows))


def _organisations(divisions: Iterable[str]) -> dict[str, int]:
    from govmedia.common.clock import now
    from govmedia.orgs.models import Organisation

    held = dict(Organisation.objects.values_list("division", "pk"))
    if held:
        return held
    moment = now()
    rows = [
        Organisation(
            code=f"9132{place:014}", name=f"第{place}单位", division_id=code, level="county", created_at=moment
        )
        for place, code in enumerate(sorted(set(divisions)))
    ]
    return {row.division_id: row.pk for row in Organisation.objects.bulk_create(rows)}


def look_alikes(name: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """(way, look-alike) made from a real name, at most one of a way."""
    from govmedia.engine.content.confusable import _by_shape
    from govmedia.engine.likeness.shapes import _drawn
    from govmedia.engine.likeness.similar import _signs_by_sound
    from govmedia.engine.pinyin import readings

    claim = chance.choice(("官方", "官方微博", "直播间", "推荐官", "客服"))
    yield "added", name + claim if chance.random() < 0.7 else claim + name
    yield "blanks", name[:2] + chance.choice((" ", "\u3000", "·", "\u200b")) + name[2:]
    places = list(range(len(name)))
    chance.shuffle(places)
    daily = [place for place in places if name[place] >= "一"]
    common = {sign for sign in map(chr, range(0x4E00, 0x9FA6)) if _is_common(sign)}
    for place in daily:
        same = [
            one
            for sound in sorted(readings(name[place]))
            for one in sorted(_signs_by_sound()[sound] & common)
            if one != name[place]
        ]
        if same:
            yield "homophone", name[:place] + chance.choice(same) + name[place + 1 :]
            break
    for place in daily:
        like = sorted(
            {*_by_shape().get(name[place], ""), *_drawn().get(name[place], "")[:4]} & common - {name[place]}
        )
        if like:
            yield "shape", name[:place] + chance.choice(like) + name[place + 1 :]
            break
    yield from _other_scripts(name)


def _is_common(sign: str) -> bool:
    try:
        return 0xB0 <= sign.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


def _other_scripts(name: str) -> Iterator[tuple[str, str]]:
    from govmedia.engine.content.text import _FOLDER
    from govmedia.engine.tables import read_table

    traditional = {pair[1]: pair[0] for pair in read_table(_FOLDER / "traditional.toml")["pairs"]}
    written = "".join(traditional.get(sign, sign) for sign in name)
    if written != name:
        yield "traditional", written
    twins = name.translate(str.maketrans("aeopcxyABCEHKMOPTX1", "аеорсхуАВСЕНКМОРТХ１"))
    radicals = name.translate(str.maketrans("民马长门车黄食风飞鸟青西见角贝龙", "⺠⻢⻓⻔⻋⻩⻝⻛⻜⻦⻘⻄⻅⻆⻉⻰"))
    if twins != name or radicals != name:
        yield "twins", twins if twins != name else radicals


def asked_pairs(names: list[tuple[str, str]], chance: random.Random) -> Iterator[tuple[str, str]]:
    """Pairs of names of different organisations: half of one division, half of any two; of one name none."""
    by_division: dict[str, list[str]] = {}
    for division, name in names:
        by_division.setdefault(division, []).append(name)
    many = [held for held in by_division.values() if len(held) > 1]
    found = 0
    while found < PAIRS:
        one, other = (
            chance.sample(chance.choice(many), 2) if found % 2 else (row[1] for row in chance.sample(names, 2))
        )
        if one != other:
            found += 1
            yield one, other


def measure(real: list[str], asked: int, number: int, misses: TextIO | None) -> None:
    """Print the figures; what was not as it should be goes to `misses`."""
    from govmedia.common.clock import now
    from govmedia.impostors.answering import answer, signed
    from govmedia.impostors.questions import Question

    chance, moment = random.Random(66), now()

    def ask(name: str) -> Any:
        return answer(Question("name", name), now=moment)

    fakes = recall(real[::2], chance, ask, misses)
    world = list(made_names(min(number, 200_000)))
    honest(real[1::2], world, chance, ask, misses)
    names = [*fakes, *real, *(name for _, name in chance.sample(world, min(len(world), asked)))]
    chance.shuffle(names)
    for name in names[:200]:
        ask(name)
    times = []
    for name in names[:asked]:
        began = time.perf_counter()
        signed(ask(name))
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    tell("p50", times[len(times) // 2], "ms", names=number)
    tell("p99", times[int(len(times) * 0.99)], "ms", "p99", names=number, asked=len(times))


def recall(real: list[str], chance: random.Random, ask: Ask, misses: TextIO | None) -> list[str]:
    """How many look-alikes are told and named; returns them."""
    ways: dict[str, list[bool]] = {}
    fakes: list[str] = []
    for name in real:
        for way, fake in look_alikes(name, chance):
            found = ask(fake)
            right = found.kind == "lookalike" and name in {one.account.name for one in found.alike}
            ways.setdefault(way, []).append(right)
            fakes.append(fake)
            if misses and not right:
                print("missed", way, name, fake, found.kind, file=misses)
    every = [one for rows in ways.values() for one in rows]
    tell("recall", 100 * statistics.mean(every), "%", "recall", asked=len(every))
    for way, rows in ways.items():
        tell(f"recall_{way}", 100 * statistics.mean(rows), "%", asked=len(rows))
    return fakes


def honest(
    real: list[str], world: list[tuple[str, str]], chance: random.Random, ask: Ask, misses: TextIO | None
) -> None:
    """How many honest names are called look-alikes: real ones against the registry, and pairs of made ones."""
    from govmedia.engine.likeness import imitates

    wrong = [found for found in map(ask, real) if found.kind == "lookalike"]
    called = [pair for pair in asked_pairs(world, chance) if imitates(*pair)]
    for found in wrong if misses else ():
        print("called", found.question.text, found.account.name, found.reasons[1:2], file=misses)
    for pair in called if misses else ():
        print("pair", *pair, file=misses)
    share = 100 * (len(wrong) + len(called)) / (len(real) + PAIRS)
    tell("honest_called_lookalike", share, "%", "false", asked=len(real) + PAIRS)
    tell("real_called_lookalike", 100 * len(wrong) / len(real), "%", "false", asked=len(real))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("real", type=Path, nargs="?", help="or in GOVMEDIA_REAL_NAMES")
    parser.add_argument("--names", type=int, default=1_000_000)
    parser.add_argument("--asked", type=int, default=5_000)
    parser.add_argument(
        "--misses",
        type=argparse.FileType("w", encoding="utf-8"),
        help="write what was not as it should be to this file",
    )
    given = parser.parse_args()
    listed = given.real or os.environ.get("GOVMEDIA_REAL_NAMES")
    if not listed:
        print("verify: no list of real names given (GOVMEDIA_REAL_NAMES), left out", file=sys.stderr)
        return 0
    home = Path(os.environ.get("GOVMEDIA_BENCH_HOME", ROOT / "var" / "bench-verify")) / str(given.names)
    home.mkdir(parents=True, exist_ok=True)
    os.environ["GOVMEDIA_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "govmedia.config.settings")
    import django

    django.setup()
    with Path(listed).open(encoding="utf-8", newline="") as file:
        real = list(dict.fromkeys(row["name"] for row in csv.DictReader(file)))
    build(given.names, real)
    measure(real, given.asked, given.names, given.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
