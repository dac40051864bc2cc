"""The list of accounts: who sees which, filters, files."""

import pytest

from factories import make_account, make_organisation
from govmedia.accounts.services import index_accounts

LIST = "/desk/accounts/"


def names(response):
    return [row.name for row in response.context["page"].rows]


def test_everybody_sees_the_accounts_in_his_reach(
    as_, chen_operator, zhao_reviewer, li_supervisor, suzhou_supervisor, sun_inspector, healthy, unseen
):
    assert {
        user.login: names(as_(user).get(LIST))
        for user in (chen_operator, zhao_reviewer, li_supervisor, sun_inspector, suzhou_supervisor)
    } == {
        "chen": ["健康鼓楼"],
        "zhao": ["健康鼓楼"],
        "li": ["健康鼓楼", "玄武教育"],
        "sun": ["健康鼓楼", "玄武教育"],
        "su": [],
    }


@pytest.mark.parametrize("address", [LIST, f"{LIST}?export=csv", "/desk/audit/", "/desk/system/"])
def test_list_without_the_right_is_forbidden(as_, root_admin, wu_auditor, chen_operator, address):
    user = chen_operator if "audit" in address or "system" in address else wu_auditor
    assert as_(user).get(address).status_code == 403


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"platform": "weibo"}, ["鼓楼疾控"]),
        ({"health": "faulty"}, ["鼓楼疾控"]),
        ({"health": "veto"}, ["鼓楼疾控"]),
        ({"health": "deduct"}, []),
        ({"cause": "owner"}, ["玄武教育"]),
        ({"status": "live"}, ["健康鼓楼", "玄武教育", "鼓楼疾控"]),
        ({"status": "closed"}, ["老鼓楼"]),
        ({"level": "county", "platform": "douyin"}, ["玄武教育"]),
        ({"organisation": "卫健委"}, ["健康鼓楼", "老鼓楼", "鼓楼疾控"]),
        ({"field": "health"}, ["健康鼓楼", "老鼓楼", "鼓楼疾控"]),
        ({"division": "320102"}, ["玄武教育"]),
        ({"platform": "nowhere", "page": "99", "sort": "x"}, ["健康鼓楼", "玄武教育", "老鼓楼", "鼓楼疾控"]),
    ],
)
def test_filter_narrows_the_list(as_, li_supervisor, healthy, vetoed, unseen, closed, query, expected):
    assert sorted(names(as_(li_supervisor).get(LIST, query))) == sorted(expected)


@pytest.mark.parametrize("text", ["健康鼓楼", "jkgl", "卫生健康委员会"])
def test_text_finds_by_name_initials_and_organisation(as_, li_supervisor, healthy, unseen, text):
    for account in (healthy, unseen):
        index_accounts([account.pk])
    assert names(as_(li_supervisor).get(LIST, {"q": text})) == ["健康鼓楼"]


def test_wide_and_narrow_scopes_show_the_same_rows(as_, li_supervisor, suzhou, healthy, unseen):
    """A division with most of the registry is compared in another way; it must make no difference."""
    alone = names(as_(li_supervisor).get(LIST))
    body = make_organisation(division=suzhou)
    for number in range(5):
        make_account(body, name=f"苏州{number}")
    from django.core.cache import cache

    cache.clear()
    assert names(as_(li_supervisor).get(LIST)) == alone


def test_file_has_the_columns_the_page_has_not(as_, li_supervisor, healthy, vetoed):
    text = b"".join(as_(li_supervisor).get(LIST, {"export": "csv", "health": "veto"}).streaming_content).decode()
    head, *lines = [line for line in text.strip("\ufeff").splitlines() if line]
    assert head.split(",")[:4] == ["编号", "账号", "平台", "主办单位"]
    assert len(lines) == 1
    assert lines[0].startswith(f"{vetoed.code},鼓楼疾控,微博,南京市鼓楼区卫生健康委员会")


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_questions(as_, chen_operator, gulou_health, rows, django_assert_num_queries):
    for number in range(rows):
        make_account(gulou_health, name=f"号{number}", platform=["weibo", "douyin", "bilibili"][number])
    browser = as_(chen_operator)
    browser.get(LIST)
    with django_assert_num_queries(6):
        browser.get(LIST)
