"""A bulletin at the desk: the list, the draft with its preview beside it, the way to publication."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from govmedia.bulletins import queries, services
from govmedia.bulletins.composing import BadText, compose, paper
from govmedia.bulletins.forms import (
    LEVELS,
    Block,
    BulletinForm,
    arranged,
    blocks_from,
    blocks_of,
    initial_of,
    sections_from,
)
from govmedia.bulletins.kept import shown
from govmedia.bulletins.lists import LISTING
from govmedia.bulletins.models import Bulletin
from govmedia.bulletins.services.deciding import OWN_WRITING
from govmedia.bulletins.states import BULLETIN, PUBLIC
from govmedia.common.clock import now, today
from govmedia.common.listing import respond
from govmedia.common.refusals import NoRight, Refused
from govmedia.engine.bulletins.placeholders import values_of
from govmedia.orgs.models import User
from govmedia.orgs.rights import may, reach, require
from govmedia.rounds.queries import visible_to as rounds_visible_to

_DONE = {
    "submit": "已送审，由另一位监管员审签。",
    "recall": "已撤回，可以接着改。",
    "approve": "已同意，可以发布。",
    "return": "已退回起草人修改。",
    "publish": "已发布，公众可以看到。",
    "withdraw": "已撤下。公开页面仍在，写明了理由。",
}
VALUE_SHOWN = 60


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    if not reach(request.user, "bulletin.see"):
        raise NoRight
    return respond(
        request,
        LISTING,
        queries.visible_to(request.user),
        "bulletins/bulletin_list.html",
        filename=f"通报-{today():%Y%m%d}",
        context={
            "room": "checks",
            "caption": "通报",
            "unit": "份",
            "empty_title": "还没有通报",
            "empty_text": "一轮检查检毕以后，在它的页面上点“写通报”。",
            "empty_action_url": reverse("rounds:list"),
            "empty_action_label": "看检查轮次",
        },
    )


def found(user: User, pk: int) -> Bulletin:
    """The bulletin, if the person may see it; 404 else."""
    if not reach(user, "bulletin.see"):
        raise NoRight
    rows = queries.visible_to(user).select_related("drafted_by", "changed_by", "approved_by", "published_by")
    return get_object_or_404(rows, pk=pk)


@login_required
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """The bulletin of a round, begun where there is none."""
    if not reach(request.user, "bulletin.write"):
        raise NoRight
    held = get_object_or_404(rounds_visible_to(request.user), pk=pk)
    try:
        row = services.start(round_id=held.pk, by=request.user, now=now())
    except Refused as why:
        messages.error(request, why.text)
        return redirect("rounds:detail", pk=pk)
    return redirect("bulletins:detail", pk=row.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(request.user, pk)
    if request.method == "POST":
        require(request.user, "bulletin.write", division=row.round.division_id)
        return _written(request, row)
    return render(request, "bulletins/bulletin_detail.html", page_of(row, request.user))


def _written(request: HttpRequest, row: Bulletin) -> HttpResponse:
    """What was typed: kept, shown beside its preview, or shown again with what is wrong with it.

    Deeds of the draft's page come with all that was typed, which is kept before they are done.
    """
    form, blocks = BulletinForm(request.POST), blocks_from(request.POST)
    deed = request.POST.get("do", "save")
    told: dict[str, Any] = {"form": form, "blocks": blocks, "revision": _number(request.POST.get("revision"))}
    if deed not in {"preview", *_KEEPING}:
        told |= {"blocks": arranged(blocks, deed), "unsaved": True, "at": deed}
        # Arranging is no saving: nothing is judged yet.
        return render(request, "bulletins/bulletin_detail.html", page_of(row, request.user, **told))
    kept = False
    if form.is_valid():
        values = {**form.cleaned_data, "sections": sections_from(blocks)}
        try:
            if deed in _KEEPING:
                # The usual wording takes the place of people's: what theirs says is not judged any more.
                over = {"lead": row.lead, "sections": row.sections} if _rewrites(request) else {}
                row = services.save(
                    bulletin_id=row.pk, revision=told["revision"], values=values | over, by=request.user, now=now()
                )
                kept, told["revision"] = True, row.revision
                messages.success(request, _KEEPING[deed](request, row))
                return redirect("bulletins:detail", pk=row.pk)
            told["preview"] = _preview(_tried(row, values))
        except BadText as why:
            told["problems"] = why.problems
        except Refused as why:
            form.add_error(why.field if why.field in form.fields else None, why.text)
    if kept:
        messages.warning(request, f"写的内容已保存，没有{'送审' if deed == 'submit' else '重新取数'}。")
    row = found(request.user, row.pk)
    context = page_of(row, request.user, unsaved=not kept, **told)
    return render(request, "bulletins/bulletin_detail.html", context, status=200 if "preview" in told else 422)


def _rewrites(request: HttpRequest) -> bool:
    return request.POST.get("do") == "refresh" and "rewrite" in request.POST


def _submit(request: HttpRequest, row: Bulletin) -> str:
    services.move(bulletin_id=row.pk, name="submit", by=request.user, now=now())
    return _DONE["submit"]


def _refresh(request: HttpRequest, row: Bulletin) -> str:
    services.refresh(bulletin_id=row.pk, rewrite=_rewrites(request), by=request.user, now=now())
    return "已重新取数。请核对文字。"


# What is done after what was typed has been kept, and says what was done.
_KEEPING: dict[str, Callable[[HttpRequest, Bulletin], str]] = {
    "save": lambda request, row: "已保存。",
    "submit": _submit,
    "refresh": _refresh,
}


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _tried(row: Bulletin, values: dict[str, Any]) -> Bulletin:
    """The bulletin as it would be, kept nowhere."""
    tried = Bulletin(figures=row.figures, round=row.round)
    for name, value in values.items():
        setattr(tried, name, value)
    return tried


def _preview(row: Bulletin) -> SafeString:
    """The document as an element of the page; the engine has escaped every text in it. Errors: BadText."""
    return mark_safe(shown(paper(row)))


def page_of(
    row: Bulletin,
    user: User,
    *,
    form: BulletinForm | None = None,
    blocks: list[Block] | None = None,
    problems: list[str] | None = None,
    preview: SafeString | None = None,
    unsaved: bool = False,
    at: str = "",
    revision: int | None = None,
) -> dict[str, Any]:
    """What the page of a bulletin shows; `revision` is the one that was typed over, else the present one."""
    division = row.round.division_id
    may_write = row.state == "draft" and may(user, "bulletin.write", division=division)
    broken: list[str] = []
    if preview is None:
        try:
            preview = mark_safe(queries.article(row)) if row.published_sm3 else _preview(row)
        except BadText as why:
            broken = why.problems
        except queries.Busy:
            broken = ["正在排版，请稍后刷新。"]
    whole = queries.whole_of(row) if row.published_sm3 else compose(row)
    own = row.writers.filter(pk=user.pk).exists()
    letters = row.letters.select_related("organisation").order_by("organisation__name_order")
    return {
        "room": "checks",
        "row": row,
        "crumbs": [("检查轮次", reverse("rounds:list")), ("通报", reverse("bulletins:list")), (row.title, "")],
        "form": form or BulletinForm(initial=initial_of(row)),
        "blocks": blocks if blocks is not None else blocks_of(row.sections),
        "levels": LEVELS,
        "problems": problems or [],
        "broken": [] if problems else broken,
        "preview": preview,
        "unsaved": unsaved,
        "uncopied": [] if may_write or form is None else _typed(form, blocks or []),
        "revision": row.revision if revision is None else revision,
        "arranged_at": at,
        "may_write": may_write,
        "moves": _moves(row, user, own),
        "own_writing": OWN_WRITING if own and row.state == "submitted" else "",
        "values": [(name, _short(value)) for name, value in values_of(whole).items()] if may_write else [],
        "whole": whole,
        "letters": list(letters) if row.published_at else [],
        "may_send": row.state == "published" and may(user, "bulletin.publish", division=division),
        "failing": len(whole.failing or ()),
        "public_url": queries.page_of(row.pk) if row.state in PUBLIC else "",
    }


def _typed(form: BulletinForm, blocks: list[Block]) -> list[tuple[str, str]]:
    """What was typed into a bulletin that is no draft any more, to be copied."""
    pairs = [(str(field.label), str(field.value() or "")) for field in form]
    pairs += [(f"第 {number} 节 {one.heading}".rstrip(), one.text) for number, one in enumerate(blocks, 1)]
    return [(label, text) for label, text in pairs if text.strip()]


def _short(text: str) -> str:
    return text if len(text) <= VALUE_SHOWN else f"{text[:VALUE_SHOWN]}…"


def _moves(row: Bulletin, user: User, own: bool) -> list[Any]:
    """The steps this person may take."""
    open_ones = [
        step for step in BULLETIN.open_from(row.state) if may(user, step.right, division=row.round.division_id)
    ]
    # Who wrote it takes it back himself; who did not, returns it.
    return [step for step in open_ones if not (own and step.name == "approve")
            and not (own and step.name == "return" and row.state == "submitted")
            and not (not own and step.name == "recall")]  # fmt: skip


@login_required
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    row, name, note = found(request.user, pk), request.POST.get("move", ""), request.POST.get("note", "")
    try:
        services.move(bulletin_id=row.pk, name=name, by=request.user, now=now(), note=note)
    except BadText as why:
        messages.error(request, "".join(why.problems[:3]))
    except Refused as why:
        messages.error(request, why.text)
    else:
        messages.success(request, _DONE[name])
    return redirect("bulletins:detail", pk=row.pk)
