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
from govmedia.engine.links import SHORTENERS, host_of, plain_link
from govmedia.engine.platforms import platform_label
from govmedia.engine.signatures import ANSWER, signed_part
from govmedia.impostors import queries
from govmedia.impostors.models import Impostor
from govmedia.impostors.questions import Question

OFFICIAL, CLOSED, LOOKALIKE, IMPOSTOR, NO_RECORD = "official", "closed", "lookalike", "impostor", "no_record"
ALIKE_SHOWN, ALSO_SHOWN = 3, 20
_NAMES_ARE_FREE = "名称可以仿冒：请再核对平台、主办单位和链接。"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `account` is the real one beside it; `alike` those a look-alike imitates, likest first; `also`
    further accounts of the very name, link or id, or those of a body whose name was asked; `impostor` the known
    one."""

    question: Question
    kind: str
    reasons: tuple[str, ...]
    asked_at: datetime
    account: Account | None = None
    alike: tuple[Imitated, ...] = ()
    also: tuple[Account, ...] = field(default=())
    impostor: Impostor | None = None


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
    name = question.text
    rows = list(accounts.named_exactly(name)[:ALSO_SHOWN])
    known = queries.known_by_name(name)
    if rows and (rows[0].status != Status.CLOSED or known is None):
        return _registered(question, rows, known, now)
    if known is not None:
        return _impostor(question, known, now)
    if former := list(accounts.formerly_named(name)[:ALSO_SHOWN]):
        row = former[0]
        text = f"“{name}”是「{row.name}」（{platform_label(row.platform)}）用过的名称，现已不用。"
        return Answer(question, CLOSED, (text, *_state(row)), now, row, also=tuple(former[1:]))
    alike = accounts.imitated_by(name, limit=ALIKE_SHOWN)
    if alike:
        return _lookalike(question, alike, now)
    if held := list(accounts.of_body_named(name)[:ALSO_SHOWN]):
        text = (
            f"“{name}”是单位的名称，不是账号的名称。它备案的账号有 {len(held)} 个，见下；其他自称是它的都没有备案。"
        )
        return Answer(question, NO_RECORD, (text,), now, also=tuple(held))
    return _nothing(question, now)


def _by_link(question: Question, now: datetime) -> Answer:
    known = queries.known_by_link(question.text)
    rows = accounts.at_link(question.text)[:ALSO_SHOWN]
    if known is not None and (not rows or rows[0].status == Status.CLOSED):
        return _impostor(question, known, now)
    return _registered(question, rows, None, now) if rows else _nothing(question, now, _of_link(question.text))


def _by_id(question: Question, now: datetime) -> Answer:
    rows = list(accounts.with_platform_id(question.text)[:ALSO_SHOWN])
    known = queries.known_by_id(question.text)
    if known is not None and (not rows or rows[0].status == Status.CLOSED):
        return _impostor(question, known, now)
    return _registered(question, rows, None, now) if rows else _nothing(question, now)


def _by_code(question: Question, now: datetime) -> Answer:
    row = accounts.by_code(question.text)
    return _registered(question, [row], None, now) if row else _nothing(question, now)


def _registered(question: Question, rows: list[Account], known: Impostor | None, now: datetime) -> Answer:
    row, also = rows[0], tuple(rows[1:])
    reasons = [_whose(row), *_state(row)]
    if question.way == "name":
        reasons = [*(_of_name(question.text, rows) if row.status != Status.CLOSED else reasons), _NAMES_ARE_FREE]
    if known is not None:
        reasons.append(f"注意：有人用同一名称冒充它，{_where(known)}，已于 {_day(known.approved_at)} 认定为冒用。")
    kind = CLOSED if row.status == Status.CLOSED else OFFICIAL
    return Answer(question, kind, tuple(reasons), now, row, also=also, impostor=known)


def _of_name(name: str, rows: list[Account]) -> list[str]:
    """A name is held by whoever took it: on which platforms it is an official account's, and that elsewhere it is
    not."""
    live = [row for row in rows if row.status != Status.CLOSED]
    if len(live) == 1:
        said = [_whose(live[0]), *_state(live[0])]
    else:
        where = "、".join(dict.fromkeys(platform_label(row.platform) for row in live))
        said = [f"名录里叫“{name}”的官方账号有 {len(live)} 个，在{where}，见下。"]
    return [*said, "在其他平台上看到的同名账号没有备案，请当作可疑账号。"]


def _whose(row: Account) -> str:
    was = "曾是" if row.status == Status.CLOSED else "是"
    return f"「{row.name}」{was}{row.organisation.name}在{platform_label(row.platform)}上备案的账号。"


def _state(row: Account) -> list[str]:
    if row.status == Status.CLOSED:
        where = platform_label(row.platform)
        return [f"它{_end(row)}。在{where}上仍用这个名称或链接的，不再是官方账号。"]
    said = [f"备案编号 {row.code}，目前{row.get_status_display()}。"]
    return [*said, "它的身份正在核实，暂请谨慎。"] if row.frozen_reason else said


def _end(row: Account) -> str:
    heir = row.successor
    to = f"，由「{heir.name}」（{platform_label(heir.platform)}）承接" if heir else "，没有承接账号"
    return f"已于 {row.closed_on} 注销{to}"


def _lookalike(question: Question, alike: Iterable[Imitated], now: datetime) -> Answer:
    found = tuple(alike)
    first = found[0]
    real = first.account
    reasons = [
        f"名录里没有叫“{question.text}”的账号。它很像「{real.name}」（{real.organisation.name}），但不是它。",
        *first.likeness.reasons,
        f"真的「{real.name}」{_end(real)}。" if real.status == Status.CLOSED else f"真的「{real.name}」见下。",
    ]
    return Answer(question, LOOKALIKE, tuple(reasons), now, real, alike=found)


def _impostor(question: Question, known: Impostor, now: datetime) -> Answer:
    reasons = [
        f"“{known.name}”（{_where(known)}）已于 {_day(known.approved_at)} 由监管部门两人核实，认定为冒用账号。"
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
        "没有记录不等于安全：请不要向它提供个人信息、付款或下载应用。",
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


def _where(known: Impostor) -> str:
    return platform_label(known.platform) if known.platform else "平台不明"


def _day(at: datetime | None) -> str:
    return at.astimezone(SHANGHAI).date().isoformat() if at else ""
