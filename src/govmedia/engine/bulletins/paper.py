"""A bulletin as it stands on paper: every text with its figures, in the order of the official form (GB/T 9704-2012).

The documents (.docx, PDF, HTML) are made of this and differ in nothing but their format.
"""

import re
from dataclasses import dataclass

from govmedia.engine.bulletins.annexes import shares_of, table_of
from govmedia.engine.bulletins.errors import BulletinError
from govmedia.engine.bulletins.placeholders import chinese_date, fill, values_of
from govmedia.engine.bulletins.shape import Annex, Bulletin
from govmedia.engine.bulletins.title import title_lines
from govmedia.engine.bulletins.widths import ems
from govmedia.engine.bulletins.wording import with_wording

# The type area is 156 mm wide: 20 characters of a title's 22 pt.
TITLE_EMS, WIDTH_POINTS = 20, 442.2
_BROKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.|（\d+）)")
_NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the body; `level` 0 is text, 1 to 4 are headings."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """An annex: a table, paragraphs, or both. Columns have `shares` of the width, cells text of `size` points."""

    label: str
    title: str
    lines: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    size: float
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The document. Indents are ems of the body's text."""

    title: str
    issuer: str
    mark: str
    number: str
    lines: tuple[str, ...]
    addressees: str
    blocks: tuple[Block, ...]
    annex_note: tuple[str, ...]
    signer: str
    day: str
    signer_indent: float
    day_indent: float
    remark: str
    sheets: tuple[Sheet, ...]
    copies: str
    printer: str
    printed_on: str
    signed_on: str

    @property
    def has_closing(self) -> bool:
        return bool(self.copies or self.printer or self.printed_on)


def paper_of(bulletin: Bulletin) -> Paper:
    """The document of a bulletin, with the usual wording where it brings none. Errors: BulletinError."""
    made = with_wording(bulletin)
    issuer = clean(re.split(r"[(（]", made.issuer)[0].strip()) or clean(made.issuer)
    signed_on = made.signed_on or (made.published if re.fullmatch(r"\d{4}-\d{2}-\d{2}", made.published) else "")
    signer, day = clean(made.signed_by) or issuer, clean(chinese_date(signed_on))
    first, second = signature_indents(signer, day, made.sealed)
    sheets = _sheets(made)
    title = clean(made.title)
    return Paper(
        title=title,
        issuer=issuer,
        mark=clean(made.mark) or f"{issuer}文件",
        number=clean(made.number),
        lines=title_lines(title, TITLE_EMS),
        addressees="，".join(clean(one) for one in made.addressees).rstrip("：:"),
        blocks=tuple(_blocks(made)),
        annex_note=tuple(sheet.title for sheet in sheets),
        signer=signer,
        day=day,
        signer_indent=first,
        day_indent=second,
        remark=clean(made.remark).strip("（）()"),
        sheets=sheets,
        copies="，".join(clean(one) for one in made.copies_to).rstrip("。"),
        printer=clean(made.printed_by),
        printed_on=clean(chinese_date(made.printed_on)),
        signed_on=signed_on,
    )


def clean(text: str) -> str:
    """A text without what no XML and no PDF/A can hold, in one line."""
    return _BROKEN.sub("", text).replace("\n", " ").strip()


def _blocks(bulletin: Bulletin) -> list[Block]:
    values = values_of(bulletin)
    found: list[Block] = []
    problems: list[str] = []

    def filled(text: str, where: str) -> str:
        try:
            return clean(fill(text, values, where))
        except BulletinError as why:
            problems.extend(why.problems)
            return ""

    for number, text in enumerate(bulletin.lead, 1):
        found.append(Block(filled(text, f"lead 第 {number} 段")))
    counters = [0, 0, 0, 0]
    for section in bulletin.sections:
        counters[section.level - 1] += 1
        counters[section.level :] = [0] * (4 - section.level)
        heading = _NUMBERED.sub("", filled(section.heading, f"标题“{section.heading[:20]}”").strip())
        found.append(Block(ordinal(section.level, counters[section.level - 1]) + heading, section.level))
        for number, text in enumerate(section.text, 1):
            found.append(Block(filled(text, f"“{section.heading[:20]}”第 {number} 段")))
    if problems:
        raise BulletinError(*problems)
    return found


def ordinal(level: int, number: int) -> str:
    """The mark of a heading.

    >>> [ordinal(level, 12) for level in (1, 2, 3, 4)]
    ['十二、', '（十二）', '12.', '（12）']
    """
    tens, ones = divmod(number, 10)
    chinese = ("" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens]}十") if tens < 10 else str(number)
    if tens < 10 and (ones or not tens):
        chinese += _NUMERALS[ones]
    return {1: f"{chinese}、", 2: f"（{chinese}）", 3: f"{number}.", 4: f"（{number}）"}[level]


def _sheets(bulletin: Bulletin) -> tuple[Sheet, ...]:
    annexes = bulletin.annexes or ()
    return tuple(
        _sheet(bulletin, annex, f"附件{number if len(annexes) > 1 else ''}")
        for number, annex in enumerate(annexes, 1)
    )


def _sheet(bulletin: Bulletin, annex: Annex, label: str) -> Sheet:
    heads, rows = table_of(bulletin, annex)
    columns = tuple(clean(head) for head in heads)
    cleaned = tuple(tuple(clean(cell) for cell in row) for row in rows)
    title = clean(annex.title).rstrip("。；，")
    size = 12.0 if len(columns) <= 5 else 10.5
    return Sheet(
        label=label,
        title=title,
        lines=title_lines(title, TITLE_EMS),
        columns=columns,
        rows=cleaned,
        shares=shares_of(columns, cleaned, WIDTH_POINTS / size),
        size=size,
        text=tuple(clean(one) for one in annex.text),
    )


def signature_indents(signer: str, day: str, sealed: bool) -> tuple[float, float]:
    """How far signer and date stand from the right edge, in ems. Source: GB/T 9704-2012, 7.3.5.

    Sealed: the date four characters in, the signer centred over it. Unsealed: the signer two characters in, the
    date's first character two to the right of the signer's; a longer date two in, the signer moved with it.
    """
    name, date = ems(signer), ems(day)
    if sealed:
        first, second = 4 + (date - name) / 2, 4.0
        short = max(0.0, -first)
        return first + short, second + short
    if name - date >= 2:
        return 2.0, name - date
    return 4 + date - name, 2.0
