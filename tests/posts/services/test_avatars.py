"""The pictures that feeds name, opened over HTTP: found again, looked at again, and what stands in the way."""

from datetime import timedelta

import pytest

from factories import make_account, make_interface
from govmedia.accounts import queries as accounts
from govmedia.accounts.models import Avatar
from govmedia.accounts.services import avatars, index_accounts, note_avatars
from govmedia.connectors.opening import OF_A_HOST
from govmedia.emulators.beyond import avatar
from govmedia.emulators.feeds import feeds_in_thread
from govmedia.emulators.source import EmulatedFeed, write_feeds
from govmedia.engine.content.fingerprints import fingerprint
from govmedia.posts.models import Outage
from govmedia.posts.services import open_avatars, poll_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def emulator(tmp_path, settings, moment):
    settings.FETCH_ALLOW = ["127.0.0.0/8"]
    path = tmp_path / "emulator.sqlite3"
    feeds = [EmulatedFeed(form, "健康鼓楼", kind=form) for form in ("rss", "atom", "json", "rdf")]
    write_feeds(path, feeds, [])
    with feeds_in_thread(path, lambda: moment) as url:
        yield url


@pytest.fixture
def account(gulou_health):
    return make_account(gulou_health, name="健康鼓楼")


def like(name: str) -> list:
    return [(bits, row.name) for bits, row in accounts.with_avatar_like(fingerprint(avatar(name)))]


@pytest.mark.parametrize("form", ["rss", "atom", "json", "rdf"])
def test_what_a_feed_names_is_opened_and_found_again(account, emulator, moment, form):
    make_interface(account, handle=f"{emulator}/feeds/{form}.{form}")
    poll_due(now=moment, limit=10)
    assert open_avatars(now=moment) == 1
    assert like("健康鼓楼") == [(0, "健康鼓楼")] and like("别的") == []
    row = Avatar.objects.get()
    assert (row.cause, row.looked_at, row.due_at) == ("", moment, moment + avatars.AGAIN_AFTER)
    assert open_avatars(now=moment) == 0
    poll_due(now=moment + timedelta(days=1), limit=10)
    assert Avatar.objects.get().due_at == row.due_at, "the same address is left until its time"
    index_accounts([account.pk])
    assert like("健康鼓楼"), "what else changes about an account does not forget its picture"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/pictures/page.png", "不是 PNG"), ("/pictures/huge.png", "像素超过"), ("/pictures/none.png", "404"),
        ("/pictures/large.png", ""),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_tried_again_a_few_times(account, emulator, moment, path, says):
    note_avatars({account.pk: emulator + path}, now=moment)
    at = moment
    for wait in avatars.RETRY_AFTER:
        assert open_avatars(now=at) == 1
        row = Avatar.objects.get()
        assert says in row.cause and row.cause and row.fingerprint is None and row.due_at == at + wait
        at += wait
    assert open_avatars(now=at) == 1
    assert Avatar.objects.get().due_at == at + avatars.AGAIN_AFTER, "nothing is given up for ever"


def test_another_address_is_opened_anew_and_one_that_changed_meanwhile_is_left(account, emulator, moment):
    note_avatars({account.pk: f"{emulator}/avatars/a"}, now=moment)
    open_avatars(now=moment)
    assert like("a") and not like("b")
    note_avatars({account.pk: f"{emulator}/avatars/b"}, now=moment)
    avatars.keep_avatar(account_id=account.pk, url=f"{emulator}/avatars/a", fingerprint=1, cause="", now=moment)
    assert like("a"), "what is known stays until the new one is seen"
    assert open_avatars(now=moment) == 0, "addresses that change at every look are opened once a day"
    assert open_avatars(now=moment + timedelta(days=1)) == 1
    assert like("b") and not like("a")


def test_a_plain_picture_is_seen_and_tells_nothing(account, emulator, moment, monkeypatch):
    note_avatars({account.pk: f"{emulator}/avatars/a"}, now=moment)
    open_avatars(now=moment)
    monkeypatch.setattr("govmedia.posts.services.avatars.fingerprint", lambda data: None)
    later = moment + avatars.AGAIN_AFTER
    assert open_avatars(now=later) == 1
    row = Avatar.objects.get()
    assert (row.fingerprint, row.cause, row.due_at) == (None, "", later + avatars.AGAIN_AFTER) and not like("a")


def test_one_that_breaks_its_reader_does_not_stop_the_others(account, gulou_health, emulator, moment, monkeypatch):
    other = make_account(gulou_health, name="鼓楼卫健", platform="weibo")
    note_avatars({account.pk: f"{emulator}/avatars/a", other.pk: f"{emulator}/avatars/b"}, now=moment)
    real = fingerprint
    broken = avatar("a")

    def read(data):
        if data == broken:
            raise RuntimeError("torn")
        return real(data)

    monkeypatch.setattr("govmedia.posts.services.avatars.fingerprint", read)
    assert open_avatars(now=moment) == 2
    assert "RuntimeError" in Avatar.objects.get(account=account).cause and like("b")


def test_a_host_gets_a_few_at_a_time_and_closed_or_frozen_accounts_none(gulou_health, emulator, moment, settings):
    rows = [make_account(gulou_health, name=f"账号{n}", platform=f"p{n}") for n in range(OF_A_HOST + 2)]
    note_avatars({row.pk: f"{emulator}/avatars/{row.pk}" for row in rows}, now=moment)
    rows[0].status, rows[0].closed_on = "closed", moment.date()
    rows[0].save()
    rows[1].frozen_reason = "身份存疑"
    rows[1].save()
    assert open_avatars(now=moment) == OF_A_HOST
    assert Avatar.objects.filter(looked_at=None, account__in=rows[:2]).count() == 2
    settings.TARGETS_PER_HOUR = 0
    note_avatars({rows[2].pk: f"{emulator}/avatars/x"}, now=moment)
    assert open_avatars(now=moment + timedelta(days=2)) == 0


def test_accounts_in_use_come_before_closed_ones(account, gulou_health, moment):
    gone = make_account(gulou_health, name="旧号", status="closed", closed_on=moment.date())
    print_ = fingerprint(avatar("a"))
    for row in (gone, account):
        note_avatars({row.pk: "https://a.example/1.png"}, now=moment)
        avatars.keep_avatar(
            account_id=row.pk, url="https://a.example/1.png", fingerprint=print_, cause="", now=moment
        )
    assert [name for _, name in like("a")] == ["健康鼓楼", "旧号"]


@pytest.mark.parametrize(
    "url", ["ftp://a.example/1.png", "file:///etc/passwd", "data:image/png;base64,AA", "", "x" * 3000]
)
def test_only_addresses_of_the_web_are_kept(account, moment, url):
    note_avatars({account.pk: url}, now=moment)
    assert not Avatar.objects.exists()


def test_local_addresses_are_never_opened(account, emulator, settings, moment):
    settings.FETCH_ALLOW = []
    note_avatars({account.pk: f"{emulator}/avatars/a"}, now=moment)
    open_avatars(now=moment)
    assert Avatar.objects.get().cause and not like("a")


def test_nothing_is_opened_while_the_network_is_cut(account, emulator, moment):
    note_avatars({account.pk: f"{emulator}/avatars/a"}, now=moment)
    Outage.objects.create(kind=Outage.Kind.NETWORK, started_at=moment)
    assert open_avatars(now=moment) == 0
