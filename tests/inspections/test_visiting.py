"""Pictures and pages that posts show and lead to, opened over HTTP: what is found, and what is refused."""

from datetime import date, timedelta
from functools import partial

import pytest

from factories import make_account, make_interface, make_post
from govmedia.connectors import opening
from govmedia.connectors.limits import Limits
from govmedia.emulators.beyond import SHOP
from govmedia.emulators.feeds import feeds_in_thread
from govmedia.emulators.source import EmulatedFeed, EmulatedItem, write_feeds
from govmedia.engine.content import pictures
from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.pictures import Line
from govmedia.inspections import program
from govmedia.inspections.models import Target, TextHit
from govmedia.inspections.services import inspect_due, prune_targets, visit_due, visiting
from govmedia.inspections.services.targets import note_targets
from govmedia.inspections.states import State
from govmedia.posts.models import Outage, Post
from govmedia.posts.services import poll_due

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
ADVERTISEMENT = ("演示图片，内容为虚构", "新店开业全场五折，满一百减三十", "订购热线025-00000000，先到先得")


@pytest.fixture(autouse=True)
def brief(monkeypatch, settings):
    """Waits are short, the emulator may be opened, and the checks are those that look beyond."""
    settings.FETCH_ALLOW = ["127.0.0.0/8"]
    for name in ("PICTURES", "PAGES"):
        limits = Limits(connect_s=1, total_s=1, body_bytes=getattr(opening, name).body_bytes)
        monkeypatch.setattr(visiting, name, limits)
        monkeypatch.setitem(opening._ACCEPT, limits, "*/*")
    monkeypatch.setattr(program, "Inspector", partial(Inspector, only=["ads_commerce", "ads_link", "harm_terms"]))
    monkeypatch.setattr(pictures, "find_spec", lambda name: None)


@pytest.fixture
def emulator(tmp_path, moment):
    path = tmp_path / "emulator.sqlite3"
    write_feeds(path, [], [])
    with feeds_in_thread(path, lambda: moment) as url:
        yield url


@pytest.fixture
def reader(monkeypatch):
    """Reads the emulator's picture as the optional reader does."""
    lines = [Line(text, (30, 30 + 60 * n, 500, 60 + 60 * n), 0.99) for n, text in enumerate(ADVERTISEMENT)]
    monkeypatch.setattr(pictures, "find_spec", lambda name: object())
    monkeypatch.setattr(pictures, "_read", lambda piece, top: iter(lines))


@pytest.fixture
def account(gulou_health):
    return make_account(gulou_health, name="健康鼓楼")


@pytest.fixture
def noted(account, emulator, moment):
    """`noted("/pictures/shop.png", ...)`: a post that shows or leads to these; gives the targets by path."""

    def make(*paths: str) -> dict[str, Target]:
        urls = [path if "://" in path else emulator + path for path in paths]
        extra = {
            "images": [url for url in urls if "/pictures/" in url],
            "links": [url for url in urls if "/pictures/" not in url],
        }
        note_targets([make_post(account, on=ON, url="https://example.gov.cn/1", extra=extra)], now=moment)
        return {path: Target.objects.get(url=url) for path, url in zip(paths, urls, strict=True)}

    return make


def after(target: Target) -> Target:
    target.refresh_from_db()
    return target


def test_a_code_that_leads_to_a_shop_is_found(noted, moment):
    targets = noted("/pictures/shop.png", "/pictures/office.png")
    report = visit_due(now=moment)
    assert (report.opened, report.seen, report.found) == (2, 2, 1)
    shop = after(targets["/pictures/shop.png"])
    assert (shop.outcome, shop.codes, shop.due_at, shop.visits) == ("ok", [SHOP], None, 1)
    hit = TextHit.objects.get()
    assert (hit.check_code, hit.level, hit.field, hit.index, hit.auto) == ("ads_link", "deduct", "images", 0, False)
    assert (hit.found, hit.message) == (SHOP, "图片里的二维码通向淘宝（网上商城）")
    assert after(targets["/pictures/office.png"]).codes == ["https://www.gov.cn/zhengce/"]
    assert visit_due(now=moment + timedelta(days=100)).opened == 0


