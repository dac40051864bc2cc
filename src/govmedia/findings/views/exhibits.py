"""Files of a finding, handed out to those who may see it."""

from typing import Protocol

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from govmedia.findings.exhibits import path_of
from govmedia.findings.models import Exhibit
from govmedia.findings.views.page import found

# What a browser may show by itself; everything else is only saved.
SHOWN = ("image/png", "image/jpeg")
POLICY = "default-src 'none'; sandbox"


@login_required
@require_safe
def exhibit(request: HttpRequest, pk: int, exhibit: int) -> FileResponse:
    """The bytes; 404 where there are none, as of a finding one may not know of."""
    finding = found(request, pk)
    row = get_object_or_404(Exhibit, pk=exhibit, finding=finding)
    return handed_out(row)


class Held(Protocol):
    """A row that names a file that was handed in."""

    name: str
    media_type: str
    sm3: str


def handed_out(row: Held) -> FileResponse:
    """The bytes of a file, of pictures to be shown, else to be saved; 404 where they are gone."""
    path = path_of(row.sm3)
    if not path.is_file():
        raise Http404
    shown = row.media_type in SHOWN
    answer = FileResponse(path.open("rb"), as_attachment=not shown, filename=row.name, content_type=row.media_type)
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
