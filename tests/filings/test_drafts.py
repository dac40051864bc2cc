"""Filings before they are submitted: nothing typed is lost, and the machine fills in what it can read."""

import pytest

from factories import make_account, make_interface, make_user
from filings.conftest import FORM, rss
from govmedia.audit.models import Entry
from govmedia.common.refusals import NoRight, Refused, WrongState
from govmedia.filings import services, showing

pytestmark = pytest.mark.django_db


def test_start_prefills_the_contact_from_the_log_in(gulou_health, moment):
    chen = make_user("chen2", "陈二", "operator", organisation=gulou_health, phone="025-11112222")
    filing = services.start(kind="open", organisation=gulou_health, by=chen, now=moment)
    assert filing.form == {"contact_name": "陈二", "contact_phone": "025-11112222"}


def test_start_for_another_organisation_is_refused(stranger, gulou_health, moment):
    with pytest.raises(NoRight):
        services.start(kind="open", organisation=gulou_health, by=stranger, now=moment)


def test_draft_keeps_wrong_values_and_drops_invisible_ones(draft, chen_operator, moment):
    values = {"name": "x" * 10_000, "opened_on": "never", "description": "a\x00b\u202ec\r\nd😀", "unknown": "1"}
    filing = services.save_draft(filing_id=draft.pk, values=values, by=chen_operator, now=moment)
    filing.refresh_from_db()
    assert filing.form["name"] == "x" * 10_000
    assert filing.form["description"] == "abc\nd😀"
    assert filing.form["opened_on"] == "never"
    assert "unknown" not in filing.form
    assert filing.name == "x" * 80


def test_saving_the_same_again_leaves_no_entry(filled, chen_operator, moment):
    before = Entry.objects.count()
    services.save_draft(filing_id=filled.pk, values=FORM, by=chen_operator, now=moment)
    assert Entry.objects.count() == before


def test_log_does_not_hold_the_telephone_number(filled):
    assert not any("83750000" in str(entry.after) for entry in Entry.objects.all())


def test_feed_fills_in_what_it_says(draft, chen_operator, moment, feeds):
    url = feeds.add("/gulou.xml", rss())
    filing = services.read_feed(filing_id=draft.pk, url=url, by=chen_operator, now=moment)
    assert {key: filing.form[key] for key in ("name", "url", "platform", "description", "feed_url")} == {
        "name": "健康鼓楼",
        "url": "https://weibo.com/gulou",
        "platform": "weibo",
        "description": "鼓楼区卫生健康委员会的官方发布",
        "feed_url": url,
    }
    look = showing.look(filing)
    assert look["ok"] and look["count"] == 3
    assert [post["title"] for post in look["posts"]] == ["通知第0号", "通知第1号", "通知第2号"]
    assert showing.marks(filing)["name"] == "已自动填写"


def test_feed_leaves_what_was_typed_alone_and_renews_what_it_filled(draft, chen_operator, moment, feeds):
    services.save_draft(filing_id=draft.pk, values={"name": "我写的名称"}, by=chen_operator, now=moment)
    services.read_feed(filing_id=draft.pk, url=feeds.add("/a", rss()), by=chen_operator, now=moment)
    other = feeds.add("/b", rss(title="别的名称", link="https://www.douyin.com/user/1"))
    filing = services.read_feed(filing_id=draft.pk, url=other, by=chen_operator, now=moment)
    assert (filing.form["name"], filing.form["platform"]) == ("我写的名称", "douyin")
    assert "name" not in showing.marks(filing)


def test_changed_value_is_no_longer_marked_as_filled(draft, chen_operator, moment, feeds):
    services.read_feed(filing_id=draft.pk, url=feeds.add("/a", rss()), by=chen_operator, now=moment)
    filing = services.save_draft(filing_id=draft.pk, values={"name": "改过"}, by=chen_operator, now=moment)
    assert "name" not in showing.marks(filing)


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("http://127.0.0.1:1/x", "指向内部或保留地址"),
        ("http://169.254.169.254/latest", "指向内部或保留地址"),
        ("file:///etc/passwd", "须以 http:// 或 https:// 开头"),
        ("javascript:alert(1)", "须以 http:// 或 https:// 开头"),
    ],
)
def test_addresses_the_guard_refuses_are_explained(draft, chen_operator, moment, feeds, url, cause):
    filing = services.read_feed(filing_id=draft.pk, url=url, by=chen_operator, now=moment)
    assert filing.fetched["ok"] is False
    assert cause in filing.fetched["cause"]
    assert filing.form["feed_url"] == url


def test_log_in_page_instead_of_a_feed_is_explained_and_disturbs_nothing(filled, chen_operator, moment, feeds):
    url = feeds.add("/login", b"<!doctype html><html><body>log in</body></html>", kind="text/html")
    filing = services.read_feed(filing_id=filled.pk, url=url, by=chen_operator, now=moment)
    assert filing.fetched["outcome"] == "not_a_feed"
    assert "RSS" in filing.fetched["cause"]
    assert filing.form["name"] == FORM["name"]


def test_script_links_of_a_feed_do_not_become_links(draft, chen_operator, moment, feeds):
    url = feeds.add("/evil", rss(link="javascript:alert(1)", title="&lt;script&gt;alert(1)&lt;/script&gt;"))
    filing = services.read_feed(filing_id=draft.pk, url=url, by=chen_operator, now=moment)
    assert filing.form.get("url", "") == ""


def test_submitted_filing_cannot_be_edited(submitted, chen_operator, moment):
    with pytest.raises(WrongState):
        services.save_draft(filing_id=submitted.pk, values={"name": "x"}, by=chen_operator, now=moment)


def test_change_starts_from_the_registry_and_only_once(chen_operator, gulou_health, moment):
    account = make_account(gulou_health, name="健康鼓楼", url="https://a.gov.cn/", functions=[{"name": "预约"}])
    make_interface(account, handle="https://a.gov.cn/feed")
    ask = {"kind": "change", "organisation": gulou_health, "account": account, "by": chen_operator, "now": moment}
    filing = services.start(**ask)
    assert filing.form["before"]["feed_url"] == "https://a.gov.cn/feed"
    assert filing.form["functions"] == "预约"
    with pytest.raises(WrongState):
        services.start(**{**ask, "kind": "close"})


def test_change_of_somebody_elses_account_is_refused(chen_operator, gulou_health, xuanwu_school, moment):
    account = make_account(xuanwu_school)
    with pytest.raises(Refused):
        services.start(kind="change", organisation=gulou_health, account=account, by=chen_operator, now=moment)
