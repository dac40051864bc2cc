"""Making the files: each table once as JSON Lines, the other formats from it, and only where it changed.

Files are kept under their digests and named by a catalogue that is replaced in one step, so that whoever downloads
gets a whole file and the signature that belongs to it, also while new ones are being made.
"""

import fcntl
import gzip
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db.models import Max

from govmedia.accounts.models import Account
from govmedia.assessments import queries as assessments
from govmedia.audit.models import Entry
from govmedia.bulletins import queries as bulletins
from govmedia.common import installation, signing
from govmedia.common.clock import day_of
from govmedia.common.exports import DEMO_HEAD, csv_chunks, xlsx_chunks
from govmedia.engine.hashing import canonical_json
from govmedia.impostors import queries as impostors
from govmedia.opendata.catalogue import FORMAT, FORMATS, File, catalogue, folder, rows_in
from govmedia.opendata.rows import tables
from govmedia.opendata.signatures import Digests, unsigned
from govmedia.opendata.tables import DICTIONARY, Row, Table, dictionary_rows

# What changes something that is given away; looks and health do not.
_VERBS = ("account.open", "account.change", "account.close", "account.follow", "organisation.change")
# A download that has begun may take so long yet with a file that is named no more.
_KEPT_S = 3600
_LEVEL = 6
# Making takes at most this share of the worker's time: a large register waits a while, a small one does not.
_SHARE = 0.05


def make_files(*, now: datetime, at_once: bool = True) -> int:
    """Bring the files up to date; returns how many were made anew, 0 where nothing changed or another is at it.

    Unless `at_once` a register that takes long is left for a while after it was made.
    """
    before = catalogue()
    if before is not None and not at_once and now - before.made_at < timedelta(seconds=before.took_s / _SHARE):
        return 0
    (folder() / "files").mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder() / "lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        return _make(now)


def _make(now: datetime) -> int:
    stamp, before, began = _stamp(now), catalogue(), time.monotonic()
    if before is not None and before.stamp == stamp and all(one.path.exists() for one in before.files):
        return 0
    old = {one.name: one for one in before.files} if before else {}
    demo, made, held = bool(installation.read(installation.DEMO)), [], []
    for table, rows in tables(day_of(now)):
        held.append(table)
        made += _files(table, rows, old, demo, now)
    made += _files(DICTIONARY, dictionary_rows(iter([*held, DICTIONARY])), old, demo, now)
    took_s = round(time.monotonic() - began, 3)
    made_at = now.isoformat(timespec="seconds")
    told = {"format": FORMAT, "made_at": made_at, "took_s": took_s, "stamp": stamp, "files": _plain(made)}
    _put(json.dumps(told, ensure_ascii=False).encode(), folder() / "catalogue.json")
    _sweep({one.sha256 for one in made})
    return sum(old.get(one.name) != one for one in made)


def _stamp(now: datetime) -> str:
    """Differs whenever a file could."""
    try:
        key = signing.present_key()
    except signing.KeyProblem:
        key = ""
    last = Entry.objects.filter(verb__in=_VERBS).aggregate(seq=Max("seq"))["seq"]
    told = (
        version("govmedia"),
        FORMAT,
        day_of(now),
        key,
        installation.read(installation.DEMO),
        last,
        Account.objects.count(),
        list(bulletins.public_bulletins().values_list("pk", "state", "published_sm3")),
        list(assessments.public_assessments().values_list("pk", "state", "published_at")),
        impostors.changed_at(),
    )
    return sha256(repr(told).encode()).hexdigest()


def _files(table: Table, rows: Iterable[Row], old: dict[str, File], demo: bool, now: datetime) -> list[File]:
    """A table's files; those of before where its rows are the same."""
    made = _Maker(table, demo, now)
    first = made.kept("jsonl", made.lines(rows))
    before = [one for fmt in FORMATS if (one := old.get(first.name.replace("jsonl", fmt)))]
    if len(before) == len(FORMATS) and all(_alike(one, first) for one in before):
        return before
    found = {"jsonl": first}
    for fmt, chunks in (("csv", csv_chunks), ("xlsx", xlsx_chunks)):
        cells = (table.cells(row) for row in rows_in(first))
        found[fmt] = made.kept(fmt, chunks(table.header, cells, demo))
    return [found[fmt] for fmt in FORMATS]


def _alike(before: File, now: File) -> bool:
    """Whether a file of before says what one made now would, in the same words and signed by the same key."""
    if before.format == "jsonl" and before.sha256 != now.sha256:
        return False
    told = [(one.title, one.text, one.columns, one.rows, (one.signature or {}).get("kid")) for one in (before, now)]
    return told[0] == told[1] and before.path.exists()


class _Maker:
    """Writes the files of one table, and counts its rows as they go by."""

    def __init__(self, table: Table, demo: bool, now: datetime) -> None:
        self._table, self._now, self._rows = table, now, 0
        self._columns = (*table.header, *([DEMO_HEAD] if demo else []))

    def lines(self, rows: Iterable[Row]) -> Iterator[bytes]:
        for row in rows:
            self._rows += 1
            yield json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    def kept(self, fmt: str, chunks: Iterator[bytes]) -> File:
        """A file written under its digest, with its signature, and packed for those who can unpack it."""
        digests = Digests()
        handle, temporary = tempfile.mkstemp(dir=folder() / "files", prefix=".")
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                digests.add(chunk)
                file.write(chunk)
        made = self._named(fmt, digests.told)
        if fmt != "xlsx":
            _pack(Path(temporary), made.path.with_suffix(".gz"))
        Path(temporary).replace(made.path)
        return made

    def _named(self, fmt: str, told: dict[str, Any]) -> File:
        table, name, made_at = self._table, f"{self._table.name}.{fmt}", self._now.replace(microsecond=0)
        try:
            signature = _signed(unsigned(name, told, made_at.isoformat(), signing.present_key()))
        except signing.KeyProblem:
            signature = None
        return File(
            name=name, table=table.name, title=table.title, text=table.text, format=fmt, columns=self._columns,
            rows=self._rows, made_at=made_at, signature=signature, **told,
        )  # fmt: skip


def _signed(body: dict[str, Any]) -> dict[str, Any]:
    """Errors: KeyProblem."""
    _, signature = signing.sign(canonical_json(body))
    return {**body, "signature": signature}


def _pack(source: Path, target: Path) -> None:
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".")
    with (
        source.open("rb") as plain,
        os.fdopen(handle, "wb") as file,
        gzip.GzipFile("", "wb", _LEVEL, file, 0) as packed,
    ):
        shutil.copyfileobj(plain, packed, 1 << 20)
    Path(temporary).replace(target)


def _put(data: bytes, target: Path) -> None:
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(temporary).replace(target)


def _sweep(named: set[str]) -> None:
    """Files that are named no more go once no download can be at them."""
    for path in (folder() / "files").iterdir():
        if path.stem not in named and path.stat().st_mtime < time.time() - _KEPT_S:
            path.unlink(missing_ok=True)


def _plain(files: list[File]) -> list[dict[str, Any]]:
    return [{**asdict(one), "made_at": one.made_at.isoformat()} for one in files]
