"""A bulletin put together: the round's figures, people's words around them, and what may not be typed."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from govmedia.bulletins.gathering import as_text, from_text
from govmedia.bulletins.models import Bulletin as Row
from govmedia.common import installation
from govmedia.common.refusals import Refused
from govmedia.engine.bulletins.errors import BulletinError
from govmedia.engine.bulletins.paper import Paper, paper_of
from govmedia.engine.bulletins.placeholders import PLACEHOLDER, values_of
from govmedia.engine.bulletins.shape import Bulletin, NamedAccount, Section
from govmedia.engine.bulletins.values import TEXT_MOST
from govmedia.engine.bulletins.wording import with_wording
from govmedia.engine.bulletins.writing import bulletin_to_json
from govmedia.orgs.models import Division, Level
from govmedia.rounds.models import Round

SECTIONS_MOST, WHOLE_MOST = 60, 200_000
ADDRESSEES = "各有关单位"
DEMO_REMARK = "演示数据，非真实检查结果"
_NUMERAL = r"[0-9零〇一二三四五六七八九十百千万两.]"
# What only placeholders may say: shares, and how many accounts. Spans of time, and parts of the text, are no figures.
_TYPED = re.compile(
    rf"(?:{_NUMERAL}+\s*%(?!的?置信)|百分之{_NUMERAL}+|"
    rf"[0-9]+\s*(?:个(?!工作日|自然日|月|小时|季度|方面|环节|部分|阶段|百分点)|家(?!庭)))"
)
_SUGGESTED_MOST = 3


class BadText(Refused):
    """The words of a bulletin that cannot be saved; `problems` name each place."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("".join(problems[:1]), "text")
        self.problems = list(problems)


def compose(row: Row) -> Bulletin:
    """The bulletin as it would be printed now."""
    figures = from_text(row.figures)
    due = row.due_on.isoformat() if row.due_on else ""
    made = replace(
        figures,
        title=row.title,
        issuer=row.issuer,
        number=row.number,
        addressees=_lines(row.addressees),
        copies_to=_lines(row.copies_to),
        remark=row.remark or (DEMO_REMARK if installation.read(installation.DEMO) else ""),
        signed_on=row.signed_on.isoformat() if row.signed_on else "",
        published=row.signed_on.isoformat() if row.signed_on else "",
        rectification_due=due,
        failing=_due(figures.failing, due),
        deductions=_due(figures.deductions, due),
        lead=_lines(row.lead),
        sections=tuple(Section(one["heading"], one["level"], tuple(one["text"])) for one in row.sections),
        annexes=None,
    )
    # The usual lists first, then what the figures bring of their own.
    return replace(made, annexes=(*(with_wording(made).annexes or ()), *(figures.annexes or ())))


def _due(rows: tuple[NamedAccount, ...] | None, due: str) -> tuple[NamedAccount, ...] | None:
    return tuple(replace(one, due=due) for one in rows) if rows and due else rows


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def paper(row: Row) -> Paper:
    """The document. Errors: BadText, naming each placeholder that does not exist and where."""
    try:
        return paper_of(compose(row))
    except BulletinError as why:
        raise BadText(why.problems) from why


def usual_wording(figures: Bulletin, due_on: date | None) -> tuple[str, list[dict[str, Any]]]:
    """The lead and the sections that a bulletin of these figures usually has."""
    made = with_wording(
        replace(figures, rectification_due=due_on.isoformat() if due_on else "", lead=(), sections=())
    )
    return "\n".join(made.lead), [
        {"heading": one.heading, "level": one.level, "text": list(one.text)} for one in made.sections
    ]


def check_text(row: Row) -> None:
    """Errors: BadText for what is too long, for typed figures and for placeholders that do not exist."""
    places = list(_places(row))
    problems = [f"{where}有 {len(text):,} 字，最多 {TEXT_MOST:,} 字。请分成几节。" for where, text in places
                if len(text) > TEXT_MOST]  # fmt: skip
    if sum(len(text) for _, text in places) > WHOLE_MOST:
        problems.append(
            f"正文共有 {sum(len(text) for _, text in places):,} 字，最多 {WHOLE_MOST:,} 字。长名单请放在附件里。"
        )
    if len(row.sections) > SECTIONS_MOST:
        problems.append(f"共有 {len(row.sections)} 节，最多 {SECTIONS_MOST} 节。请合并。")
    if not problems:
        problems = list(_typed(row, places))
    try:
        if not problems:
            paper_of(compose(row))
    except BulletinError as why:
        problems += why.problems
    if problems:
        raise BadText(problems)


def _places(row: Row) -> Iterator[tuple[str, str]]:
    for number, text in enumerate(_lines(row.lead), 1):
        yield f"开头第 {number} 段", text
    for place, section in enumerate(row.sections, 1):
        yield f"第 {place} 节的标题", section["heading"]
        for number, text in enumerate(section["text"], 1):
            yield f"“{section['heading'][:20]}”第 {number} 段", text


def _typed(row: Row, places: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Figures that were typed instead of taken from the data, each with what stands for it."""
    found = [
        (where, said)
        for where, text in places
        for said in list(dict.fromkeys(_TYPED.findall(PLACEHOLDER.sub("", unicodedata.normalize("NFKC", text)))))[:5]
    ]
    values = values_of(compose(row)) if found else {}
    for where, said in found:
        number = said.removesuffix("个").removesuffix("家").strip()
        fitting = [f"{{{{{name}}}}}" for name, value in values.items() if value == number][:_SUGGESTED_MOST]
        hint = f"这个数是 {'、'.join(fitting)}。" if fitting else "数据里没有这个数。"
        yield f"{where}：“{said}”是手写的数字。账号的个数和百分比只能用占位符，随数据变动。{hint}"


def begun(held: Round, figures: Bulletin, signed_on: date | None, due_on: date | None) -> Row:
    """A bulletin with the usual title and words, not saved."""
    issuer = issuer_of(held.division)
    row = Row(
        round=held,
        title=title_of(held, issuer)[:120],
        issuer=issuer,
        addressees=ADDRESSEES,
        signed_on=signed_on,
        due_on=due_on,
        figures=as_text(bulletin_to_json(figures)),
    )
    row.lead, row.sections = usual_wording(figures, due_on)
    return row


def issuer_of(division: Division) -> str:
    """Who usually issues the bulletins of a division."""
    return f"{division.name}人民政府办公{'厅' if division.level == Level.PROVINCE else '室'}"


def title_of(held: Round, issuer: str) -> str:
    return f"{issuer}关于{held.name}情况的通报"
