"""The posts of a check beside its questions: the list, and one post with its text, each loaded when it is wanted."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from govmedia.checks.reading import opened_post, pane_of, posts_of
from govmedia.checks.views import found


@login_required
@require_safe
def posts(request: HttpRequest, pk: int) -> HttpResponse:
    """The pane, or its list alone, for htmx; anybody else is led to the page of the check."""
    check = found(request, pk)
    if "HX-Request" not in request.headers:
        return redirect(f"{reverse('checks:detail', args=[check.pk])}?{request.GET.urlencode()}#posts")
    template = "checks/_post_list.html" if request.headers.get("HX-Target") == "post-list" else "checks/_posts.html"
    pane = pane_of(check, request.user, request.GET)
    return render(request, template, {"check": check, "account": check.account, "pane": pane})


@login_required
@require_safe
def post(request: HttpRequest, pk: int, post: int) -> HttpResponse:
    """What one post says; 404 unless it is of the account and the period that the check judges."""
    check = found(request, pk)
    row = get_object_or_404(posts_of(check), pk=post)
    if "HX-Request" not in request.headers:
        return redirect(f"{reverse('checks:detail', args=[check.pk])}?post={row.pk}#p-{row.pk}")
    return render(request, "checks/_post.html", {"one": opened_post(row, request.user)})
