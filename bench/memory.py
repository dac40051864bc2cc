"""Memory of `govmedia serve` with its worker in the demonstration: PSS of all its processes, the emulator apart.

Builds the demonstration in a folder of its own, serves it, asks for pages now and then as visitors would, and adds
up the proportional set size after some minutes.
    python bench/memory.py [--minutes N] [--port N]
"""

import argparse
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

PAGES = (
    "/", "/directory/", "/directory/?q=健康", "/desk/", "/desk/accounts/", "/desk/accounts/?health=faulty",
    "/desk/findings/", "/desk/search/?q=健康", "/healthz",
)  # fmt: skip
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
EVERY_S = 5.0
UP_WITHIN_S = 120.0


def put(metric: str, value: float, unit: str) -> None:
    print(json.dumps({"bench": "memory", "metric": metric, "value": round(value, 1), "unit": unit}), flush=True)


def family(pid: int) -> list[int]:
    """A process and all below it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    found = [pid]
    for one in found:
        found.extend(parents.get(one, []))
    return found


def pss_kib(pid: int) -> int:
    """Proportional set size; 0 where the process has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def is_emulator(pid: int) -> bool:
    try:
        return b"emulators" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False


class Visitor:
    """A browser with a cookie jar; logged in, so that the desk's pages count as well."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open

    def ask(self, path: str, form: dict[str, str] | None = None) -> str:
        address = self.base + urllib.parse.quote(path, safe="/?=&")
        with self.open(address, urllib.parse.urlencode(form).encode() if form else None, timeout=60) as answer:
            return str(answer.read().decode())

    def log_in(self, password: str) -> None:
        token = TOKEN.search(self.ask("/desk/login/"))
        assert token
        form = {"csrfmiddlewaretoken": token[1], "login": "jiangsu_sup", "password": password}
        if "退出" not in self.ask("/desk/login/", form):
            raise SystemExit("cannot log in")


def serve(home: str, port: int, minutes: float) -> None:
    """Build, serve, visit, measure."""
    environment = {**os.environ, "GOVMEDIA_HOME": home}
    command = [sys.executable, "-m", "govmedia.cli"]
    made = subprocess.run(
        [sys.executable, __file__, "--build"], env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    server = subprocess.Popen([*command, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        visitor = Visitor(base)
        wait_until_up(server, visitor)
        visitor.log_in(made.stdout.strip())
        until = time.monotonic() + minutes * 60
        visits = 0
        while time.monotonic() < until:
            visitor.ask(PAGES[visits % len(PAGES)])
            visits += 1
            time.sleep(EVERY_S)
        own = [pid for pid in family(server.pid) if not is_emulator(pid)]
        put("pss", sum(map(pss_kib, own)) / 1024, "MB")
        put("processes", len(own), "processes")
        put("visits", visits, "requests")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def build() -> None:
    """The demonstration in GOVMEDIA_HOME, in a process of its own; its emulator listens where nobody else does.

    Prints the password of its users.
    """
    from govmedia.config.prepare import prepare

    prepare()
    from django.conf import settings

    from govmedia.common.clock import now
    from govmedia.demo.logins import PASSWORD
    from govmedia.demo.services import build

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    build(home=settings.HOME, now=now(), progress=lambda line: None, emulator_port=port)
    print(PASSWORD)


def wait_until_up(server: "subprocess.Popen[bytes]", visitor: Visitor) -> None:
    until = time.monotonic() + UP_WITHIN_S
    while time.monotonic() < until:
        if server.poll() is not None:
            raise SystemExit("serve ended by itself")
        try:
            visitor.ask("/healthz")
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("serve did not come up")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--port", type=int, default=8123)
    parser.add_argument("--build", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.build:
        build()
        return
    with tempfile.TemporaryDirectory(prefix="govmedia-memory-") as home:
        serve(home, arguments.port, arguments.minutes)


if __name__ == "__main__":
    main()
