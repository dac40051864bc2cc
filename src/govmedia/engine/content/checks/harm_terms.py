"""Offers of what is forbidden: weapons, drugs, sex, gambling, fraud, forged papers, accounts and data, and the like.

Source: 《网络信息内容生态治理规定》（国家互联网信息办公室令第5号）第六条, and the laws that each entry of the lexicon
names. Notices against them speak of the same things: an entry stays silent where the neighbourhood warns, forbids or
tells of a case, and most need words of selling and a way to reach the seller.
"""

from collections.abc import Iterator
from dataclasses import replace

from govmedia.engine.content.conditions import warns
from govmedia.engine.content.terms import marks_of
from govmedia.engine.content.text import Text
from govmedia.engine.content.types import Example, Mark, Post, Setting

CODE = "harm_terms"
CATEGORY = "harm"
LEVEL = "veto"
TITLE = "有害信息"
VERSION = 2
AUTO = True
FIELDS = ("title", "text")
# Characters between two terms of one offer (出售仿真枪、气枪).
APART = 8
# A text with so many different words of warning is a notice, however far off they stand.
NOTICE = 3
SENTENCE_ENDS = "。！？!?；;\n"


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield the marks of the lexicons' entries for this check; those of one offer, close together, are one mark."""
    marks = marks_of(CODE, text, setting)
    if not marks or warns(text, NOTICE) or warns(Text(post.title)):
        return
    last: Mark | None = None
    for mark in sorted(marks, key=lambda one: (one.start, -one.end)):
        if last is not None and mark.basis == last.basis and _is_one_offer(text.raw, last.end, mark.start):
            last = replace(last, end=max(last.end, mark.end), sure=last.sure or mark.sure)
            continue
        if last is not None:
            yield last
        last = mark
    if last is not None:
        yield last


def _is_one_offer(raw: str, end: int, start: int) -> bool:
    return start - end <= APART and not any(sign in SENTENCE_ENDS for sign in raw[end:start])


EXAMPLES = (
    Example("an offer", "长期出售仿真枪，货到付款，微信同号", ("出售仿真枪",)),
    Example("signs between the characters", "注册 送*彩 金，真人荷官在线", ("注册 送*彩 金，真人荷官在线",)),
    Example("a warning", "警方提醒：网上出售仿真枪均属违法，请勿购买"),
    Example("a medicine and a word", "三黄片可清热解毒，别给自己惹上大麻烦"),
)
