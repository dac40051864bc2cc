"""The conditions of a lexicon's entry: where its term is right after all, and what must stand beside it.

Written as words joined by ；, in English or Chinese; those with a list take it after =, its items joined by |:

    quoted_ok 引号内可用     silent inside quotation marks
    title_ok 书名号内可用     silent inside 《》
    history_ok 史实可用      silent where the sentence speaks of the past (a year before 1950, 清代, 原, 时任 …)
    negated_ok 打击语境可用   silent in notices against it (严禁, 打击, 谨防, 查获, 一起…案 …)
    evasions 变形           also where blanks, symbols or marks of no width stand between the characters
    pinyin 拼音             also with characters written in pinyin: 加wei信, jia wei xin
    split 拆字              also with characters taken apart: 弓长 for 张
    whole 独立              only where no letter, digit or Chinese character touches it
    contact 有联系方式       only with a telephone number, an account or an address near it
    offer 有兜售用语         only with words of selling near it (出售, 货到付款, 包邮 …)
    doubtful 待人工         never sent to an operator without a human looking
    before= 前有            one of these within 12 characters before it, in the same sentence
    after= 后有             one of these within 12 characters after it, in the same sentence
    near= 近有              one of these within 40 characters of it, in the same sentence
    not_before= 前不接       none of these directly before it
    not_after= 后不接        none of these directly after it
    not_near= 近无           none of these within 40 characters of it
"""

from dataclasses import dataclass, fields
from pathlib import Path

from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.text import Text, fold, inside
from govmedia.engine.tables import read_table

BESIDE, AROUND, FURTHER = 12, 40, 150
LABELS = {
    "quoted_ok": "引号内可用", "title_ok": "书名号内可用", "history_ok": "史实可用", "negated_ok": "打击语境可用",
    "evasions": "变形", "pinyin": "拼音", "split": "拆字", "whole": "独立", "contact": "有联系方式",
    "offer": "有兜售用语", "doubtful": "待人工", "before": "前有", "after": "后有", "near": "近有",
    "not_before": "前不接", "not_after": "后不接", "not_near": "近无",
}  # fmt: skip
_NAMES = {label: name for name, label in LABELS.items()} | {name: name for name in LABELS}

_OPENING, _CLOSING = "“\"‘'「『〝＂", "”\"’'」』〞＂"
_CONTEXTS = read_table(Path(__file__).parent / "data" / "contexts.toml")
_PAST, _AGAINST, _FORBIDS, _CONTACT, _OFFER = (
    compiled("|".join(_CONTEXTS[name])) for name in ("past", "against", "forbids", "contact", "offer")
)


@dataclass(frozen=True, slots=True)
class Conditions:
    """See the module. The words of lists are folded as the text is."""

    quoted_ok: bool = False
    title_ok: bool = False
    history_ok: bool = False
    negated_ok: bool = False
    evasions: bool = False
    pinyin: bool = False
    split: bool = False
    whole: bool = False
    contact: bool = False
    offer: bool = False
    doubtful: bool = False
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()

    @property
    def narrow(self) -> bool:
        """True where something must stand, or not stand, beside the term."""
        return bool(
            self.whole or self.contact or self.offer or self.before or self.after or self.near
            or self.not_before or self.not_after
        )  # fmt: skip

    def hold(self, text: Text, start: int, end: int) -> bool:
        """True where a term that stands at `folded[start:end]` is a hit."""
        return not any(refuses(self, text, start, end) for refuses in _REFUSALS)


NONE = Conditions()
_LISTS = {field.name for field in fields(Conditions) if field.default == ()}


class ConditionFault(ValueError):
    """A word that is no condition; `text` says so in Chinese."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def conditions_from(written: str) -> Conditions:
    """The conditions a cell of the column writes. Errors: ConditionFault."""
    given: dict[str, object] = {}
    for word in filter(None, (part.strip() for part in written.replace(";", "；").split("；"))):
        label, equals, items = (part.strip() for part in word.partition("="))
        name = _NAMES.get(label)
        if name is None:
            raise ConditionFault(f"没有“{label}”这个条件，可用：{'、'.join(LABELS)}")
        if (name in _LISTS) != bool(equals and items):
            raise ConditionFault(f"“{label}”应写作“{label}=甲|乙”" if name in _LISTS else f"“{label}”后面不写等号")
        given[name] = tuple(fold(item) for item in items.split("|") if item) if name in _LISTS else True
    return Conditions(**given) if given else NONE  # type: ignore[arg-type]


def is_quoted(text: Text, start: int, end: int) -> bool:
    """True within quotation marks, also where only the marks at its two sides are seen or ASCII ones are used."""
    raw = text.raw
    before, after = raw[max(0, start - 1) : start], raw[end : end + 1]
    if before and before in _OPENING and after and after in _CLOSING:
        return True
    if inside(text.quotes, start, end):
        return True
    low, _ = text.sentence(start)
    return raw.count('"', low, start) % 2 == 1 and '"' in raw[end : end + 80]


def warns(text: Text, least: int = 1) -> bool:
    """True where at least so many different words of a notice against crime stand anywhere in the text."""
    seen: set[str] = set()
    for found in _AGAINST.finditer(text.folded):
        seen.add(found[0])
        if len(seen) >= least:
            return True
    return False


def _beside(text: Text, start: int, end: int, width: int) -> tuple[str, str]:
    """What stands before and after in the same sentence, at most `width` characters each."""
    low, high = text.sentence(start)
    return text.folded[max(low, start - width) : start], text.folded[end : max(end, min(high, end + width))]


def _has(piece: str, words: tuple[str, ...]) -> bool:
    return any(word in piece for word in words)


def _lacks_neighbour(self: Conditions, text: Text, start: int, end: int) -> bool:
    if self.before or self.after:
        before, after = _beside(text, start, end, BESIDE)
        if (self.before and not _has(before, self.before)) or (self.after and not _has(after, self.after)):
            return True
    if self.near or self.not_near:
        before, after = _beside(text, start, end, AROUND)
        if self.near and not (_has(before, self.near) or _has(after, self.near)):
            return True
        return _has(before, self.not_near) or _has(after, self.not_near)
    return False


def _touches(self: Conditions, text: Text, start: int, end: int) -> bool:
    folded = text.folded
    if self.not_after and folded.startswith(self.not_after, end):
        return True
    if self.not_before and folded.endswith(self.not_before, 0, start):
        return True
    return self.whole and (folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum())


def _is_allowed_place(self: Conditions, text: Text, start: int, end: int) -> bool:
    if self.title_ok and inside(text.titles, start, end):
        return True
    return self.quoted_ok and is_quoted(text, start, end)


def _is_past(self: Conditions, text: Text, start: int, end: int) -> bool:
    if not self.history_ok:
        return False
    low, high = text.sentence(start)
    return _PAST.search(text.folded, low, high) is not None


def _is_against(self: Conditions, text: Text, start: int, end: int) -> bool:
    if not self.negated_ok:
        return False
    low, high = text.sentence(start)
    return bool(
        _FORBIDS.search(text.folded, low, high)
        or _AGAINST.search(text.folded, max(0, start - FURTHER), end + FURTHER)
    )


def _lacks_trade(self: Conditions, text: Text, start: int, end: int) -> bool:
    if self.contact and not _CONTACT.search(text.folded, max(0, start - 80), end + 80):
        return True
    return self.offer and not _OFFER.search(text.folded, max(0, start - AROUND), end + AROUND)


_REFUSALS = (_touches, _lacks_neighbour, _lacks_trade, _is_allowed_place, _is_past, _is_against)
