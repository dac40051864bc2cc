"""Serving both sites with the worker beside them."""

import argparse
import sys

from govmedia.cli.site import load, on_site, tell


def register(commands: argparse._SubParsersAction) -> None:
    """Add: serve, worker."""
    serve = commands.add_parser("serve", help="启动网站和后台健康检查；演示数据另带模拟平台")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--host", default="127.0.0.1", help="监听地址（默认只限本机）")
    serve.add_argument("--threads", type=int, default=8, help="同时处理的请求数")
    serve.add_argument("--no-worker", action="store_true", help="不启动后台健康检查（另用 govmedia worker）")
    serve.set_defaults(run=run_serve)
    worker = commands.add_parser("worker", help="只运行后台任务：健康检查、判断、清理")
    worker.add_argument("--once", action="store_true", help="做完到期的任务就停")
    worker.set_defaults(run=run_worker)


def run_serve(arguments: argparse.Namespace) -> int:
    from govmedia.config import prepare, supervise

    outcome = prepare.in_own_process()
    if outcome is None:
        tell("准备数据库失败，见上面的提示。")
        return 1
    emulator = outcome.get("emulator_port")
    if emulator:
        supervise.allow_emulator(emulator)
    load()
    from govmedia.config import web

    return supervise.run(
        host=arguments.host,
        port=arguments.port,
        children=web.children(
            host=arguments.host, port=arguments.port, threads=arguments.threads, worker=not arguments.no_worker
        ),
        emulator=emulator,
        greeting=lambda: sys.stdout.write(web.greeting(arguments.host, arguments.port)),
    )


@on_site
def run_worker(arguments: argparse.Namespace) -> int:
    from govmedia.config.schedule import worker

    worker().run(once=arguments.once)
    return 0
