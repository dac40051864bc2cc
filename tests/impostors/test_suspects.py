"""Suspects that come by themselves: names the public asks about, and names compared in bulk."""

import html
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from factories import make_account
from govmedia.accounts.services import index_accounts
from govmedia.audit.models import Entry
from govmedia.impostors import sweeping
from govmedia.impostors.models import Asked, Impostor
from govmedia.impostors.services import Told, asking, dismiss, register, settle_asked
from impostors.conftest import browser, text

pytestmark = pytest.mark.django_db
FAKE = "健康古楼"


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


def ask(name, address, way="q"):
    where = reverse("public:verify") if way == "q" else reverse("api:verify")
    return Client(REMOTE_ADDR=address).get(where, {way: name})


def test_a_name_that_several_ask_about_comes_to_the_desk_of_whom_it_imitates(real, li_supervisor, suzhou_supervisor):
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        ask(FAKE, address)
    assert Asked.objects.get().times == 2, "one address counts once an hour"
    desk = browser(li_supervisor)
    assert FAKE not in text(desk.get(reverse("impostors:asked")))
    ask(f"{FAKE} ", "192.0.2.3", "name")
    page = text(desk.get(reverse("impostors:asked")))
    assert FAKE in page and "3 次" in page and "读音相同" in page and "健康鼓楼" in page
    assert "公众常查的可疑名称：1 个" in text(desk.get(reverse("desk:today")))
    assert "公众在查 1" in text(desk.get(reverse("impostors:list")))
    assert FAKE not in text(browser(suzhou_supervisor).get(reverse("impostors:asked")))
    assert f'value="{FAKE}"' in text(desk.get(reverse("impostors:new"), {"name": FAKE}))


def test_a_lure_put_to_an_account_is_like_it_at_the_desk(real, li_supervisor, moment):
    for number in range(3):
        ask("健康鼓楼福利群", f"192.0.2.{number}")
    desk = browser(li_supervisor)
    assert "多出来的字是“福利群”" in text(desk.get(reverse("impostors:asked")))
    row = register(told=Told("健康鼓楼领补贴", "weibo", "", "拉人进群"), by=li_supervisor, now=moment)
    assert row.imitates == real and "多出来的字是“领补贴”" in text(
        desk.get(reverse("impostors:detail", args=[row.pk]))
    )
    page = text(desk.post(reverse("impostors:sweep"), {"text": "健康鼓楼福利群"}))
    assert "含有备案账号的名称" in page and "checked" not in page, "it may be an honest one"


@pytest.mark.parametrize("name", ["健康鼓楼", "毫不相干的名字", "https://weibo.com/x", "x" * 500])
def test_only_what_imitates_is_kept(real, name):
    ask(name, "192.0.2.1")
    assert not Asked.objects.exists()


def test_head_counts_nothing(real):
    Client().head(reverse("public:verify"), {"q": FAKE})
    assert not Asked.objects.exists()


def test_what_the_desk_has_seen_is_shown_no_more(real, li_supervisor, moment):
    for number in range(3):
        ask(FAKE, f"192.0.2.{number}")
        ask("健康鼓楼官方", f"192.0.2.{number}")
    desk = browser(li_supervisor)
    row = Asked.objects.get(name=FAKE)
    answer = desk.post(reverse("impostors:asked-settle", args=[row.pk]), follow=True)
    assert "不再提示" in text(answer) and Entry.objects.filter(verb="impostor.asked_settle").count() == 1
    register(told=Told("健康鼓楼官方", "weibo", "", "冒用"), by=li_supervisor, now=moment)
    page = text(desk.get(reverse("impostors:asked")))
    assert "没有要看的名称" in page
    assert desk.post(reverse("impostors:asked-settle", args=[row.pk])).status_code == 404


def test_old_and_too_many_names_are_not_kept(real, li_supervisor, moment, monkeypatch):
    ask(FAKE, "192.0.2.1")
    monkeypatch.setattr(asking, "KEPT_MOST", 1)
    ask("健康鼓楼官方", "192.0.2.1")
    assert [row.name for row in Asked.objects.all()] == ["健康鼓楼官方"], (
        "what was asked once and longest ago makes room"
    )
    Asked.objects.update(times=3)
    ask(FAKE, "192.0.2.1")
    assert Asked.objects.filter(name="健康鼓楼官方").exists(), "what many asked about does not"
    Asked.objects.update(last_at=moment - timedelta(days=200))
    assert asking.prune_asked(now=moment) == 1


