"""Pulling the strings of one account, so that a visitor sees the health check at work within a minute or two.

Only in a demonstration, where the past is invented anyway: an account that falls silent has its recorded past moved
back, since nobody can wait two weeks. What follows (looks, findings, notices, health) is the real thing.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.db import transaction

from govmedia.accounts.models import LIVE, Account
from govmedia.audit.services import Deed, record
from govmedia.common import installation
from govmedia.common.clock import day_of
from govmedia.common.refusals import Refused
from govmedia.connectors.errors import OUTCOME_TEXT, Outcome
from govmedia.demo import words, writing
from govmedia.demo.build import EMULATOR_FILE
from govmedia.demo.places import bare_name
from govmedia.emulators.source import EmulatedItem, FileSource
from govmedia.orgs.models import User
from govmedia.orgs.rights import require
from govmedia.posts.models import Coverage, Interface, Look, Post
from govmedia.posts.services import look_now, version_sm3

SILENT, BREAK, RECOVER = "silent", "break", "recover"
SHIFT_DAYS = 20
_SHIFT = timedelta(days=SHIFT_DAYS)
_LAST_DAY = timedelta(hours=24)
_LATELY = timedelta(minutes=1)
# Looks at the silent feed that the strictest edition asks for, with the one to come: three, six hours apart.
_LOOKS_AGO = tuple(timedelta(hours=hours) for hours in (20, 13, 6.5))
# Failing looks that already lie behind a broken account; the one to come makes it three over more than an hour.
_FAILED_AGO = (timedelta(minutes=95), timedelta(minutes=40))


@dataclass(frozen=True, slots=True)
class Fault:
    """A way to break: the emulator's mode, and what a look at it comes to."""

    mode: str
    outcome: Outcome
    cause: str
    status: int


FAULTS = (
    Fault("html_login", Outcome.not_a_feed, "打开的是网页（可能是登录页），不是订阅源。", 200),
    Fault("http_401", Outcome.needs_reauthorise, "对方要求登录（401）。", 401),
    Fault("http_410", Outcome.gone, "对方说这个地址已永久停用（410）。", 410),
    Fault("http_500", Outcome.retry_soon, "对方服务器出错或正忙（500）。", 500),
)


def is_demonstration() -> bool:
    """True where the strings may be pulled at all."""
    return installation.read(installation.DEMO) is not None


@transaction.atomic
def steer(*, account: Account | None, what: str, by: User | None, now: datetime) -> str:
    """Make an account fall silent, break or recover, and have it looked at at once; returns what to watch for.

    `what` is silent, break or recover. Errors: Refused outside demonstrations, for accounts that are not looked at
    or whose feed the emulator does not serve; NoRight.
    """
    if not is_demonstration():
        raise Refused("只有演示数据里的账号可以这样操作。")
    if what not in _DEEDS:
        raise Refused("请选择停更、出错或恢复。")
    if account is None:
        raise Refused("没有这个账号，请核对编号。")
    require(by, "demo.steer", division=account.division_id, organisation=account.organisation_id)
    interface = Interface.objects.select_for_update().filter(account=account).first()
    if account.status not in LIVE or interface is None or interface.state == Interface.State.STOPPED:
        raise Refused(f"「{account.name}」已不再查看，不能用来演示。")
    if interface.state == Interface.State.FROZEN:
        raise Refused(f"「{account.name}」已冻结，请先由监管员核实并解除冻结。")
    with _emulator() as emulator:
        # The feed's key is its own; for an account opened in the demonstration it is not the account's code.
        key = interface.handle.rpartition("/")[2].partition(".")[0]
        if emulator.feed(key) is None:
            raise Refused(f"「{account.name}」的接口不是模拟平台提供的，不能用来演示。")
        text = _DEEDS[what](account, interface, emulator, key, now)
    # Whoever pulls the strings wants to see at once what comes of it, even where a look was made just now.
    Interface.objects.filter(pk=interface.pk, last_look_at__gt=now - _LATELY).update(last_look_at=now - _LATELY)
    after = {"what": what, "text": text}
    record(
        Deed("demo.steer", f"account:{account.code}", account.name, after=after, division=account.division_id),
        by=by,
        now=now,
    )
    look_now(account=account, by=None, now=now)
    return text


@contextlib.contextmanager
def _emulator() -> Iterator[FileSource]:
    path = Path(settings.HOME) / EMULATOR_FILE
    if not path.is_file():
        raise Refused("找不到模拟平台的数据文件，请重新生成演示数据。")
    with contextlib.closing(FileSource(path)) as source:
        yield source


