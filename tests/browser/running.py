"""A demonstration as people start it: built by `govmedia demo`, served by `govmedia serve`, in a folder of its own.

Used by the journeys and by scripts/screenshots.py. Ports are free ones, so that two runs on a machine never meet.
"""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from govmedia.common.clock import now
from govmedia.emulators.source import EmulatedFeed, EmulatedItem, FileSource
from govmedia.engine.codes import new_code

COMMAND = Path(sys.executable).with_name("govmedia")
START_S, STOP_S, PAUSE_S = 120.0, 20.0, 0.25
TITLES = ("门诊时间调整的通知", "疫苗接种单位一览", "健康讲座预告", "卫生监督检查情况", "义诊活动安排")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(true: Callable[[], object], what: str, within_s: float = 60.0) -> None:
    """Wait until something holds; an AssertionError that says what did not, after the time."""
    end = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < end, f"{what}：{within_s:.0f} 秒内没有等到"
        time.sleep(PAUSE_S)


@dataclass
class Site:
    """A running demonstration: its address, its folder, its processes."""

    home: Path
    port: int
    emulator_port: int
    server: subprocess.Popen[bytes]
    emulator: subprocess.Popen[bytes] | None = None
    random: Random = field(default_factory=lambda: Random(7))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What the server and its children wrote to the terminal."""
        return (self.home / "serve.log").read_text(encoding="utf-8")

    @property
    def password(self) -> str:
        """The password of all log-ins, as the terminal shows it."""
        return self.log.partition("密码都是 ")[2].split()[0]

    @property
    def offered(self) -> list[str]:
        """The feeds that the terminal offers to somebody who wants to try a filing."""
        return re.findall(r"^  (http://\S+/feeds/\S+)$", self.log, re.MULTILINE)

    def steer(self, code: str, what: str) -> None:
        """`govmedia demo-steer CODE WHAT`."""
        subprocess.run(
            [COMMAND, "demo-steer", code, what], env=environment(self.home), check=True, capture_output=True
        )

    def new_feed(self, title: str, *, kind: str = "rss", silent: bool = False) -> str:
        """Let the emulated platform carry one more account; gives the address of its feed."""
        key, at_once = new_code(self.random), now().replace(microsecond=0)
        description = f"{title}，发布健康提示和办事信息。"
        feed = EmulatedFeed(key, title, description, f"https://example.gov.cn/{key}", kind, changed_at=at_once)
        latest = at_once - timedelta(days=40 if silent else 0, hours=3)
        items = [
            EmulatedItem(key, f"{key}-{number}", text, f"{text}。详情请到窗口咨询。", published_at=at, author=title)
            for number, text in enumerate(TITLES)
            for at in [latest - timedelta(days=2 * number)]
        ]
        with contextlib.closing(FileSource(self.home / "emulator.sqlite3")) as source:
            source.add_many([feed], items)
        return f"http://127.0.0.1:{self.emulator_port}/feeds/{key}.{kind}"

    def stop_emulator(self) -> None:
        """End the emulated platform, as if our network were cut."""
        for pid in _children(self.server.pid):
            if b"emulators" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"):
                os.kill(pid, signal.SIGTERM)
        until(lambda: not _listens(self.emulator_port), "模拟平台停止")

    def start_emulator(self) -> None:
        """Bring it back on the same port."""
        command = [COMMAND, "emulators", "--port", str(self.emulator_port)]
        with (self.home / "serve.log").open("ab") as log:
            self.emulator = subprocess.Popen(
                [*command, "--source", self.home / "emulator.sqlite3"],
                env=environment(self.home), stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        until(lambda: _listens(self.emulator_port), "模拟平台启动")

    def stop(self) -> None:
        """End everything that was started."""
        for process in filter(None, (self.server, self.emulator)):
            process.terminate()
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(STOP_S)


def environment(home: Path) -> dict[str, str]:
    """The environment of somebody who has set nothing but the folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GOVMEDIA_", "DJANGO_"))}
    return {**kept, "GOVMEDIA_HOME": str(home)}


@contextlib.contextmanager
def running(home: Path, accounts: int) -> Iterator[Site]:
    """Build a demonstration in an empty folder, serve it, and end it."""
    emulator_port = free_port()
    build = [COMMAND, "demo", "--accounts", str(accounts), "--emulator-port", str(emulator_port)]
    subprocess.run(build, env=environment(home), check=True, capture_output=True)
    port = free_port()
    with (home / "serve.log").open("wb") as log:
        server = subprocess.Popen(
            [COMMAND, "serve", "--port", str(port)],
            env=environment(home), stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    site = Site(home, port, emulator_port, server)
    try:
        until(lambda: server.poll() is not None or "Ctrl-C" in site.log, "网站启动", START_S)
        until(lambda: server.poll() is not None or _answers(f"{site.url}/healthz"), "网站应答")
        assert server.poll() is None, site.log
        yield site
    finally:
        site.stop()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
