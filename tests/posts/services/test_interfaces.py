"""Adding, changing and stopping a data interface."""

from datetime import timedelta

import pytest

from factories import make_account
from govmedia.audit.models import Entry
from govmedia.common.refusals import Refused
from govmedia.posts.models import Interface
from govmedia.posts.services import add_interface, change_interface, host_of, stop_interface

pytestmark = pytest.mark.django_db
URL = "https://www.example.gov.cn/feed.xml"


@pytest.fixture
def account(gulou_health):
    return make_account(gulou_health)


def test_interface_is_due_at_once(account, moment):
    interface = add_interface(account=account, kind="feed", handle=URL, pinned_id="id", title="名称", now=moment)
    assert (interface.host, interface.next_due_at, interface.state) == ("www.example.gov.cn", moment, "active")
    assert (interface.pinned_id, interface.pinned_title) == ("id", "名称")
    entry = Entry.objects.get()
    assert (entry.verb, entry.subject, entry.after["handle"]) == ("interface.add", f"account:{account.code}", URL)


def test_second_interface_unknown_kind_and_empty_address_are_refused(account, moment):
    with pytest.raises(Refused, match="telepathy"):
        add_interface(account=account, kind="telepathy", handle=URL, now=moment)
    with pytest.raises(Refused, match="地址"):
        add_interface(account=account, kind="feed", handle=" ", now=moment)
    add_interface(account=account, kind="feed", handle=URL, now=moment)
    with pytest.raises(Refused, match="已有"):
        add_interface(account=account, kind="feed", handle=URL, now=moment)


def test_changed_interface_is_read_as_if_never_seen(account, moment):
    interface = add_interface(account=account, kind="feed", handle=URL, pinned_id="id", now=moment)
    Interface.objects.update(etag="x", body_sm3="y", failures=3, last_ok_at=moment, seen_name="旧名", claim_no=7)
    later = moment + timedelta(days=1)
    interface = change_interface(account=account, kind="feed", handle=URL + "?new", now=later, why="网站改版")
    assert (interface.pk, interface.handle, interface.next_due_at) == (interface.pk, URL + "?new", later)
    assert (interface.etag, interface.body_sm3, interface.pinned_id, interface.failures) == ("", "", "", 0)
    assert (interface.seen_name, interface.claim_no, interface.last_ok_at) == ("", 8, moment)
    assert Entry.objects.get(verb="interface.change").why == "网站改版"


def test_changing_an_account_without_interface_adds_one(account, moment):
    assert change_interface(account=account, kind="feed", handle=URL, now=moment).handle == URL


def test_stopping_happens_once(account, moment):
    stop_interface(account=account, now=moment)
    assert not Entry.objects.exists()
    add_interface(account=account, kind="feed", handle=URL, now=moment)
    stop_interface(account=account, now=moment)
    stop_interface(account=account, now=moment)
    assert Interface.objects.get().state == "stopped"
    assert Entry.objects.filter(verb="interface.stop").count() == 1


@pytest.mark.parametrize(
    ("handle", "host"),
    [
        ("http://A.example:8080/x", "a.example:8080"),
        ("https://user:pass@a.example/", "a.example"),
        ("gh_123456", ""),
    ],
)
def test_host_is_name_and_port(handle, host):
    assert host_of(handle) == host
