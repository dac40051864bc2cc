"""What strangers see."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from factories import make_account, make_organisation, make_post
from govmedia.accounts import services
from govmedia.accounts.models import Account, FormerName
from govmedia.common import installation
from govmedia.impostors.models import Impostor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


def account_of(organisation, **values):
    values = {"health": "healthy", "health_cause": "", **values}
    account = make_account(organisation, **values)
    services.index_accounts([account.pk])
    return account


@pytest.fixture
def health(gulou_health, moment):
    return account_of(
        gulou_health,
        name="健康鼓楼",
        platform="weibo",
        url="https://weibo.com/gulou",
        last_post_at=moment,
        last_seen_at=moment,
    )


@pytest.fixture
def school(xuanwu_school, moment):
    return account_of(xuanwu_school, name="玄武教育", platform="douyin", last_post_at=moment - timedelta(days=1))


def names(answer):
    return [one["row"].name for one in answer.context["results"]]


def test_directory_lists_the_latest_active_first_with_counts(client, health, school):
    answer = client.get(reverse("public:directory"))
    assert names(answer) == ["健康鼓楼", "玄武教育"]
    found = answer.context["found"]
    assert [(one.label, one.count) for one in found.places] == [("南京市", 2)]
    assert [(one.label, one.count) for one in found.facets["platform"]] == [("微博", 1), ("抖音", 1)]


def test_directory_sorts_by_name_too(client, health, school):
    answer = client.get(reverse("public:directory"), {"sort": "name"})
    assert names(answer) == ["健康鼓楼", "玄武教育"] == sorted(names(answer))
    assert "?sort=name" in client.get(reverse("public:directory")).content.decode()
    assert names(client.get(reverse("public:directory"), {"sort": "name", "q": "玄武"})) == ["玄武教育"]


def test_facets_count_under_the_other_choices(client, health, school):
    answer = client.get(reverse("public:directory"), {"platform": "weibo"})
    found = answer.context["found"]
    assert names(answer) == ["健康鼓楼"]
    assert [(one.label, one.count) for one in found.facets["platform"]] == [("微博", 1), ("抖音", 1)]
    assert [one.count for one in found.facets["level"]] == [1]


OFFERS = [{"name": "预约挂号", "url": "https://a.cn/1"}, {"name": "疫苗接种"}]


def offers_of(answer) -> list:
    return [(one.label, one.count, one.on) for one in answer.context["found"].offers]


def test_accounts_are_found_by_what_they_offer_under_the_other_choices(client, gulou_health, xuanwu_school, moment):
    account_of(gulou_health, name="健康鼓楼", platform="weibo", functions=OFFERS, last_post_at=moment)
    account_of(xuanwu_school, name="玄武教育", platform="douyin", functions=[{"name": "入学报名"}])
    account_of(xuanwu_school, name="玄武校医", platform="weibo", functions=[{"name": "预约挂号"}])
    where = reverse("public:directory")
    answer = client.get(where, {"offer": "medical"})
    assert names(answer) == ["健康鼓楼", "玄武校医"]
    assert offers_of(answer) == [("看病就医", 2, True), ("疫苗接种", 1, False), ("入学与考试", 1, False)]
    assert [(one.label, one.count) for one in answer.context["found"].facets["platform"]] == [("微博", 2)]
    assert "去掉这个条件" in answer.content.decode() and "全部服务" in answer.content.decode()
    answer = client.get(where, {"offer": "medical", "division": "320102", "platform": "weibo"})
    assert names(answer) == ["玄武校医"] and offers_of(answer) == [("看病就医", 1, True)]
    answer = client.get(where, {"q": "玄武", "offer": "schooling"})
    assert names(answer) == ["玄武教育"]
    assert offers_of(answer) == [("入学与考试", 1, True), ("看病就医", 1, False)]
    assert names(client.get(where, {"offer": "nothing"})) == names(client.get(where))
    assert client.get(where, {"offer": "tax"}).context["found"].total == 0


def test_search_finds_what_an_account_offers(client, gulou_health, xuanwu_school):
    account_of(gulou_health, name="健康鼓楼", functions=OFFERS)
    account_of(xuanwu_school, name="玄武教育")
    assert names(client.get(reverse("public:directory"), {"q": "鼓楼 预约挂号"})) == ["健康鼓楼"]


@pytest.mark.parametrize(("text", "offer"), [("看病", "medical"), ("医保报销", "insurance"), ("入学", "schooling")])
def test_an_errand_typed_into_the_search_leads_to_who_does_it(client, health, text, offer):
    page = client.get(reverse("public:directory"), {"q": text}).content.decode()
    assert f"?offer={offer}" in page
    assert f"?offer={offer}" in client.get(reverse("public:suggest"), {"q": text}).content.decode()


def test_a_place_is_no_errand(client, health):
    assert "按服务找" not in client.get(reverse("public:directory"), {"q": "南京"}).content.decode()


def test_home_shows_errands_and_decisions_on_impostors(client, gulou_health, li_supervisor, moment):
    account_of(gulou_health, name="健康鼓楼", functions=OFFERS, filed_on=date(2026, 1, 1))
    tag = client.get("/")["ETag"]
    Impostor.objects.create(
        name="健康鼓楼官方", plain_name="健康鼓楼官方", platform="douyin", division=gulou_health.division,
        state="known", source="desk", found_at=moment, approved_at=moment, approved_by=li_supervisor,
    )  # fmt: skip
    answer = client.get("/", headers={"if-none-match": tag})
    page = answer.content.decode()
    assert answer.status_code == 200 and "认定为冒用" in page and "健康鼓楼官方" in page and "?offer=medical" in page


def test_search_that_finds_only_what_differs_says_so_and_leads_to_verify(client, health):
    page = client.get(reverse("public:directory"), {"q": "健康古楼"}).content.decode()
    assert "名录里没有“健康古楼”，下面是名称相近的" in page and "/verify/?q=" in page
    assert "下面是名称相近的" not in client.get(reverse("public:directory"), {"q": "鼓楼"}).content.decode()
    page = client.get(reverse("public:directory"), {"q": "毫不相干"}).content.decode()
    assert "去辨真假" in page and "名称相近的在前" not in page


def test_too_many_hits_with_an_offer_count_no_other(client, gulou_health, monkeypatch):
    monkeypatch.setattr("govmedia.public.directory.FOUND_MOST", 3)
    for number in range(6):
        functions = OFFERS if number % 2 else [{"name": "入学报名"}]
        account_of(gulou_health, name=f"健康鼓楼{number}", platform=f"p{number}", functions=functions)
    answer = client.get(reverse("public:directory"), {"q": "健康鼓楼", "offer": "medical"})
    counts = {label: count for label, count, _ in offers_of(answer)}
    assert counts["看病就医"] == 3 and counts["疫苗接种"] is counts["入学与考试"] is None


def test_strangers_get_a_way_on_from_a_missing_page(client, db):
    answer = client.get("/nope/")
    page = answer.content.decode()
    assert answer.status_code == 404 and "辨真假" in page and 'role="search"' in page and "辖区" not in page
    assert "辖区" in client.get("/desk/nope/").content.decode()


def test_a_function_that_is_gone_is_offered_no_more(client, gulou_health, moment):
    row = account_of(gulou_health, name="健康鼓楼", functions=OFFERS)
    services.change_account(account=row, values={"functions": [{"name": "疫苗接种"}]}, by=None, now=moment)
    assert offers_of(client.get(reverse("public:directory"))) == [("疫苗接种", 1, False)]


def test_division_narrows_to_all_below_it(client, health, school, suzhou):
    account_of(make_organisation(division=suzhou), name="苏州发布")
    answer = client.get(reverse("public:directory"), {"division": "320100"})
    assert sorted(names(answer)) == ["健康鼓楼", "玄武教育"]
    assert [one.label for one in answer.context["found"].places] == ["玄武区", "鼓楼区"]


@pytest.mark.parametrize(
    "text",
    ["健康鼓楼", "鼓楼卫", "jkgl", "JianKang", "鼓楼区卫健委", "南京市鼓楼区卫生健康委员会", "老名字", "健康 鼓楼"],
)
def test_search_finds_by_name_organisation_pinyin_and_former_name(client, health, school, text):
    FormerName.objects.create(account=health, name="老名字", until_on=date(2025, 1, 1))
    services.index_accounts([health.pk])
    text = "glqwjw" if text == "鼓楼卫" else text
    assert names(client.get(reverse("public:directory"), {"q": text})) == ["健康鼓楼"]


def test_search_finds_by_code(client, health, school):
    assert names(client.get(reverse("public:directory"), {"q": health.code.lower()})) == ["健康鼓楼"]


def test_nearest_name_stands_first(client, health, gulou_health):
    account_of(gulou_health, name="健康鼓楼发布厅", platform="douyin")
    account_of(gulou_health, name="大健康鼓楼", platform="toutiao")
    answer = client.get(reverse("public:directory"), {"q": "健康鼓楼"})
    assert names(answer) == ["健康鼓楼", "健康鼓楼发布厅", "大健康鼓楼"]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "%", "_", "' OR 1=1 --", "😀", "\x00", "长" * 10_000])
def test_search_takes_whatever_is_typed(client, health, text):
    answer = client.get(reverse("public:directory"), {"q": text})
    assert answer.status_code == 200
    assert names(answer) in ([], ["健康鼓楼"])
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("query", ["page=999", "page=-1", "page=x", "division=abc", "division=999999", "platform=x"])
def test_odd_parameters_are_ignored(client, health, query):
    assert names(client.get(f"{reverse('public:directory')}?{query}")) == ["健康鼓楼"]


def test_directory_takes_a_fixed_number_of_queries(client, health, gulou_health, django_assert_max_num_queries):
    for number in range(30):
        account_of(gulou_health, name=f"账号{number}", platform="toutiao")
    for query in ("", "?platform=toutiao&page=2", "?q=账号&division=320100"):
        cache.clear()
        with django_assert_max_num_queries(20):
            assert client.get(f"{reverse('public:directory')}{query}").status_code == 200


@pytest.mark.parametrize("name", ["public:home", "public:directory"])
def test_unchanged_page_is_answered_304_and_sets_no_cookie(client, health, name):
    first = client.get(reverse(name))
    assert first.cookies == {}
    assert first["Last-Modified"]
    assert client.get(reverse(name), headers={"If-None-Match": first["ETag"]}).status_code == 304
    Account.objects.update(updated_at=health.updated_at + timedelta(days=400))
    assert client.get(reverse(name), headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_new_account_is_counted_at_once(client, health, gulou_health, moment):
    client.get(reverse("public:directory"))
    account_of(gulou_health, name="新账号", platform="douyin", updated_at=moment)
    answer = client.get(reverse("public:directory"))
    assert answer.context["found"].total == 2


def test_account_page_says_who_runs_it_and_what_it_posted(client, health):
    make_post(health, on=date(2026, 11, 20), title="接种通知", url="https://weibo.com/1")
    make_post(health, on=date(2026, 11, 21), title="坏链接", url="javascript:alert(1)")
    page = client.get(reverse("public:account", args=[health.code])).content.decode()
    assert "南京市鼓楼区卫生健康委员会" in page
    assert 'href="https://weibo.com/1"' in page
    assert "javascript:" not in page
    assert "正常更新" in page


def test_closed_account_names_its_successor(client, health, gulou_health):
    old = account_of(gulou_health, name="鼓楼卫生", status="closed", closed_on=date(2024, 5, 6), successor=health)
    page = client.get(reverse("public:account", args=[old.code])).content.decode()
    assert "已于 2024-05-06 注销，今后请关注" in page
    assert reverse("public:account", args=[health.code]) in page
    assert "保存二维码" not in page
    heir = client.get(reverse("public:account", args=[health.code])).content.decode()
    assert "承接已注销的「<a" in heir


@pytest.mark.parametrize("code", ["AAAAAAAAAA", "x", "..%2F..%2Fetc"])
def test_unknown_account_is_404(client, db, code):
    assert client.get(f"/accounts/{code}/").status_code == 404


def test_qr_code_is_a_png_and_an_svg(client, health):
    png = client.get(reverse("public:qr-png", args=[health.code]))
    assert (png["Content-Type"], png.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    svg = client.get(reverse("public:qr-svg", args=[health.code]))
    assert svg["Content-Type"] == "image/svg+xml"
    assert b"<svg" in svg.content
    again = client.get(reverse("public:qr-png", args=[health.code]), headers={"If-None-Match": png["ETag"]})
    assert again.status_code == 304


def test_qr_code_of_an_account_without_link_is_404(client, school):
    assert client.get(reverse("public:qr-png", args=[school.code])).status_code == 404


@pytest.mark.parametrize(
    ("values", "days", "word"),
    [
        ({}, 0, "正常更新"),
        ({"health": "faulty"}, 0, "正常更新"),
        ({"health": "faulty"}, 10, "更新较慢"),
        ({"health": "faulty"}, 20, "更新较慢"),
        ({"health": "faulty", "veto_open": True}, 20, "长期未更新"),
        ({"health": "faulty", "veto_open": True}, 3, "正常更新"),
        ({"health": "not_seen", "veto_open": True}, 20, "暂未取得数据"),
        ({"status": "suspended"}, 0, "暂停"),
    ],
)
def test_public_word_follows_the_facts(client, gulou_health, values, days, word):
    from govmedia.common.clock import now

    account = account_of(gulou_health, platform="weibo", last_post_at=now() - timedelta(days=days), **values)
    page = client.get(reverse("public:account", args=[account.code]))
    assert page.context["word"] == word


def test_demonstration_says_so_on_every_page(client, health):
    installation.write(installation.DEMO, {"seed": 1})
    for url in ("/", reverse("public:directory"), reverse("public:account", args=[health.code])):
        assert "演示数据" in client.get(url).content.decode()


def test_healthz_tells_of_database_and_worker(client, db):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    told = answer.json()
    assert (told["status"], told["database"], told["worker"]) == ("degraded", "ok", "none")


def test_metrics_count_accounts_by_health(client, health):
    text = client.get("/metrics").content.decode()
    assert 'govmedia_accounts{health="healthy"} 1\n' in text
    assert "govmedia_outage_open 0\n" in text


def test_home_is_light(client, health, school):
    assert len(client.get("/").content) < 20_000
