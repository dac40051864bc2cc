"""QR codes to look at and to keep."""

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import condition, require_safe

from govmedia.accounts.models import Account
from govmedia.public import qr
from govmedia.public.views.pages import find


def _tag(request: HttpRequest, code: str) -> str | None:
    held = Account.objects.filter(code=code.upper()).values_list("qr_url", "url", "name").first()
    return f'"{sha256(repr((request.path, held)).encode()).hexdigest()[:32]}"' if held else None


@require_safe
@condition(_tag)
def qr_png(request: HttpRequest, code: str) -> HttpResponse:
    return _picture(code, "png")


@require_safe
@condition(_tag)
def qr_svg(request: HttpRequest, code: str) -> HttpResponse:
    return _picture(code, "svg")


def _picture(code: str, kind: str) -> HttpResponse:
    row = find(code)
    text = qr.content_of(row)
    if not text:
        raise Http404("这个账号没有登记链接")
    try:
        body = qr.png(text) if kind == "png" else qr.svg(text)
    except qr.TooLong:
        raise Http404("链接太长，放不进二维码") from None
    response = HttpResponse(body, content_type="image/png" if kind == "png" else "image/svg+xml")
    name = content_disposition_header(False, f"{row.name}二维码.{kind}")
    response["Content-Disposition"] = name or "inline"
    patch_cache_control(response, public=True, max_age=3600)
    return response
