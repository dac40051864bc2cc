"""Organisations and accounts of the plan, as rows.

In bulk, not by the rooms' services: a service locks, checks and logs one row at a time, which takes hours for a
country. What a service would add is added here too: the audit log's entries, the search text, the copies.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from django.db import transaction

from govmedia.accounts.models import Account, Cause, FormerName, Health, Status
from govmedia.accounts.services import index_accounts
from govmedia.audit.services import Deed, record, record_many
from govmedia.common.clock import day_of
from govmedia.demo.places import Body
from govmedia.demo.plan import Part, Role
from govmedia.demo.timing import Performance
from govmedia.demo.words import load
from govmedia.engine.platforms import field_label, platform_label
from govmedia.orgs.models import Organisation

_CHUNK = 2000
_WITH_MENUS = frozenset({"wechat_mp", "miniprogram", "app"})
# Filed while the platform is in use, each with its own filing.
_OPENED_LATELY = frozenset({Part.NEW, Part.LATE_FILED, Part.WAITING})
FROZEN_REASON = "订阅源显示的是另一个账号的内容，身份存疑"


@transaction.atomic
def add_organisations(bodies: Sequence[Body], *, now: datetime) -> list[Organisation]:
    """Rows for all bodies, in order, and the log's entries."""
    rows = [
        Organisation(
            code=body.code,
            name=body.name,
            short_name=body.short[:40],
            division_id=body.place.code,
            level=body.place.level,
            field=body.field,
            duties=f"{body.place.name}{field_label(body.field)}工作及相关政务公开、便民服务。",
            created_at=now,
        )
        for body in bodies
    ]
    Organisation.objects.bulk_create(rows, batch_size=_CHUNK)
    record_many(
        (
            Deed(
                "organisation.create",
                f"organisation:{row.code}",
                row.name,
                after={"code": row.code, "name": row.name, "division": row.division_id, "field": row.field},
                division=row.division_id,
            )
            for row in rows
        ),
        by=None,
        now=now,
    )
    return rows


def add_accounts(
    roles: Sequence[tuple[Role, Performance]], organisations: Sequence[Organisation], *, now: datetime
) -> list[Account]:
    """Rows for these roles, in order, with former names, what they are found by, and the log's entries of those that
    were there already, see `opened_since`."""
    rows = [_account(role, done, organisations[role.body.number - 1], now) for role, done in roles]
    Account.objects.bulk_create(rows, batch_size=_CHUNK)
    FormerName.objects.bulk_create(
        FormerName(account=row, name=role.body.names[-1], until_on=day_of(now) - timedelta(days=12))
        for row, (role, _) in zip(rows, roles, strict=True)
        if role.part is Part.RENAMED
    )
    record_many((_deed(row) for row in rows if row.opened_on <= day_of(now)), by=None, now=now)
    index_accounts([row.pk for row in rows])
    return rows


def opened_since(since: datetime) -> list[tuple[datetime, Callable[[], object]]]:
    """The log's entries of accounts opened since the platform went into use, each when it is its turn."""
    rows = Account.objects.filter(opened_on__gt=day_of(since)).order_by("pk")
    return [(row.created_at, partial(record, _deed(row), by=None, now=row.created_at)) for row in rows]


def _account(role: Role, done: Performance, organisation: Organisation, now: datetime) -> Account:
    seen = [at for at, ok in done.looks if ok]
    closed = done.ended_at is not None
    name = role.name if role.part is not Part.RENAMED else f"{role.body.place.bare}{field_label(role.body.field)}"
    return Account(
        code=role.code,
        name=name,
        platform=role.platform,
        platform_id=f"demo-{role.code.lower()}",
        organisation=organisation,
        division_id=organisation.division_id,
        level=organisation.level,
        field=organisation.field,
        kind="",
        status=_status(role),
        description=f"{organisation.name}在{platform_label(role.platform)}的官方账号，发布政务信息，提供办事服务。",
        url=f"https://example.gov.invalid/{role.platform}/{role.code.lower()}",
        functions=_functions(role, organisation),
        followers=int(role.posts * 137 + role.body.number * 11) % 480_000 + 300,
        stands_for_government=organisation.field == "government",
        second_allowed=role.part is Part.TWICE_ALLOWED,
        opened_on=role.opened_on,
        filed_on=day_of(role.first_seen_at) if role.part in _OPENED_LATELY else role.opened_on,
        closed_on=day_of(_at(done.ended_at)) if closed else None,
        contact_name="新媒体值班岗",
        contact_phone="025-00000000",
        first_seen_at=_at(done.seen[0][0]) if done.seen else None,
        last_seen_at=_at(seen[-1]) if seen else None,
        last_post_at=_at(done.posts[-1]) if done.posts else None,
        health=Health.NOT_SEEN,
        health_cause=Cause.NONE if closed else Cause.WAITING,
        health_text="已注销，不再查看。" if closed else "刚纳入，等待首次查看。",
        health_since=role.first_seen_at,
        frozen_reason=FROZEN_REASON if role.part is Part.FROZEN else "",
        created_at=role.first_seen_at,
        updated_at=now,
    )


def _functions(role: Role, organisation: Organisation) -> list[dict[str, str]]:
    """Some of what its field offers, where a platform has menus; not all accounts have the same."""
    if role.platform not in _WITH_MENUS:
        return []
    offered = load().functions
    names = offered.get(organisation.field, offered[""])
    start = role.body.number % len(names)
    chosen = (names[start:] + names[:start])[: 2 + role.body.number % 3]
    base = f"https://example.gov.invalid/{role.code.lower()}"
    return [{"name": name, "url": f"{base}/{number}"} for number, name in enumerate(chosen, 1)]


def _status(role: Role) -> str:
    if role.part is Part.CLOSED:
        return Status.CLOSED
    return Status.CLOSING if role.part is Part.CLOSING else Status.OPEN


def _at(second: int | None) -> datetime:
    return datetime.fromtimestamp(second or 0, UTC)


def name_successors(pairs: Iterable[tuple[Role, Role]], by_code: dict[str, Account]) -> None:
    """Closed accounts point to those that took over."""
    rows = []
    for role, successor in pairs:
        row = by_code[role.code]
        row.successor_id = by_code[successor.code].pk
        rows.append(row)
    Account.objects.bulk_update(rows, ["successor"], batch_size=500)


def _deed(row: Account) -> Deed:
    after = {"name": row.name, "platform": row.platform, "status": str(row.status), "opened_on": row.opened_on}
    return Deed("account.open", f"account:{row.code}", row.name, after=after, division=row.division_id)