def test_text_in_a_picture_is_inspected_where_it_can_be_read(noted, moment, reader):
    target = noted("/pictures/notice.png")["/pictures/notice.png"]
    visit_due(now=moment)
    assert after(target).text == "\n".join(ADVERTISEMENT)
    hit = TextHit.objects.get()
    assert (hit.check_code, hit.auto, hit.state) == ("ads_commerce", False, State.OPEN)
    assert hit.message.startswith("图片里的文字：")
    assert "全场五折" in hit.found


def test_without_the_reader_a_picture_is_seen_and_its_text_is_not(noted, moment):
    target = noted("/pictures/notice.png")["/pictures/notice.png"]
    visit_due(now=moment)
    assert (after(target).outcome, target.text, target.found) == ("ok", "", [])


def test_a_page_that_harms_is_found_with_its_title_and_opened_again_later(noted, moment):
    casino, notice = noted("/pages/casino.html", "/pages/notice.html").values()
    visit_due(now=moment)
    assert (after(casino).title, after(notice).title) == ("澳门娱乐城在线投注", "停水通告")
    hits = TextHit.objects.order_by("pk")
    assert {(hit.check_code, hit.field, hit.index, hit.auto, hit.target_id) for hit in hits} == {
        ("harm_terms", "links", 0, False, casino.pk)
    }
    assert hits[0].message.startswith("链接的网页“澳门娱乐城在线投注”上：")
    assert 1 <= hits.count() <= 3
    assert after(notice).found == []
    # What stands in a script is not on the page.
    assert "赌博" not in {hit.found for hit in hits}
    assert casino.due_at == moment + timedelta(days=30)
    for days, again in ((30, 90), (90, None)):
        assert visit_due(now=moment + timedelta(days=days)).opened == 2
        assert after(casino).due_at == (moment + timedelta(days=again) if again else None)
    assert TextHit.objects.filter(state=State.OPEN).count() == hits.count()


@pytest.mark.parametrize(
    ("path", "outcome", "cause"),
    [
        ("/pictures/huge.png", "unfit", "像素"),
        ("/pictures/broken.png", "unfit", "不完整"),
        ("/pictures/page.png", "unfit", "不是 PNG"),
        ("/pictures/large.png", "unfit", "5 MB"),
        ("/pictures/none.png", "gone", "404"),
        ("/pages/large.html", "unfit", "1 MB"),
        ("/pages/file.html", "unfit", "不是网页"),
        ("/pages/gone.html", "gone", "410"),
        ("http://10.1.2.3/a.html", "refused", "内部"),
        ("http://169.254.169.254/pictures/a.png", "refused", "内部"),
    ],
)
def test_what_cannot_be_looked_at_is_named_and_left(noted, moment, path, outcome, cause):
    target = noted(path)[path]
    report = visit_due(now=moment)
    assert (report.opened, report.seen) == (1, 0)
    assert after(target).outcome == outcome
    assert cause in target.cause
    assert (target.due_at, target.looked_at) == (None, moment)
    assert not TextHit.objects.exists()


@pytest.mark.parametrize("path", ["/pictures/slow.png", "/pages/slow.html"])
def test_what_does_not_answer_is_tried_three_times_more(noted, moment, path):
    target = noted(path)[path]
    at = moment
    for hours in (1, 6, 24):
        assert visit_due(now=at).opened == 1
        assert (after(target).outcome, target.due_at) == ("trouble", at + timedelta(hours=hours))
        at = target.due_at
    visit_due(now=at)
    assert (after(target).due_at, target.failures) == (None, 4)


def test_a_picture_that_breaks_its_reader_is_set_aside_and_the_rest_goes_on(noted, moment, monkeypatch):
    targets = noted("/pictures/office.png", "/pages/casino.html")

    def broken(data, **how):
        raise RuntimeError("inside the reader")

    monkeypatch.setattr(visiting, "read_picture", broken)
    visit_due(now=moment)
    picture = after(targets["/pictures/office.png"])
    assert (picture.outcome, picture.due_at) == ("unfit", None)
    assert "RuntimeError" in picture.cause
    assert TextHit.objects.filter(check_code="harm_terms").exists()


