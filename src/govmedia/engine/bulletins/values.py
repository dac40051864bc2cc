"""Reads single values of a bulletin file; each reader raises Bad with what is wrong in Chinese."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from govmedia.engine.bulletins.shape import Count, Counts

TEXT_MOST, COUNT_MOST = 20_000, 1_000_000_000
_RATE = re.compile(r"(?:约|近|超|超过|不足|低于|高于|[<>≤≥＜＞])?\d{1,6}(?:\.\d{1,6})?[%％]")
_CHANGE = re.compile(r"[+\-]?\d{1,9}(?:\.\d{1,6})?")
_NUMBER = re.compile(r"[^\d\[\]()（）〔〕]{1,30}〔\d{4}〕[1-9]\d{0,5}号")
# No text file, no XML and no PDF/A can hold these.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
Reader = Callable[[Any], Any]


class Bad(Exception):
    """`text` says what was expected; `where` is added on the way out."""

    def __init__(self, text: str, where: str = "") -> None:
        super().__init__(text)
        self.text, self.where = text, where

    def inside(self, outer: str) -> "Bad":
        return Bad(self.text, outer + (self.where if self.where.startswith("[") else self.where and "." + self.where))


def shown(value: object) -> str:
    """A value as a message may quote it."""
    text = str(value)
    return f"“{text[:30]}{'…' if len(text) > 30 else ''}”"


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise Bad(f"应是文字，而不是{shown(value)}。请用引号括起来")
    if len(value) > TEXT_MOST:
        raise Bad(f"有 {len(value)} 字，最多 {TEXT_MOST} 字。请分段")
    return _CONTROL.sub("", value)


def count(value: Any) -> Count:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= COUNT_MOST:
        raise Bad(f"应是不小于 0 的整数，而不是{shown(value)}。请只写数字，不加引号和单位")
    return value


def points(value: Any) -> Count:
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and abs(value) <= COUNT_MOST):
        return value
    raise Bad(f"应是整数，而不是{shown(value)}")


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Bad(f"应是 true 或 false，而不是{shown(value)}")
    return value


def rate(value: Any) -> str:
    if not isinstance(value, str) or not _RATE.fullmatch(value.replace(" ", "")):
        raise Bad(f'应是带百分号的文字，如 "95.3%"，而不是{shown(value)}')
    return value.replace(" ", "").replace("％", "%")


def change(value: Any) -> str:
    if not isinstance(value, str) or not _CHANGE.fullmatch(value):
        raise Bad(f'应是带正负号的文字，如 "+1.2"（百分点或个数），而不是{shown(value)}')
    return value


def day(value: Any) -> str:
    try:
        return date.fromisoformat(text(value)).isoformat()
    except ValueError as why:
        raise Bad(f"应是 2026-10-15 这样的日期，而不是{shown(value)}") from why


def document_number(value: Any) -> str:
    found = text(value).replace(" ", "")
    if not _NUMBER.fullmatch(found):
        raise Bad(
            f"{shown(value)}不是发文字号。年份写全并用六角括号，序号不加“第”、不编虚位，如 苏政办函〔2026〕12号"
        )
    return found


def many(reader: Reader) -> Reader:
    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Bad(f"应是一个列表（用方括号括起来），而不是{shown(value)}")
        found = []
        for number, one in enumerate(value, 1):
            try:
                found.append(reader(one))
            except Bad as why:
                raise why.inside(f"[第 {number} 项]") from why
        return tuple(found)

    return read


def by_name(reader: Reader) -> Reader:
    def read(value: Any) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise Bad(f"应是一个对象（用花括号括起来），而不是{shown(value)}")
        found = {}
        for name, one in value.items():
            try:
                found[text(name)] = reader(one)
            except Bad as why:
                raise why.inside(name) from why
        return found

    return read


def counts(value: Any) -> Counts:
    """Numbers by group, or by group and a second division."""
    return by_name(lambda one: by_name(count)(one) if isinstance(one, dict) else count(one))(value)  # type: ignore[no-any-return]


def cell(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float | None):
        raise Bad(f"表格的一格应是文字或数字，而不是{shown(value)}")
    return "" if value is None else text(str(value))
