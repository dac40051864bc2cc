"""What is wrong with this installation, in words."""

import shutil
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from govmedia.accounts.models import Account
from govmedia.accounts.services import index_is_current
from govmedia.audit.queries import first_break
from govmedia.common import signing
from govmedia.common.clock import now, today
from govmedia.config.env import SettingError
from govmedia.config.prepare import check_fetching
from govmedia.engine.calendar import Calendar, HolidayError
from govmedia.engine.edition import EditionError, edition_names, load_edition
from govmedia.engine.hashing import sm3_available
from govmedia.filings.models import Filing
from govmedia.filings.queries import chain_problem
from govmedia.findings.models import Finding
from govmedia.findings.queries import edition_in_force
from govmedia.jobs.queries import stats
from govmedia.posts.queries import open_outage

QUEUE = "embedded"
LOW_DISK = 1 << 30


def complaints() -> Iterator[str]:
    """One Chinese sentence for each thing wrong: what, and what to do."""
    if not sm3_available():
        yield "本机 OpenSSL 不含 SM3，证据无法取指纹。请换用带 SM3 的 OpenSSL（Debian 12 自带的可以）。"
    free = shutil.disk_usage(settings.HOME).free
    if free < LOW_DISK:
        yield f"数据目录 {settings.HOME} 只剩 {free / (1 << 20):.0f} MB，请清理或扩容。"
    yield from _surroundings()
    yield from signing.complaints()
    yield from _editions()
    yield from _holidays()
    if problem := chain_problem():
        yield problem
    try:
        yield from _database()
    except DatabaseError as why:
        yield f"数据库用不了：{why}。请检查 GOVMEDIA_DB_URL，或运行 govmedia serve 建立数据库。"


def _surroundings() -> Iterator[str]:
    """Settings that stop some of the work but not the program."""
    try:
        check_fetching()
    except SettingError as why:
        yield str(why)
    if settings.QUEUE != QUEUE:
        yield f"GOVMEDIA_QUEUE 没有“{settings.QUEUE[:40]}”，后台任务仍由 {QUEUE} 运行。请改成 {QUEUE} 或不设。"


def _editions() -> Iterator[str]:
    for name in edition_names(settings.EDITION_FOLDERS):
        try:
            load_edition(name, settings.EDITION_FOLDERS)
        except EditionError as why:
            yield why.text


def _holidays() -> Iterator[str]:
    year = today().year
    try:
        if year not in Calendar.load(settings.HOLIDAY_FOLDERS).years:
            yield f"没有 {year} 年的节假日安排，工作日期限无法确定。请运行 govmedia import holidays 文件。"
    except HolidayError as why:
        yield why.text


def _database() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield "数据库结构不是最新。请重新运行 govmedia serve，它会自动升级。"
        return
    broken = first_break()
    if broken:
        yield f"审计日志不完整：{broken[1]}。请保全数据库副本并查明原因。"
    try:
        edition_in_force()
    except EditionError as why:
        yield f"健康检查所用的指标版本不可用，判断停着：{why.text}"
    if signing.unlisted():
        yield "现用的签名公钥还没有公布，别人核对不了签名。请重新启动 govmedia serve。"
    if not index_is_current():
        yield "账号的搜索索引不是这个版本建的，搜索会不全。请运行 govmedia index。"
    yield from _states()
    outage = open_outage()
    if outage:
        yield f"{outage.get_kind_display()}，判断已暂停。请先检查本机网络。"
    jobs = stats(now=now())
    if jobs["dead"]:
        yield f"有 {jobs['dead']} 个后台任务多次失败后被放弃，请管理员在“系统”页查看原因。"
    if not jobs["workers"]:
        yield "没有正在运行的后台任务进程，健康检查停着。请运行 govmedia serve 或 govmedia worker。"


def _states() -> Iterator[str]:
    """States that a bulk change may have left outside the tables."""
    for model, column in ((Filing, "state"), (Finding, "state"), (Account, "status")):
        legal = [value for value, _ in model._meta.get_field(column).choices]
        odd = model.objects.exclude(**{f"{column}__in": legal}).count()
        if odd:
            yield f"{odd} 条{model.__name__}记录的状态不在状态表里，请联系维护人员。"
