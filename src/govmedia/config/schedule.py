"""The schedule of background work: which handler does which kind of job, and what is repeated how often."""

from datetime import datetime

from govmedia.accounts.services import follow_organisations, weigh
from govmedia.checks.services import judge_accounts, judge_stale, overrule, redress
from govmedia.common.planner import analyse_sqlite
from govmedia.config.prepare import check_fetching
from govmedia.desk.services import keep_tally
from govmedia.findings.services import freeze, remind
from govmedia.impostors.services import prune_asked
from govmedia.inspections.services import (
    compare_due,
    drop_old,
    inspect_due,
    prune_targets,
    renew_due,
    rescan_due,
    tell_operators,
    try_specimens,
    visit_due,
)
from govmedia.inspections.services import prune as prune_hits
from govmedia.jobs.embedded import EmbeddedEngine
from govmedia.jobs.engine import Every, Lease
from govmedia.jobs.worker import Worker
from govmedia.opendata.services import make_files
from govmedia.posts.services import open_avatars, plan_slices, poll_due, prune
from govmedia.public.services import keep_counts, keep_freshness
from govmedia.rounds.services import remind_reports, settle_due

SLICE = 200


def _tick(lease: Lease, now: datetime) -> None:
    plan_slices(now=now)


def _slice(lease: Lease, now: datetime) -> None:
    report = poll_due(now=now, limit=SLICE, go_on=lease.alive)
    if report.looked:
        judge_accounts(account_ids=report.account_ids, now=now)


def _avatars(lease: Lease, now: datetime) -> None:
    open_avatars(now=now, go_on=lease.alive)


def _stale(lease: Lease, now: datetime) -> None:
    judge_stale(now=now)


def _redress(lease: Lease, now: datetime) -> None:
    redress(now=now)
    overrule(now=now)


def _freeze(lease: Lease, now: datetime) -> None:
    freeze(now=now)


def _remind(lease: Lease, now: datetime) -> None:
    remind(now=now)


def _follow(lease: Lease, now: datetime) -> None:
    follow_organisations(now=now)


def _weigh(lease: Lease, now: datetime) -> None:
    weigh(now=now)


def _tally(lease: Lease, now: datetime) -> None:
    keep_tally(now=now)


def _inspect(lease: Lease, now: datetime) -> None:
    report = inspect_due(now=now, go_on=lease.alive)
    if report.accounts:
        judge_accounts(account_ids=report.accounts, now=now)


def _renew(lease: Lease, now: datetime) -> None:
    report = renew_due(now=now, go_on=lease.alive)
    if report.accounts:
        judge_accounts(account_ids=report.accounts, now=now)


def _try(lease: Lease, now: datetime) -> None:
    try_specimens(now=now)


def _rescan(lease: Lease, now: datetime) -> None:
    accounts = rescan_due(now=now, go_on=lease.alive)
    if accounts:
        judge_accounts(account_ids=accounts, now=now)


def _compare(lease: Lease, now: datetime) -> None:
    compare_due(now=now, go_on=lease.alive)


def _visit(lease: Lease, now: datetime) -> None:
    visit_due(now=now, go_on=lease.alive)


def _tell(lease: Lease, now: datetime) -> None:
    tell_operators(now=now)


def _settle(lease: Lease, now: datetime) -> None:
    settle_due(now=now)


def _remind_reports(lease: Lease, now: datetime) -> None:
    remind_reports(now=now)


def _count(lease: Lease, now: datetime) -> None:
    keep_counts(now=now)
    keep_freshness(now=now)


def _open_data(lease: Lease, now: datetime) -> None:
    make_files(now=now, at_once=False)


def _prune(lease: Lease, now: datetime) -> None:
    prune(now=now)
    prune_hits(now=now)
    drop_old(now=now)
    prune_targets(now=now)
    prune_asked(now=now)
    analyse_sqlite()


HANDLERS = {
    "posts.tick": _tick,
    "posts.slice": _slice,
    "posts.avatars": _avatars,
    "checks.stale": _stale,
    "checks.redress": _redress,
    "findings.freeze": _freeze,
    "findings.remind": _remind,
    "accounts.follow": _follow,
    "accounts.weigh": _weigh,
    "desk.tally": _tally,
    "inspections.due": _inspect,
    "inspections.renew": _renew,
    "inspections.try": _try,
    "inspections.rescan": _rescan,
    "inspections.compare": _compare,
    "inspections.visit": _visit,
    "inspections.tell": _tell,
    "rounds.settle": _settle,
    "rounds.remind": _remind_reports,
    "public.count": _count,
    "opendata.make": _open_data,
    "posts.prune": _prune,
}
EVERY = (
    Every("posts.tick", 10, "posts.tick", priority=5),
    Every("posts.avatars", 60, "posts.avatars", priority=-6),
    Every("checks.stale", 900, "checks.stale"),
    Every("checks.redress", 30, "checks.redress"),
    Every("findings.remind", 3600, "findings.remind"),
    Every("findings.freeze", 10, "findings.freeze", priority=-4),
    Every("accounts.follow", 60, "accounts.follow"),
    Every("accounts.weigh", 24 * 3600, "accounts.weigh", priority=-5),
    Every("desk.tally", 1800, "desk.tally"),
    Every("inspections.due", 15, "inspections.due", priority=-1),
    Every("inspections.renew", 60, "inspections.renew", priority=-3),
    Every("inspections.try", 600, "inspections.try", priority=-3),
    Every("inspections.rescan", 60, "inspections.rescan", priority=-2),
    Every("inspections.compare", 60, "inspections.compare", priority=-2),
    Every("inspections.visit", 60, "inspections.visit", priority=-6),
    Every("inspections.tell", 3600, "inspections.tell"),
    Every("public.count", 60, "public.count", priority=-1),
    Every("rounds.settle", 60, "rounds.settle"),
    Every("rounds.remind", 1800, "rounds.remind"),
    Every("opendata.make", 300, "opendata.make", priority=-4),
    Every("posts.prune", 24 * 3600, "posts.prune", priority=-5),
)


def worker() -> Worker:
    """The worker of this installation. Errors: SettingError."""
    check_fetching()
    return Worker(EmbeddedEngine(), HANDLERS, EVERY)
