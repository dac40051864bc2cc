"""Nothing that was typed is lost of a draft: left at once, or open in two pages."""

import pytest
from playwright.sync_api import Page, expect

from browser.looking import Eye


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
