"""Documents of published bulletins, made when first asked for and kept in the data folder under the bulletin's hash.

One process makes a document at a time and the others wait for it, so that a public page costs a file's reading and no
more. Drafts have no hash: their documents are made for whoever works on them, and not kept.
"""

import fcntl
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from govmedia.bulletins.composing import compose
from govmedia.bulletins.gathering import from_text
from govmedia.bulletins.models import Bulletin
from govmedia.engine.bulletins.documents import document as made_document
from govmedia.engine.bulletins.html import article_of
from govmedia.engine.bulletins.paper import Paper, Sheet, paper_of
from govmedia.engine.bulletins.shape import Bulletin as Shape

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}
# Rows of an annex that a page shows; the files have them all.
ROWS_SHOWN = 200
WAIT_S, PAUSE_S = 20.0, 0.1


class Busy(Exception):
    """Somebody else has been making this document for too long; to be asked for again."""


def font_folders() -> Sequence[Path]:
    """Where this installation keeps fonts of its own."""
    return [Path(settings.HOME) / "fonts"]


def document(row: Bulletin, kind: str) -> bytes:
    """A bulletin's document of KINDS. Errors: BulletinError where a draft cannot be set, Busy."""
    if not row.published_sm3:
        return made_document(compose(row), kind, font_folders())
    return _kept(row, kind, lambda whole: made_document(whole, kind, font_folders()))


def article(row: Bulletin) -> str:
    """A published bulletin as an element of a page, long annexes cut. Errors: Busy."""
    return _kept(row, "article", lambda whole: shown(paper_of(whole)).encode()).decode()


def shown(paper: Paper) -> str:
    """A document as an element of a page, long annexes cut."""
    return article_of(replace(paper, sheets=tuple(_cut(sheet) for sheet in paper.sheets)))


def _cut(sheet: Sheet) -> Sheet:
    if len(sheet.rows) <= ROWS_SHOWN:
        return sheet
    said = f"共 {len(sheet.rows):,} 行，这里显示前 {ROWS_SHOWN} 行，全部见下载的文件。"
    return replace(sheet, rows=sheet.rows[:ROWS_SHOWN], text=(*sheet.text, said))


def folder() -> Path:
    """Where documents are kept: in the data folder, outside of anything that is served."""
    return Path(settings.HOME) / "bulletins"


def _kept(row: Bulletin, name: str, make: Callable[[Shape], bytes]) -> bytes:
    path = folder() / row.published_sm3.partition(":")[2] / name
    try:
        return path.read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(path.with_name("lock")):
        if path.exists():
            return path.read_bytes()
        text = row.published_file
        data = make(from_text(text))
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
        return data


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody else is in here meanwhile, in this process or another. Errors: Busy after WAIT_S."""
    end = time.monotonic() + WAIT_S
    with path.open("ab") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise Busy from None
                time.sleep(PAUSE_S)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)
