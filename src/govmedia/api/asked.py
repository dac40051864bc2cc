"""What an address asks for, read and refused the same way everywhere. Errors: Problem 422."""

from collections.abc import Collection

from django.http import HttpRequest

from govmedia.api.problems import Problem
from govmedia.orgs.divisions import full_code

DIGITS_MOST = 9
DIVISION_LENGTHS = (2, 4, 6, 9)


def each_once(request: HttpRequest, names: Collection[str]) -> None:
    """None of the named parameters twice: all but the last would be dropped without a word. Others are ignored, as
    fields that are not known are."""
    for name, values in request.GET.lists():
        if name in names and len(values) > 1:
            raise Problem(422, f"{name} 写了 {len(values)} 次，只能写一次。要几个值就分几次请求。")


def given(request: HttpRequest, name: str) -> str:
    """A parameter's text, empty where it is not given. An empty one is refused: it may be a slip of a program."""
    text = request.GET.get(name)
    if text == "":
        raise Problem(422, f"{name} 是空的。不限就不要写这个参数。")
    return text or ""


def whole(request: HttpRequest, name: str, default: int, most: int) -> int:
    """A whole number from 1 to `most`; `default` where none is given."""
    text = given(request, name)
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS_MOST):
        raise Problem(422, f"{name} 应是整数，而不是“{text[:20]}”。")
    if not 1 <= int(text) <= most:
        raise Problem(422, f"{name} 应在 1 到 {most} 之间。")
    return int(text)


def division(request: HttpRequest) -> str:
    """A division's code at its full length, empty where none is given; provinces and cities may be 32 and 3201."""
    text = given(request, "division")
    if text and not (text.isascii() and text.isdigit() and len(text) in DIVISION_LENGTHS):
        raise Problem(422, "division 应是行政区划代码：六位，如 320100；省、市可以只写 32、3201；乡镇街道是九位。")
    return full_code(text) if text else ""


def word(request: HttpRequest, name: str, words: Collection[str]) -> str:
    """One of the words, empty where none is given."""
    text = given(request, name)
    if text and text not in words:
        raise Problem(422, f"{name} 没有“{text[:20]}”。可填：{'、'.join(words)}。")
    return text
