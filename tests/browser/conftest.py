"""One demonstration and one browser for all journeys; what goes wrong on any page fails the test that saw it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from browser.looking import PATIENCE_MS, Desks, Eye, launch
from browser.running import Site, running

HERE = Path(__file__).parent
ACCOUNTS = 60
Opener = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys are marked, and come last: once the browser runs, its event loop holds the thread for good, in which
    the database would no longer answer other tests."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("demonstration"), ACCOUNTS) as site:
        yield site
        assert "Traceback" not in site.log, site.log


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def desks(browser: Browser, site: Site) -> Desks:
    return Desks(browser, site)


@pytest.fixture
def eye(browser: Browser) -> Iterator[Eye]:
    eye = Eye()
    yield eye
    for context in browser.contexts:
        context.close()
    assert eye.faults == []


@pytest.fixture
def visit(desks: Desks, eye: Eye) -> Opener:
    """Open a page of somebody's: `visit("gulou_clerk", script=False)`; a stranger's without a name."""

    def open_page(login: str = "", **how: object) -> Page:
        return desks.of(login, eye, **how) if login else desks.context(eye, **how).new_page()

    return open_page


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def script(request: pytest.FixtureRequest) -> bool:
    """Whether scripts run; journeys that take this are walked both ways."""
    return bool(request.param)
