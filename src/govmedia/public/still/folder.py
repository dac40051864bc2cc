"""The folder a copy is written to: each file whole or not at all, only what changed, nothing that is not ours.

A manifest says what was written, by path, digest and size. While a copy is made a journal grows beside it, so that
one that was broken off is gone on with.
"""

import fcntl
import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

from govmedia.common.refusals import Refused

OWN = ".govmedia"
# So long after it began a run that was broken off is gone on with; later all is looked at again.
RESUMED_S = 3 * 3600


class Kept(NamedTuple):
    """What a file of the copy held when it was written."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Written:
    """A page that was looked at: where it lies, what it holds, and whether that had to be written."""

    path: str
    kept: Kept
    new: bool


def put(root: Path, path: str, body: bytes, known: Mapping[str, Kept]) -> Written:
    """Write a file unless it holds this already. `path` begins with / and names a folder where it ends with one."""
    name = path.lstrip("/") + ("index.html" if path.endswith("/") else "")
    kept = Kept(hashlib.sha256(body).hexdigest()[:32], len(body))
    target = root / name
    if known.get(name) == kept and _size(target) == kept.size:
        return Written(name, kept, False)
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f".{target.name}.{os.getpid()}")
    half.write_bytes(body)
    half.replace(target)
    return Written(name, kept, True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


class Folder:
    """One copy's folder, held by one run. `done` is what the run that was broken off had seen to."""

    def __init__(self, root: Path, journal: IO[str], known: dict[str, Kept], done: frozenset[str]) -> None:
        self.root, self.known, self.done = root, known, done
        self._journal = journal
        self._seen: dict[str, Kept] = {path: known[path] for path in done}

    @property
    def seen(self) -> dict[str, Kept]:
        return self._seen

    def note(self, rows: Iterable[Written]) -> None:
        """Remember pages that were seen to, also should this run be broken off."""
        for row in rows:
            self._seen[row.path] = row.kept
            self._journal.write(f"{row.kept.digest}\t{row.kept.size}\t{row.path}\n")
        self._journal.flush()

    def keep(self, paths: Iterable[str]) -> None:
        """Pages that could not be made this time stay as they are."""
        self._seen.update({path: self.known[path] for path in paths if path in self.known})

    def finish(self) -> int:
        """Take away what is no more, and say in the manifest what there is; returns how many files went."""
        gone = self.known.keys() - self._seen.keys()
        for path in gone:
            (self.root / path).unlink(missing_ok=True)
        for place in sorted({parent for path in gone for parent in Path(path).parents}, key=str, reverse=True):
            if place != Path() and (self.root / place).is_dir() and not any((self.root / place).iterdir()):
                (self.root / place).rmdir()
        _write(self.root / OWN, self._seen)
        (self.root / OWN / "journal.tsv").unlink(missing_ok=True)
        return len(gone)


@contextmanager
def held(root: Path, stamp: str) -> Iterator[Folder]:
    """The folder for one run of this kind. Errors: Refused where it holds something else, or another run is at it."""
    own = root / OWN
    if root.exists() and not own.is_dir() and any(root.iterdir()):
        raise Refused(f"{root} 里有别的文件，不是以前生成的静态站。请换一个空文件夹，免得误删。")
    own.mkdir(parents=True, exist_ok=True)
    with (own / "lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(f"另一个 publish-static 正在写 {root}。请等它结束。") from None
        known = _read(own / "manifest.tsv")
        head, done = _begun(own / "journal.tsv", stamp)
        known.update(_read(own / "journal.tsv"))
        if not done:
            # What a journal told that is not gone on with must not be lost, or its files would never be taken away.
            _write(own, known)
        with (own / "journal.tsv").open("a" if done else "w", encoding="utf-8") as journal:
            if not done:
                journal.write(head)
            yield Folder(root, journal, known, done)


def _write(own: Path, rows: Mapping[str, Kept]) -> None:
    half = own / "manifest.new"
    with half.open("w", encoding="utf-8") as file:
        file.writelines(f"{kept.digest}\t{kept.size}\t{path}\n" for path, kept in sorted(rows.items()))
    half.replace(own / "manifest.tsv")


def _begun(path: Path, stamp: str) -> tuple[str, frozenset[str]]:
    """The first line of a journal of this run, and what the last one had done where it may be gone on with."""
    head = f"#{stamp}\t{int(time.time())}\n"
    try:
        with path.open(encoding="utf-8") as file:
            mark, _, began = file.readline().strip().partition("\t")
    except OSError:
        return head, frozenset()
    fresh = began.isdecimal() and 0 <= time.time() - int(began) < RESUMED_S
    return head, frozenset(_read(path)) if mark == f"#{stamp}" and fresh else frozenset()


def _read(path: Path) -> dict[str, Kept]:
    """What a manifest or a journal tells; a last line that was broken off is left out."""
    found: dict[str, Kept] = {}
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return found
    for line in text.split("\n")[:-1]:
        digest, _, rest = line.partition("\t")
        size, _, name = rest.partition("\t")
        if name and size.isdecimal():
            found[name] = Kept(digest, int(size))
    return found
