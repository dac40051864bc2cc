"""Sentences of an answer about the accounts it names. They say all by themselves, since the JSON has no list."""

from collections.abc import Sequence
from datetime import datetime

from govmedia.accounts.models import Account, Status
from govmedia.common.clock import SHANGHAI
from govmedia.engine.platforms import platform_label
from govmedia.impostors.models import Impostor

# Of accounts that are not shown one by one so many are named, and of so many that were asked for there may be more.
NAMED_MOST, ASKED_MOST = 6, 20
UNSAFE = "没有记录不等于安全：请不要向它提供个人信息、付款或下载应用。"


def whose(row: Account) -> str:
    was = "曾是" if row.status == Status.CLOSED else "是"
    return f"「{row.name}」{was}{row.organisation.name}在{platform_label(row.platform)}上备案的账号。"


def state(row: Account) -> list[str]:
    if row.status == Status.CLOSED:
        return [f"它{end(row)}。{no_more(row)}"]
    said = [f"备案编号 {row.code}，目前{row.get_status_display()}。"]
    return [*said, "它的身份正在核实，暂请谨慎。"] if row.frozen_reason else said


def end(row: Account) -> str:
    heir = row.successor
    to = f"，由「{heir.name}」（{platform_label(heir.platform)}）承接" if heir else "，没有承接账号"
    return f"已于 {row.closed_on} 注销{to}"


def no_more(row: Account) -> str:
    return f"在{platform_label(row.platform)}上仍用这个名称或链接的，不再是官方账号。"


def several(rows: Sequence[Account]) -> str:
    """Of accounts of one name: how many, where, and which."""
    return f"有 {_many(rows)}，在{platforms(rows)}（备案编号 {_cut([row.code for row in rows])}）"


def platforms(rows: Sequence[Account]) -> str:
    return "、".join(dict.fromkeys(platform_label(row.platform) for row in rows))


def closed_too(rows: Sequence[Account]) -> str:
    return f"另有 {_many(rows)}同名账号已注销：" + _cut(
        [f"{platform_label(row.platform)}（{row.closed_on}）" for row in rows]
    )


def listed(rows: Sequence[Account]) -> str:
    """Of accounts of any names: how many, and which."""
    said = [f"「{row.name}」（{platform_label(row.platform)}，备案编号 {row.code}）" for row in rows]
    return f"有 {_many(rows)}：{_cut(said)}"


def told_at(known: Impostor) -> str:
    return platform_label(known.platform) if known.platform else "平台不明"


def day(at: datetime | None) -> str:
    return at.astimezone(SHANGHAI).date().isoformat() if at else ""


def _many(rows: Sequence[Account]) -> str:
    return f"{len(rows)} 个以上" if len(rows) >= ASKED_MOST else f"{len(rows)} 个"


def _cut(said: Sequence[str]) -> str:
    return "、".join(said[:NAMED_MOST]) + ("等" if len(said) > NAMED_MOST else "")
