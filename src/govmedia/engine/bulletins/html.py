"""The HTML of a bulletin: one file without scripts, legible on a phone, on paper A4 with the form's margins."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from govmedia.engine.bulletins.paper import Paper, Sheet

_STYLE = Path(__file__).with_name("bulletin.css")


def html_of(paper: Paper) -> bytes:
    """A whole page."""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(paper.title)}</title>\n<style>\n{_STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n"
        f"{article_of(paper)}</body>\n</html>\n"
    ).encode()


def article_of(paper: Paper) -> str:
    """The bulletin as one element, for a page that brings its own styles."""
    return "".join(_article(paper))


def _article(paper: Paper) -> Iterator[str]:
    yield f'<article class="bulletin">\n<header>\n<p class="mark">{escape(paper.mark)}</p>\n'
    if paper.number:
        yield f'<p class="number">{escape(paper.number)}</p>\n'
    title = "<wbr>".join(escape(line) for line in paper.lines)
    yield f"</header>\n<h1>{title}</h1>\n"
    if paper.addressees:
        yield f'<p class="addressees">{escape(paper.addressees)}：</p>\n'
    for block in paper.blocks:
        tag = f"h{block.level + 1}" if block.level else "p"
        yield f"<{tag}>{escape(block.text)}</{tag}>\n"
    if paper.annex_note:
        yield '<ol class="annex-note">\n'
        for number, name in enumerate(paper.annex_note, 1):
            yield f'<li><a href="#annex-{number}">{escape(name)}</a></li>\n'
        yield "</ol>\n"
    yield f'<p class="signer">{escape(paper.signer)}</p>\n'
    if paper.day:
        yield f'<p class="day"><time datetime="{escape(paper.signed_on)}">{escape(paper.day)}</time></p>\n'
    if paper.remark:
        yield f"<p>（{escape(paper.remark)}）</p>\n"
    for number, sheet in enumerate(paper.sheets, 1):
        yield from _annex(sheet, number)
    yield from _closing(paper)
    yield "</article>\n"


def _annex(sheet: Sheet, number: int) -> Iterator[str]:
    yield f'<section class="annex" id="annex-{number}">\n<p class="label">{escape(sheet.label)}</p>\n'
    yield f"<h2>{escape(sheet.title)}</h2>\n"
    for text in sheet.text:
        yield f"<p>{escape(text)}</p>\n"
    if sheet.columns:
        heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in sheet.columns)
        yield f'<div class="table" role="region" aria-label="{escape(sheet.title)}" tabindex="0">\n<table>\n'
        yield f"<thead><tr>{heads}</tr></thead>\n<tbody>\n"
        for row in sheet.rows:
            yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n"
        yield "</tbody>\n</table>\n</div>\n"
    yield "</section>\n"


def _closing(paper: Paper) -> Iterator[str]:
    if not paper.has_closing:
        return
    yield '<footer class="closing">\n'
    if paper.copies:
        yield f"<p>抄送：{escape(paper.copies)}。</p>\n"
    if paper.printer or paper.printed_on:
        day = f"{paper.printed_on}印发" if paper.printed_on else ""
        yield f"<p><span>{escape(paper.printer)}</span> <span>{escape(day)}</span></p>\n"
    yield "</footer>\n"
