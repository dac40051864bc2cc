"""Commercial advertising: wording that sells, together with a contact or a price.

Neither alone is an advertisement: news writes of sales, offices publish phone numbers and fees. A post that warns of
such offers, reports or punishes them is silent; so are notices of vouchers, prices the state sets, tenders, tickets
and help for farmers, unless they send the reader to somebody's own WeChat or mobile.
Source: 国办发〔2018〕123号（不得发布商业广告）；苏政办发〔2019〕56号；data/ads_words.toml.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from re import Pattern

from govmedia.engine.content.clauses import MOST_PIECES, Piece, clauses
from govmedia.engine.content.evasions import is_pulled_apart
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.personal_numbers import has_numbers
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


_PHONE = compiled(r"(?<!\d)(?:1[3-9]\d{9}|400[\d-]{7,9}|0\d{2,3}[-－]\d{7,8}|1[3-9]\d[ -]\d{4}[ -]\d{4})(?!\d)")
# What sells by itself, and how to reach a seller, in one pass; what sells only beside such a contact in another.
_STRONG = len(_WORDS["strong"])
_FIRST, _WEAK = Patterns(_WORDS["strong"] + _WORDS["reach"]), Patterns(_WORDS["weak"])
_CONTACT, _PRICE = _any("contact"), _any("price")
_WARNING, _OFFICIAL = _any("warning"), _any("official")
_SHARED, _AT_LARGE = _any("shared"), _any("official_at_large")
_PRIVATE = compiled(
    r"(?:加|添加)[\u4e00-\u9fff]{0,4}(?:微信|薇|v|威信|徽信)|(?:微信|薇信|威信|v信|vx|wx)号?[:：]|(?<!\d)1[3-9]\d{9}(?!\d)"
)


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each piece of selling talk in a post that gives a contact or a price as well."""
    pulled = is_pulled_apart(text)
    body = text.squeezed if pulled else text.folded
    first = list(islice(_FIRST.finditer(body), MOST_PIECES))
    talk = [(place, match) for place, match in first if place < _STRONG]
    if not talk and (not (first or _has_phone(text, body)) or _WARNING.search(body)):
        return
    talk += [(place + _STRONG, match) for place, match in islice(_WEAK.finditer(body), MOST_PIECES)]
    spans = ((text.origin(*match.span()) if pulled else match.span(), place) for place, match in talk)
    pieces = [Piece(*span, place) for span, place in spans if not inside(text.quotes, *span)]
    if not pieces:
        return
    rules = {piece.rule for piece in pieces}
    sells = _sells(f"{post.title}\n{body}", strong=min(rules) < _STRONG, kinds=len(rules))
    if sells is not None:
        for start, end, _ in clauses(text, pieces):
            yield Mark(start, end, "疑似商业广告", None, BASIS, confidence=0.93 if sells else 0.6, sure=sells)


def _has_phone(text: Text, body: str) -> bool:
    return has_numbers(text) and _PHONE.search(body) is not None


def _sells(whole: str, *, strong: bool, kinds: int) -> bool | None:
    """Whether the post is an advertisement: for certain, perhaps, or None where it is none."""
    price = _PRICE.search(whole) is not None
    if _WARNING.search(whole) or not (price or _CONTACT.search(whole)):
        return None
    if _OFFICIAL.search(whole):
        return False if strong and _PRIVATE.search(whole) else None
    shared = _SHARED.search(whole) is not None
    if strong:
        return not shared
    return False if (price or kinds > 1) and not shared and not _AT_LARGE.search(whole) else None


EXAMPLES = (
    Example("an offer with a contact", "限时优惠！添加客服微信：abc12345。", ("限时优惠！添加客服微信：abc12345",)),
    Example("characters pulled apart", "限★时★抢★购，仅99元", ("限★时★抢★购，仅99元",)),
    Example("a warning", "凡是让你“加微信”低价团购的都是诈骗，限时优惠不可信"),
    Example("vouchers", "政府消费券限时抢，扫码领取，满100减30"),
    Example("news without contact", "平台推出限时优惠，带动消费增长"),
    Example("a fee", "收费标准：每人每次20元，咨询电话0517-80000000"),
)
