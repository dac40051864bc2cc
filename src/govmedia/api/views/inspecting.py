"""`POST /api/v1/inspect`: posts in, hits out; nothing is kept and no address is opened."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse

from govmedia.api.entry import endpoint, json_body, said
from govmedia.api.problems import Problem
from govmedia.common.clock import today
from govmedia.engine.content.reading import PostError, post_from_json
from govmedia.engine.content.types import Post
from govmedia.inspections.program import program
from govmedia.orgs.models import Token
from govmedia.orgs.services import division_of

POSTS_MOST = 100


@endpoint("POST", scope="inspect")
def inspect(request: HttpRequest, token: Token) -> HttpResponse:
    """One Post or a list of them. In a list a bad one gets an error in its place; alone it is the answer 422."""
    given = json_body(request)
    if not isinstance(given, list):
        try:
            post = _post(given)
        except PostError as why:
            raise Problem(422, why.text) from why
        return said(_inspected([post], token)[0])
    if len(given) > POSTS_MOST:
        raise Problem(422, f"一次最多 {POSTS_MOST} 条，这里有 {len(given):,} 条。请分几次提交。")
    return said(_inspected([_post_or_error(value, line) for line, value in enumerate(given, 1)], token))


def _inspected(posts: list[Post | dict[str, Any]], token: Token) -> list[dict[str, Any]]:
    """Inspections by what the installation's people decided, with the rules of the place of the token's user."""
    inspector, division = program(today()).inspector, division_of(token.user)
    found = inspector.inspect_all((post, division) for post in posts if isinstance(post, Post))
    return [next(found).to_json() if isinstance(post, Post) else post for post in posts]


def _post_or_error(value: Any, line: int) -> Post | dict[str, Any]:
    try:
        return _post(value)
    except PostError as why:
        return {"id": None, "line": line, "error": why.text}


def _post(value: Any) -> Post:
    """A Post whose pictures are addresses: nobody names files of our machine from outside. Errors: PostError."""
    post = post_from_json(value)
    for number, image in enumerate(post.images, 1):
        if not _is_address(image):
            raise PostError(f"images 第 {number} 项应是 http:// 或 https:// 开头的网址，接口不收文件路径。")
    return post


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
