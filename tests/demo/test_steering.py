"""Pulling the strings, watched through real looks at the running emulator."""

from datetime import timedelta

import pytest

from demo.conftest import NOW
from factories import make_account, make_user
from govmedia.accounts.models import Account
from govmedia.audit.models import Entry
from govmedia.audit.queries import first_break
from govmedia.checks.services import judge_accounts
from govmedia.common import installation
from govmedia.common.models import Setting
from govmedia.common.refusals import NoRight, Refused
from govmedia.demo.services import steer
from govmedia.findings.models import Finding
from govmedia.notify.models import Notice
from govmedia.orgs.models import User
from govmedia.posts.models import Interface, Post, PostEvent
from govmedia.posts.services import poll_due

MINUTE = timedelta(minutes=1)


def _well() -> Account:
    """The story's own account, which is healthy to begin with."""
    account = Account.objects.filter(name="健康鼓楼", health="healthy").order_by("pk").first()
    assert account is not None
    return account


def _round(account: Account, now) -> Account:
    """What the worker does: look at what is due, judge what was looked at."""
    Interface.objects.exclude(account=account).update(next_due_at=now + timedelta(days=1))
    report = poll_due(now=now)
    assert report.account_ids == [account.pk]
    judge_accounts(account_ids=report.account_ids, now=now)
    account.refresh_from_db()
    return account


def test_silent_account_is_found_out_by_the_next_look_and_cured_by_a_post(emulator):
    account, at = _well(), NOW + MINUTE
    posts = Post.objects.filter(account=account).count()
    text = steer(account=account, what="silent", by=None, now=at)
    assert "停更" in text

    account = _round(account, at + MINUTE)
    finding = Finding.objects.get(account=account, code="R05")
    assert (account.health, account.veto_open, finding.state) == ("faulty", True, "notified")
    assert Notice.objects.filter(key=f"finding:{finding.pk}").count() == 1
    assert Post.objects.filter(account=account).count() == posts
    assert PostEvent.objects.filter(post__account=account).count() == 0

    steer(account=account, what="recover", by=None, now=at + 3 * MINUTE)
    account = _round(account, at + 4 * MINUTE)
    finding.refresh_from_db()
    assert (finding.state, account.veto_open) == ("closed", False)
    assert Post.objects.filter(account=account).count() == posts + 1
    assert first_break() is None


@pytest.mark.parametrize("number", range(4))
def test_broken_account_is_not_seen_and_costs_nothing(emulator, number, monkeypatch):
    from govmedia.demo import steering

    monkeypatch.setattr(steering, "FAULTS", steering.FAULTS[number : number + 1])
    account, at = _well(), NOW + MINUTE
    before = Finding.objects.count()
    assert "出错" in steer(account=account, what="break", by=None, now=at)

    account = _round(account, at + MINUTE)
    assert account.health == "not_seen"
    assert account.health_cause in {"owner", "gone", "platform"}
    assert Finding.objects.count() == before

    steer(account=account, what="recover", by=None, now=at + 3 * MINUTE)
    assert _round(account, at + 4 * MINUTE).health == "healthy"


def test_steer_is_logged_with_who_and_what(demo):
    account, sup = _well(), User.objects.get(login="gulou_sup")
    steer(account=account, what="silent", by=sup, now=NOW)
    entry = Entry.objects.filter(verb="demo.steer").get()
    assert (entry.actor, entry.subject, entry.after["what"]) == ("gulou_sup", f"account:{account.code}", "silent")


def test_steer_makes_the_account_due_even_right_after_a_look(demo):
    account = _well()
    Interface.objects.filter(account=account).update(last_look_at=NOW, next_due_at=NOW + timedelta(hours=2))
    steer(account=account, what="recover", by=None, now=NOW)
    assert Interface.objects.get(account=account).next_due_at == NOW


def test_steer_refused_outside_a_demonstration(demo):
    Setting.objects.filter(pk=installation.DEMO).delete()
    with pytest.raises(Refused) as refusal:
        steer(account=_well(), what="silent", by=None, now=NOW)
    assert "演示" in refusal.value.text


def test_steer_refused_for_an_unknown_code(demo):
    with pytest.raises(Refused):
        steer(account=None, what="silent", by=None, now=NOW)


def test_steer_refused_for_frozen_closed_and_unpolled_accounts(demo):
    well = _well()
    alone = make_account(well.organisation, name="没有接口", platform="app")
    others = [Account.objects.get(status="closed"), Account.objects.get(health_cause="frozen"), alone]
    for account in others:
        with pytest.raises(Refused):
            steer(account=account, what="silent", by=None, now=NOW)
    assert Entry.objects.filter(verb="demo.steer").count() == 0


def test_steer_needs_the_right_for_the_place(demo):
    stranger = make_user("stranger", "外单位", "supervisor", division_id="320500")
    with pytest.raises(NoRight):
        steer(account=_well(), what="break", by=stranger, now=NOW)
