"""What happens to refusals nobody caught, and to people who have yet to choose their own password."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from govmedia.common.refusals import NoRight, Refused


class Refusals:
    """Answers NoRight with 403 and any other refusal with 409 and its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> None:
        """Nothing is called by a name with NUL in it, and PostgreSQL would not even look."""
        if "\x00" in request.path:
            raise Http404

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NoRight):
            return render(request, "403.html", {"refusal": error.text}, status=403)
        if isinstance(error, Refused):
            return render(request, "409.html", {"refusal": error.text}, status=409)
        return None


class EndedSession:
    """Leads a form sent after the session had ended back to its page: its own address may take only forms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or not request.path.startswith("/desk/") or request.user.is_authenticated:
            return response
        login, asked = resolve_url(settings.LOGIN_URL), response.headers.get("Location", "")
        if not asked.startswith(f"{login}?"):
            return response
        return redirect(f"{login}?{urlencode({'next': _sent_from(request) or request.path, 'expired': 1})}")


def _sent_from(request: HttpRequest) -> str:
    """The page of ours that the form was on, as its browser says; empty where it does not."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


class FirstPassword:
    """Sends people whose password was set by somebody else to the page where they choose their own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/desk/") and request.user.is_authenticated and request.user.must_change_password:
            allowed = {reverse("orgs:password"), reverse("orgs:logout")}
            if request.path not in allowed:
                messages.info(request, "首次登录，请先设置自己的密码。")
                return redirect("orgs:password")
        return self.get_response(request)
