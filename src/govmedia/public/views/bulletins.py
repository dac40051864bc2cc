"""Published bulletins: by quarter, each as a page with its files and the data to recompute it, and as a feed."""

import gzip
import io
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import wraps
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import condition, require_safe

from govmedia.bulletins import queries
from govmedia.common.downloads import as_file
from govmedia.engine.calendar import quarter_name, quarter_of
from govmedia.engine.hashing import sm3_hex
from govmedia.public import atom, news

SHOWN, IN_FEED = 200, 50
_CHUNK = 1 << 16
View = Callable[..., HttpResponseBase]


def _quarter(row: Any) -> str:
    return quarter_name(*quarter_of(row.round.end_on))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    rows = sorted(queries.public_bulletins()[:SHOWN], key=lambda row: quarter_of(row.round.end_on), reverse=True)
    groups = [(name, list(held)) for name, held in groupby(rows, key=_quarter)]
    context = {"groups": groups, "crumbs": [("首页", reverse("public:home")), ("通报", "")]}
    return render(request, "public/bulletin_list.html", context)


def _found(pk: int) -> Any:
    return get_object_or_404(queries.public_bulletins(), pk=pk)


def _standing(pk: int) -> Any:
    """A bulletin that was not withdrawn: only of such are there files."""
    row = _found(pk)
    if row.state == "withdrawn":
        raise Http404
    return row


def _patient(view: View) -> View:
    """Where a document is being made for somebody else, the answer is to come again."""

    @wraps(view)
    def answer(request: HttpRequest, **given: Any) -> HttpResponseBase:
        try:
            return view(request, **given)
        except queries.Busy:
            said = "正在排版，请半分钟后再来。"
            return HttpResponse(
                said, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "30"}
            )

    return answer


@require_safe
@_patient
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(pk)
    context: dict[str, Any] = {"row": row, "crumbs": [("通报", reverse("public:bulletins")), (row.title, "")]}
    if row.state != "withdrawn":
        bundle = queries.bundle_facts(row)
        # The engine has escaped every text in it.
        context |= {"article": mark_safe(queries.article(row)), "bundle": bundle}
    return render(request, "public/bulletin.html", context)


@require_safe
@_patient
def document(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """`docx`, `pdf`, `html` or the data as `json`."""
    row = _standing(pk)
    if kind == "json":
        text = queries.published_file(row)
        return as_file(text.encode(), f"bulletin-{row.pk}.json", "application/json; charset=utf-8")
    if kind not in queries.KINDS:
        raise Http404
    return as_file(queries.document(row, kind), f"bulletin-{row.pk}.{kind}", queries.KINDS[kind])


@require_safe
def bundle(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The round's bundle as it was published; sent as it is kept to whoever can unpack it."""
    row = _standing(pk)
    data = bytes(queries.bundle_of(row).data)
    kind, name = "application/jsonl; charset=utf-8", f"round-{row.round_id}.jsonl"
    answer: HttpResponseBase
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        answer = HttpResponse(data, content_type=kind, headers={"Content-Encoding": "gzip"})
    else:
        answer = StreamingHttpResponse(_unpacked(data), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Vary"] = "Accept-Encoding"
    return answer


def _unpacked(data: bytes) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def changed_at(request: HttpRequest) -> datetime | None:
    """When the list last changed, for answers of 304."""
    return queries.changed_at()


def state_of(request: HttpRequest) -> str:
    """A tag of what the list says, for answers of 304."""
    return f'"{sm3_hex(f"{changed_at(request)} {request.get_host()}".encode())[:32]}"'


@require_safe
@condition(etag_func=state_of, last_modified_func=changed_at)
def feed(request: HttpRequest) -> HttpResponse:
    """Atom (RFC 4287); a withdrawn bulletin comes again, saying so."""
    absolute = request.build_absolute_uri
    text = atom.feed(
        title="政务新媒体检查通报",
        own=absolute(),
        home=absolute(reverse("public:bulletins")),
        entries=[news.of_bulletin(absolute, row) for row in queries.public_bulletins()[:IN_FEED]],
        updated=queries.changed_at(),
    )
    return HttpResponse(text, content_type=atom.MIME)
