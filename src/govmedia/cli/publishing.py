"""The whole public site as files."""

import argparse
import os
from pathlib import Path
from urllib.parse import urlsplit

from govmedia.cli.site import on_site, tell

WORKERS_MOST = 64
# What GOVMEDIA_ALLOWED_HOSTS may name beside domains: anything at all, and this machine itself.
NO_DOMAIN = {"*", "127.0.0.1", "localhost", "[::1]"}


def register(commands: argparse._SubParsersAction) -> None:
    """Add: publish-static."""
    command = commands.add_parser(
        "publish-static", help="把整个公开站写成静态文件，任何网站服务器或 CDN 都能提供；再次运行只写有变化的"
    )
    command.add_argument("folder", metavar="文件夹", help="空文件夹，或以前生成的")
    command.add_argument(
        "--address",
        metavar="网址",
        help="静态站的网址，如 https://media.example.gov.cn（默认取 GOVMEDIA_ALLOWED_HOSTS 的第一个，没有则必须写）",
    )
    command.add_argument("--live", metavar="网址", default="", help="实时网站的网址：搜索等静态站做不到的，引到那里")
    command.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, metavar="N", help="用几个进程（默认每核一个）"
    )
    command.set_defaults(run=run_publish)


@on_site
def run_publish(arguments: argparse.Namespace) -> int:
    """Exit status 1 where the folder is refused or a page could not be made, 2 without an address or for one that
    is none."""
    from django.conf import settings

    from govmedia.common import signing
    from govmedia.common.clock import now
    from govmedia.config.prepare import collect_static
    from govmedia.opendata.services import make_files
    from govmedia.public.still.services import FAILED_SHOWN, publish

    address = arguments.address or _own_address()
    if not address:
        tell(
            "不知道静态站的网址：订阅源、网站地图里要写它。"
            "请用 --address 写明，如 --address https://media.example.gov.cn，或设 GOVMEDIA_ALLOWED_HOSTS。"
        )
        return 2
    origin, live = _origin(address), _origin(arguments.live)
    if origin is None or live is None:
        tell("网址请写成 https://media.example.gov.cn，后面不带路径。静态站要放在域名的根上。")
        return 2
    signing.present_key()  # refused before anything is written: a copy without signatures proves nothing
    collect_static()
    make_files(now=now())
    report = publish(
        root=Path(arguments.folder), origin=origin, live=live, static=Path(settings.STATIC_ROOT), say=tell,
        workers=max(1, min(arguments.workers, WORKERS_MOST)),
    )  # fmt: skip
    for path, why in report.failed[:FAILED_SHOWN]:
        tell(f"没有生成 {path}：{why}")
    tell(report.text)
    return int(bool(report.failed))


def _own_address() -> str:
    """Of the first domain this installation was given; empty where it was given none that others could reach."""
    from govmedia.config import env

    given = env.items("GOVMEDIA_ALLOWED_HOSTS")
    host = next((one for one in given if one not in NO_DOMAIN and not one.startswith(".")), "")
    return f"https://{host}" if host else ""


def _origin(address: str) -> str | None:
    """Scheme and host of an address, empty for none, None where it is not one."""
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        right = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or 1)
    except ValueError:
        return None
    if not right or parts.path.strip("/") or parts.query or parts.username:
        return None
    return f"{parts.scheme}://{parts.netloc}"
