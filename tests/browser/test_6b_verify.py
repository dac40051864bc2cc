"""Story 6b: anyone asks whether an account is real, by name and by a picture; an impostor is reported, two
supervisors decide, and the public sees it."""

import io
import json
import re
from pathlib import Path

import segno
from playwright.sync_api import Page, expect

REAL = "健康鼓楼"


def ask(page: Page, text: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="辨真假").first.click()
    page.get_by_label("名称或链接").fill(text)
    page.get_by_role("button", name="辨一辨").click()


def head(page: Page) -> str:
    return page.locator("#answer h1").inner_text()


def code_of(text: str) -> dict:
    data = io.BytesIO()
    segno.make_qr(text).save(data, kind="png", scale=6, border=4)
    return {"name": "code.png", "mimeType": "image/png", "buffer": data.getvalue()}


def test_anyone_verifies_by_name(visit, script):
    page = visit(script=script)
    ask(page, REAL)
    assert head(page) == "有官方账号叫这个名称"
    expect(page.locator("main")).to_contain_text("南京市鼓楼区卫生健康委员会")
    ask(page, "健康古楼")
    assert head(page) == "很像官方账号，但不是它"
    expect(page.locator("#answer")).to_contain_text("读音相同：“古”与“鼓”")
    ask(page, "并无此地发布")
    assert head(page) == "没有记录，不等于安全"


def test_anyone_verifies_by_a_picture_of_a_code(visit, script, eye):
    page = visit(script=script)
    ask(page, REAL)
    account = page.locator(".code-list a").first.get_attribute("href")
    page.goto("/verify/")
    link = page.url.rstrip("/").removesuffix("/verify")
    page.get_by_label("二维码的照片、截图，或账号的头像").set_input_files(code_of(f"{link}{account}"))
    page.get_by_role("button", name="查图片").click()
    assert head(page) == "是官方账号"
    eye.allowed.add(422)
    page.goto("/verify/")
    blank = {"name": "a.png", "mimeType": "image/png", "buffer": b"not a picture"}
    page.get_by_label("二维码的照片、截图，或账号的头像").set_input_files(blank)
    page.get_by_role("button", name="查图片").click()
    expect(page.get_by_role("alert")).to_contain_text("不是 PNG")


def test_an_answer_is_kept_and_proved(visit, site, tmp_path):
    from govmedia.engine.signatures import fault_of, keys_in

    page = visit()
    ask(page, "健康古楼")
    page.get_by_text("怎样证明这份答复没有改过").click()
    with page.expect_download() as got:
        page.get_by_role("link", name="保存签名的答复").click()
    answer = json.loads(Path(got.value.path()).read_text(encoding="utf-8"))
    keys = keys_in(page.request.get("/.well-known/govmedia-keys.json").text())
    assert fault_of(answer, keys) == ""
    assert fault_of({**answer, "answer": "official"}, keys) != ""


def settle(page: Page, name: str) -> None:
    page.goto("/desk/impostors/")
    page.get_by_role("link", name=name, exact=True).click()


def test_an_impostor_is_reported_decided_and_published(visit, script):
    fake = f"{REAL}{'认证' if script else '小助手'}"
    page = visit(script=script)
    ask(page, fake)
    page.get_by_role("link", name="举报这个账号").click()
    expect(page.get_by_label("可疑账号的名称")).to_have_value(fake)
    page.get_by_label("在哪个平台").select_option("douyin")
    page.get_by_label("发生了什么").fill("私信要我交押金。")
    page.get_by_role("button", name="提交举报").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("举报已收到")

    first = visit("nanjing_sup", script=script)
    settle(first, fake)
    expect(first.locator("main")).to_contain_text("私信要我交押金。")
    first.get_by_label("依据").fill("冒用名称，诱导交押金。")
    first.get_by_role("button", name="提议认定为冒用").click()
    expect(first.locator("main")).to_contain_text("由另一位有权限的人认定")

    second = visit("jiangsu_sup", script=script)
    expect(second.locator("main")).to_contain_text(f"认定冒用：「{fake}」")
    settle(second, fake)
    second.get_by_role("button", name=re.compile("^认定「")).click()
    with second.expect_download() as got:
        second.get_by_role("link", name="Word").click()
    assert Path(got.value.path()).read_bytes()[:2] == b"PK"

    ask(page, fake)
    assert head(page) == "这是已认定的冒用账号"
    expect(page.locator("#answer")).to_contain_text("冒用名称，诱导交押金。")
    page.goto("/verify/impostors/")
    expect(page.locator("main")).to_contain_text(fake)


def test_names_from_a_platforms_search_are_compared_and_entered(visit, script):
    page = visit("nanjing_sup", script=script)
    page.goto("/desk/impostors/")
    page.get_by_role("link", name="批量比对").click()
    fake, place = f"{REAL}{'体验官' if script else '备用号'}", f"https://v.douyin.com/{script}/"
    page.get_by_label("名称，每行一个").fill(f"\n{fake}\t抖音\t{place}\n毫不相干的名字\n某某，火星")
    page.get_by_role("button", name="比对", exact=True).click()
    expect(page.locator("main")).to_contain_text("1 个像备案账号")
    expect(page.locator("main")).to_contain_text("第 4 行“某某，火星”")
    page.get_by_role("button", name="登记勾选的").click()
    expect(page.locator("[data-row]").filter(has_text=fake)).to_contain_text("待核实")
    expect(page.locator("main")).not_to_contain_text("毫不相干的名字")
