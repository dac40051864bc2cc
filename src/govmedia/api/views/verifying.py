"""`GET /api/v1/verify`: whether an account is real, as a signed answer."""

from django.http import HttpRequest, HttpResponse

from govmedia.api.entry import endpoint, said
from govmedia.api.problems import Problem
from govmedia.common.clock import now
from govmedia.common.refusals import Refused
from govmedia.impostors import answering
from govmedia.impostors.questions import question_of
from govmedia.impostors.services import client_of, note_asked

WAYS = ("name", "url", "platform_id")


@endpoint("GET", "HEAD", paced=True, asks=WAYS)
def verify(request: HttpRequest) -> HttpResponse:
    """One of the five answers; 422 where nothing, more than one thing or too much is asked."""
    try:
        question = question_of({way: request.GET.get(way, "") for way in WAYS})
    except Refused as why:
        raise Problem(422, why.text) from why
    if question is None:
        raise Problem(422, "请带 name（名称）、url（链接）或 platform_id（平台账号 ID）中的一个。")
    moment = now()
    found = answering.answer(question, now=moment)
    if request.method == "GET":
        note_asked(found, client=client_of(request.META.get("REMOTE_ADDR", ""), moment), now=moment)
    return said(answering.signed(found))
