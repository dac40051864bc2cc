"""The life of a finding: an appeal that wins and gives the points back, one that loses, re-checks that reopen."""

import re

import pytest
from playwright.sync_api import Page, expect

from browser.looking import Eye
from browser.test_3_machine import comes
from browser.test_5_inspector import answer, editions, finish

PICTURE = {
    "name": "截图.png",
    "mimeType": "image/png",
    "buffer": bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360f8ffff3f0005fe02fea735814b0000000049454e44ae426082"
    ),
}
WHAT = "群众反映办事指南里的电话已停用。"


@pytest.fixture(scope="module")
def account(desks):
    """A healthy account of the clerk's: its code, and the address of one of its posts."""
    page = desks.of("gulou_clerk", Eye())
    page.goto("/desk/accounts/?health=healthy")
    page.locator("[data-row] .lead-cell a").first.click()
    code = page.url.rstrip("/").rsplit("/", 1)[-1]
    page.locator('a[href*="/posts/"]:not([href$="/posts/"])').first.click()
    link = page.locator('main a[href^="http://127.0.0.1"]').first.get_attribute("href")
    for context in desks.browser.contexts:
        context.close()
    return code, link


def confirm(page: Page, button: str) -> None:
    """Press a button that asks once more."""
    page.get_by_role("button", name=button).first.click()
    page.get_by_role("dialog").get_by_role("button", name=button).click()
    page.wait_for_load_state()


def score(page: Page) -> int:
    return int(page.locator(".score strong").inner_text())


def test_an_appeal_that_wins_gives_the_points_back(visit, eye, account):
    eye.allowed.add(422)
    code, _ = account
    inspector = visit("inspector")
    edition = next(text for text in editions(inspector) if "江苏" in text)
    inspector.goto(f"/desk/checks/new/{code}/")
    inspector.get_by_label("检查指标").select_option(label=edition)
    inspector.get_by_label("本季度").check()
    inspector.get_by_role("button", name="开始检查").click()
    answer(inspector, "Y08", "有问题", "11 月 3 日的转载没有注明来源。")
    finish(inspector)
    before, verdict = score(inspector), inspector.url
    expect(inspector.locator("main")).to_contain_text("11 月 3 日的转载没有注明来源")

    clerk = visit("gulou_clerk")
    clerk.get_by_role("link", name=re.compile("整改：.*11 月 3 日的转载没有注明来源")).first.click()
    clerk.get_by_text("写申诉").click()
    clerk.get_by_role("button", name="提出申诉").click()
    expect(clerk.locator("#messages")).to_contain_text("请写明认为有误的理由")
    clerk.get_by_label("为什么认为有误").fill("正文第一行注明了来源，见截图。")
    clerk.locator("#appeal input[type=file]").set_input_files([PICTURE])
    clerk.get_by_role("button", name="提出申诉").click()
    expect(clerk.locator("#messages")).to_contain_text("由江苏省监管员复核")
    expect(clerk.locator(".timeline")).to_contain_text("等待江苏省监管员复核申诉")

    supervisor = visit("jiangsu_sup")
    supervisor.goto("/desk/findings/appeals/?state=waiting")
    supervisor.locator("[data-row]").filter(has_text="正文第一行注明了来源").locator(".lead-cell a").click()
    with supervisor.expect_response(lambda got: "/files/" in got.url and got.ok):
        supervisor.reload()
    supervisor.get_by_label("复核的理由").fill("核对原文，确已注明来源。")
    confirm(supervisor, "申诉成立，撤销问题")
    expect(supervisor.locator(".page-head")).to_contain_text("撤销")

    inspector.goto(verdict)
    comes(inspector, inspector.get_by_text("结论已重新核定"), "结论重新核定")
    assert score(inspector) > before
    expect(inspector.locator("main")).to_contain_text("核对原文，确已注明来源")
    inspector.get_by_role("link", name="重新核算").click()
    expect(inspector.locator("#recompute")).to_contain_text("一致")
    supervisor.goto("/desk/findings/indicators/")
    row = supervisor.locator("tr").filter(has_text="Y08")
    expect(row.locator('td[data-label="申诉成立"]')).to_have_text("1")


