"""Real or not: a question by name, link, platform id, code or picture, and its answer on one page to print.

Nothing that is asked is ever fetched: pictures are read here, links are compared as texts.
"""

import re
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from govmedia.accounts import queries as accounts
from govmedia.accounts.models import Account
from govmedia.common.clock import now
from govmedia.common.pace import counted
from govmedia.common.refusals import Refused
from govmedia.engine.content.fingerprints import fingerprint
from govmedia.engine.content.pictures import PictureError, read_picture
from govmedia.engine.links import LINK_MOST, host_of, is_web, looks_like_link
from govmedia.engine.platforms import platform_label
from govmedia.impostors import answering, queries, services
from govmedia.impostors.questions import NAME_MOST, Question, question_of
from govmedia.public import qr

# Reading a picture takes a second of a core; from one address so many in a minute.
PICTURES_MOST = 20
PICTURE_MOST, CODES_SHOWN, KNOWN_SHOWN, FACES_SHOWN = 15 * 1024 * 1024, 9, 200, 10
# The form of each answer: its head, its tone and its picture.
FORMS = {
    answering.OFFICIAL: ("是官方账号", "ok", "circle-check"),
    answering.CLOSED: ("已经注销，不再使用", "info", "info-circle"),
    answering.LOOKALIKE: ("很像官方账号，但不是它", "warn", "alert-triangle"),
    answering.IMPOSTOR: ("这是已认定的冒用账号", "bad", "ban"),
    answering.NO_RECORD: ("没有记录，不等于安全", "un", "help-circle"),
}
GROUNDS = {
    answering.ELSEWHERE: ("这个平台上没有备案，同名的官方账号在别的平台", "warn", "alert-triangle"),
    answering.HOLDS: ("没有记录，名称里含有官方账号的名称", "warn", "alert-triangle"),
    answering.BODIES: ("这是单位的名称，但不知道是哪一个", "info", "info-circle"),
    answering.BODY: ("这是单位的名称", "info", "info-circle"),
}
_OWN_PAGE = re.compile(r"/accounts/([0-9A-Za-z]{10})/?|/verify/\?code=([0-9A-Za-z]{10})")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The form, or the answer to what the address asks; a picture comes by POST."""
    if request.method == "POST" and "picture" in request.FILES:
        return _picture(request)
    given = request.POST if request.method == "POST" else request.GET
    try:
        question = question_of({key: given.get(key, "") for key in ("name", "url", "platform_id", "code", "q")})
    except Refused as why:
        return _form(request, given.get("q", "") or given.get(why.field, ""), why.text)
    if request.method == "POST":
        if question is None:
            return _form(request, "", "请填写名称或链接，或选一张二维码的图片。")
        return redirect(f"{reverse('public:verify')}?{urlencode({question.way: question.text})}")
    if question is None:
        return _form(request)
    return _answered(request, _own(request, question))


def _form(
    request: HttpRequest, typed: str = "", error: str = "", *, picture_error: str = "", status: int = 422, **more: Any
) -> HttpResponse:
    page = {
        "typed": typed[:LINK_MOST],
        "error": error,
        "picture_error": picture_error,
        "name_most": NAME_MOST,
        **more,
    }
    return render(request, "public/verify.html", page, status=status if error or picture_error else 200)


def _own(request: HttpRequest, question: Question) -> Question:
    """An address of this very site leads to the account it names."""
    if question.way == "url" and host_of(question.text) == request.get_host().partition(":")[0].lower():
        found = _OWN_PAGE.search(question.text)
        if found:
            return Question("code", (found[1] or found[2]).upper())
    return question


def _picture(request: HttpRequest) -> HttpResponse:
    """What the QR code of a picture says is asked; several are there to choose from."""
    pace = counted(f"picture-{request.META.get('REMOTE_ADDR', '')}", now(), PICTURES_MOST)
    if pace.exceeded:
        said = f"认图片认得太勤了，请 {pace.reset_s} 秒后再试，或直接填账号名称。"
        return _form(request, picture_error=said, status=429)
    data = request.FILES["picture"].read(PICTURE_MOST + 1)
    if not data:
        return _form(request, picture_error="图片是空的，请重新选。")
    try:
        codes = read_picture(data, text=False, most=PICTURE_MOST).codes
    except PictureError as why:
        return _form(request, picture_error=f"{why.text}请截图、裁剪到只剩二维码后再试。")
    texts = list(dict.fromkeys(code.payload for code in codes))[:CODES_SHOWN]
    if not texts:
        if faces := _with_avatar(data):
            return _form(request, faces=faces)
        said = "图片里没有认出二维码，也不是哪个备案账号的头像。请把二维码拍正、拍大后再试，或直接填账号名称。"
        return _form(request, picture_error=said)
    choices = [_choice(text) for text in texts]
    if len(choices) > 1:
        return _form(request, choices=choices)
    if not choices[0]["url"]:
        return _form(request, picture_error=f"二维码里的文字太长，不是账号的链接：{texts[0][:60]}…")
    return redirect(choices[0]["url"])


def _with_avatar(data: bytes) -> list[tuple[Account, str]]:
    """Accounts that show this very picture as their own."""
    near = accounts.with_avatar_like(fingerprint(data, PICTURE_MOST))[:FACES_SHOWN]
    return [(row, platform_label(row.platform)) for _, row in near]


def _choice(text: str) -> dict[str, str]:
    way = "url" if looks_like_link(text) else "name"
    fits = len(text) <= (LINK_MOST if way == "url" else NAME_MOST)
    return {"text": text, "url": f"{reverse('public:verify')}?{urlencode({way: text})}" if fits else ""}


def _answered(request: HttpRequest, question: Question) -> HttpResponse:
    moment = now()
    found = answering.answer(question, now=moment)
    if found.kind == answering.NO_RECORD and "q" in request.GET and question.text.isascii():
        # Whoever fills in the one field may have copied an id.
        by_id = answering.answer(Question("platform_id", question.text), now=moment)
        found, question = (by_id, by_id.question) if by_id.kind != answering.NO_RECORD else (found, question)
    if request.method == "GET":
        services.note_asked(found, client=services.client_of(request.META.get("REMOTE_ADDR", ""), moment), now=moment)
    head, tone, icon = _head(found)
    real = found.account
    asked = urlencode({question.way: question.text})
    own = request.build_absolute_uri(f"{reverse('public:verify')}?{asked}")
    known = found.impostor
    page = {
        "found": found,
        "head": head,
        "tone": tone,
        "icon": icon,
        "real": real,
        "real_platform": platform_label(real.platform) if real else "",
        "has_code": bool(real and qr.content_of(real) and real.status != "closed"),
        "alike": [
            (one, platform_label(one.account.platform)) for one in (found.alike if found.ground else found.alike[1:])
        ],
        # Several of one name are equals: none of them is the one that was asked about.
        "equals": _of_equals(found),
        "also": [(row, platform_label(row.platform)) for row in found.also],
        "opens": real.url if real and real.status != "closed" and is_web(real.url) else "",
        "warned": found.kind in (answering.LOOKALIKE, answering.IMPOSTOR),
        "signed": answering.signed(found),
        "json_url": f"{reverse('api:verify')}?{asked}" if question.way != "code" else "",
        "own_url": own,
        "own_code": mark_safe(qr.inline(own)),  # made here, of modules only
        "report_url": f"{reverse('public:report')}?{urlencode(_reported(question))}",
        "may_report": known is None and (real is None or found.kind != answering.OFFICIAL or question.way == "name"),
    }
    return render(request, "public/verify_answer.html", page)


def _head(found: answering.Answer) -> tuple[str, str, str]:
    """The answer in one line. A name alone proves nothing, whoever bears it."""
    head, tone, icon = FORMS[found.kind]
    if found.kind == answering.OFFICIAL and found.question.way == "name":
        head = "有官方账号叫这个名称"
    elif found.kind == answering.CLOSED and found.account is not None and found.account.status != "closed":
        head = "已经改名，不再用这个名称"
    elif found.ground:
        head, tone, icon = GROUNDS[found.ground]
    return head, tone, icon


def _of_equals(found: answering.Answer) -> bool:
    if found.question.way != "name" or found.kind != answering.OFFICIAL or found.account is None:
        return False
    asked = found.question.named.platforms
    return any(row.platform in asked or not asked for row in found.also if row.status != "closed")


def _reported(question: Question) -> dict[str, str]:
    """What of a question a report begins with."""
    if question.way == "url":
        return {"link": question.text}
    asked = question.named
    return {"name": asked.name, **({"platform": asked.platforms[0]} if len(asked.platforms) == 1 else {})}


@never_cache
@require_safe
def known(request: HttpRequest) -> HttpResponse:
    """The latest known impostors, withdrawn decisions among them; all are in the open data."""
    found = list(queries.published()[: KNOWN_SHOWN + 1])
    rows = [
        (
            row,
            platform_label(row.platform) if row.platform else "平台不明",
            platform_label(row.imitates.platform) if row.imitates else "",
        )
        for row in found[:KNOWN_SHOWN]
    ]
    page = {"rows": rows, "more": len(found) > KNOWN_SHOWN, "crumbs": _crumbs("冒用账号名单")}
    return render(request, "public/impostor_list.html", page)


def _crumbs(here: str) -> list[tuple[str, str]]:
    return [("辨真假", reverse("public:verify")), (here, "")]
