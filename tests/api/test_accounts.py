"""The directory by the API: every account once, whatever happens meanwhile, and clear words for what is not right."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client

from api.conftest import problem_of
from api.test_reading import fits
from conftest import NOW
from factories import make_account
from govmedia.accounts.models import Account
from govmedia.accounts.services import close_account, index_accounts
from govmedia.api.description import document
from govmedia.api.schemas import SCHEMAS
from govmedia.common import pace
from govmedia.engine.platforms import FIELDS, LEVELS, PLATFORMS, STATUSES

pytestmark = pytest.mark.django_db
URL = "/api/v1/accounts"


@pytest.fixture
def accounts(gulou_health, xuanwu_school):
    rows = [make_account(gulou_health, name=f"健康鼓楼{number}") for number in range(5)]
    rows.append(make_account(gulou_health, name="鼓楼卫健", platform="weibo"))
    rows.append(make_account(xuanwu_school, name="玄武教育", functions=[{"name": "招生"}]))
    index_accounts([row.pk for row in rows])
    return rows


def ask(**params):
    answer = Client().get(URL, params)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def names(**params) -> list[str]:
    return sorted(one["name"] for one in ask(**params)["items"])


def test_each_condition_narrows_and_all_hold_together(accounts, gulou_health):
    assert len(names()) == 7
    assert names(division="320102") == ["玄武教育"]
    assert len(names(division="320100")) == 7 and names(division="110000") == []
    assert len(names(division="32")) == len(names(division="3201")) == 7 and names(division="3205") == []
    assert names(division="320102", q="玄武") == names(division="3201", q="玄武教育") == ["玄武教育"]
    assert names(platform="weibo", division="320106") == ["鼓楼卫健"]
    assert names(field="education") == ["玄武教育"]
    assert names(level="city") == names(status="closed") == []
    assert names(q="玄武教育") == ["玄武教育"] and names(q="yljy") == []
    assert names(q="鼓楼", platform="weibo") == ["鼓楼卫健"]


def test_answers_are_account_objects_as_described(accounts):
    for one in ask()["items"]:
        assert fits(one, SCHEMAS["Account"])
    close_account(account=accounts[0], closed_on=date(2026, 11, 1), successor=accounts[1], by=None, now=NOW)
    said = Client().get(f"{URL}/{accounts[0].code.lower()}").json()
    assert fits(said, SCHEMAS["Account"])
    assert (said["status"], said["closed_on"], said["successor"]) == ("closed", "2026-11-01", accounts[1].code)
    assert "contact_phone" not in said and "health" not in said


@pytest.mark.parametrize("params", [{}, {"q": "鼓楼"}])
def test_following_next_meets_everything_once_though_the_register_changes(accounts, gulou_health, params):
    before = {one["code"] for one in ask(**params)["items"]}
    met, cursor = [], {}
    while True:
        page = ask(limit="2", **params, **cursor)
        met += [one["code"] for one in page["items"]]
        if "next" not in page:
            break
        cursor = {"cursor": page["next"]}
        # Newcomers come, and the account of the cursor itself goes under another name.
        index_accounts([make_account(gulou_health, name=f"新来鼓楼{len(met)}").pk])
        Account.objects.filter(code=met[-1]).update(closed_on=date(2026, 11, 2), status="closed")
    assert before <= set(met) and len(met) == len(set(met)) and len(met) >= len(before)


def test_search_gives_the_nearest_first(accounts):
    exact = accounts[5]
    said = ask(q="鼓楼卫健")["items"]
    assert said[0]["code"] == exact.code


@pytest.mark.parametrize(
    ("params", "word"),
    [
        ({"limit": "0"}, "1 到 500"),
        ({"limit": "1001"}, "1 到 500"),
        ({"limit": "十"}, "整数"),
        ({"limit": "9" * 30}, "整数"),
        ({"division": "3"}, "行政区划代码"),
        ({"division": "32010"}, "行政区划代码"),
        ({"division": "３２"}, "行政区划代码"),
        ({"platform": "微信"}, "platform 没有"),
        ({"level": "x"}, "province"),
        ({"status": "gone"}, "closed"),
        ({"field": "<script>"}, "field 没有"),
        ({"cursor": "1"}, "next"),
        ({"cursor": "'; DROP TABLE"}, "next"),
        ({"q": "长" * 10_000}, "200"),
        ({"limit": ""}, "不要写"),
        ({"division": ""}, "不要写"),
        ({"platform": ""}, "不要写"),
        ({"cursor": ""}, "不要写"),
        ({"q": "健康", "cursor": "9AAAAAAAAAA"}, "next"),
    ],
)
def test_what_is_not_right_is_said_in_words(accounts, params, word):
    status, detail = problem_of(Client().get(URL, params))
    assert status == 422 and word in detail


def test_odd_characters_are_looked_for_and_not_found(accounts):
    for text in ("\x00", "😀", "\u202e", "' OR 1=1 --", "%", "_"):
        assert Client().get(URL, {"q": text}).status_code == 200
    assert names(q="😀") == []


def test_unknown_account_is_a_problem_that_says_what_to_check():
    for code in ("AAAAAAAAAA", "长", "A\x00BCDEFGHI", "x" * 500):
        assert problem_of(Client().get(f"{URL}/{code}"))[0] == 404
    assert "编号" in problem_of(Client().get(f"{URL}/AAAAAAAAAA"))[1]


def test_unchanged_is_304_and_a_change_is_noticed(accounts, gulou_health):
    for url in (URL, f"{URL}?q=鼓楼", f"{URL}/{accounts[0].code}"):
        first = Client().get(url)
        for header in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
            again = Client().get(url, headers=header)
            assert (again.status_code, again.content) == (304, b"")
            assert again["RateLimit-Limit"]
    make_account(gulou_health, name="又一个", updated_at=NOW + timedelta(days=1))
    assert Client().get(URL, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_an_organisation_that_is_renamed_changes_the_tag(accounts, gulou_health, root_admin):
    from govmedia.audit.services import Deed, record

    tag = Client().get(URL)["ETag"]
    record(Deed("organisation.change", f"organisation:{gulou_health.code}", "改名"), by=None, now=NOW)
    assert Client().get(URL, headers={"if-none-match": tag}).status_code == 200


def test_pages_of_other_sites_may_read_it_and_no_cookie_is_set(accounts):
    client = Client()
    for url in (URL, f"{URL}/{accounts[0].code}", "/api/v1/bulletins", f"{URL}?limit=x"):
        answer = client.get(url, headers={"origin": "https://other.example"})
        assert answer["Access-Control-Allow-Origin"] == "*" and not answer.cookies
        assert "RateLimit-Remaining" in answer["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Origin" not in client.post("/api/v1/inspect")


def test_too_many_requests_from_one_address_wait_and_others_do_not(accounts, settings):
    settings.API_PER_MINUTE = 3
    client = Client(REMOTE_ADDR="192.0.2.7")
    left = [int(client.get(URL)["RateLimit-Remaining"]) for _ in range(3)]
    assert left == [2, 1, 0]
    answer = client.get(URL)
    status, detail = problem_of(answer)
    assert status == 429 and "秒后再试" in detail and "/open-data/" in detail
    assert 1 <= int(answer["Retry-After"]) <= pace.WINDOW_S and answer["RateLimit-Remaining"] == "0"
    assert Client(REMOTE_ADDR="192.0.2.8").get(URL).status_code == 200


def test_description_names_what_is_accepted_and_its_examples_fit(accounts):
    one = document("public")["paths"][URL]["get"]
    enums = {row["name"]: row["schema"].get("enum") for row in one["parameters"]}
    for name, words in {"platform": PLATFORMS, "level": LEVELS, "status": STATUSES, "field": FIELDS}.items():
        assert enums[name] == list(words)
        for word in words:
            assert Client().get(URL, {name: word}).status_code == 200
    for path in (URL, URL + "/{code}"):
        shown = document("all")["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
        assert fits(shown["example"], shown["schema"])
    assert json.loads(Client().get("/api/v1/openapi.json").content)["paths"][URL]["get"] == one
    assert "cursor" in Client().get("/api/v1/").content.decode()


@pytest.mark.parametrize("params", [{}, {"q": "鼓楼"}, {"division": "320100", "platform": "weibo"}])
def test_a_page_costs_a_fixed_number_of_queries(accounts, params, django_assert_max_num_queries):
    # A search looks for one kind of nearness after the other.
    with django_assert_max_num_queries(10 if "q" in params else 4):
        ask(**params)


@pytest.mark.parametrize("path", [URL, "/api/v1/bulletins", "/api/v1/verify"])
def test_a_parameter_given_twice_is_refused_and_an_unknown_one_ignored(path):
    described = document("public")["paths"][path]["get"]["parameters"]
    known = [row["name"] for row in described if row["in"] == "query"]
    assert known
    for name in known:
        status, detail = problem_of(Client().get(f"{path}?{name}=320100&{name}=320500"))
        assert status == 422 and detail.startswith(f"{name} 写了 2 次")
    assert Client().get(f"{path}?_=1&_=2").status_code == Client().get(path).status_code
