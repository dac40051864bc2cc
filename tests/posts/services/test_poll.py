"""From a feed over HTTP to rows."""

import socket
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from govmedia.accounts.models import Account
from govmedia.accounts.services import unfreeze
from govmedia.audit.models import Entry
from govmedia.audit.queries import first_break
from govmedia.common.clock import day_of
from govmedia.common.refusals import NoRight, Refused
from govmedia.connectors.types import Snapshot
from govmedia.engine.hashing import sm3_hex
from govmedia.jobs.models import Job
from govmedia.posts.models import BadItem, Coverage, Interface, Look, Outage, Post, PostEvent
from govmedia.posts.services import look_now, plan_slices, poll_due, stop_interface

pytestmark = pytest.mark.django_db


def test_first_look_stores_posts_with_their_own_dates(stage):
    account = stage.account("gulou")
    report = stage.look(after_h=0)
    assert (report.looked, report.seen, report.created) == (1, 1, 4)
    assert report.account_ids == [account.pk]
    assert report.text == "查看 1 个账号，看到 1 个，新内容 4 条。"
    posts = stage.posts("gulou")
    assert sorted(posts) == ["p0", "p1", "p2", "p3"]
    post = posts["p3"]
    assert (post.title, post.text, post.date_basis) == ("p3标题", "p3的正文", "own")
    assert (post.counts_on, post.first_seen_at) == (day_of(stage.now - timedelta(hours=74)), stage.now)
    account.refresh_from_db()
    assert (account.first_seen_at, account.last_seen_at) == (stage.now, stage.now)
    assert account.last_post_at == posts["p0"].published_at
    coverage = Coverage.objects.get()
    assert (coverage.start_at, coverage.end_at) == (stage.now, stage.now)


def test_look_keeps_its_evidence(stage):
    stage.account("gulou")
    stage.look()
    look = stage.last_look("gulou")
    assert (look.ok, look.outcome, look.status, look.items, look.created) == (True, "ok", 200, 4, 4)
    assert (look.address, look.url) == (stage.url.removeprefix("http://"), f"{stage.url}/feeds/gulou.rss")
    assert (len(look.body_sm3), look.size > 500) == (64, True)
    told = Entry.objects.get(verb="posts.look").after
    line = f"{look.pk} {stage.accounts['gulou'].code} ok {look.body_sm3}"
    assert (told["looks"], told["created"], told["sm3"]) == (1, 4, sm3_hex(line.encode()))
    assert first_break() is None


@pytest.mark.parametrize("form", ["rss", "atom", "json", "rdf"])
def test_unchanged_feed_is_seen_again_without_new_rows(stage, form):
    stage.account("gulou", form=form)
    stage.look()
    report = stage.look(after_h=2)
    assert (report.seen, report.created, report.edited) == (1, 0, 0)
    look = stage.last_look("gulou")
    assert (look.outcome, look.status) == ("not_modified", 304)
    assert look.body_sm3 == Look.objects.earliest("pk").body_sm3
    coverage = Coverage.objects.get()
    assert (coverage.end_at - coverage.start_at, coverage.looks, coverage.last_look) == (
        timedelta(hours=2),
        2,
        look.pk,
    )


def test_same_bytes_without_conditional_requests_are_not_compared_again(stage):
    stage.account("gulou")
    stage.look()
    Interface.objects.update(etag="", last_modified="")
    stage.look()
    look = stage.last_look("gulou")
    assert (look.status, look.items) == (200, 0)


def test_number_of_queries_does_not_grow_with_accounts(stage):
    def queries(number: int) -> int:
        for place in range(number):
            stage.account(f"n{number}-{place}")
        stage.look()
        for place in range(number):
            stage.post(f"n{number}-{place}", "new")
            stage.edit(f"n{number}-{place}", "p1", text="改过")
        with CaptureQueriesContext(
            connection,
        ) as captured:
            stage.look(*[f"n{number}-{place}" for place in range(number)])
        return len(captured)

    assert queries(1) == queries(7)


def test_new_post_counts_for_its_own_day(stage):
    stage.account("gulou")
    stage.look()
    stage.post("gulou", "new", hours_ago=1)
    assert stage.look().created == 1
    post = stage.posts("gulou")["new"]
    assert (post.date_basis, post.counts_on) == ("own", day_of(post.published_at))
    assert Account.objects.get().last_post_at == post.published_at


