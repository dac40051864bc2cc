"""Accounts that the machine has watched."""

from datetime import timedelta

import pytest

from checks.watching import every, watch
from factories import make_account
from govmedia.common.clock import day_of


@pytest.fixture
def lively(gulou_health, moment):
    """Posts every second day."""
    account = make_account(gulou_health, name="健康鼓楼")
    return watch(account, moment, posts=every(2, day_of(moment)))


@pytest.fixture
def silent(gulou_health, moment):
    """Has not posted for 20 days, was watched all the time."""
    account = make_account(gulou_health, name="鼓楼疾控", platform="douyin")
    return watch(account, moment, posts=every(2, day_of(moment) - timedelta(days=20)))
