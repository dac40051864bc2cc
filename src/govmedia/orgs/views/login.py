"""Logging in and out, one's own password, and the page an invitation leads to."""

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from govmedia.common.clock import now
from govmedia.common.refusals import Refused
from govmedia.orgs import services
from govmedia.orgs.forms import LoginForm, PasswordForm, TwiceForm, posted, show_refusal
from govmedia.orgs.login import check_login
from govmedia.orgs.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _start(request: HttpRequest, user: User) -> None:
    auth.login(request, user, backend=BACKEND)


def _next(request: HttpRequest) -> str:
    """Where to go after logging in: the page that was asked for, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    # Only a path: what `redirect` takes for the name of a view would end in an error.
    return wanted if wanted.startswith("/") and here else resolve_url(settings.LOGIN_REDIRECT_URL)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = LoginForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            user = check_login(
                login=form.cleaned_data["login"],
                password=form.cleaned_data["password"],
                address=request.META.get("REMOTE_ADDR", ""),
                now=now(),
            )
        except Refused as why:
            show_refusal(form, why)
        else:
            _start(request, user)
            return redirect(_next(request))
    # A wrong password must not make it forget where it leads.
    given = request.POST if request.method == "POST" else request.GET
    context = {"form": form, "next": given.get("next", ""), "expired": "expired" in given}
    return render(request, "orgs/login.html", context)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    auth.logout(request)
    messages.success(request, "已退出登录。")
    return redirect(settings.LOGOUT_REDIRECT_URL)


@never_cache
@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            user = services.change_password(
                user=request.user, old=form.cleaned_data["old"], new=form.cleaned_data["password"], now=now()
            )
        except Refused as why:
            show_refusal(form, why)
        else:
            auth.update_session_auth_hash(request, user)
            messages.success(request, "密码已修改，其他设备上的登录已失效。")
            return redirect("desk:today")
    return render(request, "orgs/password.html", {"form": form})


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    form = TwiceForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            user = services.accept_invitation(token=token, password=form.cleaned_data["password"], now=now())
        except Refused as why:
            show_refusal(form, why)
        else:
            _start(request, user)
            messages.success(request, "密码已设置，以后用登录名和这个密码登录。")
            return redirect("desk:today")
    return render(request, "orgs/invitation.html", {"form": form})