def test_backdated_post_counts_for_the_day_it_appeared(stage):
    stage.account("gulou")
    stage.look()
    for _ in range(20):
        stage.look(after_h=12)
    stage.post("gulou", "old", hours_ago=100)
    stage.look()
    post = stage.posts("gulou")["old"]
    assert (post.date_basis, post.counts_on) == ("backdated", day_of(stage.now))
    assert post.published_at < stage.now - timedelta(hours=100)


def test_old_post_from_unwatched_time_counts_for_its_own_day(stage):
    stage.account("gulou")
    stage.look()
    stage.mode("gulou", "http_500")
    stage.look(after_h=100)
    stage.mode("gulou", "ok")
    stage.post("gulou", "meanwhile", hours_ago=50)
    stage.look(after_h=1)
    assert stage.posts("gulou")["meanwhile"].date_basis == "own"
    assert Coverage.objects.count() == 2


def test_post_of_the_future_or_without_date_counts_for_the_day_it_appeared(stage):
    stage.account("gulou")
    stage.account("xuanwu")
    stage.mode("gulou", "future_dates")
    stage.mode("xuanwu", "no_dates")
    stage.look()
    gulou, xuanwu = stage.posts("gulou")["p0"], stage.posts("xuanwu")["p0"]
    assert (gulou.date_basis, gulou.counts_on, gulou.published_at.year) == ("future", day_of(stage.now), 2099)
    assert (xuanwu.date_basis, xuanwu.counts_on, xuanwu.published_at) == ("undated", day_of(stage.now), None)


def test_edit_is_a_recorded_fact_and_so_is_going_back(stage):
    stage.account("gulou")
    stage.look()
    before = stage.posts("gulou")["p1"]
    stage.edit("gulou", "p1", text="换了说法", published_at=stage.now)
    assert stage.look().edited == 1
    post = stage.posts("gulou")["p1"]
    assert (post.text, post.version, post.counts_on) == ("换了说法", 2, before.counts_on)
    event = PostEvent.objects.get()
    assert (event.kind, event.sm3_before, event.sm3_after) == ("edited", before.sm3, post.sm3)
    assert (event.title_before, event.text_before) == (before.title, before.text)
    assert event.look == stage.last_look("gulou").pk
    stage.edit("gulou", "p1", text=before.text, published_at=before.published_at)
    stage.look()
    assert stage.posts("gulou")["p1"].sm3 == before.sm3
    assert stage.events("gulou") == [("p1", "edited"), ("p1", "reverted")]


def test_deleted_post_is_gone_after_a_second_look_an_hour_later(stage):
    stage.account("gulou")
    stage.look()
    item = stage.delete("gulou", "p1")
    stage.look()
    assert stage.posts("gulou")["p1"].state == "missing"
    assert stage.look(after_h=0.5).gone == 0
    # the feed answers 304 by now: the same bytes are a second look all the same
    assert stage.look(after_h=0.5).gone == 1
    assert (stage.posts("gulou")["p1"].state, stage.interface("gulou").missing) == ("gone", 0)
    assert stage.last_look("gulou").gone == 1
    stage.restore(item)
    stage.look()
    assert stage.posts("gulou")["p1"].state == "present"
    assert stage.events("gulou") == [("p1", "gone"), ("p1", "returned")]


def test_post_missing_once_is_no_deletion(stage):
    stage.account("gulou")
    stage.look()
    item = stage.delete("gulou", "p1")
    stage.look()
    stage.restore(item)
    stage.look(after_h=2)
    assert stage.posts("gulou")["p1"].state == "present"
    assert stage.events("gulou") == []


def test_window_that_moved_on_deletes_nothing(stage):
    stage.account("gulou", hours_ago=range(1, 21))
    stage.look()
    for number in range(5):
        stage.post("gulou", f"new{number}")
        stage.look(after_h=2)
    assert {post.state for post in stage.posts("gulou").values()} == {"present"}


def test_missing_post_that_the_window_passed_is_no_deletion(stage):
    stage.account("gulou", hours_ago=range(1, 21))
    stage.look()
    stage.delete("gulou", "p18")
    stage.look(after_h=0.1)
    assert stage.posts("gulou")["p18"].state == "missing"
    for number in range(3):
        stage.post("gulou", f"new{number}")
    stage.look(after_h=2)
    assert stage.posts("gulou")["p18"].state == "present"
    assert stage.interface("gulou").missing == 0


