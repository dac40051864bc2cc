"""Posts as JSON: one line in, one Post out, or a reason in Chinese why not."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from govmedia.engine.content.types import Post

# Longer lines are refused by their number and never held.
LINE_MAX = 8 * 1024 * 1024
LINKS_MAX = 500
_SHANGHAI = timezone(timedelta(hours=8))
_TEXTS = ("text", "title", "account", "platform", "url", "author", "source_name")


class PostError(ValueError):
    """A post that cannot be inspected; `text` says what, where and what to do, in Chinese."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def post_from_line(line: bytes) -> Post:
    """The Post of one JSON line. Errors: PostError for a line too long, not UTF-8, not JSON or not a Post."""
    if len(line) > LINE_MAX:
        raise PostError(f"这一行超过 {LINE_MAX // 1024 // 1024} MiB，没有读入。请拆成多条后再检查。")
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as why:
        raise PostError(f"第 {why.start + 1} 个字节起不是 UTF-8 编码。请另存为 UTF-8 后再试。") from why
    except RecursionError as why:
        raise PostError("JSON 嵌套太深。每行应是一个 Post 对象。") from why
    except ValueError as why:
        place = f"第 {why.colno} 个字符处" if isinstance(why, json.JSONDecodeError) else ""
        raise PostError(f'{place}不是合法的 JSON。每行应是一个 Post 对象，如 {{"id":"1","text":"…"}}。') from why
    return post_from_json(value)


def post_from_json(value: Any) -> Post:
    """A Post from parsed JSON; unknown fields are ignored. Errors: PostError."""
    if not isinstance(value, Mapping):
        raise PostError("应是一个 Post 对象（用花括号括起来）。")
    if "id" not in value or "text" not in value:
        missing = "、".join(name for name in ("id", "text") if name not in value)
        raise PostError(f"缺少 {missing}。Post 至少要有 id 和 text。")
    identity = value["id"]
    if isinstance(identity, bool) or not isinstance(identity, str | int) or identity == "":
        raise PostError("id 应是非空的文本。")
    original = value.get("original")
    if original is not None and not isinstance(original, bool):
        raise PostError("original 应是 true 或 false。")
    return Post(
        id=_sound(str(identity), "id"),
        original=original,
        links=_addresses(value, "links"),
        images=_addresses(value, "images"),
        published_at=_moment(value, "published_at"),
        updated_at=_moment(value, "updated_at"),
        **{name: _text(value, name) for name in _TEXTS},
    )


def _text(value: Mapping[str, Any], name: str) -> str:
    part = value.get(name)
    if part is None:
        if name == "text":
            raise PostError("text 应是文本。")
        return ""
    if not isinstance(part, str):
        raise PostError(f"{name} 应是文本。")
    return _sound(part, name)


def _sound(text: str, name: str) -> str:
    """JSON can name half of a character; such text has no UTF-8 form and could not be written out again."""
    try:
        text.encode()
    except UnicodeEncodeError as why:
        raise PostError(f"{name} 第 {why.start + 1} 个字符是半个字符（代理字符）。请改正编码后再试。") from why
    return text


def _addresses(value: Mapping[str, Any], name: str) -> tuple[str, ...]:
    part = value.get(name)
    if part is None:
        return ()
    if not isinstance(part, list) or not all(isinstance(one, str) for one in part):
        raise PostError(f"{name} 应是地址的列表。")
    if len(part) > LINKS_MAX:
        raise PostError(f"{name} 有 {len(part)} 个，最多 {LINKS_MAX} 个。")
    return tuple(_sound(one, name) for one in part)


def _moment(value: Mapping[str, Any], name: str) -> datetime | None:
    part = value.get(name)
    if part is None or part == "":
        return None
    try:
        moment = datetime.fromisoformat(part)
    except (TypeError, ValueError) as why:
        raise PostError(f"{name} 应是 RFC 3339 时间，如 2026-11-01T09:00:00+08:00。") from why
    try:
        # A time without zone is read as Beijing's; one at the edge of the calendar has no place in another zone.
        moment = moment if moment.tzinfo else moment.replace(tzinfo=_SHANGHAI)
        moment.astimezone(_SHANGHAI)
    except OverflowError as why:
        raise PostError(f"{name} 的时间超出范围。") from why
    return moment
