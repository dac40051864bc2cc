"""What the emulator serves: feeds and their posts in one SQLite file, which the demonstration writes.

Several processes use the file at once: the demonstration fills it, the emulator reads it for each request, a
command adds or shifts posts while both run. Times are stored as RFC 3339 text in UTC.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

WINDOW = 20
SCHEMA = """
CREATE TABLE IF NOT EXISTS feeds (
    key TEXT PRIMARY KEY, title TEXT NOT NULL, description TEXT NOT NULL, link TEXT NOT NULL, kind TEXT NOT NULL,
    mode TEXT NOT NULL, lively INTEGER NOT NULL, revision INTEGER NOT NULL, changed_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS items (
    key TEXT NOT NULL, native_id TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL, url TEXT NOT NULL,
    published_at TEXT, updated_at TEXT, author TEXT NOT NULL, PRIMARY KEY (key, native_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS items_newest ON items (key, published_at);
"""
FEED_COLUMNS = "key, title, description, link, kind, mode, lively, revision, changed_at"
ITEM_COLUMNS = "key, native_id, title, text, url, published_at, updated_at, author"


@dataclass(frozen=True, slots=True)
class EmulatedFeed:
    """One account's feed. `kind` (rss, atom, json, rdf) is the form its address has by default; `mode` is a
    fault mode or "ok"; a `lively` feed gets a new post now and then. `revision` counts its changes."""

    key: str
    title: str
    description: str = ""
    link: str = ""
    kind: str = "rss"
    mode: str = "ok"
    lively: bool = False
    revision: int = 1
    changed_at: datetime = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class EmulatedItem:
    """One post; an empty `url` means the emulator's own page of it."""

    key: str
    native_id: str
    title: str
    text: str
    url: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    author: str = ""


class FeedSource(Protocol):
    """What the emulator needs of its store."""

    def feed(self, key: str) -> EmulatedFeed | None:
        """The feed, or None."""
        ...

    def neighbour(self, key: str) -> EmulatedFeed | None:
        """Some other account's feed, always the same one."""
        ...

    def feeds(self, offset: int, limit: int) -> list[EmulatedFeed]:
        """Feeds by key."""
        ...

    def count(self) -> int:
        """How many feeds there are."""
        ...

    def newest(self, key: str, limit: int = WINDOW) -> list[EmulatedItem]:
        """The newest posts of a feed, newest first."""
        ...

    def item(self, key: str, native_id: str) -> EmulatedItem | None:
        """One post, or None."""
        ...

    def set_mode(self, key: str, mode: str, now: datetime) -> bool:
        """Switch a feed's mode; False where there is no such feed."""
        ...

    def add_item(self, item: EmulatedItem, now: datetime) -> None:
        """A new post; one with the same id is replaced."""
        ...

    def some_lively(self, limit: int) -> list[EmulatedFeed]:
        """Some feeds, at random, that are lively and in order."""
        ...


class FileSource:
    """The store over a SQLite file; made if it does not exist. Use it in one thread, and close it."""

    def __init__(self, path: Path | str) -> None:
        self._connection = sqlite3.connect(path, timeout=20, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute("PRAGMA cache_size = -2000")
        self._connection.executescript(SCHEMA)

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    def feed(self, key: str) -> EmulatedFeed | None:
        """The feed, or None."""
        return next(self._feeds("WHERE key = ?", (key,)), None)

    def neighbour(self, key: str) -> EmulatedFeed | None:
        """The next feed by key, the first after the last; None where there is no other."""
        after = next(self._feeds("WHERE key > ? ORDER BY key LIMIT 1", (key,)), None)
        return after or next(self._feeds("WHERE key < ? ORDER BY key LIMIT 1", (key,)), None)

    def feeds(self, offset: int, limit: int) -> list[EmulatedFeed]:
        """Feeds by key."""
        return list(self._feeds("ORDER BY key LIMIT ? OFFSET ?", (limit, offset)))

    def count(self) -> int:
        """How many feeds there are."""
        return int(self._connection.execute("SELECT count(*) FROM feeds").fetchone()[0])

    def newest(self, key: str, limit: int = WINDOW) -> list[EmulatedItem]:
        """The newest posts of a feed, newest first; undated ones last."""
        return list(self._items("WHERE key = ? ORDER BY published_at DESC, native_id DESC LIMIT ?", (key, limit)))

    def item(self, key: str, native_id: str) -> EmulatedItem | None:
        """One post, or None."""
        return next(self._items("WHERE key = ? AND native_id = ?", (key, native_id)), None)

    def set_mode(self, key: str, mode: str, now: datetime) -> bool:
        """Switch a feed's mode; False where there is no such feed."""
        with self._change(key, now):
            return self._connection.execute("UPDATE feeds SET mode = ? WHERE key = ?", (mode, key)).rowcount == 1

    def add_item(self, item: EmulatedItem, now: datetime) -> None:
        """A new post; one with the same id is replaced, which is how a post is edited."""
        with self._change(item.key, now):
            self._connection.execute(_insert("items", ITEM_COLUMNS), _item_row(item))

    def add_many(self, feeds: Iterable[EmulatedFeed], items: Iterable[EmulatedItem]) -> None:
        """Feeds and posts in one go; those with the same key (and id) are replaced."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.executemany(_insert("feeds", FEED_COLUMNS), map(_feed_row, feeds))
            self._connection.executemany(_insert("items", ITEM_COLUMNS), map(_item_row, items))
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def shift_items(self, key: str, days: int, now: datetime) -> int:
        """Move all posts of a feed by so many days (negative: into the past); how many were moved."""
        with self._change(key, now):
            rows = [
                (
                    _moved(item.published_at, days),
                    _moved(item.updated_at, days),
                    key,
                    item.native_id,
                )
                for item in self._items("WHERE key = ?", (key,))
            ]
            self._connection.executemany(
                "UPDATE items SET published_at = ?, updated_at = ? WHERE key = ? AND native_id = ?", rows
            )
            return len(rows)

    def some_lively(self, limit: int) -> list[EmulatedFeed]:
        """Some feeds, at random, that are lively and in order."""
        return list(self._feeds("WHERE lively AND mode = 'ok' ORDER BY random() LIMIT ?", (limit,)))

    @contextmanager
    def _change(self, key: str, now: datetime) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute(
                "UPDATE feeds SET revision = revision + 1, changed_at = ? WHERE key = ?", (_stored(now), key)
            )
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def _feeds(self, where: str, values: tuple[object, ...]) -> Iterator[EmulatedFeed]:
        for row in self._connection.execute(f"SELECT {FEED_COLUMNS} FROM feeds {where}", values):  # noqa: S608
            key, title, description, link, kind, mode, lively, revision, changed_at = row
            moment = datetime.fromisoformat(changed_at)
            yield EmulatedFeed(key, title, description, link, kind, mode, bool(lively), revision, moment)

    def _items(self, where: str, values: tuple[object, ...]) -> Iterator[EmulatedItem]:
        for row in self._connection.execute(f"SELECT {ITEM_COLUMNS} FROM items {where}", values):  # noqa: S608
            key, native_id, title, text, url, published_at, updated_at, author = row
            yield EmulatedItem(key, native_id, title, text, url, _read(published_at), _read(updated_at), author)


def write_feeds(path: Path | str, feeds: Iterable[EmulatedFeed], items: Iterable[EmulatedItem]) -> None:
    """Write feeds and posts into the file at once; those with the same key (and id) are replaced.

    Both may be generators of any length; nothing is held in memory.
    """
    source = FileSource(path)
    try:
        source.add_many(feeds, items)
    finally:
        source.close()


def _insert(table: str, columns: str) -> str:
    marks = ", ".join("?" * len(columns.split(",")))
    return f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - our own constants


def _feed_row(feed: EmulatedFeed) -> tuple[object, ...]:
    return (
        *(feed.key, feed.title, feed.description, feed.link, feed.kind, feed.mode),
        *(int(feed.lively), feed.revision, _stored(feed.changed_at)),
    )


def _item_row(item: EmulatedItem) -> tuple[object, ...]:
    return (
        *(item.key, item.native_id, item.title, item.text, item.url),
        *(_stored(item.published_at), _stored(item.updated_at), item.author),
    )


def _stored(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()


def _read(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _moved(moment: datetime | None, days: int) -> str | None:
    return None if moment is None else _stored(moment + timedelta(days=days))
