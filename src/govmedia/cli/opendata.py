"""Open data: files made at once, and a file's signature proved offline."""

import argparse
import json
from typing import Any

from govmedia.cli.site import on_site, put, reading, tell

# A signature is half a kilobyte, and a list of keys grows by one in years.
BYTES_MOST = 1 << 20


def register(commands: argparse._SubParsersAction) -> None:
    """Add: open-data, verify-file."""
    commands.add_parser(
        "open-data", help="立即更新 /open-data/ 的文件（平时由 worker 在名录变化后自动更新）"
    ).set_defaults(run=run_make)
    verify = commands.add_parser(
        "verify-file", help="离线核对下载的文件是不是本平台发布的原样：是则输出 same，否则逐条说明"
    )
    verify.add_argument("file", metavar="文件", help="从 /open-data/ 下载的文件")
    verify.add_argument("--signature", metavar="文件", help="签名（默认是同名加 .sig.json）")
    verify.add_argument("--key", metavar="文件", required=True, help="另行取得的公钥：govmedia-keys.json")
    verify.set_defaults(run=run_verify)


@on_site
def run_make(arguments: argparse.Namespace) -> int:
    from govmedia.common import signing
    from govmedia.common.clock import now
    from govmedia.opendata.services import make_files

    signing.present_key()  # refused before anything is written: files without signatures prove nothing
    made = make_files(now=now())
    tell(f"更新了 {made} 个文件。" if made else "文件已是最新。")
    return 0


def run_verify(arguments: argparse.Namespace) -> int:
    """Exit status 1 where something speaks against it. Needs no installation."""
    from govmedia.opendata.signatures import SUFFIX, digests_of, faults

    given = arguments.signature or arguments.file + SUFFIX
    try:
        signature, keys = _json(given), _json(arguments.key)
    except ValueError as why:
        tell(str(why))
        return 1
    listed = keys.get("keys") if isinstance(keys, dict) else None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        tell(f"{arguments.key}：不是公钥列表。请取 /.well-known/govmedia-keys.json。")
        return 1
    with reading(arguments.file) as stream:
        found = list(faults(digests_of(stream), signature, listed))
    for line in found or ["same"]:
        put(line)
    return int(bool(found))


def _json(file: str) -> Any:
    with reading(file) as stream:
        data = stream.read(BYTES_MOST + 1)
    try:
        if len(data) <= BYTES_MOST:
            return json.loads(data)
    except (ValueError, RecursionError):
        pass
    raise ValueError(f"{file}：不是合法的 JSON。请用下载的原始文件。")
