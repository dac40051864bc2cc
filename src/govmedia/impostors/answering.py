"""The answer whether an account is real: one of five, dated, with its reasons, and signed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from govmedia.accounts import queries as accounts
from govmedia.accounts.models import Account, Status
from govmedia.accounts.queries import Imitated
from govmedia.common import signing
from govmedia.common.clock import SHANGHAI
from govmedia.connectors.errors import AddressRefused
from govmedia.connectors.guard import Guard
from govmedia.engine.likeness import Likeness
from govmedia.engine.links import SHORTENERS, host_of, plain_link
from govmedia.engine.platforms import platform_label
from govmedia.engine.signatures import ANSWER, signed_part
from govmedia.impostors import queries
from govmedia.impostors.models import Impostor
from govmedia.impostors.questions import Named, Question
from govmedia.impostors.wording import (
    ASKED_MOST,
    UNSAFE,
    closed_too,
    day,
    end,
    listed,
    no_more,
    platforms,
    several,
    state,
    told_at,
    whose,
)
from govmedia.orgs.models import Organisation

OFFICIAL, CLOSED, LOOKALIKE, IMPOSTOR, NO_RECORD = "official", "closed", "lookalike", "impostor", "no_record"
# Grounds on which accounts are shown though there is no record.
ELSEWHERE, BODY, BODIES, HOLDS = "elsewhere", "body", "bodies", "holds"
ALIKE_SHOWN, ALSO_SHOWN, BODIES_SHOWN = 3, ASKED_MOST, 5
_NAMES_ARE_FREE = "名称可以仿冒：请再核对平台、主办单位和链接。"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `account` is the real one beside it; `alike` those a look-alike imitates, likest first; `also`
    further accounts of the very name, link or id, or those of a body whose name was asked; `impostor` the known
    one. With NO_RECORD a `ground` tells why accounts are shown: ELSEWHERE, `alike` are of the very name on other
    platforms; BODY, `also` are a body's; BODIES, one of `bodies` may be
    meant; HOLDS, the names of `alike` stand in the one that was asked."""

    question: Question
    kind: str
    reasons: tuple[str, ...]
    asked_at: datetime
    account: Account | None = None
    alike: tuple[Imitated, ...] = ()
    also: tuple[Account, ...] = field(default=())
    impostor: Impostor | None = None
    ground: str = ""
    bodies: tuple[Organisation, ...] = ()


def answer(question: Question, *, now: datetime) -> Answer:
    """What the registry and the list of impostors say. Nothing is fetched: a link is compared as text."""
    find = {"name": _by_name, "url": _by_link, "platform_id": _by_id, "code": _by_code}[question.way]
    return find(question, now)


def signed(given: Answer) -> dict[str, Any]:
    """The answer as JSON, signed by this installation; without a key it has no signature."""
    body: dict[str, Any] = {
        "format": ANSWER,
        "question": {given.question.way: given.question.text},
        "answer": given.kind,
        "reasons": list(given.reasons),
        "asked_at": given.asked_at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
    }
    if given.account is not None:
        body["account"] = account_json(given.account)
    if given.alike:
        body["matches"] = [
            {
                "code": one.account.code,
                "name": one.account.name,
                "likeness": one.likeness.score,
                "reasons": list(one.likeness.reasons),
            }
            for one in given.alike
        ]
    try:
        kid, signature = signing.sign(signed_part(body))
    except signing.KeyProblem:
        return body
    return {**body, "kid": kid, "signature": signature}


def account_json(row: Account) -> dict[str, Any]:
    """What an answer says of an account; what is not known is left out."""
    given = {
        "code": row.code,
        "name": row.name,
        "platform": row.platform,
        "platform_id": row.platform_id,
        "organisation": row.organisation.name,
        "division": row.division_id,
        "level": row.level,
        "status": row.status,
        "opened_on": row.opened_on.isoformat() if row.opened_on else "",
        "closed_on": row.closed_on.isoformat() if row.closed_on else "",
        "url": row.url,
        "field": row.field,
        "successor": row.successor.code if row.successor else "",
    }
    return {name: value for name, value in given.items() if value}


