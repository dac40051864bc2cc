"""A bulletin's files at the desk, drafts among them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from govmedia.bulletins import queries
from govmedia.bulletins.composing import compose
from govmedia.bulletins.gathering import as_text
from govmedia.bulletins.views.writing import found
from govmedia.common.downloads import as_file
from govmedia.engine.bulletins.errors import BulletinError
from govmedia.engine.bulletins.writing import bulletin_to_json


@login_required
@require_safe
def document(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """`docx`, `pdf`, `html` or `json`."""
    row = found(request.user, pk)
    if kind == "json":
        text = queries.published_file(row) or as_text(bulletin_to_json(compose(row)))
        return as_file(text.encode(), f"bulletin-{row.pk}.json", "application/json; charset=utf-8")
    if kind not in queries.KINDS:
        raise Http404
    try:
        data = queries.document(row, kind)
    except BulletinError as why:
        messages.error(request, "".join(why.problems[:3]))
        return redirect("bulletins:detail", pk=row.pk)
    except queries.Busy:
        messages.error(request, "正在排版，请过一会儿再下载。")
        return redirect("bulletins:detail", pk=row.pk)
    return as_file(data, f"bulletin-{row.pk}.{kind}", queries.KINDS[kind])
