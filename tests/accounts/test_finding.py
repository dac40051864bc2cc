"""The search: what people type, what is found, and in which order."""

from datetime import date, timedelta

import pytest

from factories import make_account, make_organisation
from govmedia.accounts import queries, services
from govmedia.accounts.models import Account, FormerName, SearchEntry
from govmedia.accounts.search_index import first
from govmedia.engine.codes import ALPHABET, code_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def police(nanjing):
    return make_organisation(division=nanjing, name="南京市公安局", short_name="", level="city")


def listed(organisation, *names, **values):
    """Accounts that can be found."""
    rows = [
        make_account(organisation, name=name, platform=f"p{number}", **values) for number, name in enumerate(names)
    ]
    services.index_accounts([row.pk for row in rows])
    return rows


def names(text, **values):
    return [row.name for row in queries.search(text, **values)]


@pytest.mark.parametrize(
    "text",
    [
        "健", "康", "健康", "康鼓", "健康鼓", "健康鼓楼", "ｊｋｇｌ", "jkgl", "jk", "kgl", "jiankang", "jiankanggul",
        "JianKangGuLou", "gulou", "gulo", "健康gl", "健康gulou", "jk鼓楼", "健康 gl", "鼓楼卫健委", "鼓楼区卫健委",
        "卫生健康", "南京卫健委", "南京市鼓楼区卫生健康委员会", "鼓樓", "健康鼓樓", "衛健委", "  健康　鼓楼 ",
        "健康-鼓楼", "jkgulo", "jiankgl", "glqwjw",
    ],
)  # fmt: skip
def test_account_is_found_by(gulou_health, police, text):
    listed(gulou_health, "健康鼓楼")
    listed(police, "平安南京")
    assert names(text) == ["健康鼓楼"]


@pytest.mark.parametrize("text", ["建康鼓楼", "健康古楼", "健康鼓", "健鼓康楼", "健康鼓楼啊", "健康故楼", "键康鼓楼"])
def test_one_wrong_sign_is_forgiven(gulou_health, police, text):
    listed(gulou_health, "健康鼓楼")
    listed(police, "平安南京")
    assert names(text) == ["健康鼓楼"]


@pytest.mark.parametrize(
    "text", ["", " ", "-", "😀", "\x00", "平安扬州", "鼓楼教育", "xyz", "zzzzzzz", "'\" OR 1 --", "％"]
)
def test_nothing_is_found_by(gulou_health, text):
    listed(gulou_health, "健康鼓楼")
    assert names(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "南京市鼓搂区卫生健康委员会", "鼓楼区卫身健康委员会", "鼓楼区生卫健康委员会", "鼓楼区卫生健委员会",
        "古娄区未建委",
    ],
)  # fmt: skip
def test_one_wrong_sign_in_the_organisation_is_forgiven_where_nothing_else_is_found(gulou_health, police, text):
    listed(gulou_health, "健康鼓楼")
    listed(police, "平安南京")
    assert names(text) == ["健康鼓楼"]


@pytest.mark.parametrize("text", ["鼓搂区卫身健康委员会", "鼓楼教育", "玄武区卫生健康委员会"])
def test_two_wrong_signs_in_the_organisation_are_another_one(gulou_health, text):
    listed(gulou_health, "健康鼓楼")
    assert names(text) == []


def test_what_sounds_the_same_comes_before_other_slips(gulou_health):
    listed(gulou_health, "健康鼓街", "健康鼓楼", "健康鼓城")
    assert names("健康鼓娄")[0] == "健康鼓楼"


def test_very_name_then_beginning_then_holding_then_the_organisations(gulou_health, police):
    listed(police, "南京警方发布", "平安南京", "平安南京在线", "新平安南京", "平安江宁")
    listed(make_organisation(division=police.division, name="平安南京建设办公室"), "金陵发布")
    assert names("平安南京") == ["平安南京", "平安南京在线", "新平安南京", "金陵发布"]


