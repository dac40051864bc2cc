"""Story 6c: the public pages on a cheap phone and in large print, and how few steps a stranger needs."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.test_pages import too_wide

# path, and what to click on the way
PAGES = {
    "/": "",
    "/directory/": "",
    "/directory/?q=健康": "",
    "an account": ".result h3 a",
    "/verify/": "",
    "/verify/?q=健康鼓楼官方": "",
    "/verify/impostors/": "",
    "/verify/report/": "",
    "/bulletins/": "",
    "/open-data/": "",
}
# The first view of any page, packed, by a browser that has nothing of the site yet.
BYTES_MOST, REQUESTS_MOST, NODES_MOST, SHIFT_MOST = 150_000, 15, 1500, 0.1
SHIFTS = """() => { window.shifted = 0; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value;
}).observe({ type: "layout-shift", buffered: true }) }"""


def reach(page: Page, name: str) -> None:
    page.goto(name if name.startswith("/") else "/directory/")
    if PAGES[name]:
        page.locator(PAGES[name]).first.click()
        page.wait_for_load_state()


@pytest.mark.parametrize("name", PAGES)
def test_a_first_view_is_light(visit, name):
    page = visit(width=390)
    # An account is come upon from the directory, but whoever has its address begins there.
    reach(page, name)
    address = page.url
    page = visit(width=390)
    wire = page.context.new_cdp_session(page)
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    wire.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    page.evaluate(SHIFTS)
    page.wait_for_function("document.fonts.status === 'loaded'")
    assert sum(sizes) <= BYTES_MOST, sizes
    assert len(sizes) <= REQUESTS_MOST
    assert page.evaluate("document.querySelectorAll('*').length") <= NODES_MOST
    assert page.evaluate("window.shifted") <= SHIFT_MOST
    # Nothing of the page waits for a script, and nothing comes from elsewhere.
    blocking = "script[src]:not([defer]):not([async]):not([type=module])"
    assert page.locator(f"head {blocking}").count() == 0
    loaded = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    origin = page.evaluate("location.origin")
    assert [one for one in loaded if not one.startswith((origin, "data:"))] == []


@pytest.mark.parametrize("name", PAGES)
def test_pages_fit_a_small_screen_and_letters_twice_as_large(visit, name):
    page = visit(width=390)
    reach(page, name)
    assert too_wide(page, 320) == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert too_wide(page, 640) == []


def test_a_stranger_has_the_code_of_nanjings_health_commission_after_three_actions(visit, script):
    page = visit(script=script, width=390)
    page.goto("/")
    box = page.get_by_label("找账号")
    box.fill("南京卫健委")
    box.press("Enter")  # 1
    expect(page.locator(".result").first).to_contain_text("南京市卫生健康委员会")
    page.locator(".result h3 a").first.click()  # 2
    expect(page.locator("main")).to_contain_text("南京市卫生健康委员会")
    with page.expect_download() as got:
        page.get_by_role("link", name="保存二维码").click()  # 3
    assert Path(got.value.path()).read_bytes()[:4] == b"\x89PNG"
