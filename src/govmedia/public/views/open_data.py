"""Open data: the page that says what there is, and the files as they are kept."""

import json
from datetime import date, datetime

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from govmedia.common import exports, installation
from govmedia.common.clock import SHANGHAI, today
from govmedia.engine.hashing import sm3_hex
from govmedia.opendata import queries

MIMES = {**exports.TYPES, "jsonl": "application/jsonl; charset=utf-8"}
SUMS = {"SHA256SUMS": "sha256", "SM3SUMS": "sm3"}
_MAIN = (queries.DIRECTORY.name, queries.CHANGED.name, queries.IMPOSTORS.name)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    held = queries.catalogue()
    tables = held.tables() if held else []
    titles = {first.table: first.title for first, _ in tables}
    still = getattr(request, "still", None)
    context = {
        "main": [one for one in tables if one[0].table in _MAIN],
        "results": [one for one in tables if one[0].table not in (*_MAIN, "dictionary")],
        "dictionary_files": next((files for first, files in tables if first.table == "dictionary"), []),
        "dictionary": [(name, titles[name], rows) for name, rows in queries.dictionary() if name in _MAIN],
        # A copy of files answers no questions, unless there is a live site to send people to.
        "asks": still is None or bool(still["live"]),
        "made_at": held.made_at if held else None,
        "signed": any(one.signature for one in held.files) if held else False,
        "licence": queries.licence(),
        "days": queries.CHANGES_DAYS,
        "crumbs": [("首页", reverse("public:home")), ("开放数据", "")],
    }
    return render(request, "public/open_data.html", context)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """What files there are, for programs: names, rows, sizes, digests, when each was made."""
    held = queries.catalogue()
    files = [
        {
            "name": one.name, "table": one.table, "title": one.title, "format": one.format, "rows": one.rows,
            "size": one.size, "sha256": one.sha256, "sm3": one.sm3, "made_at": _moment(one.made_at),
            "url": reverse("public:open-data-file", args=[one.name]),
        }
        for one in (held.files if held else ())
    ]  # fmt: skip
    made_at = {"made_at": _moment(held.made_at)} if held else {}
    told = {**made_at, "licence": queries.licence(), "files": files}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _moment(at: datetime) -> str:
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")


@require_safe
def sums(request: HttpRequest, name: str) -> HttpResponse:
    """Digests of all files, in the form that `sha256sum -c` reads."""
    held = queries.catalogue()
    lines = [f"{getattr(one, SUMS[name])}  {one.name}\n" for one in (held.files if held else ())]
    return HttpResponse("".join(lines), content_type="text/plain; charset=utf-8")


def _tag(request: HttpRequest, name: str) -> str | None:
    held = queries.catalogue()
    file = held.named(name.removesuffix(queries.SUFFIX)) if held else None
    told = (file.sha256, request.get_full_path(), request.headers.get("Accept-Encoding", "")) if file else None
    return f'"{sm3_hex(repr(told).encode())[:32]}"' if told else None


@require_safe
@condition(etag_func=_tag)
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file as it is kept, or the signature beside it; with `since` the changes from that day on."""
    held = queries.catalogue()
    if held is None:
        raise Http404
    if name.endswith(queries.SUFFIX):
        return _signature(held.named(name.removesuffix(queries.SUFFIX)))
    found = held.named(name)
    if found is None:
        raise Http404
    if found.table == queries.CHANGED.name and "since" in request.GET:
        return _since(request, found)
    return _whole(request, found)


def _signature(found: queries.File | None) -> HttpResponse:
    if found is None or found.signature is None:
        raise Http404
    answer = JsonResponse(found.signature, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{found.name}{queries.SUFFIX}"'
    return answer


def _whole(request: HttpRequest, found: queries.File) -> HttpResponseBase:
    packed = found.path.with_suffix(".gz")
    unpacks = "gzip" in request.headers.get("Accept-Encoding", "") and found.format != "xlsx"
    try:
        answer = FileResponse((packed if unpacks else found.path).open("rb"), content_type=MIMES[found.format])
    except FileNotFoundError:
        # Replaced and swept since the catalogue was read.
        raise Http404 from None
    if unpacks:
        answer["Content-Encoding"] = "gzip"
    answer["Vary"] = "Accept-Encoding"
    answer["Content-Disposition"] = f'attachment; filename="{found.name}"'
    patch_cache_control(answer, public=True, no_cache=True)
    return answer


def _since(request: HttpRequest, found: queries.File) -> HttpResponseBase:
    day = _day(request.GET["since"])
    if day is None:
        said = request.GET["since"][:20]
        text = f"日期“{said}”不对。请写成 2026-01-31，最早到 {queries.CHANGES_DAYS} 天前；再早请下载全部名录。"
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
    rows = queries.changes_since(day) or iter(())
    stem = f"changes-since-{day.isoformat()}"
    if found.format != "jsonl":
        demo = bool(installation.read(installation.DEMO))
        cells = (queries.CHANGED.cells(row) for row in rows)
        return exports.download(queries.CHANGED.header, cells, found.format, stem, demo)
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for row in rows)
    answer = StreamingHttpResponse(lines, content_type=MIMES["jsonl"])
    answer["Content-Disposition"] = f'attachment; filename="{stem}.jsonl"'
    return answer


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if (today() - day).days <= queries.CHANGES_DAYS else None
