"""The demonstration province."""

import argparse

from govmedia.cli.site import on_site, tell


def register(commands: argparse._SubParsersAction) -> None:
    """Add: demo, demo-steer."""
    demo = commands.add_parser("demo", help="在空数据目录里建一个演示省份")
    demo.add_argument("--accounts", type=int, default=320, help="账号数（默认 320）")
    demo.add_argument("--posts", type=int, help="内容条数（默认按账号数）")
    demo.add_argument("--rounds", type=int, default=4, help="有检查结论的以往季度数（默认 4）")
    demo.add_argument("--seed", type=int, default=2026, help="随机种子，相同则数据相同")
    demo.add_argument("--emulator-port", type=int, help="模拟平台的端口（默认从 8790 起第一个空闲的）")
    demo.add_argument("--if-empty", action="store_true", help="已有数据时不动它，也不报错")
    demo.set_defaults(run=run_demo)
    steer = commands.add_parser("demo-steer", help="让演示中的一个账号停更、出错或恢复，以便观察健康检查")
    steer.add_argument("code", help="账号编号")
    steer.add_argument("what", choices=("silent", "break", "recover"))
    steer.set_defaults(run=run_steer)


def run_demo(arguments: argparse.Namespace) -> int:
    from govmedia.config import prepare

    if prepare.in_own_process() is None:
        return 1
    return _build(arguments)


@on_site
def _build(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from govmedia.common.clock import now
    from govmedia.config.supervise import first_free_port
    from govmedia.demo import services

    if arguments.if_empty and services.in_use():
        return 0
    report = services.build(
        accounts=arguments.accounts,
        posts=arguments.posts,
        rounds=arguments.rounds,
        seed=arguments.seed,
        emulator_port=arguments.emulator_port or first_free_port(services.EMULATOR_PORT),
        home=settings.HOME,
        now=now(),
        progress=tell,
    )
    tell(report.text)
    return 0


@on_site
def run_steer(arguments: argparse.Namespace) -> int:
    from govmedia.accounts.queries import by_code
    from govmedia.common.clock import now
    from govmedia.demo.services import steer

    tell(steer(account=by_code(arguments.code), what=arguments.what, by=None, now=now()))
    return 0
