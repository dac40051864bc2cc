"""A cut network and a mass failure pause judging; a few broken accounts do not."""

import socket
from datetime import timedelta

import pytest

from govmedia.accounts.models import Account
from govmedia.audit.models import Entry
from govmedia.posts.models import Interface, Look, Outage
from govmedia.posts.queries import open_outage
from govmedia.posts.services.watching import POSTPONE_S

pytestmark = pytest.mark.django_db


@pytest.fixture
def region(stage):
    """Eight accounts, seen an hour ago, each on a host of its own as far as pacing knows."""
    for number in range(8):
        stage.account(f"a{number}")
    for number, interface in enumerate(Interface.objects.order_by("pk")):
        Interface.objects.filter(pk=interface.pk).update(host=f"host-{number}")
    stage.look()
    return stage


@pytest.fixture
def nowhere():
    """An address where nobody listens: how a cut network looks from here."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = taken.getsockname()
    return f"127.0.0.1:{place[1]}"


def cut(region, nowhere, keys=range(8)):
    for number in keys:
        handle = region.interface(f"a{number}").handle.replace(region.url.removeprefix("http://"), nowhere)
        Interface.objects.filter(account=region.accounts[f"a{number}"]).update(handle=handle)


def mend(region, nowhere):
    for interface in Interface.objects.all():
        Interface.objects.filter(pk=interface.pk).update(
            handle=interface.handle.replace(nowhere, region.url.removeprefix("http://"))
        )


def test_cut_network_opens_an_outage_and_touches_no_account(region, nowhere):
    before = list(Account.objects.order_by("pk").values())
    cut(region, nowhere)
    region.look()
    outage = open_outage()
    assert (outage.kind, outage.started_at, outage.detail) == (
        "network",
        region.now,
        {"looked": 8, "failing": 8, "unreached": 8},
    )
    assert list(Account.objects.order_by("pk").values()) == before
    assert Look.objects.filter(ok=False, outcome="network").count() == 8
    assert Entry.objects.filter(verb="outage.open").count() == 1


def test_sudden_cut_shows_before_it_outweighs_ten_good_minutes(region, nowhere):
    """Twenty accounts seen five minutes ago say nothing about now, when six in a row are out of reach."""
    for number in range(8, 20):
        region.account(f"a{number}")
    for interface in Interface.objects.order_by("pk"):
        Interface.objects.filter(pk=interface.pk).update(host=f"host-{interface.pk}")
    region.look()
    cut(region, nowhere, keys=range(6))
    region.look(*(f"a{number}" for number in range(6)), after_h=5 / 60)
    assert open_outage().detail == {"looked": 6, "failing": 6, "unreached": 6}


def test_gaps_do_not_grow_while_the_network_is_cut(region, nowhere):
    cut(region, nowhere)
    for _ in range(6):
        region.look()
    furthest = max(Interface.objects.values_list("next_due_at", flat=True))
    assert furthest < region.now + timedelta(minutes=14)
    assert Outage.objects.count() == 1


def test_outage_closes_when_most_are_seen_again_and_the_rest_is_caught_up_with(region, nowhere):
    cut(region, nowhere)
    for _ in range(3):
        region.look()
    mend(region, nowhere)
    region.look("a0", "a1", after_h=0.05)
    assert open_outage() is not None  # two say little
    region.look(*[f"a{number}" for number in range(2, 8)], after_h=0.05)
    outage = Outage.objects.get()
    assert outage.ended_at == region.now
    assert Entry.objects.filter(verb="outage.close").count() == 1


def test_what_failed_during_an_outage_is_looked_at_soon_after(region, nowhere):
    cut(region, nowhere)
    region.look()
    mend(region, nowhere)
    Interface.objects.filter(account=region.accounts["a7"]).update(next_due_at=region.now + timedelta(hours=9))
    region.look(*[f"a{number}" for number in range(7)], after_h=0.5)
    assert Outage.objects.get().ended_at is not None
    assert region.interface("a7").next_due_at <= region.now + timedelta(minutes=10)


def test_many_failing_servers_are_a_mass_failure(region):
    for number in range(6):
        region.mode(f"a{number}", "http_500")
    region.look()
    assert open_outage().kind == "mass"


def test_a_few_failing_accounts_are_their_own_affair(region):
    for number in range(4):
        region.mode(f"a{number}", "http_500")
    region.look()
    assert open_outage() is None


def test_accounts_that_failed_all_along_are_no_outage(region):
    for number in range(6):
        region.mode(f"a{number}", "http_500")
    Interface.objects.filter(account__in=[region.accounts[f"a{number}"] for number in range(6)]).update(
        failures=3, failing_since=region.now - timedelta(days=1), last_outcome="retry_soon"
    )
    region.look()
    assert open_outage() is None


def test_refused_readers_are_no_outage(region):
    for number in range(8):
        region.mode(f"a{number}", "http_403")
    region.look()
    assert open_outage() is None


def test_four_accounts_are_too_few_to_tell(stage):
    for number in range(4):
        stage.account(f"b{number}")
        stage.mode(f"b{number}", "http_500")
    stage.look()
    assert open_outage() is None
    assert POSTPONE_S < 600  # what a dead host held up is back within the time an outage is judged by
