"""Divisions, organisations and users by command line."""

import argparse
import getpass
import sys

from govmedia.cli.site import on_site, put, put_rows, tell


def register(commands: argparse._SubParsersAction) -> None:
    """Add: divisions, org create, user create."""
    divisions = commands.add_parser("divisions", help="列出行政区划（GB/T 2260）")
    divisions.add_argument("--within", default="", metavar="代码", help="只列这个区划及以下，如 32 或 320100")
    divisions.add_argument("--json", action="store_true", help="输出 JSON")
    divisions.set_defaults(run=run_divisions)

    org = commands.add_parser("org", help="主办单位").add_subparsers(dest="what", metavar="动作", required=True)
    create = org.add_parser("create", help="新增单位")
    create.add_argument("code", help="统一社会信用代码")
    create.add_argument("name", help="单位全称")
    create.add_argument("--division", required=True, help="行政区划代码")
    create.add_argument("--field", default="", help="领域，如 卫生健康")
    create.set_defaults(run=run_org_create)

    user = commands.add_parser("user", help="用户").add_subparsers(dest="what", metavar="动作", required=True)
    create = user.add_parser("create", help="新增用户；密码从提示或标准输入读入")
    create.add_argument("login", help="登录名")
    create.add_argument("--role", required=True, help="角色，如 operator、reviewer、supervisor")
    create.add_argument("--name", default="", help="姓名（默认同登录名）")
    place = create.add_mutually_exclusive_group(required=True)
    place.add_argument("--organisation", metavar="CODE", help="所在单位的统一社会信用代码")
    place.add_argument("--division", metavar="D", help="所在行政区划代码")
    create.set_defaults(run=run_user_create)


def run_divisions(arguments: argparse.Namespace) -> int:
    from govmedia.orgs.divisions import full_code, rows
    from govmedia.orgs.rights import within

    top = full_code(arguments.within) if arguments.within else ""
    townships = {top[:2]} if top else set()
    found = [row._asdict() for row in rows(townships) if not top or within(row.code, top)]
    if not found:
        tell(f"没有区划 {arguments.within}。请核对代码，或不带 --within 查看全部。")
        return 1
    if not arguments.json:
        found = [{"code": row["code"], "full_name": row["full_name"]} for row in found]
    return put_rows(found, arguments.json)


@on_site
def run_org_create(arguments: argparse.Namespace) -> int:
    from govmedia.common.clock import now
    from govmedia.orgs.services import create_organisation

    values = vars(arguments)
    row = create_organisation(values=values, by=None, now=now())
    put(row.code)
    tell(f"已新增：{row.name}（{row.division.full_name}）")
    return 0


@on_site
def run_user_create(arguments: argparse.Namespace) -> int:
    from govmedia.common.clock import now
    from govmedia.orgs.services import create_user

    if sys.stdin.isatty():
        password = getpass.getpass("密码：")
        if getpass.getpass("再输一次：") != password:
            tell("两次输入不同，未新增。")
            return 1
    else:
        password = sys.stdin.readline().rstrip("\n")
    values = {**vars(arguments), "name": arguments.name or arguments.login}
    user = create_user(values=values, by=None, now=now(), password=password)
    put(user.login)
    tell(f"已新增：{user}")
    return 0
