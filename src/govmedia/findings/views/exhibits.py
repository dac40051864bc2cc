"""Files of a finding, handed out to those who may see it."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from govmedia.common.handing import handed_out
from govmedia.findings.models import Exhibit
from govmedia.findings.views.page import found


@login_required
@require_safe
def exhibit(request: HttpRequest, pk: int, exhibit: int) -> FileResponse:
    """The bytes; 404 where there are none, as of a finding one may not know of."""
    finding = found(request, pk)
    row = get_object_or_404(Exhibit, pk=exhibit, finding=finding)
    return handed_out(row)
