"""A data folder with a key to sign with, and a small register."""

from datetime import date, timedelta

import pytest

from conftest import NOW
from factories import make_account
from govmedia.accounts.models import FormerName


@pytest.fixture
def accounts(key, gulou_health, xuanwu_school):
    """One open for years, one opened last week under another name, one closed in spring, one closed long ago."""
    long, week = date(2020, 1, 1), NOW.date() - timedelta(days=7)
    rows = [
        make_account(
            gulou_health, name="健康鼓楼", filed_on=long, functions=[{"name": "挂号", "url": "https://a.cn/"}]
        ),
        make_account(gulou_health, name="=鼓楼卫健", platform="weibo", filed_on=week),
        make_account(xuanwu_school, name="玄武教育", filed_on=long, status="closed", closed_on=date(2026, 4, 1)),
        make_account(xuanwu_school, name="玄武教育旧号", filed_on=long, status="closed", closed_on=date(2021, 4, 1)),
    ]
    FormerName.objects.create(account=rows[1], name="鼓楼卫健委", until_on=week + timedelta(days=2))
    return rows
