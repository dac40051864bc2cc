"""Commercial advertising: wording that sells, together with a contact or a price.

Neither alone is an advertisement: news writes of sales, offices publish phone numbers and fees. A post that warns of
such offers, reports or punishes them is silent; so are notices of vouchers, prices the state sets, tenders, tickets
and help for farmers, unless they send the reader to somebody's own WeChat or mobile.
Source: 国办发〔2018〕123号（不得发布商业广告）；苏政办发〔2019〕56号；data/ads_words.toml.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from re import Pattern

from govmedia.engine.content.evasions import is_pulled_apart
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Patterns
from govmedia.engine.content.text import Text, inside
from govmedia.engine.content.types import Example, Mark, Post, Setting
from govmedia.engine.tables import read_table

CODE = "ads_commerce"
CATEGORY = "ads"
LEVEL = "deduct"
TITLE = "商业广告用语"
VERSION = 1
AUTO = True
FIELDS = ("title", "text")
BASIS = "国办发〔2018〕123号：政务新媒体不得发布商业广告"

_WORDS = read_table(Path(__file__).parents[1] / "data" / "ads_words.toml")


def _any(name: str) -> Pattern[str]:
    return compiled("|".join(_WORDS[name]))


_SELLING = Patterns(_WORDS["strong"] + _WORDS["weak"])
_STRONG = len(_WORDS["strong"])
_CONTACT, _PRICE = _any("contact"), _any("price")
_WARNING, _OFFICIAL = _any("warning"), _any("official")
_PRIVATE = compiled(
    r"(?:加|添加)[\u4e00-\u9fff]{0,4}(?:微信|薇|v|威信|徽信)|(?:微信|薇信|威信|v信|vx|wx)号?[:：]|(?<!\d)1[3-9]\d{9}(?!\d)"
)
# Selling talk, contact and price closer to one another than this are one stretch.
_NEAR = 40


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each piece of selling talk in a post that gives a contact or a price as well."""
    pulled = is_pulled_apart(text)
    body = text.squeezed if pulled else text.folded
    strong: list[tuple[int, int]] = []
    weak: list[tuple[int, int]] = []
    for place, found in _SELLING.finditer(body):
        (strong if place < _STRONG else weak).append(found.span())
    if not strong and len({body[start:end] for start, end in weak}) < 2:
        return
    sells = _sells(f"{post.title}\n{body}", bool(strong))
    if sells is None:
        return
    reach = [found.span() for pattern in (_CONTACT, _PRICE) for found in pattern.finditer(body)]
    for start, end in _stretches(sorted(strong + weak), reach):
        span = text.origin(start, end) if pulled else (start, end)
        if not inside(text.quotes, *span):
            yield Mark(*span, "疑似商业广告", None, BASIS, confidence=0.93 if sells else 0.6, sure=sells)


def _sells(whole: str, strong: bool) -> bool | None:
    """Whether the post is an advertisement: for certain, perhaps, or None where it is none."""
    contact, price = _CONTACT.search(whole), _PRICE.search(whole)
    if not (contact or price) or (not strong and not (contact and price)) or _WARNING.search(whole):
        return None
    if _OFFICIAL.search(whole):
        return False if strong and _PRIVATE.search(whole) else None
    return strong


def _stretches(talk: list[tuple[int, int]], reach: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Selling talk joined where it is near, each stretch with the contacts and prices that follow it closely."""
    start, end = talk[0]
    for low, high in (*talk[1:], (sys.maxsize, sys.maxsize)):
        if low <= end + _NEAR:
            end = max(end, high)
            continue
        follow = [after for before, after in reach if end <= before <= end + _NEAR // 2]
        yield start, max((end, *follow))
        start, end = low, high


EXAMPLES = (
    Example("an offer with a contact", "限时优惠，添加客服微信：abc12345订购", ("限时优惠，添加客服微信：abc12345",)),
    Example("characters pulled apart", "限★时★抢★购，仅99元，电话0517-80000000", ("限★时★抢★购，仅99元，电话",)),
    Example("a warning", "凡是让你“加微信”低价团购的都是诈骗，限时优惠不可信"),
    Example("vouchers", "政府消费券限时抢，扫码领取，满100减30"),
    Example("news without contact", "平台推出限时优惠，带动消费增长"),
    Example("a fee", "收费标准：每人每次20元，咨询电话0517-80000000"),
)
