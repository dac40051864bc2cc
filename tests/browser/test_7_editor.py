"""Content inspection: an editor checks a text before it is published, a supervisor rules on what was published."""

import re

import pytest
from playwright.sync_api import Page, expect

TEXT = "按照国办发[2019]51号要求，首批回访人员张某某，身份证号320106199003079850。\n活动报名截至11月31日。"


def paste(page: Page) -> None:
    page.goto("/desk/inspect/")
    page.get_by_label("标题").fill("关于回访工作的通知")
    page.get_by_label("正文").fill(TEXT)
    page.get_by_role("button", name="检查").click()
    expect(page.locator("mark.hit")).to_have_count(3)


def test_an_editor_sees_hits_in_place_and_takes_suggestions_over(visit, script):
    page = visit("gulou_clerk", script=script)
    paste(page)
    number = page.locator("mark.hit", has_text="[2019]51号").get_attribute("data-mark")
    card = page.locator(f'[data-card="{number}"]')
    expect(card).to_contain_text("〔2019〕51号")
    card.get_by_label("采纳").check()
    page.get_by_role("button", name="按采纳的改好").click()
    expect(page.get_by_text("已按采纳的建议改好 1 处")).to_be_visible()
    assert page.get_by_label("正文").input_value() == TEXT.replace("[2019]51号", "〔2019〕51号")
    expect(page.locator("mark.hit")).to_have_count(2)


def test_hits_are_walked_and_taken_by_keys(visit):
    page = visit("gulou_clerk")
    paste(page)
    page.locator("h1").click()
    page.keyboard.press("ArrowDown")
    first = page.locator("[data-card]").first
    expect(first).to_be_focused()
    expect(page.locator(f'[data-mark="{first.get_attribute("data-card")}"]').first).to_have_class(
        re.compile(r"\bon\b")
    )
    page.keyboard.press("Enter")
    expect(first.get_by_label("采纳")).to_be_checked()
    expect(page.locator("[data-card]").nth(1)).to_be_focused()


@pytest.mark.parametrize("key", ["1", "3"])
def test_a_supervisor_rules_by_one_key_and_takes_it_back(visit, key):
    page = visit("jiangsu_sup")
    page.goto("/desk/inspect/queue/")
    waiting = page.locator("article.doc mark.hit").first.inner_text()
    page.keyboard.press(key)
    expect(page.get_by_text(f"“{waiting[:30]}”已判为“{'属实' if key == '1' else '误报'}”")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_text("已退回待判")).to_be_visible()
    expect(page.get_by_role("button", name="误报")).to_be_visible()
