"""Whom a name imitates, and proving a signed answer without the site."""

import argparse
import json
from typing import Any

from govmedia.cli.site import on_site, put, put_json, reading, tell

ANSWER_MOST = 1024 * 1024


def register(commands: argparse._SubParsersAction) -> None:
    """Add: lookalikes, verify."""
    alike = commands.add_parser(
        "lookalikes", help="名称在模仿名录里的哪些账号，或含有哪些账号的全名，每个名称输出一行"
    )
    alike.add_argument("names", nargs="+", metavar="NAME", help="要查的名称")
    alike.set_defaults(run=run_lookalikes)
    verify = commands.add_parser("verify", help="离线证明一份核验答复确由某平台签发、没有改动：proved，或为什么不能")
    verify.add_argument("answer", metavar="ANSWER", help="下载的核验答复（JSON）；- 为标准输入")
    verify.add_argument(
        "--key",
        required=True,
        metavar="FILE",
        help="该平台的公钥：另行取得的 /.well-known/govmedia-keys.json，或一行公钥的文件；答复里写的公钥不算数",
    )
    verify.set_defaults(run=run_verify)


@on_site
def run_lookalikes(arguments: argparse.Namespace) -> int:
    from govmedia.accounts.queries import like

    for name in arguments.names:
        matches = [
            {
                "code": one.account.code,
                "name": one.account.name,
                "likeness": one.likeness.score,
                "reasons": list(one.likeness.reasons),
            }
            for one in like(name)
        ]
        put_json({"name": name, "matches": matches})
    return 0


def run_verify(arguments: argparse.Namespace) -> int:
    """Needs no database and no installation."""
    from govmedia.engine.signatures import fault_of, keys_in

    try:
        keys = keys_in(_text(arguments.key))
        answer = _answer(_text(arguments.answer))
    except ValueError as why:
        tell(str(why))
        return 1
    fault = fault_of(answer, keys)
    put(fault or "proved")
    return 1 if fault else 0


def _text(file: str) -> str:
    with reading(file) as stream:
        data = stream.read(ANSWER_MOST + 1)
    if len(data) > ANSWER_MOST:
        raise ValueError(f"{file}：超过 1 MiB，不是核验答复或公钥文件。")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise ValueError(f"{file}：不是 UTF-8 编码。") from why


def _answer(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as why:
        raise ValueError("答复文件不是合法的 JSON。") from why
