"""Suspects that come by themselves: names the public asks about, and names compared in bulk."""

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
from govmedia.impostors.services import Told, asking, register, settle_asked

pytestmark = pytest.mark.django_db
FAKE = "健康古楼"


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


def ask(name, address, way="q"):
    where = reverse("public:verify") if way == "q" else reverse("api:verify")
    return Client(REMOTE_ADDR=address).get(where, {way: name})


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def text(response):
    return response.content.decode()


def test_a_name_that_several_ask_about_comes_to_the_desk_of_whom_it_imitates(real, li_supervisor, suzhou_supervisor):
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        ask(FAKE, address)
    assert Asked.objects.get().times == 2, "one address counts once an hour"
    desk = browser(li_supervisor)
    assert FAKE not in text(desk.get(reverse("impostors:asked")))
    ask(f"{FAKE} ", "192.0.2.3", "name")
    page = text(desk.get(reverse("impostors:asked")))
    assert FAKE in page and "3 次" in page and "读音相同" in page and "健康鼓楼" in page
    assert "公众在查的相像名称：1 个" in text(desk.get(reverse("desk:today")))
    assert "公众在查 1" in text(desk.get(reverse("impostors:list")))
    assert FAKE not in text(browser(suzhou_supervisor).get(reverse("impostors:asked")))
    assert f'value="{FAKE}"' in text(desk.get(reverse("impostors:new"), {"name": FAKE}))


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
    assert [row.name for row in Asked.objects.all()] == [FAKE]
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

健康古楼
毫不相干
健康鼓楼官方\t抖音\thttps://v.douyin.com/abc/
健康鼓楼客服，火星
https://weibo.com/x
"""


def test_each_line_is_told_what_it_is(real):
    found, faults = sweeping.compare(LINES)
    assert [(one.line, one.kind) for one in found] == [
        (1, "lookalike"), (2, "official"), (3, "twin"), (5, "lookalike"), (6, "none"),
    ]  # fmt: skip
    assert found[0].told == Told("健康鼓楼官方", "douyin", "https://v.douyin.com/abc/", "")
    assert [(one.line, one.why[:5]) for one in faults] == [(8, "认不出“火"), (9, "每行先写账")]


def test_what_is_picked_is_entered_once_and_the_rest_is_left(real, li_supervisor):
    desk, where = browser(li_supervisor), reverse("impostors:sweep")
    page = text(desk.post(where, {"text": LINES}))
    assert "比对了 5 个，2 个像备案账号" in page and "2 行没有比对" in page and "第 8 行" in page
    assert not Impostor.objects.exists(), "comparing enters nothing"
    answer = desk.post(where, {"text": LINES, "register": "1", "pick": ["1", "2", "5", "99"]})
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
        ("长" * 81, 200, "不超过 80 个字"), ("😀😀", 200, "请填写可疑账号的名称"), ("a\x00b", 200, "不像哪个账号"),
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