def test_no_host_is_asked_more_than_its_share_of_an_hour(noted, moment, settings):
    settings.TARGETS_PER_HOUR = 7
    noted(*(f"/pictures/{n}.png" for n in range(12)))
    assert [visit_due(now=moment + timedelta(minutes=n)).opened for n in range(3)] == [5, 2, 0]
    assert visit_due(now=moment + timedelta(minutes=70)).opened == 5
    settings.TARGETS_PER_HOUR = 0
    assert visit_due(now=moment + timedelta(days=1)).opened == 0


def test_a_host_that_had_its_share_does_not_keep_others_waiting(noted, emulator, moment, settings):
    settings.TARGETS_PER_HOUR = 2
    noted(*(f"/pictures/{n}.png" for n in range(4)))
    visit_due(now=moment)
    noted(emulator.replace("127.0.0.1", "127.0.0.2") + "/pictures/shop.png")
    assert visit_due(now=moment + timedelta(minutes=1)).opened == 1


def test_a_run_that_is_stopped_leaves_the_rest_for_later(noted, moment):
    noted("/pictures/shop.png")
    assert visit_due(now=moment, go_on=lambda: False).opened == 0
    # What was claimed comes free by itself.
    assert visit_due(now=moment + timedelta(minutes=1)).opened == 0
    assert visit_due(now=moment + timedelta(minutes=16)).opened == 1


def test_nothing_is_opened_while_our_own_network_is_cut(noted, moment):
    noted("/pictures/shop.png")
    outage = Outage.objects.create(kind="network", started_at=moment)
    assert visit_due(now=moment).opened == 0
    outage.ended_at = moment
    outage.save()
    assert visit_due(now=moment).opened == 1


def test_what_no_post_uses_any_more_is_not_opened_again(noted, account, moment):
    page = noted("/pages/notice.html")["/pages/notice.html"]
    visit_due(now=moment)
    Post.objects.update(state=Post.State.GONE)
    visit_due(now=moment + timedelta(days=30))
    assert after(page).due_at is None


def test_what_waited_too_long_is_given_up_and_what_nobody_names_is_forgotten(noted, moment):
    waiting, seen = noted("/pictures/shop.png", "/pages/notice.html").values()
    Target.objects.filter(pk=seen.pk).update(visits=1)
    assert prune_targets(now=moment + timedelta(days=6)) == 0
    assert prune_targets(now=moment + timedelta(days=8)) == 1
    assert (after(waiting).outcome, waiting.due_at) == ("left", None)
    Post.objects.all().delete()
    prune_targets(now=moment + timedelta(days=20))
    assert Target.objects.count() == 2
    prune_targets(now=moment + timedelta(days=31))
    assert not Target.objects.exists()


def test_from_a_feed_to_a_hit(tmp_path, account, moment):
    """An account's feed shows a picture and leads to a page; nobody does anything but let the worker run."""
    path = tmp_path / "feeds.sqlite3"
    item = EmulatedItem(
        "a", "a-1", "活动预告", "周末有活动。\n/pictures/shop.png\n/pages/casino.html", published_at=moment
    )
    write_feeds(path, [EmulatedFeed("a", "健康鼓楼", link="https://health.example/", changed_at=moment)], [item])
    with feeds_in_thread(path, lambda: moment) as url:
        make_interface(account, handle=f"{url}/feeds/a.rss", host=url.removeprefix("http://"), next_due_at=moment)
        poll_due(now=moment)
        row = Post.objects.get()
        assert row.extra["images"] == [f"{url}/pictures/shop.png"]
        assert row.extra["links"] == [f"{url}/pages/casino.html"]
        # The emulator is one host; a page of the post's own site would be left.
        Post.objects.update(url="https://health.example/1")
        inspect_due(now=moment)
        visit_due(now=moment)
    assert set(TextHit.objects.values_list("check_code", "field")) == {
        ("ads_link", "images"),
        ("harm_terms", "links"),
    }
