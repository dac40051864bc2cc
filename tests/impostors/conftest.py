"""A registry of a few accounts, found by whom they are imitated."""

import pytest
from django.test import Client

from factories import make_account
from govmedia.accounts.services import index_accounts


@pytest.fixture
def real(gulou_health):
    account = make_account(
        gulou_health, name="健康鼓楼", url="https://weibo.com/jkgl", platform="weibo", platform_id="5012345"
    )
    index_accounts([account.pk])
    return account


@pytest.fixture
def closed(xuanwu_school, real):
    account = make_account(
        xuanwu_school, name="玄武教育", status="closed", closed_on="2024-05-01", successor=real, platform="douyin"
    )
    index_accounts([account.pk])
    return account


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def text(response):
    return response.content.decode()
