"""Reading an account through its data interface, and the emulator to try it on. No database."""

import argparse
import os
import sys
from datetime import UTC, datetime

from govmedia.cli.site import tell


def register(commands: argparse._SubParsersAction) -> None:
    """Add: fetch, emulators."""
    fetch = commands.add_parser("fetch", help="读取一个数据接口，每行输出一个 Post")
    fetch.add_argument("interface", metavar="接口", help="feed")
    fetch.add_argument("handle", metavar="地址", help="订阅源地址")
    fetch.add_argument("--since", help="只要这个时间以来的（含），RFC 3339；没有日期的总是保留")
    fetch.add_argument("--credentials", metavar="FILE", help="凭据文件（订阅源不需要）")
    fetch.set_defaults(run=run_fetch)

    emulators = commands.add_parser("emulators", help="在本机模拟平台的数据接口，供演示与测试")
    emulators.add_argument("--port", type=int, default=8790)
    emulators.add_argument("--accounts", type=int, default=20, help="没有 --source 时自造多少个账号")
    emulators.add_argument("--source", help="演示数据的 emulator.sqlite3")
    emulators.set_defaults(run=run_emulators)


def run_fetch(arguments: argparse.Namespace) -> int:
    from govmedia.connectors.command import run_fetch
    from govmedia.connectors.guard import Guard
    from govmedia.connectors.registry import LABELS

    if arguments.interface not in LABELS:
        tell(f"没有接口 {arguments.interface}。可用：{'、'.join(LABELS)}。")
        return 2
    since = None
    if arguments.since:
        try:
            since = datetime.fromisoformat(arguments.since)
        except ValueError:
            tell(f"--since {arguments.since} 不是时间。请写成 2026-11-01T00:00:00+08:00。")
            return 2
        if since.tzinfo is None:
            tell("--since 缺少时区。请写成 2026-11-01T00:00:00+08:00。")
            return 2
    allow = [part.strip() for part in os.environ.get("GOVMEDIA_FETCH_ALLOW", "").split(",") if part.strip()]
    try:
        guard = Guard(allow)
    except ValueError as why:
        tell(str(why))
        return 2
    moment = datetime.now(UTC)  # noqa: TID251 - without the framework this command is its own clock
    return run_fetch(arguments.interface, arguments.handle, since, sys.stdout, sys.stderr, guard=guard, now=moment)


def run_emulators(arguments: argparse.Namespace) -> int:
    from govmedia.emulators.command import run

    return run(port=arguments.port, accounts=arguments.accounts, source=arguments.source)
