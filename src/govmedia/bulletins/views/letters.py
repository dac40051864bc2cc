"""Letters to units that failed: sent with one click, read by the unit, downloaded by the office."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from govmedia.bulletins import queries, services
from govmedia.bulletins.letters import letter_article, letter_file, zipped
from govmedia.bulletins.models import Letter
from govmedia.bulletins.views.writing import found
from govmedia.common.clock import now
from govmedia.common.downloads import as_file
from govmedia.common.refusals import NoRight, Refused
from govmedia.orgs.models import User
from govmedia.orgs.rights import reach, require


@login_required
@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(request.user, pk)
    try:
        sent = services.send_letters(bulletin_id=row.pk, by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
        return redirect("bulletins:detail", pk=row.pk)
    said = f"已给 {sent.letters} 个单位发整改通知，告知 {sent.people} 位运维员。"
    if sent.silent:
        said += f"{sent.silent} 个单位没有可告知的运维员，请下载通知送达。"
    if sent.findings:
        said += f"{sent.findings} 个问题的整改期限已改为通报的期限。"
    messages.success(request, said if sent.letters else "各单位都已发过，没有再发。")
    return redirect("bulletins:detail", pk=row.pk)


@login_required
@require_safe
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """All letters of a bulletin as .docx files in one .zip."""
    row = found(request.user, pk)
    require(request.user, "bulletin.publish", division=row.round.division_id)
    letters = list(row.letters.select_related("organisation", "bulletin").order_by("pk"))
    if not letters:
        raise Http404
    return as_file(zipped(letters), f"letters-{row.pk}.zip", "application/zip")


def _letter(user: User, pk: int) -> Letter:
    if not reach(user, "letter.see"):
        raise NoRight
    return get_object_or_404(queries.letters_for(user), pk=pk)


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    letter = _letter(request.user, pk)
    context = {
        "room": "findings",
        "letter": letter,
        "article": mark_safe(letter_article(letter)),
        "public_url": queries.page_of(letter.bulletin_id),
        "withdrawn": letter.bulletin.state == "withdrawn",
    }
    return render(request, "bulletins/letter_detail.html", context)


@login_required
@require_safe
def document(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    letter = _letter(request.user, pk)
    if kind not in {"docx", "html"}:
        raise Http404
    return as_file(letter_file(letter, kind), f"letter-{letter.pk}.{kind}", queries.KINDS[kind])
