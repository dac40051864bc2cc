"""Filling an empty data folder with the demonstration."""

import contextlib
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from operator import itemgetter
from pathlib import Path
from random import Random

from django.db import transaction

from govmedia.accounts.models import Account
from govmedia.audit.services import Deed, record
from govmedia.checks.services import judge_accounts
from govmedia.common import installation
from govmedia.common.planner import analyse
from govmedia.common.refusals import Refused
from govmedia.demo import (
    fakes,
    inspection_rounds,
    lives,
    papers,
    past_rounds,
    people,
    places,
    rows,
    rulings,
    stage,
    tray,
    verdicts,
    words,
    yearly,
)
from govmedia.demo.plan import LARGE, Plan, make_plan, span
from govmedia.demo.timing import perform
from govmedia.desk.services import keep_tally
from govmedia.emulators.source import WINDOW, FileSource
from govmedia.filings.models import Filing
from govmedia.inspections.services import begin_at, compare_due, compare_from
from govmedia.orgs.models import Division, Organisation, User
from govmedia.orgs.services import load_divisions

EMULATOR_FILE = "emulator.sqlite3"
EMULATOR_PORT = 8790
ROUNDS, ROUNDS_MOST = 4, 40
_CHUNK = 2000
_JUDGED_AT_ONCE = 4000
# A small demonstration has been judged before, so that findings are of different ages.
_JUDGED_DAYS_AGO = tuple(timedelta(days=days, hours=2) for days in (12, 9, 7, 5, 3, 2, 1))
_LAST_JUDGED = timedelta(hours=1)
# Feeds of a country show only their newest posts, or the emulator's file would be as large as the database.
_LARGE_WINDOW = 3
_LARGE_INSPECTED = timedelta(days=1)

Progress = Callable[[str], None]


class InUse(Refused):
    """The data folder holds somebody's data."""

    text = "这个数据目录里已有数据，演示数据只能装进空目录。请用 GOVMEDIA_HOME 指定一个空目录后再试。"


@dataclass(frozen=True, slots=True)
class Report:
    """What was made. `text` says it in one Chinese line."""

    organisations: int
    accounts: int
    posts: int
    filings: int
    users: int
    since: str

    @property
    def text(self) -> str:
        return (
            f"演示数据已就绪：{self.organisations:,} 家单位、{self.accounts:,} 个账号、{self.posts:,} 条内容"
            f"（{self.since} 起）、{self.filings:,} 件备案、{self.users:,} 个用户。"
        )


def in_use() -> bool:
    """True where there is anything but the packaged divisions."""
    return any(model.objects.exists() for model in (Organisation, Account, User, Filing))


