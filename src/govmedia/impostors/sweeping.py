"""Comparing many names at once with the registry: what a platform's own search shows, line by line."""

import re
from collections.abc import Container
from dataclasses import dataclass

from govmedia.accounts.models import Account, Status
from govmedia.accounts.queries import Imitated, at_link, held_in, imitated_by, named_exactly
from govmedia.common.refusals import Refused
from govmedia.common.typed import one_line
from govmedia.engine.likeness import Likeness
from govmedia.engine.links import link_in, looks_like_link
from govmedia.engine.platforms import platform_label, platforms_meant
from govmedia.impostors.models import NAME_MAX, Impostor
from govmedia.impostors.queries import of_same
from govmedia.impostors.questions import named_in
from govmedia.impostors.services import Told
from govmedia.impostors.services.reporting import check

LINES_MOST, TWINS_MOST = 500, 50
OFFICIAL, KNOWN, LOOKALIKE, HOLDS = "official", "known", "lookalike", "holds"
TWIN, NONE = "twin", "none"
_COMMAS = re.compile("[,，]")


@dataclass(frozen=True, slots=True)
class Compared:
    """One line. `kind` OFFICIAL: its link is an account's; KNOWN: the desk has it, see `impostor`; LOOKALIKE: it
    imitates, see `like`; HOLDS: an account's whole name stands in it, see `like`; TWIN: the very name of an account,
    the account itself or a fake; NONE: like nobody."""

    line: int
    told: Told
    kind: str
    account: Account | None = None
    like: Imitated | None = None
    impostor: Impostor | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that could not be read, and why."""

    line: int
    text: str
    why: str


def compare(text: str, only: Container[str] | None = None) -> tuple[list[Compared], list[Fault]]:
    """What the lines of a text are; each is a name, perhaps with a platform and a link behind it, in any order. With
    `only`, lines of these numbers and no others."""
    found: list[Compared] = []
    faults: list[Fault] = []
    seen: set[Told] = set()
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    for number, line in lines[:LINES_MOST]:
        if only is not None and str(number) not in only:
            continue
        told, why = _read(line)
        if why:
            faults.append(Fault(number, one_line(line, 80), why))
        elif told not in seen:
            seen.add(told)
            found.append(_compared(number, told))
    if len(lines) > LINES_MOST:
        number, line = lines[LINES_MOST]
        faults.append(Fault(number, one_line(line, 80), f"一次最多 {LINES_MOST} 行，从这一行起没有比对。"))
    return found, faults


def _read(line: str) -> tuple[Told, str]:
    # What is pasted from a table may hold commas.
    parts = line.strip().split("\t") if "\t" in line.strip() else _COMMAS.split(line)
    name, *rest = [one_line(part, 2000) for part in parts]
    name, behind, _ = named_in(name)
    meant: tuple[str, ...] = ()
    link = ""
    for part in filter(None, rest):
        if not meant and (here := platforms_meant(part)):
            meant = here
        elif not link and (looks_like_link(part) or link_in(part)):
            link = link_in(part) or part
        else:
            return Told(name, "", "", ""), f"认不出“{part[:30]}”是平台还是链接。"
    if looks_like_link(name) or len(name) > NAME_MAX:
        return Told(name, "", "", ""), f"每行先写账号名称（不超过 {NAME_MAX} 个字），再写平台和链接。"
    meant = meant or behind
    # 微信 may be any of several: then it is not known which.
    platform = meant[0] if len(meant) == 1 else ""
    told = Told(name, platform, link, "")
    try:
        check(name, platform, link, "—")
    except Refused as why:
        return told, why.text
    return told, ""


def _compared(line: int, told: Told) -> Compared:
    if told.link and (real := at_link(told.link)) and real[0].status != Status.CLOSED:
        return Compared(line, told, OFFICIAL, real[0])
    if known := of_same(told.name, told.platform, told.link):
        return Compared(line, told, KNOWN, known.imitates, impostor=known)
    twins = [one for one in named_exactly(told.name)[:TWINS_MOST] if one.status != Status.CLOSED]
    same = next((one for one in twins if one.platform == told.platform), None)
    if same or (twins and not told.platform):
        return Compared(line, told, TWIN, same or twins[0])
    if twins:
        # The very name where none of its accounts is: nobody's but a fake's.
        where = "、".join(dict.fromkeys(platform_label(one.platform) for one in twins))
        said = f"名称完全相同，但名录里没有它的{platform_label(told.platform)}账号（有：{where}）"
        return Compared(line, told, LOOKALIKE, twins[0], Imitated(twins[0], Likeness(1.0, (said,))))
    for kind, found in ((LOOKALIKE, imitated_by), (HOLDS, held_in)):
        if like := found(told.name, limit=1):
            return Compared(line, told, kind, like[0].account, like[0])
    return Compared(line, told, NONE)