def _silence(account: Account, interface: Interface, emulator: FileSource, key: str, now: datetime) -> str:
    emulator.shift_items(key, -SHIFT_DAYS, now)
    emulator.set_mode(key, "silent", now)
    _shift_posts(account)
    _shift_looks(account, interface, now)
    _shift_coverage(account, now)
    interface.etag = interface.last_modified = interface.body_sm3 = ""
    interface.failures, interface.failing_since = 0, None
    interface.last_ok_at = interface.last_look_at = now - _LATELY
    interface.last_outcome, interface.last_cause = Outcome.ok, ""
    if interface.oldest_item_at:
        interface.oldest_item_at -= _SHIFT
    interface.save()
    row = Account.objects.select_for_update().get(pk=account.pk)
    row.first_seen_at = (row.first_seen_at or now) - _SHIFT
    row.last_post_at = row.last_post_at - _SHIFT if row.last_post_at else None
    row.opened_on = min(row.opened_on, day_of(row.first_seen_at)) if row.opened_on else None
    row.last_seen_at, row.updated_at = now, now
    row.save()
    return (
        f"已让「{account.name}」停更：演示中把它的过去整体前移了 {SHIFT_DAYS} 天。下一次查看后将认定“两周内无更新”。"
    )


def _shift_posts(account: Account) -> None:
    rows = list(Post.objects.filter(account=account).order_by("pk"))
    for row in rows:
        row.counts_on -= _SHIFT
        row.first_seen_at -= _SHIFT
        row.published_at = row.published_at - _SHIFT if row.published_at else None
        row.updated_at = row.updated_at - _SHIFT if row.updated_at else None
        row.sm3 = version_sm3(row.title, row.text, row.url, row.published_at)
    fields = ["counts_on", "first_seen_at", "published_at", "updated_at", "sm3"]
    Post.objects.bulk_update(rows, fields, batch_size=200)


def _shift_looks(account: Account, interface: Interface, now: datetime) -> None:
    """The last day's looks stay, or are put in where nobody looked; earlier ones move with the posts."""
    rows = list(Look.objects.filter(account=account, at__lte=now - _LAST_DAY).order_by("pk"))
    for row in rows:
        row.at -= _SHIFT
    Look.objects.bulk_update(rows, ["at"], batch_size=200)
    Look.objects.filter(account=account, ok=False, at__gt=now - _LAST_DAY).delete()
    Look.objects.bulk_create(_look(interface, now - ago) for ago in _LOOKS_AGO)


def _shift_coverage(account: Account, now: datetime) -> None:
    """One stretch from the moved first look until now: the silence was seen."""
    first = Coverage.objects.filter(account=account).order_by("start_at").first()
    start = (first.start_at if first else now - _LAST_DAY) - _SHIFT
    looks = Look.objects.filter(account=account, ok=True).count()
    Coverage.objects.filter(account=account).delete()
    Coverage.objects.create(account=account, start_at=start, end_at=now, looks=looks)


def _break(account: Account, interface: Interface, emulator: FileSource, key: str, now: datetime) -> str:
    # Which one is no secret and need not be fair: each account has its own way to break.
    fault = FAULTS[sum(account.code.encode()) % len(FAULTS)]
    emulator.set_mode(key, fault.mode, now)
    begun = now - _FAILED_AGO[0]
    Look.objects.filter(account=account, ok=True, at__gte=begun).delete()
    Look.objects.bulk_create(_look(interface, now - ago, fault) for ago in _FAILED_AGO)
    interface.failures, interface.failing_since = len(_FAILED_AGO), begun
    interface.last_outcome, interface.last_cause = fault.outcome, _cause(fault)
    interface.last_look_at = now - _FAILED_AGO[-1]
    interface.etag = interface.last_modified = interface.body_sm3 = ""
    interface.save()
    return f"已让「{account.name}」的接口出错（{fault.cause.rstrip('。')}）。下一次查看后将显示“未见”，不会扣分。"


def _recover(account: Account, interface: Interface, emulator: FileSource, key: str, now: datetime) -> str:
    emulator.set_mode(key, "ok", now)
    random = Random(f"{account.code}{now.timestamp()}")  # noqa: S311 - chance for a demonstration
    division = account.division
    title, text = writing.compose(
        words.load(),
        random,
        field=account.organisation.field,
        place=division.name,
        office=account.organisation.short_name or bare_name(division.name),
        day=day_of(now),
    )
    at = now.replace(microsecond=0)
    native_id = f"{key}-{int(at.timestamp() * 1000)}"
    emulator.add_item(EmulatedItem(key, native_id, title, text, published_at=at, author=account.name), now)
    interface.etag = interface.last_modified = ""
    interface.save(update_fields=["etag", "last_modified"])
    return f"已让「{account.name}」恢复并发布一篇新内容。下一次查看后相关问题将自动销号。"


def _look(interface: Interface, at: datetime, fault: Fault | None = None) -> Look:
    return Look(
        account_id=interface.account_id,
        at=at,
        ok=fault is None,
        outcome=fault.outcome if fault else Outcome.not_modified,
        cause=_cause(fault) if fault else "",
        status=fault.status if fault else 304,
        url=interface.handle,
        address=interface.handle.split("/")[2],
        took_ms=9,
    )


def _cause(fault: Fault) -> str:
    return fault.cause + OUTCOME_TEXT[fault.outcome].advice


_DEEDS = {SILENT: _silence, BREAK: _break, RECOVER: _recover}
