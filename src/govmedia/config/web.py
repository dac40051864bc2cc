"""The site's own process and what the terminal shows when it is up."""

from collections.abc import Callable

import waitress
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

from govmedia.common import installation
from govmedia.config.schedule import worker
from govmedia.demo.logins import LOGINS, PASSWORD

# Above what forms and the API take, so that they refuse in their own words; what is larger still is cut off here.
BODY_MOST = 64 * 1024 * 1024
application = get_wsgi_application()


def children(*, host: str, port: int, threads: int, worker: bool) -> dict[str, Callable[[], None]]:
    """What the parent forks: names for messages, and the work of each."""
    found: dict[str, Callable[[], None]] = {"网站": lambda: serve(host, port, threads)}
    if worker:
        found["健康检查"] = work
    return found


def serve(host: str, port: int, threads: int) -> None:
    """Serve until told to stop."""
    proxy = settings.TRUSTED_PROXY
    waitress.serve(
        application,
        host=host,
        port=port,
        threads=threads,
        ident=None,
        max_request_body_size=BODY_MOST,
        clear_untrusted_proxy_headers=True,
        **({"trusted_proxy": proxy, "trusted_proxy_headers": {"x-forwarded-for"}} if proxy else {}),
    )


def work() -> None:
    """Run the worker until told to stop."""
    worker().run()


def greeting(host: str, port: int) -> str:
    """The addresses, and in a demonstration the log-ins."""
    base = f"http://{host}:{port}"
    lines = ["", f"公开站    {base}/", f"工作台    {base}/desk/"]
    demo = installation.read(installation.DEMO)
    connections.close_all()
    if demo:
        lines += ["", f"演示数据，密码都是 {PASSWORD}", *_table(), ""]
        lines += [f"健康检查正在运行；各账号的数据接口由本机模拟平台提供：http://127.0.0.1:{demo['emulator_port']}/"]
        lines += ["想试一次备案，用 gulou_clerk 登录，粘贴这些还没有备案的订阅源之一："]
        lines += [f"  {address}" for address in demo.get("unfiled", [])]
    else:
        lines += ["健康检查正在运行。"]
    return "\n".join([*lines, "按 Ctrl-C 停止；再次启动会接着现有数据。", ""])


def _table() -> list[str]:
    return [f"  {login.login:<14}{login.role_label}  {login.place}" for login in LOGINS]
