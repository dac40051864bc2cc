"""Story 5 on the workbench: a whole account is judged by keyboard alone, its posts read beside the questions."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from browser.test_pages import WIDTHS, breaches, too_wide
from govmedia.common.clock import today

IN_FOCUS = ".bench-item.at"
NOTE = "11 月 3 日的推文里有两处错字。"


def begin(page: Page, hits: str = "level=notice") -> None:
    """A new check of the last months of an account in whose posts the machine marked something."""
    page.goto(f"/desk/inspect/hits/?{hits}")
    page.goto(page.locator('[data-row] a[href^="/desk/accounts/"]').first.get_attribute("href"))
    page.get_by_role("link", name="开始检查").click()
    form = page.url
    if not start(page).locator("#preview").get_by_text("已答 0 /").count():
        # The same check goes on within a day, with what another journey answered.
        page.get_by_role("button", name="放弃检查").click()
        page.get_by_role("dialog").get_by_role("button", name="放弃检查").click()
        expect(page.get_by_text("已放弃")).to_be_visible()
        page.goto(form)
        start(page)


def start(page: Page) -> Page:
    edition = page.get_by_label("检查指标").locator("option").filter(has_text="江苏").first
    page.get_by_label("检查指标").select_option(label=edition.inner_text())
    page.get_by_label("自选起止日期").check()
    page.locator("[name=start_on]").fill(f"{today() - timedelta(days=150)}")
    page.locator("[name=end_on]").fill(f"{today()}")
    page.get_by_role("button", name="开始检查").click()
    expect(page.get_by_role("heading", name="请你判断")).to_be_visible()
    return page


def to_questions(page: Page) -> str:
    """Past what the machine saw, by key; gives the id of the first question."""
    while not focused(page).startswith("q-"):
        page.keyboard.press("j")
    return focused(page)


def focused(page: Page) -> str:
    """The id of the item in focus."""
    return page.locator(IN_FOCUS).get_attribute("id")


def keep(page: Page, keys: str) -> str:
    """Press keys and wait until what they answered is said to be kept; gives the id of the item answered."""
    answered = focused(page)
    for key in keys.split():
        page.keyboard.press(key)
    expect(page.locator(f"#state-{answered}")).not_to_contain_text(re.compile("未检查|待认定|还没保存"))
    return answered


def test_a_whole_account_is_judged_by_keyboard_with_its_posts_beside(visit):
    page = visit("inspector")
    begin(page)
    expect(page.locator(IN_FOCUS)).to_have_count(1)
    expect(page.locator(".bench-item:visible")).to_have_count(1)

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#kept")).to_be_empty()

    reads_the_posts(page)
    page.keyboard.press("b")
    expect(page.locator(IN_FOCUS)).to_be_focused()

    codes = page.locator("[data-item]").evaluate_all("all => all.map((one) => one.dataset.item)")
    first = next(code for code in codes if code.startswith("q-"))
    while not re.search(r"已答 (\d+) / \1 项。", page.locator("#preview").inner_text()):
        here = focused(page)
        if here == first or here.startswith("m-"):
            page.keyboard.press("2")
            expect(page.locator(f"{IN_FOCUS} textarea")).to_be_focused()
            page.keyboard.insert_text(NOTE)
            keep(page, "Control+Enter")
        else:
            keep(page, "1")
        expect(page.locator("#kept")).to_contain_text(re.compile(r"已保存 \d\d:\d\d"))
    expect(page.locator(f"#state-{first}")).to_have_text("有问题")
    assert first[2:] in page.locator("#preview").inner_text()

    page.keyboard.press("f")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("检查结论")
    expect(page.locator("main")).to_contain_text(NOTE)
    expect(page.locator("main")).not_to_contain_text("未检查不等于无问题")


def reads_the_posts(page: Page) -> None:
    """Open the newest, read on, look at the marked ones alone; what is open has its text, and one is open at most."""
    posts = page.locator("#post-list .post")
    page.keyboard.press("n")
    expect(posts.nth(0).locator("summary")).to_be_focused()
    page.keyboard.press("o")
    expect(posts.nth(0).locator(".post-text")).not_to_be_empty()
    page.keyboard.press("n")
    expect(posts.nth(1).locator(".post-text")).to_be_visible()
    expect(page.locator("#post-list .post[open]")).to_have_count(1)
    page.keyboard.press("p")
    expect(posts.nth(0).locator(".post-text")).to_be_visible()
    page.keyboard.press("o")
    expect(page.locator("#post-list .post[open]")).to_have_count(0)

    page.keyboard.press("m")
    expect(page.locator("#post-list [role=status]")).to_contain_text("找到")
    page.keyboard.press("n")
    page.keyboard.press("o")
    expect(page.locator(".post[open] .post-cards li").first).to_be_visible()
    page.keyboard.press("s")
    page.keyboard.insert_text("没有这样的字")
    expect(page.locator("#post-list")).to_contain_text("没有这样的内容")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    expect(page.locator("#post-list [role=status]")).to_have_count(0)


OPEN_AT_ONCE = """() => new MutationObserver((changes, watch) => {
  const post = document.querySelector("#post-list .post");
  if (!document.querySelector("#post-list [role=status]") || !post) return;
  watch.disconnect();
  post.open = true;
}).observe(document.querySelector("#posts"), { childList: true })"""


def test_a_post_opened_the_moment_its_list_arrives_shows_its_text(visit):
    page = visit("inspector")
    begin(page)
    page.evaluate(OPEN_AT_ONCE)
    page.keyboard.press("m")
    expect(page.locator(".post[open] .post-cards li").first).to_be_visible()


def test_answers_in_quick_succession_are_all_kept(visit):
    page = visit("inspector")
    begin(page)
    to_questions(page)
    page.route("**/answer/", lambda route: (page.wait_for_timeout(150), route.continue_()))
    answered = []
    for _ in range(3):
        answered.append(focused(page))
        page.keyboard.press("1")
    for one in answered:
        expect(page.locator(f"#state-{one}")).to_have_text("无问题")
    expect(page.locator("#preview")).to_contain_text("已答 3 /")
    page.reload()
    for one in answered:
        expect(page.locator(f"#state-{one}")).to_have_text("无问题")
    assert focused(page) not in answered


def test_what_could_not_be_kept_is_said_and_sent_again_and_no_verdict_goes_by_it(visit, eye):
    page = visit("inspector")
    begin(page)
    here = to_questions(page)
    page.keyboard.press("2")
    expect(page.locator(f"#said-{here[2:]}")).to_contain_text("还没保存：请写明")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("f")
    expect(page.locator(f"#{here}")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("0")
    expect(page.locator(f"#state-{here}")).to_have_text("未检查")

    page.route("**/answer/", lambda route: route.abort("aborted"))
    page.keyboard.press("1")
    expect(page.locator("#kept")).to_contain_text("还没保存：连不上")
    expect(page.locator(f"#state-{here}")).to_have_text("还没保存")
    page.unroute("**/answer/")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(f"#state-{here}")).to_have_text("无问题")
    eye.faults[:] = [fault for fault in eye.faults if "htmx:" not in fault]


def test_typing_in_a_field_answers_nothing_and_arrows_choose_without_leaving(visit):
    page = visit("inspector")
    begin(page)
    here = to_questions(page)
    page.keyboard.press("w")
    page.keyboard.type("1 j n 2 ?")
    expect(page.locator(f"#{here} textarea")).to_have_value("1 j n 2 ?")
    page.keyboard.press("Escape")
    expect(page.locator(f"#{here}")).to_be_focused()
    page.locator(f"#{here} input[data-key='0']").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator(f"#state-{here}")).to_have_text("有问题")
    page.keyboard.press("ArrowUp")
    expect(page.locator(f"#state-{here}")).to_have_text("无问题")
    assert focused(page) == here


def test_one_click_leads_from_the_machines_hit_to_the_post(visit):
    page = visit("inspector")
    begin(page, "level=veto&sure=yes")
    item = page.locator(".bench-item", has=page.locator("[data-to-post]")).first
    page.locator(f'[data-item="{item.get_attribute("id")}"]').click()
    link = item.locator("[data-to-post]").first
    link.click()
    post = page.locator(f"#p-{link.get_attribute('data-to-post')}")
    expect(post.locator("summary")).to_be_focused()
    expect(post.locator("mark.hit").first).to_be_visible()


def test_without_script_all_is_below_each_other_and_posts_open(visit):
    begin(visit("inspector"))
    page = visit("inspector", script=False)
    begin(page)
    forms = page.locator("form[id^=q-]")
    assert forms.count() > 8
    expect(page.locator(".bench-item:visible")).to_have_count(page.locator(".bench-item").count())
    first = forms.first
    first.get_by_role("radio", name="无问题").check()
    first.get_by_role("button", name="保存").click()
    expect(page.locator(f"#state-{first.get_attribute('id')}")).to_have_text("无问题")
    post = page.locator("#post-list .post").first
    post.locator("summary").click()
    post.get_by_role("link", name="看正文").click()
    expect(page.locator("#post-list .post").first.locator(".post-text")).to_be_visible()
    page.get_by_label("只看有标记的").check()
    page.locator(".posts-find").get_by_role("button", name="找").click()
    expect(page.locator("#post-list")).to_contain_text("找到")


@pytest.mark.parametrize("width", [390, 1440])
def test_an_open_post_and_an_open_question_are_within_reach_of_everybody(visit, width):
    page = visit("inspector", width=width)
    begin(page)
    page.locator("#post-list .post summary").first.click()
    expect(page.locator("#post-list .post-text").first).to_be_visible()
    assert breaches(page, width, False) + breaches(page, width, True) == []
    assert {wide: too_wide(page, wide) for wide in WIDTHS} == {wide: [] for wide in WIDTHS}
    page.set_viewport_size({"width": width, "height": 900})
    preview = page.locator("#preview")
    page.evaluate("window.scrollTo(0, 600)")
    assert (preview.bounding_box()["y"] >= 0) == (width > 600), "in sight where there is room, in nobody's way else"
    page.keyboard.press("?")
    assert breaches(page, width, False) == []
