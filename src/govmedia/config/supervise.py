"""One parent, a few children: the site, the worker, and in a demonstration the emulator.

The framework is loaded once and then forked, so that the children share its memory. A child that dies is started
again after a growing pause; when the site itself cannot start, everything ends.
"""

import gc
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType

PAUSE_S, PAUSE_MOST_S, STOP_WITHIN_S = 1.0, 60.0, 15.0


def allow_emulator(port: int) -> None:
    """Let the fetch guard through to the demonstration's own emulator and nothing else."""
    given = os.environ.get("GOVMEDIA_FETCH_ALLOW", "")
    own = f"127.0.0.1:{port}"
    os.environ["GOVMEDIA_FETCH_ALLOW"] = f"{given},{own}" if given else own


def port_is_free(host: str, port: int) -> bool:
    """True where nothing listens on the address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def first_free_port(start: int) -> int:
    """The first port from `start` on that nothing listens on, so that a second copy does not meet the first."""
    return next(port for port in range(start, start + 1000) if port_is_free("127.0.0.1", port))


class Stop(Exception):
    """The parent was told to end."""


def run(
    *, host: str, port: int, children: Mapping[str, Callable[[], None]], emulator: int | None, greeting: Callable
) -> int:
    """Run the children until stopped; returns the exit status."""
    for place in (port, emulator):
        if place and not port_is_free(host if place == port else "127.0.0.1", place):
            sys.stderr.write(f"端口 {place} 已被占用。请换一个端口（make run PORT=8001），或先停掉占用它的程序。\n")
            return 1
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    beside = _start_emulator(emulator) if emulator else None
    if emulator and not _wait_for("127.0.0.1", emulator, lambda: True):
        sys.stderr.write("模拟平台没有启动，演示账号会显示“未见”。\n")
    gc.collect()
    gc.freeze()
    alive = {_fork(work): name for name, work in children.items()}
    try:
        if not _answers(host, port, alive):
            return 1
        greeting()
        sys.stdout.flush()
        _watch(alive, children)
    except Stop:
        return 0
    finally:
        _end(alive, beside)
    return 1


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stop


def _start_emulator(port: int) -> subprocess.Popen[bytes]:
    home = Path(os.environ.get("GOVMEDIA_HOME") or Path.home() / ".local/share/govmedia").expanduser()
    command = [sys.executable, "-m", "govmedia.cli", "emulators", "--port", str(port)]
    return subprocess.Popen([*command, "--source", str(home / "emulator.sqlite3")])  # noqa: S603 - our own command


def _fork(work: Callable[[], None]) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        work()
        status = 0
    except KeyboardInterrupt:
        status = 0
    finally:
        sys.stderr.flush()
        os._exit(status)


def _answers(host: str, port: int, alive: Mapping[int, str]) -> bool:
    """Wait until the site accepts connections; False where a child ended first or two minutes passed."""

    def all_alive() -> bool:
        pid, _status = os.waitpid(-1, os.WNOHANG)
        if pid in alive:
            sys.stderr.write(f"{alive[pid]} 未能启动，见上面的提示。\n")
        return pid not in alive

    return _wait_for(host if host != "0.0.0.0" else "127.0.0.1", port, all_alive)  # noqa: S104 - compared, not bound


def _wait_for(host: str, port: int, go_on: Callable[[], bool]) -> bool:
    """Wait until something listens, for two minutes at most and while `go_on` says so."""
    for _ in range(1200):
        if not go_on():
            return False
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((host, port)) == 0:
                return True
        time.sleep(0.1)
    return False


def _watch(alive: dict[int, str], children: Mapping[str, Callable[[], None]]) -> None:
    """Start again what dies, with a pause that grows while it keeps dying."""
    pauses = dict.fromkeys(children, PAUSE_S)
    started = dict.fromkeys(children, time.monotonic())
    while True:
        pid, _status = os.waitpid(-1, 0)
        name = alive.pop(pid, None)
        if name is None:
            continue
        if time.monotonic() - started[name] > PAUSE_MOST_S:
            pauses[name] = PAUSE_S
        sys.stderr.write(f"{name} 意外退出，{pauses[name]:.0f} 秒后重新启动。\n")
        time.sleep(pauses[name])
        pauses[name] = min(pauses[name] * 2, PAUSE_MOST_S)
        started[name] = time.monotonic()
        alive[_fork(children[name])] = name


def _end(alive: Mapping[int, str], beside: subprocess.Popen[bytes] | None) -> None:
    """Ask the children to end; those that do not within the time are killed."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if beside:
        beside.terminate()
    for pid in alive:
        _kill(pid, signal.SIGTERM)
    until = time.monotonic() + STOP_WITHIN_S
    left = set(alive)
    while left and time.monotonic() < until:
        left -= {pid for pid in left if _gone(pid)}
        time.sleep(0.05)
    for pid in left:
        _kill(pid, signal.SIGKILL)
    if beside:
        beside.wait(timeout=STOP_WITHIN_S)


def _gone(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True


def _kill(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
