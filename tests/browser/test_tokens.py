"""A token of the API: made, shown once, copied or selected by hand, used, revoked."""

import urllib.error
import urllib.request

from playwright.sync_api import expect


def status(site, secret: str) -> int:
    """What the API answers to the token."""
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    data = '{"id":"1","text":"现将有关事项通知如下。"}'.encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{site.url}/api/v1/inspect", data, headers)) as answer:
            return answer.status
    except urllib.error.HTTPError as why:
        return why.code


def test_a_token_is_made_used_and_revoked(visit, site, script):
    page = visit("gulou_clerk", script=script)
    page.locator("header.top .menu summary").click()
    page.get_by_role("link", name="接口令牌").click()
    name = f"发布系统{'甲' if script else '乙'}"
    page.get_by_label("名称").fill(name)
    page.get_by_role("button", name="生成令牌").click()
    field = page.get_by_label("令牌", exact=True)
    secret = field.input_value()
    expect(page.get_by_role("button", name="复制")).to_be_visible(visible=script)
    if script:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="复制").click()
        expect(page.locator("[data-copied]")).to_have_text("已复制")
        assert page.evaluate("navigator.clipboard.readText()") == secret
    field.select_text()
    assert status(site, secret) == 200
    page.get_by_role("link", name="已记下").click()
    row = page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("刚刚")
    expect(page.locator("main")).not_to_contain_text(secret)
    row.get_by_role("button").click()
    if script:
        page.locator("dialog.ask .btn-danger").click()
    expect(row).to_contain_text("已作废")
    assert status(site, secret) == 401
