"""Story 8c: a unit looks at its accounts itself and says so in two clicks; the office sees that it has."""

import re

from playwright.sync_api import expect

UNIT = "南京市鼓楼区卫生健康委员会"


def test_a_unit_reports_in_two_clicks_and_the_office_sees_it(visit, eye):
    eye.allowed |= {422}
    office = visit("nanjing_sup")
    office.goto("/desk/rounds/?kind=self")
    office.get_by_role("link", name=re.compile("南京市政务新媒体自查")).click()
    expect(office.get_by_role("heading", name="单位上报")).to_be_visible()
    office.get_by_role("link", name="看各单位").click()
    row = office.locator("[data-row]").filter(has_text=UNIT)
    expect(row.get_by_text("未报", exact=True)).to_be_visible()

    clerk = visit("gulou_clerk")
    clerk.get_by_role("link", name=re.compile("^去自查")).click()
    clerk.get_by_role("button", name="以上各项无问题，报送").click()
    expect(clerk.get_by_text("已上报。转入复核以前可以再改。")).to_be_visible()

    office.reload()
    expect(row.get_by_text("按期已报")).to_be_visible()
    expect(row.get_by_text("无问题")).to_be_visible()


def test_a_problem_is_added_after_all_and_what_is_wrong_is_said_at_its_field(visit, eye, script):
    eye.allowed |= {422}
    clerk = visit("gulou_clerk", script=script)
    clerk.goto("/desk/rounds/reports/")
    clerk.locator("[data-row] .lead-cell a").first.click()
    if not clerk.get_by_role("button", name="报送这些问题").is_visible():
        clerk.get_by_text("看到有问题的，写在这里").click()
    line = clerk.locator(".problem").last
    line.get_by_label("账号").select_option(index=1)
    line.get_by_label("哪一项").select_option("Y06")
    line.get_by_label("几处").fill("2")
    line.get_by_label("计划整改").check()
    clerk.get_by_role("button", name="报送这些问题").click()
    expect(clerk.get_by_text("请写明是什么问题、在哪里。").first).to_be_visible()
    expect(clerk.get_by_label("几处")).to_have_value("2")
    clerk.get_by_label("是什么问题、在哪里").fill("标题有错字，已更正")
    clerk.get_by_label("已整改").check()
    clerk.get_by_role("button", name="报送这些问题").click()
    expect(clerk.get_by_text("1 项问题，均已整改")).to_be_visible()
    # taken back again, for whoever walks this way after
    clerk.get_by_label("不报这一条").check()
    clerk.get_by_role("button", name="以上各项无问题，报送").click()
    expect(clerk.get_by_text("各项无问题").first).to_be_visible()


def test_the_office_reminds_all_that_have_not_reported_once_a_day(visit, eye):
    eye.allowed |= {409}
    office = visit("nanjing_sup")
    office.goto("/desk/rounds/?kind=self")
    office.get_by_role("link", name=re.compile("南京市政务新媒体自查")).click()
    office.get_by_role("button", name="催报").click()
    expect(office.get_by_text("已提醒还没有报的单位。")).to_be_visible()
    office.get_by_role("button", name="催报").click()
    expect(office.get_by_text("今天已经催过一次")).to_be_visible()
