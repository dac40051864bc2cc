"""An account's public page and poster: what it offers, its year, what became of it."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from checks.watching import every, watch
from factories import make_account
from govmedia.accounts.models import FormerName
from govmedia.common.clock import day_of
from govmedia.filings.content import functions, functions_text
from govmedia.public import tiles
from govmedia.public.directory import Choice

pytestmark = pytest.mark.django_db
SERVICES = [{"name": "预约挂号", "url": "https://example.gov.cn/book"}, {"name": "投诉", "url": "javascript:0"}]


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


@pytest.fixture
def health(gulou_health, moment):
    account = make_account(
        gulou_health, name="健康鼓楼", platform="weibo", url="https://weibo.com/gulou", health="healthy",
        health_cause="", opened_on=date(2021, 3, 1), filed_on=date(2026, 7, 2), last_post_at=moment,
        functions=SERVICES,
    )  # fmt: skip
    return watch(account, moment, posts=every(3, day_of(moment)))


def page_of(client, account, name="account"):
    return client.get(reverse(f"public:{name}", args=[account.code])).content.decode()


def test_services_are_links_where_they_lead_to_the_web(client, health):
    text = page_of(client, health)
    assert 'href="https://example.gov.cn/book"' in text
    assert "投诉" in text
    assert "javascript:" not in text


def test_the_year_is_a_picture_with_words(client, health):
    text = page_of(client, health)
    assert "近一年更新" in text
    assert "共发布 40 篇" in text
    assert "计入更新间隔 0" not in text


def test_the_history_is_told_in_order_with_both_neighbours(client, health, gulou_health):
    FormerName.objects.create(account=health, name="鼓楼卫生", until_on=date(2023, 5, 1))
    old = make_account(gulou_health, name="鼓楼疾控", status="closed", closed_on=date(2024, 1, 2), successor=health)
    text = page_of(client, health)
    places = [text.index(word) for word in ("开设", "此前名为「鼓楼卫生」", "鼓楼疾控", "完成备案")]
    assert places == sorted(places)
    assert "由此账号承接" in page_of(client, old)


def test_a_poster_names_the_account_its_body_and_where_to_check(client, health):
    text = page_of(client, health, "poster")
    for part in ("健康鼓楼", "南京市鼓楼区卫生健康委员会", health.code, f"/accounts/{health.code}/", "预约挂号"):
        assert part in text
    assert reverse("public:poster", args=[health.code]) in page_of(client, health)


@pytest.mark.parametrize("values", [{"url": ""}, {"status": "closed", "closed_on": date(2026, 1, 1)}])
def test_there_is_no_poster_of_what_nobody_can_follow(client, gulou_health, values):
    account = make_account(gulou_health, **{"url": "https://weibo.com/x", **values})
    assert client.get(reverse("public:poster", args=[account.code])).status_code == 404


def test_the_page_has_a_fixed_number_of_queries(client, health, moment, django_assert_max_num_queries):
    page_of(client, health)
    with django_assert_max_num_queries(16):
        page_of(client, health)


def test_functions_are_read_back_as_they_were_written():
    rows = functions("预约挂号 https://example.gov.cn/a?b=1\n投诉\n\n查报告|https://example.gov.cn/\n投诉")
    assert rows == [
        {"name": "预约挂号", "url": "https://example.gov.cn/a?b=1"},
        {"name": "投诉"},
        {"name": "查报告", "url": "https://example.gov.cn/"},
    ]
    assert functions(functions_text(rows)) == rows


def test_a_province_of_known_cities_is_a_picture_of_tiles():
    cities = [Choice("320100", "南京市", 60, False), Choice("320500", "苏州市", 20, False)]
    found = tiles.of(cities)
    assert [(one.place.label, one.shade) for one in found] == [("南京市", 4), ("苏州市", 2)]
    assert tiles.of([*cities, Choice("330100", "杭州市", 9, False)]) == []
    assert tiles.of(cities[:1]) == []


def test_no_two_tiles_lie_on_one_another():
    places = list(tiles._places().values())
    assert len(set(places)) == len(places) == 13
