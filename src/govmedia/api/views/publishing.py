"""`GET /api/v1/bulletins`: what was published, with its figures and where its files are."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition

from govmedia.api import asked
from govmedia.api.entry import endpoint, kept
from govmedia.api.problems import Problem
from govmedia.bulletins import queries
from govmedia.bulletins.models import Bulletin
from govmedia.common.clock import SHANGHAI
from govmedia.engine.hashing import sm3_hex

LIMIT, LIMIT_MOST = 20, 100
FIGURES = ("accounts_total", "sampled", "unjudged", "passed", "pass_rate", "sample_rate")


def _changed(request: HttpRequest) -> datetime | None:
    return queries.changed_at()


def _tag(request: HttpRequest) -> str:
    return f'"{sm3_hex(f"{queries.changed_at()} {request.get_full_path()}".encode())[:32]}"'


@endpoint("GET", "HEAD", paced=True, asks=("division", "limit", "cursor"))
@condition(etag_func=_tag, last_modified_func=_changed)
def bulletins(request: HttpRequest) -> HttpResponse:
    """The latest first; `next` is the cursor of what follows, absent at the end."""
    limit = asked.whole(request, "limit", LIMIT, LIMIT_MOST)
    rows = queries.public_bulletins(asked.division(request))
    cursor = asked.given(request, "cursor")
    if cursor:
        rows = queries.after(rows, _key(cursor))
    held = list(rows[: limit + 1])
    answer: dict[str, Any] = {"items": [_item(request, row) for row in held[:limit]]}
    if len(held) > limit:
        answer["next"] = str(held[limit - 1].pk)
    return kept(answer)


def _key(cursor: str) -> int:
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 16):
        raise Problem(422, "cursor 只能用上一次回答里的 next。")
    return int(cursor)


def _item(request: HttpRequest, row: Bulletin) -> dict[str, Any]:
    """What a withdrawn bulletin said is gone with it; that there was one, and why it is gone, is not."""
    url = request.build_absolute_uri(queries.page_of(row.pk))
    item: dict[str, Any] = {
        "id": str(row.pk),
        "title": row.title,
        "issuer": row.issuer,
        "number": row.number,
        "division": row.round.division_id,
        "period": {"start_on": row.round.start_on.isoformat(), "end_on": row.round.end_on.isoformat()},
        "state": row.state,
        "published_at": _moment(row.published_at),
        "url": url,
    }
    if row.state == "withdrawn":
        return {**item, "withdrawn_at": _moment(row.withdrawn_at), "withdrawn_reason": row.withdrawn_why}
    whole = queries.whole_of(row)
    figures = {name: value for name in FIGURES if (value := getattr(whole, name)) not in (None, "")}
    if whole.estimate:
        figures["estimate"] = {
            "rate": whole.estimate.rate, "low": whole.estimate.low, "high": whole.estimate.high,
        }  # fmt: skip
    files = {kind: f"{url}bulletin.{kind}" for kind in ("json", "docx", "pdf", "html")}
    return {
        **item,
        **{name: day.isoformat() for name in ("signed_on", "due_on") if (day := getattr(row, name))},
        "hash": row.published_sm3,
        "figures": figures,
        "files": {**files, "round": f"{url}round.jsonl"},
    }


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds") if at else None
