"""Story 6: anyone finds an account in the public directory and takes its code away."""

from pathlib import Path
from xml.etree import ElementTree

from playwright.sync_api import Page, expect

PNG = b"\x89PNG\r\n\x1a\n"


def search(page: Page, text: str) -> list[str]:
    """The names found, from the home page on."""
    page.goto("/")
    page.get_by_label("找账号").fill(text)
    page.get_by_role("button", name="查一查").click()
    expect(page.locator("#results-title")).to_contain_text("个账号")
    return page.locator(".result h3").all_inner_texts()


def fetched(page: Page, link: str) -> bytes:
    with page.expect_download() as got:
        page.get_by_role("link", name=link).click()
    return Path(got.value.path()).read_bytes()


def test_anyone_finds_an_account_by_name_and_by_pinyin(visit, script):
    page = visit(script=script)
    expected = search(page, "健康鼓楼")[:3]
    assert expected == ["健康鼓楼"] * 3
    assert search(page, "jkgl")[:3] == expected
    assert search(page, "jiankanggulou")[:3] == expected
    assert search(page, "没有这样的账号名") == []
    expect(page.locator("main")).to_contain_text("没有找到这样的账号")


def test_anyone_picks_a_suggestion_by_keyboard(visit):
    page = visit()
    page.goto("/")
    box = page.get_by_label("找账号")
    box.press_sequentially("jkgulo")
    rows = page.get_by_role("option")
    expect(rows.first).to_contain_text("健康鼓楼")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(rows.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == rows.first.get_attribute("id")
    box.press("Escape")
    expect(rows).to_have_count(0)
    box.press("ArrowDown")
    expect(rows.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("健康鼓楼")


def test_anyone_browses_by_place_platform_level(visit, script):
    page = visit(script=script)
    page.goto("/")
    page.get_by_role("link", name="查名录").click()
    whole = page.locator("#results-title").inner_text()
    facets = page.locator("#facets")
    for part in ("南京市", "微信公众号", "县级"):
        facets.get_by_role("link", name=part).first.click()
        expect(page.locator(".chips .chip").filter(has_text=part)).to_be_visible()
    assert page.locator("#results-title").inner_text() != whole
    platforms = page.locator(".result p:first-of-type").all_inner_texts()
    assert platforms and all(text.startswith("微信公众号") for text in platforms)
    page.locator(".chips .chip").filter(has_text="县级").click()
    expect(page.locator(".chips .chip").filter(has_text="县级")).to_have_count(0)


def test_anyone_opens_an_account_and_downloads_its_code(visit, script):
    page = visit(script=script)
    search(page, "健康鼓楼")
    page.locator(".result h3 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("健康鼓楼")
    expect(page.locator("main")).to_contain_text("南京市鼓楼区卫生健康委员会")
    png = fetched(page, "保存二维码")
    assert png[:8] == PNG
    width, height = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    assert width == height >= 300
    svg = ElementTree.fromstring(fetched(page, "矢量图"))
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"


def test_a_closed_account_names_its_successor(visit, script):
    page = visit(script=script)
    page.goto("/directory/")
    closed = page.locator(".result").filter(has_text="注销，并入")
    while not closed.count():
        page.get_by_role("link", name="下一页").click()
    closed.locator("h3 a").first.click()
    expect(page.locator("main .note")).to_contain_text("注销")
    successor = page.locator("main .note").get_by_role("link")
    name = successor.inner_text()
    successor.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.locator("main")).to_contain_text("承接已注销的")
