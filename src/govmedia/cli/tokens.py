"""Tokens of the API: made, listed, revoked."""

import argparse

from govmedia.cli.site import on_site, put, put_rows, tell


def register(commands: argparse._SubParsersAction) -> None:
    """Add: token create, token list, token revoke."""
    token = commands.add_parser("token", help="接口令牌").add_subparsers(dest="what", metavar="动作", required=True)
    create = token.add_parser("create", help="为用户生成令牌；标准输出只有令牌，且只显示这一次")
    create.add_argument("login", metavar="LOGIN", help="用户的登录名")
    create.add_argument("--scope", required=True, metavar="SCOPE", help="用途，如 inspect（检查内容）")
    create.add_argument("--name", default="", help="名称，用在哪里（默认“命令行”）")
    create.add_argument("--days", type=int, default=365, metavar="N", help="有效天数（默认 365，最多 730）")
    create.set_defaults(run=run_create)
    show = token.add_parser("list", help="列出用户的令牌（不含令牌本身）")
    show.add_argument("login", metavar="LOGIN", help="用户的登录名")
    show.add_argument("--json", action="store_true", help="输出 JSON")
    show.set_defaults(run=run_list)
    revoke = token.add_parser("revoke", help="作废令牌")
    revoke.add_argument("id", type=int, metavar="ID", help="token list 列出的编号")
    revoke.set_defaults(run=run_revoke)


@on_site
def run_create(arguments: argparse.Namespace) -> int:
    from govmedia.common.clock import day_of, now
    from govmedia.orgs.queries import user_by_login
    from govmedia.orgs.services import make_token

    user = user_by_login(arguments.login)
    name = arguments.name or "命令行"
    token, secret = make_token(
        user=user, name=name, scope=arguments.scope, days=arguments.days, by=None, now=now()
    )  # fmt: skip
    put(secret)
    tell(f"已为 {user} 生成第 {token.pk} 号令牌，{day_of(token.expires_at)} 到期。令牌不会再显示。")
    return 0


@on_site
def run_list(arguments: argparse.Namespace) -> int:
    from govmedia.common.clock import now
    from govmedia.orgs.queries import tokens_of, user_by_login

    rows = [
        {
            "id": token.pk,
            "start": token.start,
            "name": token.name,
            "scope": token.scope,
            "state": token.state,
            "created_at": token.created_at.isoformat(),
            "expires_at": token.expires_at.isoformat(),
            "last_used_at": token.last_used_at.isoformat() if token.last_used_at else None,
        }
        for token in tokens_of(user_by_login(arguments.login), now=now())
    ]
    return put_rows(rows, arguments.json)


@on_site
def run_revoke(arguments: argparse.Namespace) -> int:
    from govmedia.common.clock import now
    from govmedia.common.refusals import Refused
    from govmedia.orgs.models import Token
    from govmedia.orgs.services import revoke_token

    token = Token.objects.filter(pk=arguments.id).first()
    if token is None:
        raise Refused(f"没有第 {arguments.id} 号令牌。请用 govmedia token list 查看。")
    revoke_token(token=token, by=None, now=now())
    tell(f"第 {token.pk} 号令牌已作废。")
    return 0
