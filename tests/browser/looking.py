"""A browser on the running site, with an eye on everything that goes wrong while a page is looked at."""

import shutil
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, BrowserType, ConsoleMessage, Page, Request, Response

from browser.running import Site
from govmedia.common.clock import today

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
# Waits are for conditions; on a slow machine a condition may take this long.
PATIENCE_MS = 30_000
# The browser says this of every answer that is refused, which `Eye` hears of by itself.
SAID_OF_ANSWERS = "Failed to load resource"


def launch(chromium: BrowserType) -> Browser:
    """Debian's Chromium, which reaches nothing but the site."""
    return chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))


@dataclass
class Eye:
    """What went wrong on the pages of a context: errors in the console, breaches of the policy, failed requests."""

    faults: list[str] = field(default_factory=list)
    allowed: set[int] = field(default_factory=set)

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"{error.page.url}：{error.error}"))
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(SAID_OF_ANSWERS):
            self.faults.append(f"{message.page.url if message.page else ''}：{message.text}")

    def _failed(self, request: Request) -> None:
        # A page that is left, and a download, end their requests in this way.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"{request.method} {request.url}：{request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.allowed:
            self.faults.append(f"{response.request.method} {response.url}：{response.status}")


class Desks:
    """Opens pages of the site in contexts of their own; a person logs in once and keeps the session."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser = browser
        self.site = site
        self._sessions: dict[str, dict] = {}

    def context(self, eye: Eye, *, script: bool = True, width: int = 1440, dark: bool = False) -> BrowserContext:
        """A fresh context: nobody is logged in."""
        return self._context(eye, None, script, width, dark)

    def of(self, login: str, eye: Eye, *, script: bool = True, width: int = 1440, dark: bool = False) -> Page:
        """A page of somebody who is logged in, at his start page."""
        if login not in self._sessions:
            context = self._context(eye, None, script, width, dark)
            log_in(context.new_page(), login, self.site.password)
            self._sessions[login] = context.storage_state()
            context.close()
        page = self._context(eye, self._sessions[login], script, width, dark).new_page()
        page.goto("/desk/")
        return page

    def _context(self, eye: Eye, state: dict | None, script: bool, width: int, dark: bool) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.site.url, storage_state=state, java_script_enabled=script, locale="zh-CN",
            timezone_id="Asia/Shanghai", color_scheme="dark" if dark else "light", accept_downloads=True,
            viewport={"width": width, "height": 900 if width > 600 else 844},
        )  # fmt: skip
        context.set_default_timeout(PATIENCE_MS)
        eye.watch(context)
        return context


def log_in(page: Page, login: str, password: str) -> None:
    """As people do: on the log-in page."""
    page.goto("/desk/")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/desk/")


def today_on() -> str:
    """Today in Asia/Shanghai, as a date field takes it."""
    return f"{today()}"
