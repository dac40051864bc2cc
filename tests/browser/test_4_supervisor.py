"""Story 4: the start page of a division, the lists behind its figures, and the people and bodies of the division."""

import csv
import io
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Download, Page, expect

from browser.looking import log_in
from govmedia.engine.uscc import ALPHABET, uscc_check_digit

SECRET, SECOND = "changjiang-8848", "taihu-yutu-2400"


def number(text: str) -> int:
    return int(text.replace(",", ""))


def rows_behind(page: Page, address: str) -> int:
    """How many rows a list has, and says it has."""
    page.goto(address)
    said = number(page.locator(".list-say b").inner_text())
    assert page.locator("[data-row]").count() == min(said, 25)
    return said


def figures(page: Page) -> list[tuple[int, str]]:
    """Every number of the start page that is a link: the number and the address behind it."""
    found = [
        (number(fig.locator("strong").inner_text()), fig.get_attribute("href")) for fig in page.locator("a.fig").all()
    ]
    for link in page.locator("section.panel table.t td.r a").all():
        found.append((number(link.inner_text()), link.get_attribute("href")))
    return [(value, address or "") for value, address in found]


def test_every_figure_leads_to_as_many_accounts(visit):
    page = visit("jiangsu_sup")
    found = figures(page)
    assert len(found) > 12
    assert {address: rows_behind(page, address) for _, address in found if number} == {
        address: value for value, address in found
    }
    page.goto("/desk/")
    expect(page.locator("main")).to_contain_text("近 24 小时看到")
    expect(page.locator("main")).to_contain_text("新情况")


def test_a_list_filters_sorts_and_turns_pages(visit):
    page = visit("jiangsu_sup")
    page.locator("nav.rail a.room").filter(has_text="账号").click()
    total = number(page.locator(".list-say b").inner_text())
    page.get_by_label("平台", exact=True).select_option(label="微信公众号")
    expect(page.locator(".chips")).to_contain_text("平台：微信公众号")
    platforms = page.locator("[data-row] td[data-label=平台]").all_inner_texts()
    assert platforms and {text.split()[0] for text in platforms} == {"微信公众号"}
    page.locator(".chips a").filter(has_text="微信公众号").click()
    expect(page.locator(".list-say b")).to_have_text(f"{total:,}")

    page.locator("thead").get_by_role("link", name="开设").click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("开设")
    opened = page.locator("[data-row] td[data-label=开设]").all_inner_texts()
    assert opened == sorted(opened)
    first = page.locator("[data-row]").first.inner_text()
    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".pager [aria-current]")).to_have_text("2")
    assert page.locator("[data-row]").first.inner_text() != first
    page.get_by_role("link", name="上一页").click()
    expect(page.locator(".pager [aria-current]")).to_have_text("1")


def exported(page: Page, link: str) -> Download:
    page.locator("summary").filter(has_text="导出").click()
    with page.expect_download() as got:
        page.get_by_role("link", name=link).click()
    page.locator("summary").filter(has_text="导出").click()
    return got.value


def test_a_list_is_exported_whole_and_marked_as_invented(visit):
    page = visit("jiangsu_sup")
    page.goto("/desk/accounts/?health=healthy")
    total = number(page.locator(".list-say b").inner_text())
    assert total > 25
    text = Path(exported(page, "CSV 表格").path()).read_text(encoding="utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert len(rows) == total
    assert head[-1] == "演示数据"
    assert {row[-1] for row in rows} == {"演示数据，非真实检查结果"}
    got = exported(page, "Excel 表格")
    assert got.suggested_filename.endswith(".xlsx")
    book = load_workbook(io.BytesIO(Path(got.path()).read_bytes()), read_only=True)
    sheet = list(book.active.iter_rows(values_only=True))
    book.close()
    assert [list(row) for row in sheet] == [[value or None for value in row] for row in [head, *rows]]


def new_code() -> str:
    """A 统一社会信用代码 that nobody has, with its check digit."""
    start = "11320106MB" + "".join(ALPHABET[(place * 7 + 3) % 30] for place in range(7))
    return start + uscc_check_digit(start)


def invitation(page: Page) -> str:
    """The link that is to be handed over."""
    return page.get_by_label("设置密码的链接").input_value()


def type_password(page: Page, link: str, password: str) -> None:
    page.goto(link)
    page.get_by_label("新密码", exact=True).fill(password)
    page.get_by_label("再输一遍新密码").fill(password)
    page.get_by_role("button", name="设置密码并登录").click()


def test_a_body_and_its_clerk_are_added_and_the_clerk_comes_in(visit, desks, eye):
    page = visit("gulou_sup")
    page.locator("nav.rail a.room").filter(has_text="单位").click()
    page.get_by_role("link", name="新增单位").click()
    page.get_by_label("统一社会信用代码").fill(new_code()[:-1] + "?")
    page.get_by_label("单位名称").fill("南京市鼓楼区园林绿化管理所")
    page.get_by_role("button", name="登记单位").click()
    expect(page.locator(".f.is-bad").filter(has_text="统一社会信用代码").locator(".err")).to_be_visible()
    page.get_by_label("统一社会信用代码").fill(new_code())
    page.get_by_label("所在行政区划").select_option(label="江苏省南京市鼓楼区")
    page.get_by_role("button", name="登记单位").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("南京市鼓楼区园林绿化管理所")

    page.get_by_role("link", name="添加用户").click()
    page.get_by_label("登录名").fill("yuanlin_clerk")
    page.get_by_label("姓名").fill("园林所运维岗")
    page.get_by_label("角色").select_option(label="运维员")
    page.get_by_role("button", name="新增用户并生成链接").click()
    link = invitation(page)

    clerk = desks.context(eye).new_page()
    type_password(clerk, link, SECRET)
    expect(clerk.get_by_role("heading", level=1)).to_have_text("今日")
    expect(clerk.locator("header.top")).to_contain_text("园林所运维岗")
    again = desks.context(eye).new_page()
    type_password(again, link, SECOND)
    expect(again.get_by_role("alert")).to_contain_text("链接")

    page.get_by_role("link", name="已记下").click()
    page.get_by_role("button", name="重置密码").click()
    page.get_by_role("dialog").get_by_role("button", name="重置密码").click()
    fresh = invitation(page)
    assert fresh != link
    clerk.goto("/desk/")
    expect(clerk.get_by_role("heading", level=1)).to_have_text("登录")
    clerk.get_by_label("登录名").fill("yuanlin_clerk")
    clerk.get_by_label("密码").fill(SECRET)
    clerk.get_by_role("button", name="登录").click()
    expect(clerk.get_by_role("alert")).to_be_visible()
    type_password(clerk, fresh, SECOND)
    expect(clerk.get_by_role("heading", level=1)).to_have_text("今日")
    returning = desks.context(eye).new_page()
    log_in(returning, "yuanlin_clerk", SECOND)
    expect(returning.get_by_role("heading", level=1)).to_have_text("今日")
