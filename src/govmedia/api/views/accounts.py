"""`GET /api/v1/accounts` and `/api/v1/accounts/CODE`: the directory, as other systems read it.

A page begins after the last account of the one before, in an order that no change of the registry disturbs: whoever
follows `next` to the end has met every account that was there all the while, and none twice.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
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
# A search gives so many at most, the nearest.
FOUND_MOST, NEARNESS_MOST = 2000, 99
# How near an account is to what was searched for, and its code.
Place = tuple[int, str]
WORDS = {"platform": PLATFORMS, "level": LEVELS, "status": STATUSES, "field": FIELDS}
ASKS = ("q", "division", *WORDS, "limit", "cursor")


def _changed(request: HttpRequest, **given: str) -> datetime | None:
    return queries.latest_change()


def _tag(request: HttpRequest, **given: str) -> str:
    return f'"{sm3_hex(f"{queries.state_of_registry()} {request.get_full_path()}".encode())[:32]}"'


@endpoint("GET", "HEAD", paced=True, asks=ASKS)
@condition(etag_func=_tag, last_modified_func=_changed)
def accounts(request: HttpRequest) -> HttpResponse:
    """By code; with `q` the nearest first. `next` is the cursor of what follows, absent at the end."""
    limit = asked.whole(request, "limit", LIMIT, LIMIT_MOST)
    text = request.GET.get("q", "").replace("\x00", "").strip()
    if len(text) > TEXT_MOST:
        raise Problem(422, f"q 最多 {TEXT_MOST} 个字，这里有 {len(text):,} 个。")
    cursor = _cursor(request, bool(text))
    held = (_searched if text else _listed)(request, text, cursor, limit + 1)
    answer: dict[str, Any] = {"items": [account_object(row) for _, row in held[:limit]]}
    if len(held) > limit:
        near, last = held[limit - 1]
        answer["next"] = f"{near:02}{last.code}" if text else last.code
    return kept(answer)


def _rows(request: HttpRequest) -> QuerySet[Account]:
    division = asked.division(request)
    rows = queries.within_division(division) if division else queries.in_directory()
    chosen = {name: asked.word(request, name, words) for name, words in WORDS.items()}
    return rows.filter(**{name: value for name, value in chosen.items() if value})


def _cursor(request: HttpRequest, searched: bool) -> Place:
    """What the answer begins after: nearness and code; before all where none is given."""
    cursor = asked.given(request, "cursor")
    if not cursor:
        return (0, "")
    # One of a list without a search, or of one with it, is what the description says a cursor may be.
    near, code = cursor[:-LENGTH] or "00", cursor[-LENGTH:]
    if len(code) != LENGTH or set(code) - set(ALPHABET) or len(near) != 2 or not near.isdigit() or not near.isascii():
        raise Problem(422, "cursor 只能用上一次回答里的 next，其余条件也要和上一次相同。")
    return int(near) if searched else 0, code


def _listed(request: HttpRequest, text: str, after: Place, most: int) -> list[tuple[int, Account]]:
    """By code; also where the account of the cursor is no longer among the rows."""
    rows = _rows(request).filter(code__gt=after[1]).select_related("organisation", "successor").order_by("code")
    return [(0, row) for row in rows[:most]]


def _searched(request: HttpRequest, text: str, after: Place, most: int) -> list[tuple[int, Account]]:
    """The nearest of those found, so many that nobody pages further; the same text orders them the same."""
    within = queries.Within(asked.division(request) or "")
    near = {hit.account_id: hit.nearness for hit in queries.hits(text, most=FOUND_MOST, within=within)}
    rows = _rows(request).filter(pk__in=near).values_list("pk", "code")
    order = sorted((min(near[pk], NEARNESS_MOST), code, pk) for pk, code in rows)
    found = [place for place in order if place[:2] > after][:most]
    held = Account.objects.select_related("organisation", "successor").in_bulk([pk for _, _, pk in found])
    return [(nearness, held[pk]) for nearness, _, pk in found if pk in held]


@endpoint("GET", "HEAD", paced=True)
@condition(etag_func=_tag, last_modified_func=_changed)
def account(request: HttpRequest, code: str) -> HttpResponse:
    """One account, closed ones too: they stay in the directory and name their successor."""
    row = queries.in_directory().filter(code=code.upper()).select_related("organisation", "successor").first()
    if row is None:
        detail = f"名录里没有编号为 {code[:20]} 的账号。请核对编号；编号不会重新使用，注销的账号也查得到。"
        raise Problem(404, detail)
    return kept(account_object(row))
