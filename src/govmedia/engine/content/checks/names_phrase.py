"""Set phrases and meetings: wording one slip off, enumerations out of order, numbers that cannot be.

Source: 《中国共产党章程》, the reports to the 19th and 20th Party congresses, the communiqués of plenary sessions and
《中华人民共和国宪法》; each entry of data/phrases.toml names its own. An enumeration counts only where all its items
(of the guiding thought: three) stand side by side; a quoted number only beside another phrase of its family.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from govmedia.engine.content.frames import slips
from govmedia.engine.content.known_names import names_in
from govmedia.engine.content.nearly import Near, is_han
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.phrases import FixedNumber, Phrases, Plenums, phrases
from govmedia.engine.content.series import faults
from govmedia.engine.content.sieve import Pattern, Patterns, ahead
from govmedia.engine.content.text import Text
from govmedia.engine.content.types import Example, Mark, Post, Setting

CODE = "names_phrase"
CATEGORY = "names"
LEVEL = "notice"
TITLE = "固定表述与会议名称"
VERSION = 2
AUTO = True
FIELDS = ("title", "text")

_JOINTS = "的和与及了是地为在也要各全性、，"
_LONG, _SAFE = 8, 6
_DIGITS = "一二两三四五六七八九十"
_PAIR = Pattern(rf"[{_DIGITS}](?:会[{_DIGITS}]课|重[{_DIGITS}]大|严[{_DIGITS}]实|学[{_DIGITS}]做)")
_NUMBER = r"[一二三四五六七八九十]{1,3}"
_PLENUM = compiled(rf"({_NUMBER})届({_NUMBER})中全会")
_FULL_PLENUM = compiled(rf"第({_NUMBER})届中央委员会第({_NUMBER})次全体会议")
_CONGRESS_PLENUM = compiled(rf"党的({_NUMBER})大({_NUMBER})中全会")
_CONGRESS = Pattern(rf"党的(二十{_NUMBER}|[三-九]十{_NUMBER}?)大")
_FULL_CONGRESS = Pattern(rf"中国共产党第({_NUMBER})次全国代表大会")
_PEOPLE = compiled(
    rf"(?:第?({_NUMBER})届全国人大|政协第({_NUMBER})届全国委员会|全国政协第?({_NUMBER})届|第?({_NUMBER})届全国政协|第({_NUMBER})届全国人民代表大会)"
    rf"第?({_NUMBER})次会议"
)
_PLENUM_END, _FULL_END, _SESSION_END = Pattern("中全会"), Pattern("次全体会议"), Pattern("次会议")
_BACK = 26  # no name of a meeting is longer
_FAMILY = Pattern(r"[“\"‘]([一二两三四五六七八九十])个(意识|自信|维护|确立|全面)[”\"’]")
_LAST_CONGRESS = 21
# Other parties and bodies hold plenary sessions too.
_OTHERS = compiled(
    r"民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|国民党|同盟|建国会|促进会|学社|工商联|侨联|共青团|青联|工会|妇联|科协|文联|作协|记协|残联"
    r"|学联|红十字|越南|老挝|朝鲜|古巴|纪委|纪律检查"
)


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each phrase, enumeration or number that is not as it must be."""
    table = phrases()
    for near in names_in(text.raw, "phrases"):
        if near.slip:
            yield from _wording(text, near, table)
    yield from _series(text.raw, table)
    yield from _frames(text.raw)
    yield from _numbers(text, table)
    yield from _family(text, table)
    yield from _meetings(text, table, setting.day)


def _series(raw: str, table: Phrases) -> Iterator[Mark]:
    done: set[tuple[int, int]] = set()
    covered = -1
    for near in names_in(raw, "phrases"):
        if near.slip or near.start < covered:
            continue
        series = table.series[near.name]
        for fault in faults(raw, near.start, near.end, series):
            if (fault.start, fault.end) in done:
                continue
            done.add((fault.start, fault.end))
            covered = fault.end
            confidence = 0.9 if fault.sure else 0.7
            basis = series.source
            yield Mark(
                fault.start, fault.end, fault.message, fault.right, basis, confidence=confidence, sure=fault.sure
            )