def build(
    *,
    home: Path,
    now: datetime,
    progress: Progress,
    accounts: int = 320,
    posts: int | None = None,
    rounds: int = ROUNDS,
    seed: int = 2026,
    emulator_port: int = EMULATOR_PORT,
) -> Report:
    """Fill the database and the emulator's file; the same seed and moment give the same. `rounds`: how many past
    quarters have a closed round.

    All or nothing at the usual size; a country is written in parts, as one transaction of its size would take as
    much room again. Errors: InUse; Refused where there are too few accounts or posts.
    """
    if in_use():
        raise InUse
    if accounts < 20:
        raise Refused("演示至少需要 20 个账号。请调大 --accounts。")
    if not 0 <= rounds <= ROUNDS_MOST:
        raise Refused(f"以往的检查应是 0 到 {ROUNDS_MOST} 个季度。请改正 --rounds。")
    time = span(accounts=accounts, posts=posts, now=now)
    (home / EMULATOR_FILE).unlink(missing_ok=True)
    whole: AbstractContextManager[object] = transaction.atomic() if accounts <= LARGE else contextlib.nullcontext()
    with whole, contextlib.closing(FileSource(home / EMULATOR_FILE)) as emulator:
        if not Division.objects.exists():
            load_divisions()
        random = Random(seed)  # noqa: S311 - chance for a demonstration
        vocabulary = words.load()
        grounds = _grounds(accounts)
        bodies = places.bodies(grounds, vocabulary.namings, -(-accounts // 2), random)
        plan = make_plan(accounts=accounts, bodies=bodies, time=time, random=random)
        since = _started(plan, rounds)
        progress(f"单位 {len(bodies):,} 家 …")
        organisations = rows.add_organisations(bodies, now=since)
        users = people.settle(places=grounds, organisations=organisations, now=since)
        scene = stage.Scene(vocabulary, emulator_port, now, WINDOW if accounts <= LARGE else _LARGE_WINDOW)
        stored = _play_all(plan, organisations, scene, emulator, random, progress, since)
        analyse()
        # The latest quarter of a small demonstration is played by the services, with the posts there are.
        skip = int(_has_last_round(plan))
        past_rounds.play(rounds=rounds, now=now, seed=seed, skip=skip, cities=accounts <= LARGE, progress=progress)
        _tell_story(plan, organisations, scene, emulator, random, progress, rounds, since)
        spare = tray.unfiled(plan, scene, random)
        emulator.add_many((sheet.feed for sheet in spare), (item for sheet in spare for item in sheet.items))
        _set_up(emulator_port, seed, [sheet.address for sheet in spare], now)
    return Report(len(bodies), len(plan.roles), stored, Filing.objects.count(), users, f"{time.start_on}")


def _grounds(accounts: int) -> list[places.Place]:
    """One province, or the country where the accounts would not fit into one."""
    divisions = list(Division.objects.order_by("code"))
    found = places.places(divisions)
    return found if accounts > LARGE else [place for place in found if place.code.startswith("32")]


def _started(plan: Plan, rounds: int) -> datetime:
    """When the platform went into use: before anything was looked at, and before the first round."""
    seen = min(role.first_seen_at for role in plan.roles) - timedelta(hours=12)
    past = past_rounds.quarters(rounds=rounds, now=plan.span.now, skip=0)
    return min([seen, *(one.began - timedelta(days=30) for one in past[:1])])


def _has_last_round(plan: Plan) -> bool:
    return inspection_rounds.LEAST <= len(plan.roles) <= LARGE


def _play_all(
    plan: Plan,
    organisations: Sequence[Organisation],
    scene: stage.Scene,
    emulator: FileSource,
    random: Random,
    progress: Progress,
    since: datetime,
) -> int:
    dense = len(plan.roles) <= LARGE
    stored = 0
    pairs = [(role, role.successor) for role in plan.roles if role.successor]
    wanted = {role.code for pair in pairs for role in pair}
    by_code: dict[str, Account] = {}
    for start in range(0, len(plan.roles), _CHUNK):
        roles = plan.roles[start : start + _CHUNK]
        acted = [(role, perform(role, plan.span, random, dense=dense)) for role in roles]
        with transaction.atomic():
            accounts = rows.add_accounts(acted, organisations, now=since)
            casts = [stage.Cast(role, done, row) for (role, done), row in zip(acted, accounts, strict=True)]
            feeds, items, count = stage.play(casts, scene, random)
        emulator.add_many(feeds, items)
        stored += count
        by_code.update((row.code, row) for row in accounts if row.code in wanted)
        progress(f"账号 {start + len(roles):,} 个，内容 {stored:,} 条 …")
    rows.name_successors(pairs, by_code)
    return stored


def _set_up(port: int, seed: int, unfiled: list[str], now: datetime) -> None:
    value = {"emulator_port": port, "made_at": now.isoformat(), "seed": seed, "unfiled": unfiled}
    installation.write(installation.DEMO, value)
    record(Deed("demo.build", "installation:demo", "演示数据", after=value), by=None, now=now)


def _tell_story(
    plan: Plan,
    organisations: Sequence[Organisation],
    scene: stage.Scene,
    emulator: FileSource,
    random: Random,
    progress: Progress,
    rounds: int,
    since: datetime,
) -> None:
    """What people and the machine did in the last days, in the order of time, so that the log reads like one."""
    now = scene.now
    progress("备案与检查 …")
    sheets, events = tray.errands(plan, organisations, scene, random)
    emulator.add_many((sheet.feed for sheet in sheets), (item for sheet in sheets for item in sheet.items))
    events += papers.file_past(plan, now=now)
    events += rows.opened_since(since)
    small = len(plan.roles) <= LARGE
    for ago in (*(_JUDGED_DAYS_AGO if small else ()), _LAST_JUDGED):
        events.append((now - ago, partial(_judge, now - ago, progress)))
    if _has_last_round(plan) and rounds:
        events += _last_round(now, progress)
    with papers.emulator_allowed(scene.port):
        for _, deed in sorted(events, key=itemgetter(0)):
            deed()
    verdicts.inspect(now=now, progress=progress)
    if small:
        rulings.add_terms(now=now)
        fakes.report_fakes(now=now)
        progress("比对内容 …")
        compare_due(now=now, limit=10**9)
        rulings.inspect_and_rule(now=now, progress=progress)
        if len(plan.roles) >= inspection_rounds.LEAST:
            inspection_rounds.play_now(now=now)
        lives.play(now=now, progress=progress)
        _judge(now, progress)
        if rounds:
            yearly.play(now=now, progress=progress)
    else:
        # A country's archive is inspected by whoever wants to wait for it; the health check begins with this week.
        begin_at(since=now - _LARGE_INSPECTED, now=now)
        compare_from(since=now - _LARGE_INSPECTED)


def _last_round(now: datetime, progress: Progress) -> list[tuple[datetime, Callable[[], object]]]:
    """Last quarter's round; early in a quarter, what the province published of the one before."""
    if inspection_rounds.is_over(now):
        return [(inspection_rounds.began_at(now), partial(inspection_rounds.play_last, now=now, progress=progress))]
    held = inspection_rounds.newest_closed()
    return [(inspection_rounds.told_at(held), partial(inspection_rounds.tell, held))] if held else []


def _judge(now: datetime, progress: Progress) -> None:
    """A judgement by the same service as every later one; the quarter's posts up to that moment are its facts."""
    done = 0
    ids = list(Account.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _JUDGED_AT_ONCE):
        done += judge_accounts(account_ids=ids[start : start + _JUDGED_AT_ONCE], now=now)
        if len(ids) > LARGE:
            progress(f"已判断 {done:,} 个账号 …")
    # The start page compares with the day before.
    keep_tally(now=now)
