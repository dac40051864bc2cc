"""Figures said in sentences of a bulletin, against its counts; read where they can only be about the whole."""

import re
from collections.abc import Iterator

from govmedia.engine.bulletins.differences import Difference
from govmedia.engine.bulletins.percents import parse
from govmedia.engine.bulletins.shape import Bulletin, flat

_RATE = re.compile(r"总体合格率(?:仅|只|约)?(?:为|是|达)?(\d{1,3}(?:\.\d{1,4})?)[%％]")
_FAILING = re.compile(r"不合格(?:政务新媒体|账号)?(\d{1,6})[个家]|(\d{1,6})[个家](?:政务新媒体|账号)?不合格")
_ALSO_FAILED = re.compile(r"(\d{1,6})[个家][^。；;]{0,60}?列为不合格")
_CLAUSE = re.compile(r"[^。；;！\n]{1,2000}")


def false_claims(one: Bulletin) -> Iterator[Difference]:
    """What sentences say that the counts do not."""
    groups = {*flat(one.by_level), *flat(one.by_platform), *one.rates_by_group}
    for where, text in _texts(one):
        for clause in _CLAUSE.findall(text):
            if any(group in clause for group in groups) or any(other.what in clause for other in one.also_checked):
                continue
            yield from _in_clause(one, where, clause)


def _in_clause(one: Bulletin, where: str, clause: str) -> Iterator[Difference]:
    failing = one.failing_count
    if one.pass_rate:
        for said in _RATE.findall(clause):
            if parse(f"{said}%").number != parse(one.pass_rate).number:
                yield Difference("claim", where, f"文中写总体合格率 {said}%，数据是 {one.pass_rate}。")
    if failing is None:
        return
    for first, second in _FAILING.findall(clause):
        if int(first or second) != failing:
            yield Difference("claim", where, f"文中写不合格 {first or second} 个，按数据是 {failing} 个。")
    classes = [number for number in one.failing_counts.values() if number is not None]
    for said in _ALSO_FAILED.findall(clause):
        if classes and sum(classes) == failing and int(said) not in (*classes, failing):
            yield Difference(
                "claim",
                where,
                f"文中写 {said} 个列为不合格，但 {failing} 个不合格账号已由各类问题占满，其中没有这 {said} 个。",
            )


def _texts(one: Bulletin) -> Iterator[tuple[str, str]]:
    for number, text in enumerate(one.quotes, 1):
        yield f"quotes[第 {number} 项]", text
    for number, text in enumerate(one.lead, 1):
        yield f"lead[第 {number} 段]", text
    for section in one.sections:
        for text in section.text:
            yield f"sections“{section.heading}”", text
