"""Story 3: the machine looks by itself, raises what it sees after repeated looks, tells once, and takes it back.

What is not seen is never held against an account, and with the network cut nothing is judged at all.
"""

from collections.abc import Callable
from itertools import cycle

import pytest
from playwright.sync_api import Locator, Page, expect

from browser import filing
from browser.looking import Eye
from browser.running import until

NAME = "鼓楼健康监测"
# The machine looks a few times before it says anything; on a busy machine that takes its time.
PATIENT_S = 300


@pytest.fixture(scope="module")
def code(desks, site):
    """An account filed and accepted a moment ago."""
    eye = Eye()
    clerk = desks.of("gulou_clerk", eye)
    filing.begin(clerk, site.new_feed(NAME))
    filing.complete(clerk, "今日头条")
    address = filing.send(clerk)
    filing.decide(desks.of("gulou_rev", eye), NAME, "通过，报上级审")
    filing.decide(desks.of("nanjing_rev", eye), NAME, "通过，准予备案")
    code = filing.accepted(clerk, address)
    for context in desks.browser.contexts:
        context.close()
    assert eye.faults == []
    return code


def comes(page: Page, shown: Locator, what: str) -> None:
    """Look at the page again and again, as people do, until something is there."""

    def is_there() -> bool:
        page.reload()
        return shown.count() > 0

    until(is_there, what, PATIENT_S)


def panel(page: Page, heading: str) -> Locator:
    return page.locator("section.panel").filter(has=page.get_by_role("heading", level=2).filter(has_text=heading))


def findings(page: Page) -> Locator:
    return page.locator("section.panel").filter(has_text="这个账号的问题").locator("tbody tr")


def findings_of(page: Page, code: str = "") -> str:
    """How many findings of an indicator, or of all, there are in the whole province."""
    page.goto(f"/desk/findings/?code={code}")
    return page.locator(".list-say b").inner_text()


def test_a_new_account_is_looked_at_and_its_posts_are_shown(visit, code):
    page = visit("gulou_clerk")
    page.goto(f"/desk/accounts/{code}/")
    comes(page, page.get_by_role("link", name="门诊时间调整的通知"), "新账号的内容")
    comes(page, panel(page, "数据接口").locator(".pill.ok"), "数据接口正常")
    expect(findings(page)).to_have_count(0)
    page.goto(f"/accounts/{code}/")
    expect(page.locator("main")).to_contain_text("门诊时间调整的通知")


def test_a_silence_becomes_a_finding_told_once_and_closed_when_cured(visit, site, code):
    page = visit("gulou_clerk")
    page.goto(f"/desk/accounts/{code}/")
    site.steer(code, "silent")
    silence = findings(page).filter(has_text="R05")
    comes(page, silence.filter(has_text="已通知"), "停更的问题")
    expect(silence).to_have_count(1)
    expect(page.locator("main .panel").first).to_contain_text("有问题")
    page.goto("/desk/notices/")
    told = page.locator(".todo li").filter(has_text=f"「{NAME}」").filter(has_text="两周内无更新")
    expect(told).to_have_count(1)
    told.get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("14 天")

    page.goto(f"/desk/accounts/{code}/")
    site.steer(code, "recover")
    comes(page, silence.filter(has_text="销号"), "问题销号")
    page.goto("/desk/notices/")
    expect(told).to_have_count(1)


def test_a_broken_feed_is_not_seen_with_its_cause_and_no_fault(visit, site, code):
    page = visit("gulou_clerk")
    page.goto(f"/desk/accounts/{code}/")
    before = findings(page).count()
    site.steer(code, "break")
    comes(page, panel(page, "数据接口").locator(".note.warn"), "查看失败的原因")
    expect(panel(page, "数据接口").locator(".note.warn")).to_contain_text("这段时间不计入更新情况")
    comes(page, page.locator("main .panel h2 .pill.un"), "显示未见")
    expect(findings(page)).to_have_count(before)
    site.steer(code, "recover")
    comes(page, panel(page, "数据接口").locator(".pill.ok"), "恢复")


def look_until(page: Page, true: Callable[[], bool], what: str) -> None:
    """立即查看 on account after account, until the frame of the page shows something."""
    page.goto("/desk/accounts/?health=healthy&size=50")
    links = cycle(page.locator("[data-row] .lead-cell a").evaluate_all("all => all.map(one => one.href)"))

    def look() -> bool:
        page.goto(next(links))
        page.get_by_role("button", name="立即查看").click()
        expect(page.locator("#messages .note")).to_be_visible()
        return true()

    until(look, what, PATIENT_S)


def test_with_the_network_cut_judging_pauses_and_nobody_is_blamed(visit, site, code):
    page = visit("jiangsu_sup")
    silences = findings_of(page, "R05"), findings_of(page, "Y02")
    banner = page.get_by_role("alert").filter(has_text="健康检查暂停判定")
    site.stop_emulator()
    look_until(page, lambda: banner.count() == 1, "断网的横幅")
    everything = findings_of(page)
    site.steer(code, "silent")
    page.goto(f"/desk/accounts/{code}/")
    silence = findings(page).filter(has_text="R05").filter(has_not_text="销号")
    comes(page, panel(page, "数据接口").locator(".note.warn"), "断网时的查看")
    expect(silence).to_have_count(0)
    assert (findings_of(page, "R05"), findings_of(page, "Y02")) == silences
    assert findings_of(page) == everything

    site.start_emulator()
    look_until(page, lambda: banner.count() == 0, "横幅消失")
    site.steer(code, "silent")
    page.goto(f"/desk/accounts/{code}/")
    comes(page, silence, "恢复后才判定的停更")
    site.steer(code, "recover")
    comes(page, panel(page, "数据接口").locator(".pill.ok"), "恢复")
