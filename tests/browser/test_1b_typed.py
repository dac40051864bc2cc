"""Nothing that was typed is lost: two pages of one draft, a page that is left, a log-in that has ended."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from browser.looking import Eye
from browser.test_3_machine import comes

WHAT = "群众来电反映，置顶的办事电话是空号，拨打三次均无法接通。"


@pytest.fixture
def clerk(visit) -> Page:
    """A clerk at an empty draft."""
    page = visit("gulou_clerk")
    page.goto("/desk/filings/new/")
    page.get_by_role("button", name="没有地址，直接填写").click()
    expect(page.get_by_label("账号名称")).to_be_visible()
    return page


def test_what_was_typed_last_is_there_though_the_page_was_left_at_once(clerk):
    edit = clerk.url
    clerk.get_by_label("简介").fill("发布门诊安排。")
    clerk.get_by_role("link", name="看这件备案").click()
    clerk.wait_for_url(edit.removesuffix("edit/"))
    # The page was left before the answer came.
    comes(clerk, clerk.get_by_text("发布门诊安排。"), "最后几个字")
    clerk.goto(edit)
    expect(clerk.get_by_label("简介")).to_have_value("发布门诊安排。")
    # and a button pressed while the last words are on their way finds them there
    clerk.get_by_label("简介").fill("发布门诊安排和通知。")
    clerk.get_by_role("button", name="核对并提交").click()
    expect(clerk.get_by_role("alert")).to_contain_text("处要改")
    expect(clerk.get_by_label("简介")).to_have_value("发布门诊安排和通知。")


def test_two_pages_of_one_draft_do_not_save_over_each_other(clerk, eye: Eye):
    eye.allowed.add(409)
    other = clerk.context.new_page()
    other.goto(clerk.url)
    other.get_by_label("简介").fill("后打开的一页写的。")
    expect(other.locator("[data-saved]")).to_contain_text("自动保存")
    clerk.get_by_label("简介").fill("先打开的一页写的。")
    expect(clerk.get_by_role("alert")).to_contain_text("另一个页面（或另一位同事）已经改过这份草稿")
    expect(clerk.get_by_label("简介")).to_have_value("先打开的一页写的。")
    with other.expect_response("**/autosave/"):
        other.get_by_label("简介").fill("后打开的一页接着写。")

    clerk.reload()
    expect(clerk.get_by_label("简介")).to_have_value("后打开的一页接着写。")
    clerk.get_by_role("button", name="用它接着填").click()
    expect(clerk.get_by_label("简介")).to_have_value("先打开的一页写的。")
    expect(clerk.locator("[data-saved]")).to_contain_text("自动保存")


def asked(page: Page, leave: object) -> bool:
    """Whether the browser asks before the page is left; the answer is to stay."""
    questions: list[str] = []

    def stay(dialog: Dialog) -> None:
        questions.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    leave()
    page.wait_for_timeout(500)
    page.remove_listener("dialog", stay)
    return questions == ["beforeunload"]


def test_a_form_that_was_begun_is_not_left_without_asking(visit):
    page = visit("jiangsu_sup")
    page.goto("/desk/findings/new/")
    switch = page.get_by_label("辖区")
    page.get_by_label("是什么问题").fill(WHAT)
    assert asked(page, lambda: switch.select_option(index=1))
    expect(page.get_by_label("是什么问题")).to_have_value(WHAT)
    assert asked(page, page.get_by_role("link", name="返回").click)
    page.get_by_label("是什么问题").fill("")
    switch.select_option(index=2)
    page.wait_for_url("**division=*")


def test_what_was_sent_after_the_log_in_ended_is_put_back(visit, site, eye: Eye):
    eye.allowed.add(422)
    page = visit("gulou_sup")
    page.goto("/desk/findings/new/?division=320106")
    page.get_by_label("是什么问题").fill(WHAT)
    page.get_by_label("来源").select_option(label="群众反映")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="登记并通知").click()
    expect(page.get_by_text("登录已过期。刚才填写的内容已留在这个浏览器里，登录后放回原处")).to_be_visible()
    for password in ("not this one", site.password):
        page.get_by_label("登录名").fill("gulou_sup")
        page.get_by_label("密码").fill(password)
        page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/desk/findings/new/?division=320106")
    expect(page.get_by_text("已放回登录过期前填写的内容，还没有提交")).to_be_visible()
    expect(page.get_by_label("是什么问题")).to_have_value(WHAT)
    expect(page.get_by_label("来源").locator("option:checked")).to_have_text("群众反映")

    # Sent, it has come: nothing is put back any more.
    page.get_by_role("button", name="登记并通知").click()
    expect(page.locator(".errors")).to_be_visible()
    page.goto("/desk/findings/new/?division=320106")
    expect(page.get_by_label("是什么问题")).to_have_value("")


def test_without_script_the_log_in_leads_back_to_the_form(visit, site):
    page = visit("gulou_clerk", script=False)
    page.goto("/desk/filings/new/")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="没有地址，直接填写").click()
    expect(page.get_by_text("登录已过期。刚才填写的内容没有保存。")).to_be_visible()
    page.get_by_label("登录名").fill("gulou_clerk")
    page.get_by_label("密码").fill(site.password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/desk/filings/new/")
