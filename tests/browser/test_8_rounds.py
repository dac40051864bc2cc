"""Story 8: a city announces who can be drawn, draws in the open, and its accounts are judged one after the other."""

import json
import re
import subprocess
import sys

from playwright.sync_api import expect

VALUE, SOURCE = "07 11 19 23 28 33 05", "试验用的第 7 期开奖号码"


def test_a_draw_in_the_open_and_the_first_verdict(visit, eye, tmp_path):
    eye.allowed |= {422}
    page = visit("nanjing_sup")
    page.goto("/desk/rounds/")
    page.get_by_role("link", name="新建一轮").click()
    page.get_by_label("名称").fill("南京市第四季度试抽")
    page.get_by_label("抽查比例").fill("2")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("抽查比例“2”不对").first).to_be_visible()
    expect(page.get_by_label("名称")).to_have_value("南京市第四季度试抽")
    page.get_by_label("抽查比例").fill("0.1")
    page.get_by_label("每层至少").fill("0")
    page.get_by_label("设区市").check()
    page.get_by_label("层级").uncheck()
    page.get_by_label("平台").uncheck()
    page.get_by_role("button", name="保存").click()

    page.get_by_role("button", name="公布总体").click()
    page.get_by_role("dialog").get_by_role("button", name="公布总体").click()
    expect(page.get_by_text("承诺的哈希", exact=True)).to_be_visible()
    number = re.search(r"/rounds/(\d+)/", page.url)[1]

    stranger = visit()
    stranger.goto(f"/draws/{number}/")
    expect(stranger.get_by_role("heading", level=1)).to_contain_text("南京市第四季度试抽")
    expect(stranger.get_by_text("抽取结果", exact=True)).to_have_count(0)
    with stranger.expect_download() as got:
        stranger.get_by_role("link", name="个账号（CSV）").click()
    population = tmp_path / "population.csv"
    got.value.save_as(population)

    page.get_by_label("公开随机数").fill(VALUE)
    page.get_by_label("出处").fill(SOURCE)
    page.get_by_role("button", name="抽取", exact=True).click()
    expect(page.get_by_text("已抽取").first).to_be_visible()
    stranger.reload()
    expect(stranger.get_by_text(SOURCE)).to_be_visible()
    with stranger.expect_download() as got:
        stranger.get_by_role("link", name="draw.json").click()
    draw = tmp_path / "draw.json"
    got.value.save_as(draw)
    command = [sys.executable, "-m", "govmedia.cli", "draw", "--verify", str(draw), "--population", str(population)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "same\n"
    drawn = sum(len(one["drawn"]) for one in json.loads(draw.read_text(encoding="utf-8"))["strata"])
    assert drawn >= 1

    page.get_by_role("button", name="开始检查").click()
    expect(page.get_by_text("已有结论", exact=False).first).to_be_visible()

    inspector = visit("inspector")
    inspector.goto(f"/desk/rounds/{number}/")
    inspector.get_by_role("link", name="检查下一个").click()
    inspector.get_by_role("button", name="开始检查").click()
    expect(inspector.get_by_role("heading", name="请你判断")).to_be_visible()
    inspector.get_by_role("button", name="出结论").click()
    inspector.get_by_role("dialog").get_by_role("button", name="出结论").click()
    expect(inspector.get_by_text("你已检查 1 个")).to_be_visible()
    page.reload()
    expect(page.get_by_text(re.compile(r"1 / \d+"))).not_to_have_count(0)


def test_the_round_of_the_last_quarter_is_closed_and_can_be_looked_through(visit):
    page = visit("jiangsu_sup")
    page.goto("/desk/rounds/?state=closed")
    page.locator("[data-row] .lead-cell a").first.click()
    expect(page.get_by_text("全部检查完了。")).to_be_visible()
    page.locator("[data-row] .lead-cell a").first.click()
    expect(page.get_by_text("以此为准")).to_be_visible()
    page.get_by_role("link", name="看全部依据和证据").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("检查结论")
