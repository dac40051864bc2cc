"""A bulletin's documents: one door for all formats. Bytes out; who calls decides where they go."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from govmedia.engine.bulletins.docx import docx_of
from govmedia.engine.bulletins.html import html_of
from govmedia.engine.bulletins.paper import Paper, paper_of
from govmedia.engine.bulletins.pdf import pdf_of
from govmedia.engine.bulletins.shape import Bulletin

KINDS: Mapping[str, Callable[[Paper, Sequence[Path]], bytes]] = {
    "docx": lambda paper, _: docx_of(paper),
    "pdf": pdf_of,
    "html": lambda paper, _: html_of(paper),
}


def document(bulletin: Bulletin, kind: str, font_folders: Sequence[Path] = ()) -> bytes:
    """The bulletin as `docx`, `pdf` or `html`. Errors: BulletinError; ValueError for another kind."""
    if kind not in KINDS:
        raise ValueError(kind)
    return KINDS[kind](paper_of(bulletin), font_folders)