def _frames(raw: str) -> Iterator[Mark]:
    for slip in slips(raw):
        message = f"固定表述疑似有误：“{raw[slip.start : slip.end]}”应为“{slip.right}”"
        confidence = 0.9 if slip.sure else 0.7
        yield Mark(slip.start, slip.end, message, slip.right, slip.source, confidence=confidence, sure=slip.sure)


def _wording(text: Text, near: Near, table: Phrases) -> Iterator[Mark]:
    size = len(near.name)
    if near.slip == "wrong":
        sure = near.typing
        fits = _edge_fits(text, near) if near.at_edge else sure or size >= _LONG
        fits = fits and not (near.found in _JOINTS and near.meant in _JOINTS)
    elif near.slip == "missing":
        sure, fits = size >= _SAFE, near.meant not in _JOINTS
    elif near.slip == "extra":
        sure = near.typing
        fits = near.found not in _JOINTS and (sure or size >= _LONG)
    else:
        sure = fits = True
    sure = sure and text.raw[near.start : near.end] not in table.unsure
    if fits:
        message = f"固定表述疑似有误：应为“{near.name}”"
        confidence = 0.95 if sure else 0.75
        yield Mark(
            near.start, near.end, message, near.name, table.basis, confidence=confidence, sure=sure, term=near.name
        )


def _edge_fits(text: Text, near: Near) -> bool:
    """A first or last character that is wrong: it may be the next word's where the phrase is short."""
    if not near.typing:
        return False
    beside = (
        text.raw[near.end : near.end + 1]
        if near.found == text.raw[near.end - 1]
        else text.raw[near.start - 1 : near.start]
    )
    return len(near.name) >= _SAFE or not is_han(beside) or beside in tuple("和与及的等以是在为中后前进")


def _numbers(text: Text, table: Phrases) -> Iterator[Mark]:
    """四重一大, 三会两课; 中央六项规定."""
    for found in _PAIR.finditer(text.raw):
        one = table.numbered.get(found[0][1] + found[0][3])
        if one and found[0] != one.right:
            message = f"固定表述疑似有误：应为“{one.right}”"
            yield Mark(found.start(), found.end(), message, one.right, one.source, term=one.right)
    for number, before in _fixed_befores().finditer(text.raw):
        yield from _fixed(text.raw, before.end(), table.fixed[number])


@ahead
@cache
def _fixed_befores() -> Patterns:
    return Patterns([re.escape(rule.before) for rule in phrases().fixed])


def _fixed(raw: str, start: int, rule: FixedNumber) -> Iterator[Mark]:
    number = raw[start : start + 1]
    if number in tuple(_DIGITS) and number != rule.right and raw.startswith(rule.after, start + 1):
        whole = f"{rule.before}{rule.right}{rule.after}"
        yield Mark(start, start + 1, f"固定表述疑似有误：应为“{whole}”", rule.right, rule.source, term=whole)


def _family(text: Text, table: Phrases) -> Iterator[Mark]:
    """“五个意识” beside “四个自信”."""
    if "个" not in text.raw:
        return
    for found in _FAMILY.finditer(text.raw):
        number, stem = found.groups()
        right = table.family[stem]
        if number in right or (number == "二" and "两" in right):
            continue
        low, high = text.sentence(found.start())
        sentence = text.raw[low:high]
        if any(f"{mate[0]}个{other}" in sentence for other, mate in table.family.items() if other != stem):
            place, message = found.start(1), f"固定表述疑似有误：应为“{right[0]}个{stem}”"
            yield Mark(place, place + 1, message, right[0], table.family_basis)


