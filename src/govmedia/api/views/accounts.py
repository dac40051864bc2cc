"""`GET /api/v1/accounts` and `/api/v1/accounts/CODE`: the directory, as other systems read it.

A page begins after the last account of the one before, in an order that no change of the registry disturbs: whoever
follows `next` to the end has met every account that was there all the while, and none twice.
"""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition

from govmedia.accounts import queries
from govmedia.accounts.models import Account
from govmedia.accounts.tables import account_object
from govmedia.api import asked
from govmedia.api.entry import endpoint, kept
from govmedia.api.problems import Problem
from govmedia.engine.codes import ALPHABET, LENGTH
from govmedia.engine.hashing import sm3_hex
from govmedia.engine.platforms import FIELDS, LEVELS, PLATFORMS, STATUSES

LIMIT, LIMIT_MOST, TEXT_MOST = 50, 500, 200
# How near an account is to what was searched for, then its code.
NEARNESS = "0123"
WORDS = {"platform": PLATFORMS, "level": LEVELS, "status": STATUSES, "field": FIELDS}


def _changed(request: HttpRequest, **given: str) -> datetime | None:
    return queries.latest_change()


def _tag(request: HttpRequest, **given: str) -> str:
    return f'"{sm3_hex(f"{queries.state_of_registry()} {request.get_full_path()}".encode())[:32]}"'


@endpoint("GET", "HEAD", paced=True)
@condition(etag_func=_tag, last_modified_func=_changed)
def accounts(request: HttpRequest) -> HttpResponse:
    """By code; with `q` the nearest first. `next` is the cursor of what follows, absent at the end."""
    limit = asked.whole(request, "limit", LIMIT, LIMIT_MOST)
    text = request.GET.get("q", "").replace("\x00", "").strip()
    if len(text) > TEXT_MOST:
        raise Problem(422, f"q 最多 {TEXT_MOST} 个字，这里有 {len(text):,} 个。")
    rows = _after(_rows(request, text), asked.given(request, "cursor"), bool(text))
    held = list(rows.select_related("organisation", "successor")[: limit + 1])
    answer: dict[str, Any] = {"items": [account_object(row) for row in held[:limit]]}
    if len(held) > limit:
        answer["next"] = _cursor(held[limit - 1], bool(text))
    return kept(answer)


def _rows(request: HttpRequest, text: str) -> QuerySet[Account]:
    division = asked.division(request)
    rows = queries.within_division(division) if division else queries.in_directory()
    chosen = {name: asked.word(request, name, words) for name, words in WORDS.items()}
    rows = rows.filter(**{name: value for name, value in chosen.items() if value})
    return (
        queries.search(text, rows, division=division).order_by("nearness", "code") if text else rows.order_by("code")
    )


def _cursor(row: Any, searched: bool) -> str:
    return f"{row.nearness}{row.code}" if searched else row.code


def _after(rows: QuerySet[Account], cursor: str, searched: bool) -> QuerySet[Account]:
    """What follows the account of a cursor, also where that one is no longer among the rows."""
    if not cursor:
        return rows
    near, code = (cursor[0], cursor[1:]) if len(cursor) > LENGTH else (NEARNESS[0], cursor)
    if len(code) != LENGTH or set(code) - set(ALPHABET) or near not in NEARNESS:
        raise Problem(422, "cursor 只能用上一次回答里的 next，其余条件也要和上一次相同。")
    if not searched:
        return rows.filter(code__gt=code)
    return rows.filter(Q(nearness__gt=int(near)) | Q(nearness=int(near), code__gt=code))


@endpoint("GET", "HEAD", paced=True)
@condition(etag_func=_tag, last_modified_func=_changed)
def account(request: HttpRequest, code: str) -> HttpResponse:
    """One account, closed ones too: they stay in the directory and name their successor."""
    row = queries.in_directory().filter(code=code.upper()).select_related("organisation", "successor").first()
    if row is None:
        detail = f"名录里没有编号为 {code[:20]} 的账号。请核对编号；编号不会重新使用，注销的账号也查得到。"
        raise Problem(404, detail)
    return kept(account_object(row))
