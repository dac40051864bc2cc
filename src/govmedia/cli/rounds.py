"""Rounds of inspection taken out and recomputed, and their figures as a bulletin carries them."""

import argparse

from govmedia.cli.site import on_site, put, put_json, reading, tell


def register(commands: argparse._SubParsersAction) -> None:
    """Add: round export, bulletin-data, verify-round."""
    parts = commands.add_parser("round", help="检查轮次").add_subparsers(dest="what", metavar="做什么", required=True)
    export = parts.add_parser("export", help="导出一轮的事实、命中、指标和抽取，供任何人重算（JSON Lines）")
    export.add_argument("round", type=int, metavar="ROUND", help="轮次编号（网址里的数字）")
    export.set_defaults(run=run_export)
    data = commands.add_parser(
        "bulletin-data", help="一轮的通报数据（JSON）：已有通报的是通报的数据，没有的按这一轮现在的结论"
    )
    data.add_argument("round", type=int, metavar="ROUND", help="轮次编号（网址里的数字）")
    data.set_defaults(run=run_data)
    verify = commands.add_parser("verify-round", help="重算一轮的文件：相同输出 same，不同逐条说明")
    verify.add_argument("file", metavar="文件", help="round export 导出的文件；- 为标准输入")
    verify.add_argument("--workers", type=int, default=1, metavar="N", help="用几个进程（默认 1）")
    verify.set_defaults(run=run_verify)


@on_site
def run_export(arguments: argparse.Namespace) -> int:
    from govmedia.rounds.bundle import bundle_of
    from govmedia.rounds.models import Round

    held = Round.objects.filter(pk=arguments.round).first()
    if held is None:
        tell(f"没有编号为 {arguments.round} 的检查轮次。请看 /desk/rounds/ 里的网址。")
        return 1
    for line in bundle_of(held):
        put_json(line)
    return 0


@on_site
def run_data(arguments: argparse.Namespace) -> int:
    from govmedia.bulletins.queries import data_of_round
    from govmedia.rounds.models import Round

    held = Round.objects.select_related("division").filter(pk=arguments.round).first()
    if held is None:
        tell(f"没有编号为 {arguments.round} 的检查轮次。请看 /desk/rounds/ 里的网址。")
        return 1
    put(data_of_round(held))
    return 0


@on_site
def run_verify(arguments: argparse.Namespace) -> int:
    """Exit status 1 where something differs or the file is no bundle. Reads no database."""
    from govmedia.rounds.proof import BundleError, differences_in

    found = False
    try:
        with reading(arguments.file) as stream:
            for line in differences_in(stream, max(1, min(arguments.workers, 64))):
                found = True
                put(line)
    except BundleError as why:
        tell(f"{arguments.file}：{why.text}")
        return 1
    if not found:
        put("same")
    return int(found)
