"""Accounts found by a name that imitates them, by a link and by a platform's id."""

import pytest

from factories import make_account
from govmedia.accounts.models import Trait
from govmedia.accounts.queries import at_link, imitated_by, named_exactly, with_platform_id
from govmedia.accounts.services import change_account, index_accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounts(gulou_health, xuanwu_school):
    made = [
        make_account(gulou_health, name="健康鼓楼", url="https://weibo.com/jkgl", platform_id="gh_12345"),
        make_account(xuanwu_school, name="玄武教育发布"),
        make_account(xuanwu_school, name="玄武教育", platform="weibo", status="closed", closed_on="2024-05-01"),
    ]
    index_accounts([row.pk for row in made])
    return made


def _names(name):
    return [(one.account.name, one.likeness.score) for one in imitated_by(name)]


def test_a_fake_finds_whom_it_imitates(accounts):
    assert _names("健康鼓楼官方") == [("健康鼓楼", 0.97)]
    assert _names("健康古楼") == [("健康鼓楼", 0.93)]
    assert _names("健康鼓楼") == []
    assert _names("平安苏州") == []
    assert _names("") == []


def test_accounts_in_use_come_before_closed_ones(accounts):
    assert [name for name, _ in _names("玄武教育发布官方")] == ["玄武教育发布", "玄武教育"]


def test_a_new_name_is_found_and_the_old_one_no_more(accounts, moment):
    change_account(account=accounts[0], values={"name": "鼓楼卫健"}, by=None, now=moment)
    assert _names("鼓楼卫健官方") == [("鼓楼卫健", 0.97)]
    assert _names("健康鼓楼官方") == []
    index_accounts([accounts[0].pk])
    assert len(set(Trait.objects.filter(account=accounts[0]).values_list("key"))) == accounts[0].traits.count()


def test_links_are_compared_whatever_was_added_in_sharing(accounts):
    assert at_link("http://m.weibo.com/jkgl/?from=share&utm_source=x#top") == [accounts[0]]
    assert at_link("weibo.com/jkgl") == [accounts[0]]
    assert at_link("https://weibo.com/jkgl2") == []
    assert at_link("健康鼓楼") == []
    assert at_link("") == []


def test_platform_ids_are_compared_exactly(accounts):
    assert list(with_platform_id(" gh_12345 ")) == [accounts[0]]
    assert list(with_platform_id("GH_12345")) == []
    assert list(with_platform_id("")) == []


def test_the_very_name_is_found_open_ones_first(accounts, xuanwu_school):
    other = make_account(xuanwu_school, name="玄武教育", platform="douyin")
    assert list(named_exactly("玄武教育")) == [other, accounts[2]]