def test_first_letters_of_the_whole_name_come_first(police):
    listed(police, "新平安南京", "平安南京在线", "平安南京")
    assert names("panj") == ["平安南京", "平安南京在线", "新平安南京"]


def test_weightier_accounts_come_first(moment, gulou_health, police):
    soon, long_ago = moment - timedelta(days=1), moment - timedelta(days=700)
    for name, values in {
        "发布一": {"status": "closed", "closed_on": date(2024, 1, 1), "last_post_at": soon},
        "发布二": {"last_post_at": long_ago},
        "发布三": {"level": "county", "last_post_at": soon},
        "发布四": {"level": "city", "last_post_at": soon},
        "发布五": {"level": "city", "last_post_at": soon, "stands_for_government": True},
    }.items():
        row = make_account(police, name=name, platform=name)
        Account.objects.filter(pk=row.pk).update(**values)
        services.index_accounts([row.pk], now=moment)
    assert names("发布") == ["发布五", "发布四", "发布三", "发布二", "发布一"]


def test_place_in_the_order_follows_closing_and_silence(moment, police):
    one, _ = listed(police, "发布一", "发布二", last_post_at=moment)
    services.weigh(now=moment)
    assert names("发布") == ["发布一", "发布二"]
    services.close_account(account=one, closed_on=date(2026, 1, 1), successor=None, by=None, now=moment)
    assert names("发布") == ["发布二", "发布一"]
    listed(police, "发布三", last_post_at=moment + timedelta(days=500))
    assert services.weigh(now=moment + timedelta(days=500)) >= 1
    assert names("发布") == ["发布三", "发布二", "发布一"]
    assert services.weigh(now=moment + timedelta(days=500)) == 0


def test_account_is_found_by_its_code_and_its_beginning(gulou_health):
    one, _ = listed(gulou_health, "健康鼓楼", "鼓楼健康")
    assert names(one.code) == names(one.code.lower()) == names(f" {one.code[:5]} {one.code[5:]} ") == ["健康鼓楼"]
    body = "HANMEJGUA"
    code = next(body + sign for sign in ALPHABET if not code_problem(body + sign))
    Account.objects.filter(pk=one.pk).update(code=code)
    assert names(code) == ["健康鼓楼"]
    Account.objects.filter(pk=one.pk).update(code="KM7Q2HX4RT")
    assert names("km7q2") == ["健康鼓楼"]


def test_deleted_account_leaves_the_index(gulou_health):
    (row,) = listed(gulou_health, "健康鼓楼")
    row.delete()
    assert not SearchEntry.objects.exists()
    assert first("健康", 5) == []


def test_search_within_a_place_or_an_organisation(gulou_health, police, suzhou):
    listed(gulou_health, "健康鼓楼")
    listed(make_organisation(division=suzhou, name="苏州市卫生健康委员会"), "健康苏州")
    assert names("健康", within=queries.Within("320100")) == ["健康鼓楼"]
    assert names("健康", within=queries.Within("320000")) == ["健康苏州", "健康鼓楼"]
    assert names("健康", within=queries.Within(organisation=police.pk)) == []
    assert names("健康", within=queries.Within(organisation=gulou_health.pk)) == ["健康鼓楼"]


def test_rebuilt_index_is_the_same_and_tells_how_far_it_is(gulou_health):
    rows = listed(gulou_health, "健康鼓楼", "鼓楼健康")
    FormerName.objects.create(account=rows[0], name="老名字", until_on=date(2025, 1, 1))
    before = sorted(SearchEntry.objects.values_list("id", "name"))
    SearchEntry.objects.filter(account=rows[1]).delete()
    told = []
    assert services.rebuild_index(now=rows[0].created_at, progress=lambda *far: told.append(far)) == 2
    assert told == [(2, 2)]
    assert sorted(SearchEntry.objects.values_list("id", "name")) == before
    assert names("老名字") == ["健康鼓楼"]
    assert services.index_is_current()