def _meetings(text: Text, table: Phrases, day: date) -> Iterator[Mark]:
    raw = text.raw
    for found in _ending(raw, _PLENUM_END, _CONGRESS_PLENUM):
        right = f"党的{found[1]}届{found[2]}中全会"
        message = f"会议名称疑似有误：应为“{right}”"
        yield Mark(found.start(), found.end(), message, right, table.plenums.source, confidence=0.95)
    for end, pattern in ((_PLENUM_END, _PLENUM), (_FULL_END, _FULL_PLENUM)):
        for found in _ending(raw, end, pattern):
            if _too_many(found[1], _value(found[2]), table.plenums, day) and not _others(text, found.start()):
                yield _no_such(found, table.plenums.source)
    for congress in (_CONGRESS, _FULL_CONGRESS):
        for found in congress.finditer(raw):
            if _value(found[1]) > _LAST_CONGRESS:
                yield _no_such(found, table.plenums.source)
    yield from _sessions(raw, table, day)


def _sessions(raw: str, table: Phrases, day: date) -> Iterator[Mark]:
    for found in _ending(raw, _SESSION_END, _PEOPLE):
        *terms, number = found.groups()
        term = next(filter(None, terms))
        limit = table.people.sessions
        if term == table.people.present:
            limit = min(limit, max(1, day.year - table.people.first_year + 2))
        if _value(number) > limit:
            yield _no_such(found, table.people.source)


def _ending(raw: str, word: Pattern, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Where the pattern, which ends with the word, is found: only the surroundings of the word are searched."""
    for end in (one.end() for one in word.finditer(raw)):
        for found in pattern.finditer(raw, max(0, end - _BACK), end):
            if found.end() == end:
                yield found


def _too_many(congress: str, number: int, rules: Plenums, day: date) -> bool:
    if congress != rules.present:
        return congress in rules.held and number > rules.held[congress]
    opened = sum(1 for one in rules.opened if one <= day)
    # The next one is spoken of before it opens; past the table's last day anything up to `most` may be.
    return number > (min(rules.most, opened + 1) if opened < len(rules.opened) else rules.most)


def _others(text: Text, place: int) -> bool:
    return _OTHERS.search(text.raw, *text.sentence(place)) is not None


def _no_such(found: re.Match[str], source: str) -> Mark:
    message = f"会议届次疑似有误：“{found[0]}”不存在或者尚未召开"
    return Mark(found.start(), found.end(), message, None, source, confidence=0.95)


def _value(number: str) -> int:
    """The value of a Chinese number below one hundred."""
    tens, ten, ones = number.rpartition("十")
    value = (_DIGITS_VALUE.get(tens, 1 if not tens else 0)) * 10 if ten else 0
    return value + _DIGITS_VALUE.get(ones, 0)


_DIGITS_VALUE = {sign: value for value, sign in enumerate("一二三四五六七八九", 1)}

EXAMPLES = (
    Example(
        "a character missing", "深入学习贯彻习近平新时代中国特色社会主思想。", ("习近平新时代中国特色社会主思想",)
    ),
    Example("a wrong character", "铸劳中华民族共同体意识。", ("铸劳中华民族共同体意识",)),
    Example(
        "items out of order",
        "增强政治意识、核心意识、大局意识、看齐意识。",
        ("政治意识、核心意识、大局意识、看齐意识",),
    ),
    Example("another word among the items", "坚持创新、协调、绿色、发展、共享。", ("发展",)),
    Example("a session that never was", "党的十九届八中全会通过决定。", ("十九届八中全会",)),
    Example("a wrong word in a frame", "统筹推进“五位一体”战略布局。", ("战略",)),
    Example("the last item is another word", "创新、协调、绿色、开放、共赢的新发展理念。", ("共赢",)),
    Example("a wrong number", "落实“四重一大”集体决策制度。", ("四重一大",)),
    Example(
        "as they are",
        "增强“四个意识”、坚定“四个自信”，落实三会一课，学习党的二十届三中全会精神，创新、绿色、开放、共享。",
    ),
)
