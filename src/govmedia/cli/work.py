"""The machine's work by hand: polling, judging, writing the search's index."""

import argparse
import time

from govmedia.cli.site import on_site, put_json, tell


def register(commands: argparse._SubParsersAction) -> None:
    """Add: poll, check, index."""
    poll = commands.add_parser("poll", help="查看到期的数据接口；不带 --once 则一直查看直到停止")
    poll.add_argument("--once", action="store_true", help="只查看一轮")
    poll.set_defaults(run=run_poll)
    check = commands.add_parser("check", help="按现行指标核算账号的事实与结论，每行一个 JSON")
    check.add_argument("--account", metavar="CODE", help="账号编号；不给则全部在用账号")
    check.set_defaults(run=run_check)
    index = commands.add_parser("index", help="重建账号的搜索索引；升级后会自动重建，搜索结果不对时可手动运行")
    index.set_defaults(run=run_index)


@on_site
def run_poll(arguments: argparse.Namespace) -> int:
    from govmedia.checks.services import judge_accounts
    from govmedia.common.clock import now
    from govmedia.config.prepare import check_fetching
    from govmedia.posts.services import poll_due

    check_fetching()
    while True:
        report = poll_due(now=now(), limit=2000)
        if report.looked:
            judge_accounts(account_ids=report.account_ids, now=now())
        tell(report.text)
        if report.looked:
            continue
        if arguments.once:
            return 0
        time.sleep(5)


@on_site
def run_check(arguments: argparse.Namespace) -> int:
    from govmedia.checks.services import check_lines
    from govmedia.common.clock import now

    codes = [arguments.account.strip().upper()] if arguments.account else None
    found = False
    for line in check_lines(codes, now=now()):
        put_json(line)
        found = True
    if not found and arguments.account:
        tell(f"没有编号为 {arguments.account} 的账号。请核对编号，或用 govmedia export accounts 查看。")
        return 1
    return 0


@on_site
def run_index(arguments: argparse.Namespace) -> int:
    from govmedia.accounts.services import rebuild_index
    from govmedia.common.clock import now

    number = rebuild_index(now=now(), progress=lambda done, total: tell(f"已重建 {done}/{total}"))
    tell(f"搜索索引已重建，共 {number} 个账号。")
    return 0
