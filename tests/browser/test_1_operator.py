"""Story 1: a clerk files an account by pasting the address of its feed."""

from playwright.sync_api import expect

from browser import filing
from browser.looking import log_in


def test_a_clerk_files_an_account_from_its_feed(site, desks, eye, script):
    name = "鼓楼疫苗接种" if script else "鼓楼中医药"
    address = site.new_feed(name, kind="rss" if script else "json")
    context = desks.context(eye, script=script)
    page = context.new_page()
    log_in(page, "gulou_clerk", site.password)

    filing.begin(page, address)
    expect(page.get_by_label("账号名称")).to_have_value(name)
    expect(page.get_by_label("简介")).to_have_value(f"{name}，发布健康提示和办事信息。")
    expect(page.locator(".look")).to_contain_text("读到 5 篇")
    expect(page.locator(".look")).to_contain_text("门诊时间调整的通知")
    left = filing.fields(page)
    assert left == ["平台", "开设日期", "联系电话"]

    page.get_by_label("联系电话").fill("请打总机")
    page.get_by_role("button", name="核对并提交").click()
    wrong = page.locator(".f.is-bad").filter(has_text="联系电话")
    expect(wrong.locator(".err")).to_contain_text("电话")
    expect(page.locator(".f.is-bad").filter(has_text="开设日期").locator(".err")).to_have_text("请选择开设日期。")
    expect(page.get_by_role("alert")).to_contain_text("还有 3 处要改")

    page.get_by_label("联系电话").fill("025-83230001")
    if script:
        expect(page.locator("[data-saved]").first).to_contain_text("自动保存")
    else:
        page.get_by_role("button", name="先存着").click()
        expect(page.locator("#messages")).to_contain_text("草稿已保存")
    context.close()

    page = desks.context(eye, script=script).new_page()
    log_in(page, "gulou_clerk", site.password)
    page.get_by_role("link", name="新增备案").first.click()
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_label("联系电话")).to_have_value("025-83230001")
    filing.complete(page, "小红书" if script else "哔哩哔哩")
    filing.send(page)

    expect(page.locator(".filing-progress")).to_contain_text("鼓楼区")
    expect(page.locator(".timeline [aria-current=step]")).to_contain_text("鼓楼区")
    expect(page.locator(".timeline")).to_contain_text("南京市")
    page.goto("/desk/filings/")
    row = page.locator("[data-row]").filter(has_text=name)
    expect(row).to_contain_text("待审")
    expect(row).to_contain_text("鼓楼区")


def test_the_feeds_that_the_terminal_offers_fill_the_form(visit, site):
    page = visit("gulou_clerk")
    assert len(site.offered) >= 2
    links = set()
    for address in site.offered:
        filing.begin(page, address)
        expect(page.get_by_label("账号名称")).not_to_have_value("")
        expect(page.locator(".look")).to_contain_text("已连通")
        links.add(page.get_by_label("账号链接").input_value())
        assert len(filing.fields(page)) <= 6
    assert len(links) == len(site.offered)


def test_a_clerk_changes_and_closes_accounts_by_filings(visit):
    page = visit("gulou_clerk")
    page.goto("/desk/accounts/?status=open")
    page.locator("[data-row] .lead-cell a").first.click()
    successor = page.url.rstrip("/").rpartition("/")[2]
    name = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="发起变更").click()
    page.get_by_role("button", name="开始填写").click()
    page.get_by_label("简介").fill("发布辖区卫生健康信息，提供预约挂号。")
    page.get_by_label("变更日期").fill(filing.today_on())
    page.get_by_label("变更原因").fill("补充服务栏目。")
    page.get_by_label("联系电话").fill("025-83230002")
    page.get_by_role("button", name="核对并提交").click()
    expect(page.locator("dd.changed").first).to_contain_text("原为")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("待审")

    page.goto("/desk/accounts/?status=open")
    page.locator("[data-row] .lead-cell a").nth(1).click()
    page.get_by_role("link", name="关停").click()
    page.get_by_role("button", name="开始填写").click()
    page.get_by_label("注销日期").fill(filing.today_on())
    page.get_by_label("停更公告链接").fill("https://example.gov.cn/notice")
    page.get_by_label("关停原因").fill("清理整合，内容并入主账号。")
    page.get_by_label("承接账号").fill(name)
    page.get_by_role("button", name="核对并提交").click()
    # The clerk's accounts all bear one name; he is told their codes.
    expect(page.locator(".f.is-bad").filter(has_text="承接账号").locator(".err")).to_contain_text(successor)
    page.get_by_label("承接账号").fill(successor)
    page.get_by_role("button", name="核对并提交").click()
    expect(page.locator(".filing-progress")).to_be_visible()
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("待审")