def test_empty_feed_deletes_nothing(stage):
    stage.account("gulou")
    stage.look()
    stage.mode("gulou", "empty")
    assert stage.look().seen == 1
    stage.look(after_h=2)
    assert {post.state for post in stage.posts("gulou").values()} == {"present"}


@pytest.mark.parametrize(
    ("mode", "outcome"),
    [
        ("truncated", "parse_error"),
        ("html_login", "not_a_feed"),
        ("http_401", "needs_reauthorise"),
        ("http_403", "needs_reauthorise"),
        ("http_404", "not_found"),
        ("http_410", "gone"),
        ("http_429", "rate_limited"),
        ("http_500", "retry_soon"),
        ("http_503", "retry_soon"),
        ("redirect", "bad_redirect"),
        ("redirect_private", "refused_address"),
        ("too_large", "too_large"),
        ("zip_bomb", "too_large"),
        ("xml_bomb", "parse_error"),
    ],
)
def test_fault_has_a_cause_and_disturbs_nothing_else(stage, mode, outcome):
    stage.account("bad")
    stage.account("good")
    stage.look()
    stage.mode("bad", mode)
    stage.post("good", "new")
    report = stage.look()
    assert (report.looked, report.seen, report.created) == (2, 1, 1)
    interface, look = stage.interface("bad"), stage.last_look("bad")
    assert (interface.last_outcome, look.outcome, look.ok) == (outcome, outcome, False)
    assert interface.last_cause == look.cause
    assert interface.last_cause.endswith("。")
    assert (interface.failures, interface.failing_since) == (1, stage.now)
    assert len(stage.posts("bad")) == 4
    coverage = Coverage.objects.get(account=stage.accounts["bad"])
    assert coverage.end_at == stage.now - timedelta(hours=1)
    stage.mode("bad", "ok")
    stage.look()
    interface = stage.interface("bad")
    assert (interface.failures, interface.failing_since, interface.last_cause) == (0, None, "")


def test_ten_thousand_items_are_stored(stage):
    stage.account("gulou")
    stage.mode("gulou", "ten_thousand")
    assert stage.look().created == 10_000
    Interface.objects.update(etag="", body_sm3="")
    assert stage.look().created == 0
    assert Post.objects.count() == 10_000


def test_undeclared_gbk_is_read(stage):
    stage.account("gulou")
    stage.mode("gulou", "gbk")
    stage.look()
    assert stage.posts("gulou")["p0"].text == "p0的正文"


def test_item_that_cannot_be_stored_is_named_once_and_the_rest_goes_on(stage, monkeypatch):
    stage.account("gulou")
    from govmedia.connectors.interfaces import feed

    parse = feed.parse_feed

    def with_blank(body, url, charset):
        whole = parse(body, url, charset)
        return replace(whole, entries=(Snapshot("\x00"), Snapshot("blank"), *whole.entries))

    monkeypatch.setattr(feed, "parse_feed", with_blank)
    stage.look()
    assert len(stage.posts("gulou")) == 4
    stage.post("gulou", "new")
    stage.look()
    assert list(BadItem.objects.order_by("position").values_list("position", "native_id")) == [(1, ""), (2, "blank")]
    assert stage.last_look("gulou").refused == 2


def test_control_characters_are_left_out(stage):
    stage.account("gulou", form="json")
    stage.post("gulou", "odd", title="通\x00知\x08一", text="第一段\x00第二段😀")
    stage.look()
    post = stage.posts("gulou")["odd"]
    assert (post.title, post.text) == ("通知一", "第一段第二段😀")


def test_growing_gaps_between_failures(stage):
    stage.account("gulou")
    stage.mode("gulou", "http_500")
    gaps = []
    for _ in range(6):
        stage.look()
        gaps.append((stage.interface("gulou").next_due_at - stage.now).total_seconds())
    assert 400 < gaps[0] < 800
    assert gaps[5] > 4 * gaps[0]
    assert stage.interface("gulou").failures == 6


def test_retry_after_is_heeded(stage):
    stage.account("gulou")
    stage.mode("gulou", "http_429")
    stage.look()
    assert stage.interface("gulou").next_due_at >= stage.now + timedelta(seconds=120)


def test_feed_gone_for_good_is_asked_once_a_week(stage):
    stage.account("gulou")
    stage.mode("gulou", "http_410")
    stage.look()
    assert stage.interface("gulou").next_due_at < stage.now + timedelta(hours=1)
    stage.look()
    assert stage.interface("gulou").next_due_at > stage.now + timedelta(days=4)


