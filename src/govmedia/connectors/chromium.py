"""A picture of a whole page by the system's Chromium, which reaches the network only through the guarded proxy.

Chromium is spoken to over two pipes (DevTools protocol, messages of JSON ended by NUL), so that no port is open and
it ends by itself when we do. Whatever hangs is killed after `TOTAL_S`.
"""

import asyncio
import base64
import contextlib
import fcntl
import itertools
import json
import os
import shutil
import signal
import sys
import tempfile
from dataclasses import dataclass
from typing import Any

from govmedia.connectors.errors import Outcome, Trouble
from govmedia.connectors.guard import Guard, Lookup, system_lookup
from govmedia.connectors.proxy import GuardedProxy

NAMES = ("chromium", "chromium-browser", "google-chrome")
WIDTH, HEIGHT, HEIGHT_MOST = 1280, 900, 12_000
LOAD_S, SETTLE_S, TOTAL_S = 10.0, 0.5, 25.0
TRAFFIC_MOST = 30 * 1024 * 1024
PICTURE_MOST = 5 * 1024 * 1024
MESSAGE_MOST = 64 * 1024 * 1024
QUALITY = 60
# The protocol wants the pipes as descriptors 3 and 4, whatever they are here.
PLACE = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execv(sys.argv[3], sys.argv[3:])"
)
FLAGS = (
    "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--hide-scrollbars", "--mute-audio",
    "--no-first-run", "--no-default-browser-check", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    "--disable-default-apps", "--disable-extensions", "--disable-quic", "--disable-dev-shm-usage",
    "--disable-domain-reliability", "--disable-breakpad", "--metrics-recording-only", "--deny-permission-prompts",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    # Loopback goes through the proxy like everything else.
    "--proxy-bypass-list=<-loopback>",
)  # fmt: skip


