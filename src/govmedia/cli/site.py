"""What commands share: loading the framework, speaking to people, refusing."""

import argparse
import contextlib
import errno
import functools
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from govmedia.engine.bulletins.widths import ems

_CAUSES = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EISDIR: "它是文件夹",
    errno.ENOTDIR: "路径里有不是文件夹的一段",
}
Run = Callable[[argparse.Namespace], int | None]


def load() -> None:
    """Load the framework with the project's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "govmedia.config.settings")
    import django

    django.setup()


def on_site(run: Run) -> Run:
    """A command that needs the database: loads the framework, prints refusals and ends with 1."""

    @functools.wraps(run)
    def wrapped(arguments: argparse.Namespace) -> int | None:
        load()
        from django.db import DatabaseError

        from govmedia.common.refusals import NoRight, Refused
        from govmedia.engine.tables import TableError

        try:
            return run(arguments)
        except (Refused, NoRight, TableError) as why:
            tell(why.text)
        except DatabaseError as why:
            tell(f"数据库出错：{why}。若是首次使用，请先运行 govmedia serve 或 govmedia demo 建立数据库。")
        return 1

    return wrapped


@contextlib.contextmanager
def reading(file: str) -> Iterator[IO[bytes]]:
    """A file, or stdin for `-`, as bytes; raises Unreadable."""
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(file).open("rb")  # noqa: SIM115 - closed below; only opening it is guarded
    except OSError as why:
        raise Unreadable(file, why) from why
    with stream:
        yield stream


@contextlib.contextmanager
def as_path(file: str, suffix: str, named: bytes = rb"(?!)") -> Iterator[Path]:
    """A file's path; for `-` that of a copy of stdin, called what the first group of `named` finds in it, else stdin.

    Raises Unreadable.
    """
    with reading(file) as stream:
        if file != "-":
            yield Path(file)
            return
        data = stream.read()
    found = re.search(named, data, re.MULTILINE)
    with tempfile.TemporaryDirectory(prefix="govmedia-") as folder:
        path = Path(folder) / f"{found[1].decode() if found else 'stdin'}{suffix}"
        path.write_bytes(data)
        yield path


@contextlib.contextmanager
def writing(file: str) -> Iterator[IO[bytes]]:
    """A file, or stdout for `-`, as bytes; raises Unreadable."""
    if file == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        stream = Path(file).open("wb")  # noqa: SIM115 - closed below; only opening it is guarded
    except OSError as why:
        raise Unreadable(file, why) from why
    with stream:
        yield stream


def put_in_place(data: bytes, target: Path) -> None:
    """Write a data file so that nobody ever reads half of it; raises Unreadable."""
    half = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(data)
        half.replace(target)
    except OSError as why:
        raise Unreadable(str(target), why) from why


class Unreadable(Exception):
    """A file that cannot be opened."""

    def __init__(self, file: str, why: OSError) -> None:
        cause = _CAUSES.get(why.errno or 0, why.strerror)
        super().__init__(f"{file}：打不开（{cause}）。请核对文件名和权限。")


def tell(message: str) -> None:
    """A message for people, on stderr."""
    sys.stderr.write(message.rstrip() + "\n")
    sys.stderr.flush()


def put(line: str) -> None:
    """A line of output, on stdout."""
    sys.stdout.write(line + "\n")


def put_json(value: Any) -> None:
    """A value as one line of JSON, on stdout."""
    put(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def put_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Rows under a heading, for people: columns in line where a Chinese character is two wide. Returns 0."""
    lines = [head, *rows]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        put("  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip())
    return 0


def _width(text: str) -> int:
    """In signs of a terminal, of which a full-width one takes two."""
    return round(2 * ems(text))


def put_rows(rows: list[dict[str, Any]], as_json: bool) -> int:
    """Rows as JSON Lines, or as plain text for people. Returns 0."""
    if as_json:
        for row in rows:
            put_json(row)
        return 0
    for row in rows:
        put("  ".join(str(value) for value in row.values() if value not in (None, "")))
    return 0
