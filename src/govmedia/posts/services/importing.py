"""Posts handed over in a file, stored the same way as those that were looked at."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from govmedia.accounts.models import Account
from govmedia.accounts.services import SeenRow, note_seen_many
from govmedia.audit.services import Deed, record
from govmedia.common.clock import SHANGHAI
from govmedia.connectors.types import Snapshot
from govmedia.orgs.models import User
from govmedia.posts.cleaning import drafts_of
from govmedia.posts.comparing import compare
from govmedia.posts.models import Interface
from govmedia.posts.services.contents import Shown, load_stored, store

LINES_AT_ONCE = 2000
LINE_CHARS = 8 * 1024 * 1024


@dataclass(slots=True)
class ImportReport:
    """What an import came to; `problems` are (line number from 1, reason in Chinese)."""

    read: int = 0
    created: int = 0
    changed: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """One Chinese line for the terminal."""
        same = self.read - self.created - self.changed - len(self.problems)
        return (
            f"读取 {self.read} 条：新增 {self.created}，改动 {self.changed}，"
            f"相同 {same}，未导入 {len(self.problems)}。"
        )


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    code: str
    snapshot: Snapshot


class _Bad(Exception):
    """A line that cannot be used; the text says why in Chinese."""


def import_posts(lines: Iterable[str | bytes], *, now: datetime, by: User | None) -> ImportReport:
    """Store Post objects (JSON Lines) that name their `account` by its code; bad lines are named, the rest goes on.

    An import is no look: it extends no seen time, and what it lacks is not missing. Dates count as they do for
    posts that were looked at, so that a silence that was seen cannot be undone by a file.
    """
    report = ImportReport()
    batch: list[_Line] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        report.read += 1
        try:
            batch.append(_line(number, line))
        except _Bad as why:
            report.problems.append((number, str(why)))
        if len(batch) >= LINES_AT_ONCE:
            _import(batch, report, now=now, by=by)
            batch = []
    if batch:
        _import(batch, report, now=now, by=by)
    report.problems.sort()
    return report


@transaction.atomic
def _import(batch: list[_Line], report: ImportReport, *, now: datetime, by: User | None) -> None:
    accounts = dict(Account.objects.filter(code__in={line.code for line in batch}).values_list("code", "pk"))
    by_account: dict[int, list[_Line]] = {}
    for line in batch:
        if line.code in accounts:
            by_account.setdefault(accounts[line.code], []).append(line)
        else:
            report.problems.append((line.number, f"没有编号为“{line.code[:20]}”的账号，请核对 account"))
    shown = list(_shown(by_account, report))
    # A look under way is waited for or thrown away, so that one post is never stored twice.
    list(Interface.objects.select_for_update().filter(account__in=by_account).order_by("pk").values_list("pk"))
    load_stored(shown, now)
    for one in shown:
        one.changes = compare(one.drafts, one.stored, now, whole=False)
    store(shown, now)
    created = sum(len(one.changes.new) for one in shown)
    changed = sum(len(one.changes.edited) for one in shown)
    report.created, report.changed = report.created + created, report.changed + changed
    _note_latest(shown)
    after = {"accounts": len(shown), "created": created, "edited": changed}
    record(Deed("posts.import", "posts:import", f"导入 {len(batch)} 条内容", after=after), by=by, now=now)


def _shown(by_account: dict[int, list[_Line]], report: ImportReport) -> Iterator[Shown]:
    seen = dict(Interface.objects.filter(account__in=by_account).values_list("account_id", "last_ok_at"))
    for account_id, lines in by_account.items():
        drafts, refusals = drafts_of(line.snapshot for line in lines)
        report.problems += [(lines[refusal.position - 1].number, refusal.reason) for refusal in refusals]
        yield Shown(account_id, drafts, last_ok_at=seen.get(account_id))


def _note_latest(shown: Iterable[Shown]) -> None:
    """An account's latest post may have come by file; when it was seen does not change."""
    latest = {one.account_id: one.latest_post_at for one in shown if one.latest_post_at}
    rows = Account.objects.filter(pk__in=latest, last_seen_at__isnull=False).values_list(
        "pk", "last_seen_at", "first_seen_at"
    )
    note_seen_many(SeenRow(pk, seen_at, latest[pk], first_at) for pk, seen_at, first_at in rows)


def _line(number: int, line: str | bytes) -> _Line:
    if len(line) > LINE_CHARS:
        raise _Bad("这一行超过 8 MiB，未读取")
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        raise _Bad("不是有效的 JSON，每行应是一个内容对象") from None
    if not isinstance(values, dict):
        raise _Bad("每行应是一个内容对象，形如 {“account”: …, “id”: …, “text”: …}")
    code = _text(values, "account").strip().upper()
    if not code:
        raise _Bad("缺少 account（账号编号）")
    if not _text(values, "id").strip():
        raise _Bad("缺少 id（内容编号）")
    original = values.get("original")
    if original is not None and not isinstance(original, bool):
        raise _Bad("original 应为 true 或 false")
    texts = {name: _text(values, name) for name in ("title", "text", "url", "author", "source_name")}
    times = {name: _moment(values, name) for name in ("published_at", "updated_at")}
    links = {name: _links(values, name) for name in ("links", "images")}
    return _Line(number, code, Snapshot(_text(values, "id"), original=original, **texts, **times, **links))


def _text(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _Bad(f"{name} 应为文字")
    return value


def _links(values: dict[str, Any], name: str) -> tuple[str, ...]:
    value = values.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _Bad(f"{name} 应为文字的列表")
    return tuple(value)


def _moment(values: dict[str, Any], name: str) -> datetime | None:
    text = _text(values, name).strip()
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _Bad(f"{name} 应为时间，例如 2026-11-23T08:00:00+08:00") from None
