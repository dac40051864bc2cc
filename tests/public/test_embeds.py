"""What other places show of the register: badges, the feed, share pictures, the map of the site, and near misses."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.core.cache import cache

from bulletins.conftest import NUMBER
from bulletins.conftest import accounts as accounts
from bulletins.conftest import closed as closed
from bulletins.conftest import draft as draft
from bulletins.conftest import published as published
from bulletins.conftest import second_supervisor as second_supervisor
from factories import make_account, make_code
from govmedia.accounts.models import Account
from govmedia.accounts.services import close_account, index_accounts
from govmedia.connectors.feed_parse import parse_feed
from govmedia.impostors.services import Told, approve, propose, register, withdraw
from govmedia.public.near import near

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


@pytest.fixture
def account(gulou_health):
    row = make_account(gulou_health, name='健康"鼓楼"<b>', url="https://a.example/1", filed_on=date(2026, 11, 20))
    index_accounts([row.pk])
    return row


def text_of(svg: bytes) -> str:
    return "".join(ElementTree.fromstring(svg).itertext())


@pytest.mark.parametrize(
    ("status", "word"), [("open", "已备案"), ("suspended", "暂停"), ("closing", "停更公告中"), ("closed", "已注销")]
)
def test_badge_says_what_the_register_says_now(client, account, status, word):
    Account.objects.filter(pk=account.pk).update(
        status=status, closed_on=date(2026, 11, 1) if status == "closed" else None
    )
    answer = client.get(f"/badge/{account.code}.svg")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert word in text_of(answer.content) and account.name in text_of(answer.content)
    assert b"<script" not in answer.content and b"style=" not in answer.content
    assert "max-age=3600" in answer["Cache-Control"] and not answer.cookies


def test_badge_is_304_until_the_status_changes(client, account):
    tag = client.get(f"/badge/{account.code}.svg")["ETag"]
    assert client.get(f"/badge/{account.code}.svg", headers={"if-none-match": tag}).status_code == 304
    Account.objects.filter(pk=account.pk).update(status="suspended")
    assert client.get(f"/badge/{account.code}.svg", headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("code", ["AAAAAAAAAA", "长", "x" * 500, "A\nB"])
def test_badge_of_a_made_up_code_says_that_there_is_none(client, code):
    answer = client.get(f"/badge/{code}.svg")
    assert answer.status_code == 404
    if answer["Content-Type"] == "image/svg+xml":
        assert "没有备案" in text_of(answer.content)


def test_page_offers_the_lines_for_a_website_and_not_for_a_closed_account(client, account, moment):
    page = client.get(f"/accounts/{account.code}/").content.decode()
    code = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1]
    assert f"http://testserver/badge/{account.code}.svg" in code and "<img" not in code and "&lt;img" in code
    assert "&amp;lt;b&amp;gt;" in code, "a name is escaped in the lines too"
    close_account(account=account, closed_on=moment.date(), successor=None, by=None, now=moment)
    assert "放到单位网站上" not in client.get(f"/accounts/{account.code}/").content.decode()


def test_feed_tells_of_new_and_closed_accounts_and_bulletins(client, account, published, moment):
    heir = make_account(account.organisation, name="健康鼓楼新号")
    gone = make_account(account.organisation, name="旧号")
    close_account(account=gone, closed_on=moment.date(), successor=heir, by=None, now=moment)
    answer = client.get("/feed.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    found = parse_feed(answer.content, "http://testserver/feed.atom").entries
    titles = [one.title for one in found]
    assert f"完成备案：{account.name}（微信公众号）" in titles
    assert "已注销：旧号（微信公众号）" in titles and published.title in titles
    assert len({one.native_id for one in found}) == len(found)
    text = answer.content.decode()
    assert "健康鼓楼新号" in text and NUMBER in text
    assert client.get("/feed.atom", headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_feed_tells_of_impostors_and_of_decisions_taken_back(
    client, account, second_supervisor, li_supervisor, moment
):
    told = Told("健康鼓楼官方", "weibo", "https://weibo.com/fake", "要我转账")
    row = register(told=told, by=li_supervisor, now=moment)
    propose(impostor_id=row.pk, said="诱导转账。", imitates=account.code, by=second_supervisor, now=moment)
    before = client.get("/feed.atom")
    assert "健康鼓楼官方" not in before.content.decode()
    approve(impostor_id=row.pk, by=li_supervisor, now=moment)
    unchanged = client.get("/feed.atom", headers={"if-none-match": before["ETag"]})
    (entry,) = told_of(unchanged, "健康鼓楼官方")
    assert entry.title == "认定冒用：健康鼓楼官方（微博）" and "诱导转账" in unchanged.content.decode()
    page = client.get("/verify/impostors/").content.decode()
    assert f'id="{entry.native_id.partition("#")[2]}"' in page and "/feed.atom" in page
    withdraw(impostor_id=row.pk, why="是民间账号", by=second_supervisor, now=moment + timedelta(hours=1))
    after = client.get("/feed.atom", headers={"if-none-match": unchanged["ETag"]})
    (again,) = told_of(after, "健康鼓楼官方")
    assert "撤销认定" in again.title and again.native_id == entry.native_id
    assert "是民间账号" in after.content.decode() and "诱导转账" not in after.content.decode()


def told_of(answer, name: str) -> list:
    entries = parse_feed(answer.content, "http://testserver/feed.atom").entries
    return [one for one in entries if name in one.title and "完成备案" not in one.title]


def test_feed_of_an_empty_register_is_a_feed(client, db):
    assert ElementTree.fromstring(client.get("/feed.atom").content).tag.endswith("feed")


def test_shared_pages_show_what_they_are(client, account):
    page = client.get(f"/accounts/{account.code}/").content.decode()
    assert f'og:image" content="http://testserver/accounts/{account.code}/qr.png"' in page
    assert "健康&quot;鼓楼&quot;&lt;b&gt;（微信公众号）" in page and "已备案" in page
    page = client.get("/").content.decode()
    assert 'og:image" content="http://testserver/static/public/share.png"' in page and "/feed.atom" in page


def test_map_leads_to_every_account_and_every_page(client, account, published, monkeypatch):
    monkeypatch.setattr("govmedia.public.views.feeds.IN_PART", 3)
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in robots and "Disallow: /desk/" in robots
    locations, parts = set(), locs(client, "/sitemap.xml")
    assert len(parts) == 3
    for part in parts:
        locations |= set(locs(client, part))
    assert {f"/accounts/{code}/" for code in Account.objects.values_list("code", flat=True)} <= locations
    assert {"/", "/open-data/", "/verify/", "/verify/impostors/", f"/bulletins/{published.pk}/"} <= locations
    assert all(client.get(path).status_code == 200 for path in locations)
    for number in ("9", "0", "9" * 30):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404


def locs(client, path) -> list[str]:
    tree = ElementTree.fromstring(client.get(path).content)
    return [one.text.removeprefix("http://testserver") for one in tree.iter() if one.tag.endswith("loc")]


def test_a_slip_in_a_code_is_understood(account):
    code = account.code
    swapped = code[1] + code[0] + code[2:]
    wrong = code[:4] + ("A" if code[4] != "A" else "B") + code[5:]
    for typed in (swapped, wrong, wrong.lower(), code[:3] + code[4:], code[:5] + "X" + code[5:]):
        assert near(typed) == [account], typed
    assert near(make_code()) == []


def test_unknown_account_says_what_may_have_been_meant(client, account):
    wrong = account.code[:-1] + ("A" if account.code[-1] != "A" else "B")
    answer = client.get(f"/accounts/{wrong}/")
    page = answer.content.decode()
    assert answer.status_code == 404 and f"/accounts/{account.code}/" in page and "是不是要找" in page
    answer = client.get("/accounts/鼓楼/")
    assert answer.status_code == 404 and account.code in answer.content.decode()
    page = client.get("/accounts/<script>/").content.decode()
    assert "<script>" not in page and "没有这个账号" in page


@pytest.mark.parametrize("text", ["", " ", "长" * 40, "'; DROP", "%%%%%%%%%%", "A" * 40])
def test_near_takes_anything(account, text):
    assert near(text) == []


def test_a_closed_account_is_offered_too_and_marked(client, account, moment):
    close_account(account=account, closed_on=moment.date() - timedelta(days=1), successor=None, by=None, now=moment)
    assert "已注销" in client.get(f"/accounts/{account.code[:-2]}Z{account.code[-1]}/").content.decode()