def _by_name(question: Question, now: datetime) -> Answer:
    asked = question.named
    if asked.platforms and accounts.named_exactly(question.text).exists():
        asked = Named(question.text)
    name = asked.name
    here, rows = _of_that_name(asked)
    known = queries.known_by_name(name, asked.platforms)
    if known is not None:
        # One on the asked platform is told, whatever is filed on others.
        there = asked.platforms and known.platform in ("", *asked.platforms)
        if not _live(here if there else [*here, *rows]):
            return _impostor(question, known, now)
    if here:
        return _here(question, asked, here, rows, known, now)
    if rows:
        return _elsewhere(question, asked, rows, known, now)
    if former := list(accounts.formerly_named(name)[:ALSO_SHOWN]):
        row = former[0]
        text = f"“{name}”是「{row.name}」（{platform_label(row.platform)}）用过的名称，现已不用。"
        return Answer(question, CLOSED, (text, *state(row)), now, row, also=tuple(former[1:]))
    if alike := accounts.imitated_by(name, limit=ALIKE_SHOWN):
        return _lookalike(question, alike, now)
    if bodies := accounts.bodies_called(name):
        return _body(question, asked, bodies, now)
    if held_in := accounts.held_in(name, limit=ALSO_SHOWN):
        return _holds(question, held_in, now)
    return _nothing(question, now)


def _of_that_name(asked: Named) -> tuple[list[Account], list[Account]]:
    """The accounts of the very name: on the platforms that are asked for (all, where none is), and on others."""
    rows = accounts.named_exactly(asked.name)
    if not asked.platforms:
        return list(rows[:ALSO_SHOWN]), []
    here, others = rows.filter(platform__in=asked.platforms), rows.exclude(platform__in=asked.platforms)
    return list(here[:ALSO_SHOWN]), list(others[:ALSO_SHOWN])


def _by_link(question: Question, now: datetime) -> Answer:
    known = queries.known_by_link(question.text)
    rows = accounts.at_link(question.text)[:ALSO_SHOWN]
    if known is not None and (not rows or rows[0].status == Status.CLOSED):
        return _impostor(question, known, now)
    return _registered(question, rows, now) if rows else _nothing(question, now, _of_link(question.text))


def _by_id(question: Question, now: datetime) -> Answer:
    rows = list(accounts.with_platform_id(question.text)[:ALSO_SHOWN])
    known = queries.known_by_id(question.text)
    if known is not None and (not rows or rows[0].status == Status.CLOSED):
        return _impostor(question, known, now)
    return _registered(question, rows, now) if rows else _nothing(question, now)


def _by_code(question: Question, now: datetime) -> Answer:
    row = accounts.by_code(question.text)
    return _registered(question, [row], now) if row else _nothing(question, now)


def _registered(question: Question, rows: list[Account], now: datetime) -> Answer:
    """What a link, an id or a code leads to."""
    row = rows[0]
    kind = CLOSED if row.status == Status.CLOSED else OFFICIAL
    return Answer(question, kind, (whose(row), *state(row)), now, row, also=tuple(rows[1:]))


def _here(
    question: Question, asked: Named, here: list[Account], rows: list[Account], known: Impostor | None, now: datetime
) -> Answer:
    """The very name, on the platform that is asked for where one is; `rows` are those elsewhere."""
    row, live, closed = here[0], _live(here), _closed([*here, *rows])
    if not live:
        reasons = _closed_here(asked, here, rows)
        return Answer(
            question, CLOSED, (*reasons, *_beside(known), _NAMES_ARE_FREE), now, row, also=(*here[1:], *rows)
        )
    first = f"名录里叫“{asked.name}”的官方账号{several(live)}。"
    reasons = [whose(row), *state(row)] if len(live) == 1 else [first]
    if others := _live(rows):
        reasons.append(f"名录里同名的官方账号还{several(others)}。")
    if closed:
        reasons.append(f"{closed_too(closed)}。")
    reasons += ["在其他平台上看到的同名账号没有备案，请当作可疑账号。", _NAMES_ARE_FREE, *_beside(known)]
    return Answer(question, OFFICIAL, tuple(reasons), now, row, also=(*here[1:], *rows), impostor=known)


def _closed_here(asked: Named, here: list[Account], rows: list[Account]) -> list[str]:
    row = here[0]
    if not asked.platforms:
        return [whose(row), *state(row)]
    reasons = [f"在{asked.where}上的同名账号{end(row)}。{no_more(row)}", whose(row)]
    if live := _live(rows):
        reasons.append(f"名称相同、仍在使用的官方账号{several(live)}。")
    return reasons


def _elsewhere(
    question: Question, asked: Named, rows: list[Account], known: Impostor | None, now: datetime
) -> Answer:
    """The very name, but not on the platform that is asked for: a name is held by whoever took it."""
    live = _live(rows)
    if not live:
        row = rows[0]
        text = f"在{asked.where}上没有备案过“{asked.name}”，请当作可疑账号。"
        return Answer(question, CLOSED, (whose(row), *state(row), text), now, row, also=tuple(rows[1:]))
    reasons = [
        f"名称相同的官方账号在别的平台（{platforms(live)}）；在{asked.where}上没有备案。",
        f"在{asked.where}上看到的请当作可疑账号：不要向它提供个人信息、付款或下载应用。",
        *_beside(known),
    ]
    alike = tuple(Imitated(row, Likeness(1.0, (f"名称相同，但它在{platforms([row])}上",))) for row in live)
    return Answer(question, NO_RECORD, tuple(reasons), now, alike=alike, ground=ELSEWHERE)


