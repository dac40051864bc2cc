"""Breaks a title into lines: between words, shaped as a trapezoid or a rhomb. Source: GB/T 9704-2012, 7.3.1."""

import re
from collections.abc import Sequence
from itertools import combinations, pairwise
from math import ceil

from govmedia.engine.bulletins.widths import ems

# Words that titles of bulletins are made of; between others no line is broken unless it must be.
_WORDS = re.compile(
    r"\d{4}年(?:度|第?[一二三四\d]季度|[上下]半年|\d{1,2}月份?)?|第[一二三四\d]季度|关于|人民政府|政府系统|政府网站|政务新媒体|政务公开"
    r"|办公[室厅]|领导小组|全[省市县区]|自治[区州县]|检查|抽查|普查|监测|监管|通报|工作|情况|账号|整改|[和与及、的（）〔〕]"
)
# What no line may begin with, and what none should end with.
_NOT_FIRST, _NOT_LAST = "的、）〕》”，和与及", "（〔《“"
_LINES_MOST = 5


def title_lines(title: str, width: float) -> tuple[str, ...]:
    """The title in lines of at most `width` ems.

    >>> title_lines("某市人民政府办公室关于2026年第三季度全市政务新媒体检查情况的通报", 20)
    ('某市人民政府办公室关于2026年第三季度', '全市政务新媒体检查情况的通报')
    """
    words = _words(title, width)
    for number in range(ceil(ems(title) / width) or 1, _LINES_MOST + 1):
        ways = (_joined(words, breaks) for breaks in combinations(range(1, len(words)), number - 1))
        best = min((lines for lines in ways if max(map(ems, lines)) <= width), key=_ugliness, default=None)
        if best is not None:
            return best
    # Longer than any title should be: broken where it is full.
    return tuple(_cut(title, width))


def _words(title: str, width: float) -> list[str]:
    """What may be broken between; a run no line can hold is cut."""
    found, last = [], 0
    for word in _WORDS.finditer(title):
        found += [title[last : word.start()], word[0]]
        last = word.end()
    found.append(title[last:])
    parts = [part for one in found if one for part in (_cut(one, width) if ems(one) > width else [one])]
    glued: list[str] = []
    for part in parts:
        if glued and (part[0] in _NOT_FIRST or glued[-1][-1] in _NOT_LAST):
            glued[-1] += part
        else:
            glued.append(part)
    # Enough to choose from, few enough to try all ways.
    while len(glued) > 24:
        shortest = min(range(len(glued) - 1), key=lambda at: ems(glued[at]) + ems(glued[at + 1]))
        glued[shortest : shortest + 2] = ["".join(glued[shortest : shortest + 2])]
    return glued


def _cut(text: str, width: float) -> list[str]:
    lines = [""]
    for mark in text:
        if ems(lines[-1] + mark) > width:
            lines.append("")
        lines[-1] += mark
    return lines


def _joined(words: Sequence[str], breaks: Sequence[int]) -> tuple[str, ...]:
    cuts = [0, *breaks, len(words)]
    return tuple("".join(words[start:end]) for start, end in pairwise(cuts))


def _ugliness(lines: Sequence[str]) -> float:
    sizes = [ems(line) for line in lines]
    mean = sum(sizes) / len(sizes)
    cost = sum((size - mean) ** 2 for size in sizes)
    if len(set(sizes)) == 1 < len(sizes):
        cost += 8  # a rectangle
    if len(sizes) > 2 and any(sizes[at] < min(sizes[at - 1], sizes[at + 1]) for at in range(1, len(sizes) - 1)):
        cost += 100  # an hourglass
    return cost