@pytest.mark.parametrize("who", ["suzhou_supervisor", "sun_inspector"])
def test_others_may_not_settle(real, request, who, moment):
    from govmedia.common.refusals import NoRight

    ask(FAKE, "192.0.2.1")
    with pytest.raises(NoRight):
        settle_asked(asked_id=Asked.objects.get().pk, by=request.getfixturevalue(who), now=moment)


LINES = """健康鼓楼官方\t抖音\thttps://v.douyin.com/abc/
健康鼓楼，微博，https://weibo.com/jkgl
健康鼓楼,快手
健康鼓楼

健康古楼
毫不相干
健康鼓楼官方\t抖音\thttps://v.douyin.com/abc/
健康鼓楼客服，火星
https://weibo.com/x
"""


def test_each_line_is_told_what_it_is(real):
    found, faults = sweeping.compare(LINES)
    assert [(one.line, one.kind) for one in found] == [
        (1, "lookalike"), (2, "official"), (3, "lookalike"), (4, "twin"), (6, "lookalike"), (7, "none"),
    ]  # fmt: skip
    assert found[0].told == Told("健康鼓楼官方", "douyin", "https://v.douyin.com/abc/", "")
    assert "没有它的快手账号（有：微博）" in found[2].like.likeness.reasons[0]
    assert [(one.line, one.why[:5]) for one in faults] == [(9, "认不出“火"), (10, "每行先写账")]


def test_what_is_picked_is_entered_once_and_the_rest_is_left(real, li_supervisor):
    desk, where = browser(li_supervisor), reverse("impostors:sweep")
    page = text(desk.post(where, {"text": LINES}))
    assert "比对了 6 个，<b>3 个像备案账号" in page and "2 行没有比对" in page and "第 9 行" in page
    assert not Impostor.objects.exists(), "comparing enters nothing"
    answer = desk.post(where, {"text": LINES, "register": "1", "pick": ["1", "2", "6", "99"]})
    assert answer.url.endswith("?state=reported")
    assert sorted(Impostor.objects.values_list("name", "platform", "source")) == [
        ("健康古楼", "", "desk"), ("健康鼓楼官方", "douyin", "desk"),
    ]  # fmt: skip
    again = text(desk.post(where, {"text": LINES}))
    assert again.count("已在核实或已认定") == 2
    desk.post(where, {"text": LINES, "register": "1", "pick": ["1"]})
    assert Impostor.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "status", "says"),
    [
        ("", 422, "请粘贴"), (" \n\t", 422, "请粘贴"), ("x" * 300_000, 422, "内容太长"),
        ("长" * 81, 200, "不超过 80 个字"), ("😀😀", 200, "请填写可疑账号的名称"),
        ("a\x00b", 200, "不像任何备案账号"),
        ("<script>alert(1)</script>", 200, "&lt;script"),
    ],
)  # fmt: skip
def test_bad_input_is_told_and_kept(real, li_supervisor, given, status, says):
    answer = browser(li_supervisor).post(reverse("impostors:sweep"), {"text": given})
    assert answer.status_code == status and says in text(answer)


def test_too_many_lines_say_from_where_on(real, li_supervisor, monkeypatch):
    monkeypatch.setattr(sweeping, "LINES_MOST", 2)
    page = text(browser(li_supervisor).post(reverse("impostors:sweep"), {"text": "甲账号\n乙账号\n丙账号\n丁账号"}))
    assert "一次最多 2 行，从这一行起没有比对" in page and "第 3 行“丙账号”" in page and "比对了 2 个" in page


def test_names_of_elsewhere_stay_with_the_desk_that_compared(real, suzhou_supervisor):
    body = real.organisation
    index_accounts([make_account(body, name="平安鼓楼").pk])
    browser(suzhou_supervisor).post(
        reverse("impostors:sweep"), {"text": "平安鼓楼官方", "register": "1", "pick": ["1"]}
    )
    assert Impostor.objects.get().division_id == "320500"


def test_what_the_page_sends_back_is_what_was_compared(real, li_supervisor):
    """A browser drops a line break right behind the start of a text area."""
    desk, where = browser(li_supervisor), reverse("impostors:sweep")
    page = text(desk.post(where, {"text": "\r\n健康鼓楼官方\r\n毫不相干的名字"}))
    kept = re.search(r"<textarea name=\"text\" hidden>(.*?)</textarea>", page, re.DOTALL)[1]
    kept = html.unescape(kept).removeprefix("\r\n").removeprefix("\n")
    picked = re.findall(r'name="pick" value="(\d+)"[^>]* checked', page)
    desk.post(where, {"text": kept, "register": "1", "pick": picked})
    assert list(Impostor.objects.values_list("name", flat=True)) == ["健康鼓楼官方"]