def test_permanent_redirect_is_proposed_not_followed_for_good(stage):
    stage.account("gulou")
    stage.mode("gulou", "moved")
    stage.look()
    interface = stage.interface("gulou")
    assert interface.proposed_handle == f"{stage.url}/moved/gulou.rss"
    assert interface.handle == f"{stage.url}/feeds/gulou.rss"
    assert len(stage.posts("gulou")) == 4
    stage.look()
    assert Entry.objects.filter(verb="interface.moved").count() == 1


def test_other_accounts_posts_freeze_the_account(stage):
    account = stage.account("gulou")
    stage.account("other", hours_ago=(1,))
    stage.look()
    stage.mode("gulou", "wrong_account")
    report = stage.look()
    assert report.frozen == 1
    assert "冻结 1 个" in report.text
    account.refresh_from_db()
    assert (account.health, account.health_cause) == ("not_seen", "frozen")
    assert account.frozen_reason.startswith("订阅源的标识由")
    assert (stage.interface("gulou").state, stage.last_look("gulou").outcome) == ("frozen", "wrong_feed")
    assert sorted(stage.posts("gulou")) == ["p0", "p1", "p2", "p3"]
    # still doubted: what it shows stays out, even its own posts again
    stage.mode("gulou", "ok")
    stage.post("gulou", "new")
    stage.look()
    assert "new" not in stage.posts("gulou")
    assert Entry.objects.filter(verb="account.freeze").count() == 1


def test_account_set_free_by_a_human_goes_on_from_what_it_shows(stage, zhou_supervisor):
    account = stage.account("gulou")
    stage.account("other", hours_ago=(1,))
    stage.look()
    stage.mode("gulou", "wrong_account")
    stage.look()
    assert stage.interface("gulou").next_due_at > stage.now
    unfreeze(account=account, by=zhou_supervisor, now=stage.now, why="单位合并，已核实")
    assert poll_due(now=stage.now).looked == 1
    interface = stage.interface("gulou")
    assert (interface.state, stage.last_look("gulou").ok) == ("active", True)
    assert interface.pinned_id.endswith("/feeds/other.rss")
    assert "p0" in stage.posts("gulou")


def test_rename_is_written_down_and_the_filed_name_stays(stage):
    account = stage.account("gulou")
    stage.look()
    stage.feed("gulou", title="鼓楼发布厅新名称")
    stage.look()
    interface = stage.interface("gulou")
    assert (interface.seen_name, interface.seen_name_since) == ("鼓楼发布厅新名称", stage.now)
    account.refresh_from_db()
    assert (account.name, account.frozen_reason) == ("gulou发布", "")
    assert Entry.objects.filter(verb="interface.rename").count() == 1
    stage.feed("gulou", title="gulou发布")
    stage.look()
    assert (stage.interface("gulou").seen_name, stage.interface("gulou").seen_name_since) == ("", None)


def test_long_unseen_time_is_not_covered(stage):
    stage.account("gulou")
    stage.look()
    stage.look(after_h=36)
    stage.look(after_h=37)
    stretches = [(row.end_at - row.start_at) / timedelta(hours=1) for row in Coverage.objects.order_by("start_at")]
    assert stretches == [36, 0]


def test_claimed_interface_is_left_alone_until_its_claim_ends(stage):
    stage.account("gulou")
    Interface.objects.update(claimed_until=stage.now + timedelta(minutes=5))
    assert poll_due(now=stage.now).looked == 0
    assert poll_due(now=stage.now + timedelta(minutes=6)).looked == 1


def test_result_of_an_interface_changed_meanwhile_is_thrown_away(stage, monkeypatch):
    account = stage.account("gulou")
    import govmedia.posts.services.poll as poll

    def fetch_then_stop(*arguments, **options):
        batches = list(poll_fetch(*arguments, **options))
        stop_interface(account=account, now=stage.now)
        return batches

    poll_fetch = poll.fetch_batches
    monkeypatch.setattr(poll, "fetch_batches", fetch_then_stop)
    assert stage.look().looked == 0
    assert not Look.objects.exists()
    assert not Post.objects.exists()


def test_closed_account_is_not_looked_at(stage):
    account = stage.account("gulou")
    account.status, account.closed_on = "closed", day_of(stage.now)
    account.save()
    assert stage.look().looked == 0


