"""The frame around every page of the desk."""

from datetime import timedelta

from desk.conftest import find_fault
from factories import make_account
from govmedia.notify.models import Notice
from govmedia.posts.models import Outage


def frame_of(browser, address="/desk/"):
    return browser.get(address).context


def test_rooms_are_those_the_person_may_enter(
    as_, chen_operator, zhao_reviewer, li_supervisor, wu_auditor, root_admin
):
    def rooms(user):
        return [room["key"] for room in frame_of(as_(user))["nav"]]

    assert rooms(chen_operator) == ["today", "accounts", "filings", "findings", "inspections", "checks", "orgs"]
    assert rooms(zhao_reviewer) == ["today", "accounts", "filings", "findings", "inspections", "orgs"]
    assert rooms(li_supervisor) == ["today", "accounts", "filings", "findings", "inspections", "checks", "orgs"]
    assert rooms(wu_auditor) == ["today", "audit"]
    assert rooms(root_admin) == ["today", "orgs", "system"]


def test_person_divisions_and_unread_are_his_own(as_, li_supervisor, chen_operator, gulou, xuanwu, suzhou, now):
    for user, number in ((li_supervisor, 2), (chen_operator, 5)):
        for key in range(number):
            Notice.objects.create(recipient=user, key=str(key), title="消息", created_at=now)
    page = frame_of(as_(li_supervisor))
    who = {"login": li_supervisor.login, "name": "李监管", "role_label": "监管员", "place": "江苏省南京市"}
    assert page["person"] == who
    assert [code for code, _ in page["divisions"]] == ["320100", "320102", "320106"]
    assert page["unread"] == 2
    operators = frame_of(as_(chen_operator))
    assert (operators["person"]["place"], operators["divisions"]) == ("南京市鼓楼区卫生健康委员会", [])


def test_place_named_by_the_address_joins_the_switch(as_, province_supervisor, gulou):
    page = as_(province_supervisor).get("/desk/", {"division": "320106"}).context
    assert page["divisions"][-1] == ("320106", "江苏省南京市鼓楼区")


def test_badge_counts_what_waits_in_reach(as_, li_supervisor, suzhou, healthy, now):
    find_fault(healthy, now, state="raised", needs_human=True)
    find_fault(healthy, now, code="Y01", state="raised")
    counts = {room["key"]: room["count"] for room in frame_of(as_(li_supervisor))["nav"]}
    assert counts["findings"] == 1


def test_coverage_is_the_share_seen_within_a_day(as_, li_supervisor, chen_operator, healthy, vetoed, unseen):
    assert frame_of(as_(li_supervisor))["coverage"] == "近 24 小时看到 66.7%"
    assert frame_of(as_(chen_operator))["coverage"] == "近 24 小时看到 100.0%"


def test_outage_shows_a_banner_until_it_ends(as_, chen_operator, now):
    outage = Outage.objects.create(kind="network", started_at=now - timedelta(minutes=5))
    banner = frame_of(as_(chen_operator))["banner"]
    assert banner["text"].startswith("本平台网络不通")
    outage.ended_at = now
    outage.save()
    assert frame_of(as_(chen_operator))["banner"] is None


def test_frame_asks_three_questions(as_, li_supervisor, healthy, gulou, django_assert_num_queries):
    browser = as_(li_supervisor)
    browser.get("/desk/components/")
    with django_assert_num_queries(6):  # session, user, site, and the frame's three
        browser.get("/desk/components/")


def test_public_page_and_stranger_have_no_frame(client, as_, li_supervisor, gulou_health):
    account = make_account(gulou_health)
    page = as_(li_supervisor).get(f"/accounts/{account.code}/")
    assert "nav" not in page.context
    assert "nav" not in client.get("/desk/login/").context