# What the proxy could not open comes to Chromium as a tunnel or an answer that failed.
ERRORS = {
    "ERR_TUNNEL_CONNECTION_FAILED": "没有连上对方",
    "ERR_HTTP_RESPONSE_CODE_FAILURE": "没有连上对方",
    "ERR_EMPTY_RESPONSE": "对方没有回答",
    "ERR_CERT_AUTHORITY_INVALID": "对方网站的安全证书有问题",
    "ERR_CERT_COMMON_NAME_INVALID": "对方网站的安全证书有问题",
    "ERR_CERT_DATE_INVALID": "对方网站的安全证书有问题",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it looked. `loaded` False: it had not loaded in time; `cut`: it was longer than is kept."""

    data: bytes
    media_type: str
    url: str
    loaded: bool
    cut: bool
    refused: tuple[str, ...]


def browser() -> str | None:
    """The Chromium of this machine, if there is one."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


async def picture(
    url: str, guard: Guard, *, binary: str, total_s: float = TOTAL_S, lookup: Lookup = system_lookup
) -> Picture:
    """The whole page at an address. Errors: Trouble with the cause in Chinese, AddressRefused among them."""
    guard.check_url(url)
    try:
        async with (
            asyncio.timeout(total_s),
            GuardedProxy(guard, bytes_most=TRAFFIC_MOST, lookup=lookup) as proxy,
            _Chromium(binary, proxy.port) as chromium,
        ):
            data, final, loaded, cut = await _look(chromium, url)
    except TimeoutError:
        raise Trouble(Outcome.timeout, f"截图 {total_s:g} 秒内没有完成，已停止。") from None
    except (OSError, EOFError, ValueError, KeyError) as why:
        raise Trouble(Outcome.retry_soon, f"浏览器没有截成图（{type(why).__name__}）。") from why
    media_type = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    return Picture(data, media_type, final, loaded, cut, tuple(proxy.refused))


async def _look(chromium: "_Chromium", url: str) -> tuple[bytes, str, bool, bool]:
    made = await chromium.ask("Target.createTarget", url="about:blank")
    chromium.session = (await chromium.ask("Target.attachToTarget", targetId=made["targetId"], flatten=True))[
        "sessionId"
    ]
    await chromium.ask("Page.enable")
    metrics = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
    await chromium.ask("Emulation.setDeviceMetricsOverride", **metrics)
    went = await chromium.ask("Page.navigate", url=url)
    if went.get("errorText"):
        name = went["errorText"].removeprefix("net::")
        raise Trouble(Outcome.network, f"网页打不开：{ERRORS.get(name, name)}。")
    loaded = True
    try:
        async with asyncio.timeout(LOAD_S):
            await chromium.loaded.wait()
            await asyncio.sleep(SETTLE_S)
    except TimeoutError:
        loaded = False
    size = (await chromium.ask("Page.getLayoutMetrics"))["cssContentSize"]
    whole = max(HEIGHT, int(size["height"]))
    clip = {"x": 0, "y": 0, "width": WIDTH, "height": min(whole, HEIGHT_MOST), "scale": 1}
    history = await chromium.ask("Page.getNavigationHistory")
    final = history["entries"][history["currentIndex"]]["url"]
    shot: dict[str, Any] = {"clip": clip, "captureBeyondViewport": True}
    data = base64.b64decode((await chromium.ask("Page.captureScreenshot", format="png", **shot))["data"])
    if len(data) > PICTURE_MOST:
        smaller = await chromium.ask("Page.captureScreenshot", format="jpeg", quality=QUALITY, **shot)
        data = base64.b64decode(smaller["data"])
    return data, final, loaded, whole > HEIGHT_MOST


class _Chromium:
    """One running Chromium with a profile of its own, ended and wiped afterwards."""

    def __init__(self, binary: str, proxy_port: int) -> None:
        self._binary = binary
        self._proxy_port = proxy_port
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.session = ""
        self.loaded = asyncio.Event()

    async def __aenter__(self) -> "_Chromium":
        self._profile = tempfile.TemporaryDirectory(prefix="govmedia-shot-", ignore_cleanup_errors=True)
        to_read, ours_out = os.pipe()
        ours_in, to_write = os.pipe()
        flags = [
            *FLAGS,
            f"--proxy-server=http://127.0.0.1:{self._proxy_port}",
            f"--user-data-dir={self._profile.name}",
        ]
        if os.geteuid() == 0:
            # Chromium refuses its sandbox to root; whoever runs the service as root has given that up already.
            flags.append("--no-sandbox")
        # High ones, so that putting them in their places never overwrites the other.
        to_read, to_write = _raised(to_read), _raised(to_write)
        try:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-I", "-c", PLACE, str(to_read), str(to_write), self._binary, *flags,
                pass_fds=(to_read, to_write), stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL, start_new_session=True, env=_environment(self._profile.name),
            )  # fmt: skip
        finally:
            os.close(to_read)
            os.close(to_write)
        loop = asyncio.get_running_loop()
        self._reader = asyncio.StreamReader(limit=MESSAGE_MOST)
        self._in, _ = await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(self._reader), os.fdopen(ours_in, "rb", 0)
        )
        self._out, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, os.fdopen(ours_out, "wb", 0))
        self._listener = asyncio.create_task(self._listen())
        return self

    async def __aexit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._listener.cancel()
        await asyncio.gather(self._listener, return_exceptions=True)
        self._in.close()
        if not self._out.is_closing():
            self._out.abort()
        await self._process.wait()
        # Transports are closed in the loop's next turns.
        await asyncio.sleep(0.01)
        self._profile.cleanup()

    async def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """The answer to one command. Errors: EOFError where Chromium is gone; ValueError where it refuses."""
        number = next(self._numbers)
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        self._send(number, method, params)
        return await answer

    def _send(self, number: int, method: str, params: dict[str, Any]) -> None:
        message: dict[str, Any] = {"id": number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        self._out.write(json.dumps(message).encode() + b"\0")

    async def _listen(self) -> None:
        try:
            while True:
                self._heard(json.loads((await self._reader.readuntil(b"\0"))[:-1]))
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, OSError):
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(EOFError("browser ended"))

    def _heard(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        if method == "Page.loadEventFired":
            self.loaded.set()
        elif method == "Page.javascriptDialogOpening":
            # A dialog would hold the page up for ever; nobody waits for this answer.
            self._send(next(self._numbers), "Page.handleJavaScriptDialog", {"accept": False})
        answer = self._waiting.pop(message.get("id", 0), None)
        if answer is None or answer.done():
            return
        if "error" in message:
            answer.set_exception(ValueError(str(message["error"].get("message", ""))[:200]))
        else:
            answer.set_result(message["result"])


def _raised(descriptor: int) -> int:
    higher = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(descriptor)
    return higher


def _environment(home: str) -> dict[str, str]:
    """Nothing of ours: no secrets, no proxy settings; its files go into the profile."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": home, "TMPDIR": home, "LANG": "C.UTF-8"}
