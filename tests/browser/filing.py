"""The steps of a filing that several journeys take, as people take them."""

from playwright.sync_api import Page, expect

from browser.looking import today_on


def begin(page: Page, address: str) -> None:
    """新增备案 on the start page, the feed's address pasted, and the machine reads it."""
    page.goto("/desk/")
    page.get_by_role("link", name="新增备案").first.click()
    page.get_by_label("数据接口").fill(address)
    page.get_by_role("button", name="读取并填写").click()
    expect(page.get_by_label("账号名称")).to_be_visible()


def fields(page: Page) -> list[str]:
    """The labels of the fields that have to be filled and are still empty."""
    empty = []
    for box in page.locator("main form.form .f").all():
        control = box.locator("input, select, textarea").first
        if box.locator(".opt").count() or control.get_attribute("type") == "checkbox":
            continue
        if control.input_value() == "":
            empty.append(box.locator("label").inner_text().strip())
    return empty


def complete(page: Page, platform: str) -> None:
    """Type what no feed can tell."""
    page.get_by_label("平台", exact=True).select_option(label=platform)
    page.get_by_label("开设日期").fill(today_on())
    page.get_by_label("联系电话").fill("025-83230000")


def send(page: Page) -> str:
    """核对并提交, then 提交; gives the address of the filing's page."""
    page.get_by_role("button", name="核对并提交").click()
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("待审")
    return page.url


def decide(page: Page, name: str, move: str, note: str = "") -> None:
    """Open a filing in the reviewer's queue and decide it."""
    page.goto("/desk/filings/queue/")
    page.get_by_role("navigation", name="待审的备案").get_by_role("link").filter(has_text=name).click()
    expect(page.locator("h2.review-name")).to_contain_text(name)
    if note:
        page.get_by_label("审核意见").fill(note)
    page.get_by_role("button", name=move, exact=True).click()
    expect(page.locator("#messages")).to_contain_text(name)


def accepted(page: Page, address: str) -> str:
    """The code of the account that an accepted filing made, from the operator's page of the filing."""
    page.goto(address)
    page.get_by_role("link", name="看账号").click()
    page.wait_for_url("**/desk/accounts/*/")
    return page.url.rstrip("/").rpartition("/")[2]