def test_spellings_of_one_name_are_entered_once(real, li_supervisor):
    lines = "健康鼓楼官方\n健康鼓楼 官方\n健康鼓樓官方"
    browser(li_supervisor).post(reverse("impostors:sweep"), {"text": lines, "register": "1", "pick": ["1", "2", "3"]})
    assert Impostor.objects.count() == 1


def test_the_old_link_of_a_closed_account_is_not_official(real, closed):
    closed.url = "https://www.douyin.com/user/old"
    closed.save()
    index_accounts([closed.pk])
    found, _ = sweeping.compare("玄武教育，抖音，https://www.douyin.com/user/old")
    assert [one.kind for one in found] != ["official"]


def test_what_another_desk_has_is_not_told(real, li_supervisor, suzhou_supervisor, moment):
    row = register(told=Told("健康鼓楼官方", "weibo", "", "冒用"), by=li_supervisor, now=moment)
    page = text(browser(suzhou_supervisor).post(reverse("impostors:sweep"), {"text": "健康鼓楼官方，微博"}))
    assert "已在别处核实" in page and reverse("impostors:detail", args=[row.pk]) not in page and "待核实" not in page


def test_what_is_pasted_from_apps_and_tables_is_understood(real):
    found, faults = sweeping.compare(
        "@健康鼓楼官方\t微博\thttps://weibo.com/a,b\n健康鼓楼客服（抖音）\n"
        "健康鼓楼助手\t7.43 复制打开抖音 https://v.douyin.com/x/ 看看"
    )
    assert [one.told for one in found] == [
        Told("健康鼓楼官方", "weibo", "https://weibo.com/a,b", ""),
        Told("健康鼓楼客服", "douyin", "", ""),
        Told("健康鼓楼助手", "", "https://v.douyin.com/x/", ""),
    ]
    assert faults == []


def test_a_platform_behind_a_name_or_in_everyday_words_counts(real):
    found, faults = sweeping.compare("健康鼓楼（快手）\n健康鼓楼，公众号\n健康鼓楼（新浪微博）\n健康鼓楼，微信")
    assert faults == []
    assert [(one.kind, one.told.platform) for one in found] == [
        ("lookalike", "kuaishou"), ("lookalike", "wechat_mp"), ("twin", "weibo"), ("twin", ""),
    ]  # fmt: skip


def test_a_name_comes_back_neither_after_it_was_dismissed_nor_when_it_is_filed(real, li_supervisor, moment):
    for number in range(3):
        ask(FAKE, f"192.0.2.{number}")
        ask("健康鼓楼官方", f"192.0.2.{number}")
    row = register(told=Told(FAKE, "weibo", "", "冒用"), by=li_supervisor, now=moment)
    dismiss(impostor_id=row.pk, why="是同名的民间账号", by=li_supervisor, now=moment)
    make_account(real.organisation, name="健康鼓楼官方", platform="douyin")
    assert "没有要看的名称" in text(browser(li_supervisor).get(reverse("impostors:asked")))


def test_looking_no_more_can_be_undone(real, li_supervisor):
    for number in range(3):
        ask(FAKE, f"192.0.2.{number}")
    desk, row = browser(li_supervisor), Asked.objects.get()
    address = reverse("impostors:asked-settle", args=[row.pk])
    desk.post(address)
    assert FAKE in text(desk.get(reverse("impostors:asked"), {"settled": "1"}))
    desk.post(address, {"deed": "again"})
    assert FAKE in text(desk.get(reverse("impostors:asked")))


def test_one_address_fills_no_list(real):
    for number in range(10):
        ask(f"健康鼓楼官方{'号' * (number % 2)}{number}", "192.0.2.1")
    assert Asked.objects.count() == asking.NEW_MOST


def test_a_suspect_that_is_there_already_is_named_before_it_is_entered_twice(real, li_supervisor, moment):
    row = register(told=Told("健康鼓楼官方", "weibo", "", "冒用"), by=li_supervisor, now=moment)
    desk, given = browser(li_supervisor), {"name": "@健康鼓楼 官方", "platform": "weibo", "what": "又见到"}
    answer = desk.post(reverse("impostors:new"), given)
    assert answer.status_code == 422 and "已有相同的可疑账号" in text(answer) and "又见到" in text(answer)
    assert reverse("impostors:detail", args=[row.pk]) in text(answer) and Impostor.objects.count() == 1
    desk.post(reverse("impostors:new"), {**given, "again": "1"})
    assert Impostor.objects.count() == 2