def test_limit_takes_those_longest_due(stage):
    for key, hours in (("late", 5), ("later", 9), ("just", 1)):
        stage.account(key)
        Interface.objects.filter(account=stage.accounts[key]).update(next_due_at=stage.now - timedelta(hours=hours))
    report = poll_due(now=stage.now, limit=2)
    assert sorted(report.account_ids) == sorted([stage.accounts["late"].pk, stage.accounts["later"].pk])


def test_host_that_does_not_answer_is_left_for_later(stage):
    for number in range(5):
        stage.account(f"dead{number}")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = f"127.0.0.1:{taken.getsockname()[1]}"
    Interface.objects.update(handle=f"http://{place}/feed.rss", host=place)
    stage.account("good")
    report = stage.look()
    assert (report.looked, report.seen, report.postponed) == (4, 1, 2)
    left = Interface.objects.filter(last_look_at__isnull=True)
    assert [timedelta(minutes=4) < row.next_due_at - stage.now < timedelta(minutes=6) for row in left] == [True] * 2


def test_unknown_kind_of_interface_is_a_failed_look(stage):
    stage.account("gulou", kind="telepathy")
    stage.look()
    assert "telepathy" in stage.interface("gulou").last_cause


def test_reader_that_breaks_is_named_and_its_host_goes_on(stage, monkeypatch):
    stage.account("bad")
    stage.account("good")
    from govmedia.connectors.interfaces import feed

    parse = feed.parse_feed

    def break_on_bad(body, url, charset):
        if "/bad." in url:
            raise RuntimeError("boom")
        return parse(body, url, charset)

    monkeypatch.setattr(feed, "parse_feed", break_on_bad)
    report = stage.look()
    assert (report.looked, report.seen) == (2, 1)
    assert "RuntimeError: boom" in stage.interface("bad").last_cause


def test_content_the_database_refuses_is_set_aside_alone(stage, monkeypatch):
    stage.account("bad")
    stage.account("good")
    from govmedia.posts.services import contents

    insert = contents._insert_new

    def refuse_bad(shown, now):
        if any(one.account_id == stage.accounts["bad"].pk for one in shown):
            raise ValueError("A string literal cannot contain NUL (0x00) characters.")
        insert(shown, now)

    monkeypatch.setattr(contents, "_insert_new", refuse_bad)
    report = stage.look()
    assert (report.looked, report.seen, report.created) == (2, 1, 4)
    assert (stage.last_look("bad").outcome, len(stage.posts("good"))) == ("parse_error", 4)
    assert "内容无法入库" in stage.interface("bad").last_cause


def test_slices_are_ordered_for_what_is_due(stage):
    stage.account("gulou")
    assert plan_slices(now=stage.now) == 1
    assert plan_slices(now=stage.now) == 0
    assert list(Job.objects.values_list("kind", "key")) == [("posts.slice", "slice:0")]


def test_nothing_due_orders_nothing(stage):
    stage.account("gulou")
    assert plan_slices(now=stage.now - timedelta(days=1)) == 0


def test_look_planned_by_a_clock_since_set_back_is_brought_back(stage):
    stage.account("gulou")
    stage.look()
    Interface.objects.update(next_due_at=stage.now + timedelta(days=365))
    plan_slices(now=stage.now)
    assert stage.interface("gulou").next_due_at == stage.now


def test_operator_may_have_the_own_account_looked_at_now(stage, chen_operator, stranger):
    account = stage.account("gulou")
    stage.look()
    stage.now += timedelta(minutes=1)
    with pytest.raises(NoRight):
        look_now(account=account, by=stranger, now=stage.now)
    look_now(account=account, by=chen_operator, now=stage.now)
    assert stage.interface("gulou").next_due_at == stage.now
    assert Entry.objects.get(verb="interface.look").actor == "chen"
    assert poll_due(now=stage.now).looked == 1
    with pytest.raises(Refused, match="刚刚查看过"):
        look_now(account=account, by=chen_operator, now=stage.now + timedelta(seconds=5))


def test_stopped_account_cannot_be_looked_at(stage, chen_operator):
    account = stage.account("gulou")
    stop_interface(account=account, now=stage.now)
    with pytest.raises(Refused, match="停止查看"):
        look_now(account=account, by=chen_operator, now=stage.now)
    assert stage.look().looked == 0
    assert not Outage.objects.exists()
