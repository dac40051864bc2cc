"""The way in: methods, tokens, pace and bodies, the same for every address. No session, no cookie."""

import json
from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt

from govmedia.api.asked import each_once
from govmedia.api.problems import Problem
from govmedia.common.clock import now
from govmedia.common.pace import REQUESTS, Pace, counted
from govmedia.common.refusals import NoRight
from govmedia.orgs.models import Token
from govmedia.orgs.services import BadToken, TokenMissing, bearer_of

BODY_MOST = 8 * 1024 * 1024
_REALM = 'Bearer realm="govmedia"'
# Pages of other sites may read what everybody may; nothing is told by who asks, for no cookie is looked at.
_FOR_ALL_PAGES = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After",
}
View = Callable[..., HttpResponse]


def endpoint(
    *methods: str, scope: str = "", paced: bool = False, asks: Collection[str] = ()
) -> Callable[[View], View]:
    """A view that answers only to the methods; with a scope only to tokens made for it, which it gets as `token`.

    Without a scope pages of other sites may read the answer, and where `paced` an address is counted.
    `asks` names the parameters it has.
    """

    def wrap(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, **given: Any) -> HttpResponse:
            headers: dict[str, str] = {} if scope else dict(_FOR_ALL_PAGES)
            try:
                if request.method not in methods:
                    allowed = ", ".join(methods)
                    raise Problem(405, f"这个网址只接受 {allowed}。", {"Allow": allowed})
                if scope:
                    given["token"] = _admitted(request, scope)
                    _paced(
                        counted(given["token"].pk, now(), REQUESTS), "每个令牌", "多条内容可以放在一次请求里", headers
                    )
                elif paced:
                    who = f"from-{request.META.get('REMOTE_ADDR', '')}"
                    _paced(
                        counted(who, now(), settings.API_PER_MINUTE),
                        "每个网络地址",
                        "要全部数据请到 /open-data/ 下载",
                        headers,
                    )
                each_once(request, asks)
                response = view(request, **given)
            except Problem as why:
                response = why.answer(request)
            for name, value in headers.items():
                response[name] = value
            return response

        return answer

    return wrap


def said(value: Any) -> HttpResponse:
    """A JSON answer that nobody keeps."""
    dumps = {"ensure_ascii": False, "separators": (",", ":")}
    return JsonResponse(value, safe=False, json_dumps_params=dumps, headers={"Cache-Control": "no-store"})


def kept(value: Any) -> HttpResponse:
    """A JSON answer that caches may keep but ask about each time: the answer is mostly 304."""
    response = said(value)
    del response["Cache-Control"]
    patch_cache_control(response, public=True, no_cache=True)
    return response


def _admitted(request: HttpRequest, scope: str) -> Token:
    """The token of the request; 401 and 403 by RFC 6750."""
    try:
        return bearer_of(header=request.headers.get("Authorization", ""), scope=scope, now=now())
    except TokenMissing as why:
        raise Problem(401, why.text, {"WWW-Authenticate": _REALM}) from why
    except BadToken as why:
        raise Problem(401, why.text, {"WWW-Authenticate": f'{_REALM}, error="invalid_token"'}) from why
    except NoRight as why:
        challenge = f'{_REALM}, error="insufficient_scope", scope="{scope}"'
        raise Problem(403, why.text, {"WWW-Authenticate": challenge}) from why


def _paced(pace: Pace, whose: str, advice: str, headers: dict[str, str]) -> None:
    headers.update(pace.headers)
    if pace.exceeded:
        detail = f"{whose}每分钟最多 {pace.most} 次。请 {pace.reset_s} 秒后再试；{advice}。"
        raise Problem(429, detail, {"Retry-After": str(pace.reset_s)})


def json_body(request: HttpRequest) -> Any:
    """The request's JSON, never more than 8 MiB of it in memory. Errors: Problem 415, 413, 400."""
    charset = (request.content_params or {}).get("charset", "utf-8")
    if request.content_type != "application/json" or charset.lower().replace("_", "-") not in {"utf-8", "utf8"}:
        raise Problem(415, "请求头 Content-Type 应是 application/json，内容用 UTF-8 编码。")
    too_big = Problem(413, f"请求最大 {BODY_MOST // 1024 // 1024} MiB。请分几次提交。")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length[:20]) > BODY_MOST:
        raise too_big
    # Not `request.body`: its limit is the one of forms.
    data = request.read(BODY_MOST + 1)
    if len(data) > BODY_MOST:
        raise too_big
    return _parsed(data)


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError as why:
        raise Problem(400, f"第 {why.start + 1} 个字节起不是 UTF-8 编码。") from why
    except RecursionError as why:
        raise Problem(400, "JSON 嵌套太深。") from why
    except json.JSONDecodeError as why:
        raise Problem(400, f"第 {why.lineno} 行第 {why.colno} 个字符处不是合法的 JSON。") from why
    except ValueError as why:
        raise Problem(400, "JSON 里有不合规范的数。") from why


def _no_constant(word: str) -> None:
    """NaN and Infinity are none of JSON's."""
    raise ValueError(word)