def register(page: Page, code: str, link: str) -> str:
    page.goto(f"/desk/accounts/{code}/")
    page.get_by_role("link", name="登记问题").click()
    expect(page.get_by_label("账号编号")).to_have_value(code)
    page.get_by_role("button", name="登记并通知").click()
    expect(page.locator(".errors")).to_be_visible()
    page.get_by_label("来源").select_option(label="群众反映")
    page.get_by_label("指标").select_option("Y05")
    page.get_by_label("是什么问题").fill(WHAT)
    page.get_by_label("链接").fill(link)
    page.get_by_role("button", name="登记并通知").click()
    expect(page.locator("#messages")).to_contain_text("已登记 1 个问题")
    return page.url


def test_an_appeal_that_loses_and_a_recheck_that_reopens(visit, eye, account):
    eye.allowed.add(422)
    code, link = account
    county = visit("gulou_sup")
    finding = register(county, code, link)
    comes(county, county.locator(".files .thumb img"), "当时的截图")
    expect(county.locator(".files")).to_contain_text("sm3:")

    clerk = visit("gulou_clerk", script=False)
    clerk.goto(finding)
    clerk.get_by_text("写申诉").click()
    clerk.get_by_label("为什么认为有误").fill("电话上周刚换过。")
    clerk.get_by_role("button", name="提出申诉").click()
    expect(clerk.locator("#messages")).to_contain_text("南京市监管员复核")

    county.goto(finding)
    expect(county.get_by_role("button", name="申诉成立")).to_have_count(0)
    city = visit("nanjing_sup")
    city.get_by_role("link", name=re.compile("复核申诉")).first.click()
    city.get_by_label("复核的理由").fill("拨打核实，仍是停用的号码。")
    confirm(city, "申诉不成立，继续整改")
    expect(city.locator(".page-head")).to_contain_text("整改中")

    clerk.goto(finding)
    expect(clerk.locator("main")).to_contain_text("拨打核实，仍是停用的号码")
    clerk.get_by_label("做了什么整改").fill("已换成新的电话。")
    clerk.get_by_role("button", name="报告已整改").click()
    expect(clerk.locator(".page-head")).to_contain_text("已整改待复查")

    county.goto("/desk/findings/rechecks/")
    county.locator("[data-row]").filter(has_text="已换成新的电话").locator(".lead-cell a").click()
    county.get_by_label("理由").first.fill("页面上还是旧号码。")
    county.get_by_role("button", name="复查未通过").click()
    expect(county.locator(".page-head")).to_contain_text("复发")
    expect(county.locator("main")).to_contain_text("已复发 1 次")

    clerk.goto(finding)
    clerk.get_by_label("做了什么整改").fill("缓存已清，三个页面都改了。")
    clerk.get_by_role("button", name="报告已整改").click()
    inspector = visit("inspector")
    inspector.goto(finding)
    inspector.get_by_label("理由").first.fill("逐页核对，已是新号码。")
    confirm(inspector, "复查通过，销号")
    expect(inspector.locator(".page-head")).to_contain_text("销号")


def test_the_machine_reopens_what_it_still_sees(visit):
    clerk = visit("gulou_clerk")
    clerk.goto("/desk/findings/?code=R05&state=todo")
    row = clerk.locator("[data-row]").first
    finding = row.locator(".lead-cell a").get_attribute("href")
    row.locator("[data-pick]").check()
    clerk.get_by_label("做了什么整改").fill("已恢复更新。")
    confirm(clerk, "报告已整改")
    expect(clerk.locator("#messages")).to_contain_text("已处理 1 项")
    clerk.goto(finding)
    comes(clerk, clerk.locator(".page-head .pill").filter(has_text="复发"), "系统复查后复发")
    expect(clerk.locator(".timeline")).to_contain_text("再次查看时问题仍在")
