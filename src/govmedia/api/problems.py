"""Everything that goes wrong, as `application/problem+json` (RFC 9457) with a Chinese detail."""

import json
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.views import defaults

MIME = "application/problem+json"
ROOT, _DESK = "/api/", "/desk/"
TITLES: Mapping[int, str] = {
    400: "请求有误",
    401: "没有认证",
    403: "没有权限",
    404: "没有找到",
    405: "不支持这个方法",
    413: "内容太大",
    415: "不支持这种格式",
    422: "内容不合要求",
    429: "请求太多",
    500: "服务出错",
}


class Problem(Exception):
    """An answer that is not what was asked for; `detail` says in Chinese what, and what to do."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, dict(headers or {})

    def answer(self, request: HttpRequest) -> HttpResponse:
        body = {
            "type": "about:blank",
            "title": TITLES[self.status],
            "status": self.status,
            "detail": self.detail,
            "instance": request.path,
        }
        headers = {"Cache-Control": "no-store", **self.headers}
        text = json.dumps(body, ensure_ascii=False)
        return HttpResponse(text, status=self.status, content_type=MIME, headers=headers)


# What the framework answers before or instead of a view: as a problem under /api/, elsewhere as a page.


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if not request.path.startswith(ROOT):
        return defaults.bad_request(request, exception)
    return Problem(400, "请求的地址或请求头不合规范。请核对域名和网址。").answer(request)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if not request.path.startswith(ROOT):
        return defaults.page_not_found(request, exception, _missing_page(request))
    return Problem(404, "没有这个接口。请对照 /api/v1/ 的说明核对网址，注意末尾有没有斜杠。").answer(request)


def _missing_page(request: HttpRequest) -> str:
    """Strangers get the frame of the public site with its search, where this process serves it."""
    try:
        reverse("public:home")
    except NoReverseMatch:
        return defaults.ERROR_404_TEMPLATE_NAME
    return defaults.ERROR_404_TEMPLATE_NAME if request.path.startswith(_DESK) else "public/not_found.html"


def failed(request: HttpRequest) -> HttpResponseBase:
    if not request.path.startswith(ROOT):
        return defaults.server_error(request)
    return Problem(500, "服务出错，已记入日志。请稍后再试；仍然不行就联系系统管理员。").answer(request)
