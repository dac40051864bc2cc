"""Story 8, a year later: a city is assessed, reports little, appeals with success; a stranger reads last year's."""

import json
import re
import subprocess
import sys

from playwright.sync_api import Page, expect

from browser.running import environment
from browser.test_pages import breaches, too_wide

NAME = "南京市年度考核（试行）"


def _confirmed(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    page.get_by_role("dialog").get_by_role("button", name=name).click()


def _today(page: Page) -> None:
    """The start page with all that waits, the less pressing too."""
    page.goto("/desk/")
    more = page.locator("summary").filter(has_text="再看")
    if more.count():
        more.first.click()


def _looked_at(page: Page) -> None:
    assert [breach for width in (1440, 390) for breach in breaches(page, width, dark=False)] == []
    assert {width: too_wide(page, width) for width in (390, 768, 1440)} == {390: [], 768: [], 1440: []}
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_city_is_assessed(visit, eye, site):
    eye.allowed |= {409, 422}
    province, city, second = visit("jiangsu_sup"), visit("nanjing_sup"), visit("jiangsu_sup2")
    province.goto("/desk/assessments/new/")
    province.get_by_label("名称").fill(NAME)
    for box in province.locator("input[name=bodies]").all():
        box.set_checked(box.get_attribute("value") == "320100")
    province.get_by_role("button", name="保存").click()
    _confirmed(province, "开始自评")
    expect(province.get_by_text("自评已开始")).to_be_visible()
    address = province.url

    _today(city)
    city.get_by_role("link", name=re.compile(re.escape(NAME))).first.click()
    expect(city.get_by_role("heading", name="请填写")).to_be_visible()
    city.get_by_role("button", name="提交自评").click()
    expect(city.get_by_text("还没有填写：A09 先审后发制度、A10 培训与清理整合").first).to_be_visible()
    # What is typed at the one stays while the other is saved.
    for code in ("A09", "A10"):
        city.locator(f"#said-{code}").fill("已落实，记录齐全。")
    for code in ("A09", "A10"):
        expect(city.locator("#said-A10")).to_have_value("已落实，记录齐全。")
        city.get_by_role("button", name=f"保存 {code}").click()
        expect(city.get_by_text(f"{code} 已保存。")).to_be_visible()
    _looked_at(city)
    # An ended log-in takes nothing along, and what has arrived after it is not put back once more.
    for code in ("A09", "A10"):
        city.locator(f"#said-{code}").fill("已落实，记录齐全，另附清单。")
    city.context.clear_cookies(name="sessionid")
    city.get_by_role("button", name="保存 A09").click()
    city.get_by_label("登录名").fill("nanjing_sup")
    city.get_by_label("密码").fill(site.password)
    city.get_by_role("button", name="登录").click()
    expect(city.get_by_text("已放回登录过期前填写的内容，还没有提交")).to_have_count(2)
    for code in ("A09", "A10"):
        expect(city.locator(f"#said-{code}")).to_have_value("已落实，记录齐全，另附清单。")
        city.get_by_role("button", name=f"保存 {code}").click()
        expect(city.get_by_text(f"{code} 已保存。")).to_be_visible()
    city.reload()
    expect(city.get_by_text("已放回登录过期前填写的内容")).to_have_count(0)
    city.get_by_role("button", name="提交自评").click()
    expect(city.get_by_text("自评已提交")).to_be_visible()

    province.goto(address)
    _confirmed(province, "结束自评，开始审核")
    province.get_by_role("link", name="南京市", exact=True).click()
    _looked_at(province)
    line = province.locator("#A09")
    province.locator("#A10").get_by_label("得分").fill("5")
    line.get_by_label("得分").fill("3")
    line.get_by_role("button", name="评分").click()
    expect(line.get_by_text("没有给满分的，请写明理由")).to_be_visible()
    expect(line.get_by_label("得分")).to_have_value("3")
    line.get_by_label("理由").fill("没有附记录。")
    line.get_by_role("button", name="评分").click()
    expect(province.get_by_text("A09 已评分。")).to_be_visible()
    line = province.locator("#A10")
    expect(line.get_by_label("得分")).to_have_value("5")
    line.get_by_role("button", name="评分").click()
    expect(province.get_by_text("A10 已评分。")).to_be_visible()
    province.goto(address)
    _confirmed(province, "反馈结果")
    expect(province.get_by_text("须由另一位监管员公布")).to_be_visible()

    city.reload()
    line = city.locator("#A09")
    line.get_by_text("申诉", exact=True).click()
    line.get_by_label("为什么认为有误").fill("记录已补交。")
    line.get_by_role("button", name="提出申诉").click()
    expect(city.get_by_text("已对 A09 提出申诉")).to_be_visible()
    _today(second)
    second.get_by_role("link", name=re.compile("复核考核申诉")).first.click()
    line = second.locator("#A09")
    line.get_by_label("改为几分").fill("5")
    line.get_by_label("复核的理由").fill("记录完整。")
    line.get_by_role("button", name="申诉成立").click()
    expect(second.get_by_text("得分由 3.00 改为 5.00")).to_be_visible()
    _looked_at(second)
    second.goto(address)
    _confirmed(second, "公布结果")
    expect(second.get_by_text("过了才能公布")).to_be_visible()


def test_a_stranger_reads_last_years_and_recomputes_it(visit, tmp_path):
    stranger = visit()
    stranger.goto("/bulletins/")
    stranger.get_by_role("link", name="年度考核").click()
    stranger.locator("main .bulletins a").first.click()
    stranger.locator("details summary").first.click()
    expect(stranger.get_by_role("cell", name="没有数据，未考核").first).to_be_visible()
    _looked_at(stranger)
    with stranger.expect_download() as begun:
        stranger.get_by_role("link", name="公布的数据").click()
    path = tmp_path / "assessment.json"
    begun.value.save_as(path)
    command = [sys.executable, "-m", "govmedia.cli", "verify-assessment", str(path)]
    said = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, check=True).stdout
    assert said == "same\n"
    whole = json.loads(path.read_text(encoding="utf-8"))
    whole["bodies"][0]["place"] = 9
    path.write_text(json.dumps(whole), encoding="utf-8")
    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "名次重新计算" in done.stdout