def _beside(known: Impostor | None) -> list[str]:
    if known is None:
        return []
    return [f"注意：有人用同一名称冒充它，{told_at(known)}，已于 {day(known.approved_at)} 认定为冒用。"]


def _live(rows: Iterable[Account]) -> list[Account]:
    return [row for row in rows if row.status != Status.CLOSED]


def _closed(rows: Iterable[Account]) -> list[Account]:
    return [row for row in rows if row.status == Status.CLOSED]


def _lookalike(question: Question, alike: Iterable[Imitated], now: datetime) -> Answer:
    found = tuple(alike)
    first = found[0]
    real = first.account
    reasons = [
        f"名录里没有叫“{question.named.name}”的账号。它很像「{real.name}」（{real.organisation.name}），但不是它。",
        *first.likeness.reasons,
        f"真的「{real.name}」{end(real)}。" if real.status == Status.CLOSED else f"真的账号：{whose(real)}",
    ]
    return Answer(question, LOOKALIKE, tuple(reasons), now, real, alike=found)


def _body(question: Question, asked: Named, bodies: list[Organisation], now: datetime) -> Answer:
    """A body's name, and not an account's; which of several is meant is left to whoever asked."""
    if len(bodies) > 1:
        shown = tuple(bodies[:BODIES_SHOWN]) if len(bodies) <= BODIES_SHOWN else ()
        said = [f"{body.name}（{body.division.full_name}）" for body in shown or bodies[:1]]
        which = f"可能是{'、'.join(said)}" if shown else f"例如{said[0]}，请用单位的全称再查"
        text = f"叫“{asked.name}”的单位有 {len(bodies)} 个，{which}。"
        return Answer(question, NO_RECORD, (text, UNSAFE), now, ground=BODIES, bodies=shown)
    body = bodies[0]
    held = list(accounts.of_body(body)[:ALSO_SHOWN])
    whose_name = "单位的名称" if body.name == asked.name else f"单位的名称（{body.name}）"
    reasons = [f"“{asked.name}”是{whose_name}，不是账号的名称。"]
    reasons.append(f"它备案的账号{listed(held)}。其他自称是它的都没有备案。" if held else "它没有备案的账号。")
    if held and asked.platforms and not any(row.platform in asked.platforms for row in held):
        reasons.append(f"它在{asked.where}上没有备案的账号。")
    return Answer(question, NO_RECORD, (*reasons, *([] if held else [UNSAFE])), now, also=tuple(held), ground=BODY)


def _holds(question: Question, held: list[Imitated], now: datetime) -> Answer:
    """A whole official name with more around it: often a lure, and never on file."""
    first = held[0].account
    whole = [one.account for one in held if one.account.name == first.name]
    closed = "已注销的" if first.status == Status.CLOSED else ""
    more = held[0].likeness.reasons[0].partition("，")[2]
    reasons = [
        f"名称里含有{closed}官方账号“{first.name}”的名称，但没有备案，{more}。",
        f"不要把它当作官方账号。叫“{first.name}”的备案账号{several(whole)}。",
        UNSAFE,
    ]
    return Answer(question, NO_RECORD, tuple(reasons), now, alike=tuple(held), ground=HOLDS)


def _impostor(question: Question, known: Impostor, now: datetime) -> Answer:
    reasons = [
        f"“{known.name}”（{told_at(known)}）已于 {day(known.approved_at)} 由监管部门两人核实，认定为冒用账号。"
    ]
    if known.said:
        reasons.append(known.said)
    if known.imitates is not None:
        reasons.append(f"真的账号是「{known.imitates.name}」。")
    return Answer(question, IMPOSTOR, tuple(reasons), now, known.imitates, impostor=known)


def _nothing(question: Question, now: datetime, more: Iterable[str] = ()) -> Answer:
    reasons = [
        f"名录和冒用账号名单里都没有这个{question.label}。",
        *more,
        UNSAFE,
    ]
    return Answer(question, NO_RECORD, tuple(reasons), now)


def _of_link(link: str) -> list[str]:
    """What the text of a link itself tells."""
    said = ["链接只按文字比对，本平台不会打开它，也不跟随跳转。"]
    if host_of(link) in SHORTENERS:
        said.append("这是短链接，看不出通向哪里；请查它打开后的完整链接，或查账号名称。")
    elif plain_link(link):
        try:
            Guard().check_url(link if "://" in link else f"https://{link}")
        except AddressRefused as why:
            said.append(f"这个网址有问题：{why}公开的政务账号不会用这样的网址。")
    else:
        said.append("它不是网页链接。")
    return said
