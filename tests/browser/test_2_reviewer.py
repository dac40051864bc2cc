"""Story 2: what waits, oldest first, with what is odd about it marked; two offices; nobody passes his own."""

from playwright.sync_api import expect

from browser import filing


def test_a_filing_is_returned_corrected_and_passed_by_two_offices(visit, site, script, eye):
    name = "鼓楼急救科普" if script else "鼓楼营养课堂"
    clerk = visit("gulou_clerk", script=script)
    filing.begin(clerk, site.new_feed(name))
    filing.complete(clerk, "移动客户端" if script else "其他")
    address = filing.send(clerk)

    county = visit("gulou_rev", script=script)
    county.goto("/desk/filings/queue/")
    county.get_by_role("navigation", name="待审的备案").get_by_role("link").filter(has_text=name).click()
    eye.allowed.add(422)
    county.get_by_role("button", name="退回补正").click()
    if not script:
        expect(county.locator("#messages")).to_contain_text("请写明理由。")
        expect(county.locator("h2.review-name")).to_contain_text(name)
    filing.decide(county, name, "退回补正", "联系电话请改为值班电话。")

    clerk.goto("/desk/")
    clerk.locator(".todo").get_by_role("link", name=name).first.click()
    expect(clerk.locator("main")).to_contain_text("联系电话请改为值班电话。")
    if clerk.url == address:
        clerk.get_by_role("link", name="修改").click()
    expect(clerk.locator(".note.warn").first).to_contain_text("退回补正")
    clerk.get_by_label("联系电话").fill("025-83230009")
    filing.send(clerk)

    filing.decide(county, name, "通过，报上级审", "已核对。")
    clerk.goto(address)
    expect(clerk.locator(".timeline [aria-current=step]")).to_contain_text("南京市")
    city = visit("nanjing_rev", script=script)
    filing.decide(city, name, "通过，准予备案")
    clerk.goto(address)
    expect(clerk.locator(".timeline")).to_contain_text("已写入名录")

    anyone = visit(script=script)
    anyone.goto("/")
    anyone.get_by_label("找账号").fill(name)
    anyone.get_by_role("button", name="查一查").click()
    expect(anyone.locator(".result h3")).to_have_text([name])
    expect(anyone.locator(".result")).to_contain_text("南京市鼓楼区卫生健康委员会")


def test_nobody_reviews_his_own_filing(visit, eye):
    clerk = visit("gulou_clerk")
    clerk.goto("/desk/filings/?state=submitted")
    clerk.locator("[data-row] .lead-cell a").first.click()
    moves = clerk.locator("form.moves button").all_inner_texts()
    assert moves == ["撤回"]
    eye.allowed.add(403)
    clerk.goto("/desk/filings/queue/")
    expect(clerk.get_by_role("heading", level=1)).to_be_visible()
    expect(clerk.get_by_role("button", name="通过")).to_have_count(0)


def test_the_queue_shows_the_oldest_first_and_what_is_odd(visit):
    page = visit("gulou_rev")
    page.locator("nav.rail a.room").filter(has_text="备案").click()
    page.get_by_role("link", name="待我审核").click()
    queue = page.get_by_role("navigation", name="待审的备案").get_by_role("listitem")
    expect(queue.first).to_contain_text("已超时")
    queue.filter(has_text="鼓楼卫健服务").get_by_role("link").click()
    warnings = page.get_by_role("list", name="审核提示")
    expect(warnings).to_contain_text("一个单位原则上在同一平台只开设一个账号。")
    queue.filter(has_text="健康鼓楼发布").get_by_role("link").click()
    expect(warnings).to_contain_text("名称与「健康鼓楼」相近")


def test_on_a_phone_what_is_odd_is_in_sight_and_the_deeds_are_at_hand(visit, script):
    page = visit("gulou_rev", script=script, width=390)
    page.goto("/desk/filings/queue/")
    page.get_by_text("换一件").click()
    queue = page.get_by_role("navigation", name="待审的备案")
    queue.get_by_role("link").filter(has_text="鼓楼卫健服务").click()
    expect(queue).to_be_hidden()
    bar = page.locator("form.moves").bounding_box()
    for what in ("h2.review-name", ".filing-progress .pill", ".warnings .note >> nth=0"):
        box = page.locator(what).bounding_box()
        assert 0 < box["y"] < box["y"] + box["height"] <= bar["y"], what
    assert bar["y"] + bar["height"] <= page.locator("nav.rail").bounding_box()["y"]
    for button in page.locator("form.moves button").all():
        button.click(trial=True)
    note = page.get_by_label("审核意见")
    low = note.bounding_box()["height"]
    note.fill("请补充：\n一、主管部门的批复。\n二、值班电话。")
    assert note.bounding_box()["height"] > low
    assert len({button.bounding_box()["y"] for button in page.locator("form.moves button").all()}) == 1
