"""Story 8, the end: a bulletin is withdrawn, written anew, approved by another person, and read by a stranger."""

import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import expect

from browser.running import environment
from browser.test_pages import breaches, too_wide

WHY = "附件里一个账号的名称有误，更正后重新发布。"
NUMBER = "演示〔2026〕88号"


def _verified(home: Path, *words: str) -> str:
    """What the command says on a machine of its own, with an empty data folder."""
    command = [sys.executable, "-m", "govmedia.cli", *words]
    return subprocess.run(command, env=environment(home), capture_output=True, text=True, check=True).stdout


def test_from_the_closed_round_to_what_a_stranger_reads(visit, eye, tmp_path):
    eye.allowed |= {422}
    page, stranger = visit("jiangsu_sup"), visit()
    page.goto("/desk/bulletins/?state=published")
    page.locator("[data-row] .lead-cell a").first.click()
    page.get_by_label("撤下的理由").fill(WHY)
    page.get_by_role("button", name="撤下").click()
    page.get_by_role("dialog").get_by_role("button", name="撤下").click()
    expect(page.get_by_text("已撤下。公开页面仍在")).to_be_visible()
    stranger.goto("/bulletins/")
    stranger.locator("main .bulletins a").first.click()
    expect(stranger.get_by_text(WHY)).to_be_visible()
    expect(stranger.locator("article")).to_have_count(0)

    page.goto("/desk/rounds/?state=closed")
    page.locator("[data-row] .lead-cell a").first.click()
    page.get_by_role("button", name="写通报").click()
    expect(page.get_by_role("heading", name="文字")).to_be_visible()
    assert [breach for width in (1440, 390) for breach in breaches(page, width, dark=False)] == []
    assert {width: too_wide(page, width) for width in (390, 768, 1440)} == {390: [], 768: [], 1440: []}
    page.set_viewport_size({"width": 1440, "height": 900})

    page.get_by_label("发文字号").fill(NUMBER)
    page.get_by_label("标题", exact=True).fill("关于更正上季度抽查情况的通报")
    second = page.get_by_label("第 2 节的正文，每行一段")
    second.fill("合格率达到99.9%。\n{{passed}}个账号达到要求。")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("“99.9%”是手写的数字")).to_be_visible()
    expect(second).to_have_value("合格率达到99.9%。\n{{passed}}个账号达到要求。")
    second.fill("合格率达到{{pass_rate}}。\n{{passed}}个账号达到要求。")
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("这是预览，还没有保存")).to_be_visible()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    # Every deed of the page sends what is typed, and gives it back where it is refused.
    page.get_by_label("发文字号").fill("")
    second.fill("合格率达到{{pass_rate}}。\n请认真整改。")
    page.get_by_role("button", name="送审").click()
    expect(page.get_by_text("还没有发文字号").first).to_be_visible()
    expect(second).to_have_value("合格率达到{{pass_rate}}。\n请认真整改。")
    page.get_by_label("发文字号").fill(NUMBER)
    second.fill("合格率达到{{pass_rate}}。\n请认真整改，并举一反三。")
    page.get_by_role("button", name="重新取数").click()
    expect(page.get_by_text("已重新取数。请核对文字。")).to_be_visible()
    expect(second).to_have_value("合格率达到{{pass_rate}}。\n请认真整改，并举一反三。")
    second.fill("合格率达到{{pass_rate}}。\n请认真整改，并举一反三，年底前报结果。")
    page.get_by_role("button", name="送审").click()
    expect(page.locator(".sheet-pane")).to_contain_text("年底前报结果")
    expect(page.get_by_text("须由另一人审签").first).to_be_visible()
    expect(page.get_by_role("button", name="同意发布")).to_have_count(0)
    address = page.url

    colleague = visit("jiangsu_sup2")
    colleague.goto(address)
    colleague.get_by_role("button", name="同意发布").click()
    expect(colleague.get_by_text("已同意，可以发布。")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="发布").click()
    expect(page.get_by_text("已发布，公众可以看到。")).to_be_visible()
    page.get_by_role("button", name="发整改通知").click()
    expect(page.get_by_text(re.compile("已给 [1-9] 个单位发整改通知"))).to_be_visible()

    page.emulate_media(media="print")
    sheet, paper = (page.locator(name).first.bounding_box() for name in (".bulletin", "main"))
    assert sheet and paper and sheet["width"] == paper["width"]

    stranger.goto("/bulletins/")
    stranger.get_by_role("link", name="关于更正上季度抽查情况的通报").click()
    expect(stranger.locator("article")).to_contain_text(NUMBER)
    expect(stranger.locator("article")).to_contain_text(re.compile(r"合格率达到[\d.]+%。"))
    files = {"数据": "bulletin.json", "这一轮的数据": "round.jsonl", "PDF": "bulletin.pdf", "Word": "bulletin.docx"}
    for name, file in files.items():
        with stranger.expect_download() as got:
            stranger.get_by_role("link", name=name, exact=True).click()
        got.value.save_as(tmp_path / file)
    assert (tmp_path / "bulletin.pdf").read_bytes().startswith(b"%PDF")
    assert _verified(tmp_path, "bulletin", "--check", str(tmp_path / "bulletin.json")) == "closes\n"
    assert _verified(tmp_path, "verify-round", str(tmp_path / "round.jsonl")) == "same\n"
