"""A county's accounts in every state of health, and people who look at them."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from factories import make_account, make_interface
from govmedia.common import clock
from govmedia.findings.models import Finding


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def now():
    """The real present: pages read the clock themselves."""
    return clock.now()


@pytest.fixture
def as_():
    """A browser logged in as somebody."""

    def client(user) -> Client:
        browser = Client()
        browser.force_login(user)
        return browser

    return client


def find_fault(account, now, *, code="R05", colour="veto", state="notified", needs_human=False, **values):
    counts = state != "raised"
    values.setdefault("reason", f"{account.name}有问题")
    return Finding.objects.create(
        account=account,
        code=code,
        colour=colour,
        state=state,
        needs_human=needs_human,
        evidence_sm3="0" * 64,
        edition="jiangsu-2019",
        edition_hash="sm3:0",
        raised_at=now - timedelta(hours=2),
        seen_at=now,
        confirmed_at=now - timedelta(hours=1) if counts else None,
        notified_at=now - timedelta(hours=1) if counts else None,
        **values,
    )


@pytest.fixture
def healthy(gulou_health, now):
    account = make_account(gulou_health, name="健康鼓楼", health="healthy", health_cause="", last_seen_at=now)
    make_interface(account, next_due_at=now + timedelta(hours=1))
    return account


@pytest.fixture
def vetoed(gulou_health, now):
    account = make_account(
        gulou_health,
        name="鼓楼疾控",
        platform="weibo",
        health="faulty",
        health_cause="",
        veto_open=True,
        health_text="已连续 16 天未更新",
        last_seen_at=now,
        health_since=now,
    )
    find_fault(account, now)
    return account


@pytest.fixture
def unseen(xuanwu_school, now):
    return make_account(
        xuanwu_school,
        name="玄武教育",
        platform="douyin",
        health="not_seen",
        health_cause="owner",
        health_since=now - timedelta(hours=1),
        last_seen_at=now - timedelta(days=3),
    )


@pytest.fixture
def closed(gulou_health, now):
    return make_account(
        gulou_health, name="老鼓楼", status="closed", closed_on=now.date(), health="healthy", health_cause=""
    )
