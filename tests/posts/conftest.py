"""Accounts whose feeds come from the emulator over loopback HTTP."""

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from factories import make_account, make_interface
from govmedia.emulators.feeds import feeds_in_thread
from govmedia.emulators.source import EmulatedFeed, EmulatedItem, FileSource, write_feeds
from govmedia.posts.models import Interface, Look, Post, PostEvent
from govmedia.posts.services import PollReport, poll_due


class Stage:
    """Feeds that a test changes, the accounts behind them, and a clock that it moves."""

    def __init__(self, path, url: str, organisation, now: datetime) -> None:
        self.path, self.url, self.organisation, self.now = path, url, organisation, now
        self.accounts: dict[str, object] = {}

    def account(self, key: str, *, hours_ago=(2, 26, 50, 74), form: str = "rss", **values):
        """An account with one post for each of `hours_ago`, newest first, named p0, p1 …"""
        items = [self.item(key, f"p{number}", hours) for number, hours in enumerate(hours_ago)]
        feed = EmulatedFeed(key, f"{key}发布", "订阅", f"http://{key}.example/", changed_at=self.now)
        write_feeds(self.path, [feed], items)
        account = make_account(self.organisation, name=f"{key}发布")
        make_interface(
            account,
            handle=f"{self.url}/feeds/{key}.{form}",
            host=self.url.removeprefix("http://"),
            next_due_at=self.now,
            **values,
        )
        self.accounts[key] = account
        return account

    def item(self, key: str, name: str, hours_ago: float, **values) -> EmulatedItem:
        at = (self.now - timedelta(hours=hours_ago)).replace(microsecond=0)
        values.setdefault("text", f"{name}的正文")
        return EmulatedItem(key, name, values.pop("title", f"{name}标题"), published_at=at, **values)

    def post(self, key: str, name: str, hours_ago: float = 0, **values) -> None:
        self._change(lambda source: source.add_item(self.item(key, name, hours_ago, **values), self.now))

    def edit(self, key: str, name: str, **values) -> None:
        def change(source: FileSource) -> None:
            source.add_item(replace(source.item(key, name), **values), self.now)

        self._change(change)

    def delete(self, key: str, name: str) -> EmulatedItem:
        source = FileSource(self.path)
        item = source.item(key, name)
        source.close()
        with sqlite3.connect(self.path) as file:
            file.execute("DELETE FROM items WHERE key = ? AND native_id = ?", (key, name))
            file.execute("UPDATE feeds SET revision = revision + 1 WHERE key = ?", (key,))
        file.close()
        return item

    def restore(self, item: EmulatedItem) -> None:
        self._change(lambda source: source.add_item(item, self.now))

    def mode(self, key: str, mode: str) -> None:
        self._change(lambda source: source.set_mode(key, mode, self.now))

    def feed(self, key: str, **values) -> None:
        def change(source: FileSource) -> None:
            feed = source.feed(key)
            source.add_many([replace(feed, revision=feed.revision + 1, **values)], [])

        self._change(change)

    def _change(self, deed) -> None:
        source = FileSource(self.path)
        deed(source)
        source.close()

    def look(self, *keys: str, after_h: float = 1, **options) -> PollReport:
        """Let time pass, make the accounts due (all without `keys`), and look."""
        self.now += timedelta(hours=after_h)
        due = Interface.objects.all()
        if keys:
            due = due.filter(account__in=[self.accounts[key].pk for key in keys])
        due.update(next_due_at=self.now)
        return poll_due(now=self.now, **options)

    def interface(self, key: str) -> Interface:
        return Interface.objects.get(account=self.accounts[key])

    def last_look(self, key: str) -> Look:
        return Look.objects.filter(account=self.accounts[key]).latest("pk")

    def posts(self, key: str) -> dict[str, Post]:
        return {post.native_id: post for post in Post.objects.filter(account=self.accounts[key])}

    def events(self, key: str) -> list[tuple[str, str]]:
        rows = PostEvent.objects.filter(post__account=self.accounts[key]).order_by("pk")
        return list(rows.values_list("post__native_id", "kind"))


@pytest.fixture
def stage(tmp_path, gulou_health, moment, settings):
    settings.FETCH_ALLOW = ["127.0.0.0/8"]
    path = tmp_path / "emulator.sqlite3"
    write_feeds(path, [], [])
    with feeds_in_thread(path, lambda: moment) as url:
        yield Stage(path, url, gulou_health, moment)
