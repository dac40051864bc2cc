"""`govmedia emulators`: the emulator as a command, over the demonstration's file or over made-up accounts."""

import argparse
import asyncio
import signal
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from govmedia.emulators.feeds import Clock, serve_feeds
from govmedia.emulators.phrases import made_up_feeds, made_up_posts
from govmedia.emulators.source import FileSource, write_feeds

LIVELY_S = 300.0


def outside_clock() -> datetime:
    """The emulator stands for machines elsewhere, which read their own clocks."""
    return datetime.now(UTC)  # noqa: TID251 - not our product's clock, see above


def run(*, port: int, accounts: int, source: str | None, clock: Clock = outside_clock) -> int:
    """Serve until stopped. Exit status: 0 stopped; 1 the port is taken or the file missing; 2 wrong usage."""
    if accounts < 1 or not 0 <= port < 65536:
        sys.stderr.write("--accounts 至少为 1，--port 在 0 到 65535 之间。\n")
        return 2
    if source is not None and not Path(source).is_file():
        sys.stderr.write(f"{source}：没有这个文件。请先运行 govmedia demo，或不写 --source。\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="govmedia-emulators-") as folder:
        path = Path(source) if source is not None else Path(folder) / "feeds.sqlite3"
        if source is None:
            feeds = made_up_feeds(accounts, clock())
            write_feeds(path, feeds, made_up_posts(feeds, clock()))
        return asyncio.run(_serve(path, port, clock))


async def _serve(path: Path, port: int, clock: Clock) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    source = FileSource(path)
    try:
        server = await serve_feeds(source, port, clock=clock, lively_s=LIVELY_S)
    except OSError as why:
        sys.stderr.write(f"端口 {port} 打不开：{why.strerror}。请换一个端口。\n")
        source.close()
        return 1
    sys.stderr.write(f"模拟器已启动：{server.url}/ （{source.count():,} 个账号）\n")
    await stop.wait()
    await server.close()
    source.close()
    return 0


def main(argv: Sequence[str]) -> int:
    """The command line: `[--port N] [--accounts N] [--source FILE]`."""
    parser = argparse.ArgumentParser(prog="govmedia emulators", description="在本机模拟平台的数据接口")
    parser.add_argument("--port", type=int, default=8790, help="端口，默认 8790")
    parser.add_argument("--accounts", type=int, default=20, help="没有 --source 时自造多少个账号，默认 20")
    parser.add_argument("--source", help="演示数据的文件")
    arguments = parser.parse_args(argv)
    return run(port=arguments.port, accounts=arguments.accounts, source=arguments.source)
