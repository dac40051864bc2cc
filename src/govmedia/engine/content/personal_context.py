"""Whether a number or an address stands beside a private person, or is published so that people may get in touch.

Offices, shops, duty officers and helpers give their numbers to be called; that is no leak. A list of applicants,
patients or households with their numbers is. Words decide, in the line of the number and above a list.
Source: data/personal_words.toml.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from re import Pattern

from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.person_names import NAME, is_name
from govmedia.engine.tables import read_table

WORDS = read_table(Path(__file__).parent / "data" / "personal_words.toml")
INVITES = compiled("|".join(WORDS["invites"]))
# Above a list of private persons stands whom to call with complaints about it.
_HEAD_INVITES = compiled("|".join(word for word in WORDS["invites"] if not re.search("监督|举报|投诉", word)))
MASKED_IDENTITY = compiled(r"\d{3,10}[*＊xX×]{4,12}[\dxX]{0,4}")
_OFFICE = compiled("|".join(WORDS["roles"] + WORDS["places"]))
_OF_ROLE = compiled("|".join(WORDS["roles"]))
_PERSONS = "|".join(WORDS["persons"])
_PERSONAL = compiled(_PERSONS)
# The label stands right before the number: 投诉人手机号：, 患者本人电话
_LABELLED = compiled(
    rf"(?:{_PERSONS}|[其他她])(?:者|人员|人|的?本人|信息|的)?(?:{NAME})?[（(，,、:：的 ]{{0,2}}"
    rf"(?:个人|私人|常用|预留|注册|联系|本人|绑定)?的?(?:{'|'.join(WORDS['number_words'])})"
    r"[为是:： ]{0,2}(?:[+（(]?86[)）-]?)?$"
)
_NAMED = compiled(
    rf"(?:^|[^\u4e00-\u9fff]|[{WORDS['before_name']}])({NAME})(?=$|[^\u4e00-\u9fff]|[{WORDS['after_name']}])"
)
_CELL = compiled(rf"(?:^|[^\u4e00-\u9fff])({NAME})(?=$|[^\u4e00-\u9fff]|[男女])")
# 吴先生、李女士、刘某某: half a name, with a number in full still a person.
_POLITE = compiled(
    r"[\u4e00-\u9fff](?:先生|女士|小姐|某某|某|大爷|大妈|阿姨)"
    r"[（(，,、:： 的]{0,2}的?(?:个人)?(?:手机号?码?[为是:： ]{0,2})?$"
)
_MOBILE_LABEL = compiled(r"手机(?:号码|号)[为是:： ]{0,2}$")
_AFTER = compiled(r"咨询|订购|预约|报名|购买|选购|微信同号|微信|热线")
_LIST_WORDS = compiled("|".join(WORDS["lists"]))


@dataclass(frozen=True, slots=True)
class Line:
    """The line a stretch stands in, at most 160 characters to each side."""

    before: str
    after: str

    @property
    def whole(self) -> str:
        return self.before + " " + self.after


def line_of(raw: str, start: int, end: int) -> Line:
    """What stands before and after `raw[start:end]` in its line."""
    low = max(raw.rfind("\n", max(0, start - 160), start) + 1, start - 160, 0)
    high = raw.find("\n", end, end + 160)
    return Line(raw[low:start], raw[end : high if high >= 0 else end + 160])


def named(line: str) -> str:
    """The last personal name behind a label or between marks, empty where there is none."""
    names = [found[1] for found in _NAMED.finditer(line) if is_name(found[1])]
    return names[-1] if names else ""


def cell_name(line: str) -> str:
    """The first personal name that stands alone between marks or blanks, empty where there is none."""
    return next((found[1] for found in _CELL.finditer(line) if is_name(found[1])), "")


def is_private(line: Line) -> bool:
    """True where the number between `before` and `after` is said to be a private person's."""
    sentence = _last_sentence(line.before)
    if INVITES.search(sentence) or _AFTER.match(line.after.lstrip("）)，,、（( ")):
        return False
    if _LABELLED.search(sentence[-60:]):
        return True
    if _OFFICE.search(sentence[-25:]):
        return False
    polite = _POLITE.search(sentence[-30:]) is not None
    if polite and _MOBILE_LABEL.search(sentence):
        return True
    return _PERSONAL.search(sentence) is not None and (polite or bool(named(sentence)))


def _last_sentence(text: str) -> str:
    return text[max(text.rfind(sign) for sign in "。！？；;!") + 1 :]


def is_office(line: Line) -> bool:
    """True where the line itself names a post or asks to call: such a row of a list is no private person's."""
    return _OF_ROLE.search(line.whole) is not None or INVITES.search(line.before) is not None


def list_kind(intro: str, rows: Iterable[str]) -> str:
    """What a list of names and numbers is: `private`, `office` or `unknown`, by what stands above and in its rows."""
    if _HEAD_INVITES.search(intro[-60:]):
        return "office"
    private, office = _last(_PERSONAL, intro), _last(_OFFICE, intro)
    if private > office:
        return "private"
    if office >= 0 or any(_OFFICE.search(row) for row in rows):
        return "office"
    return "unknown"


def _last(pattern: Pattern[str], text: str) -> int:
    """Where the last match ends, -1 where there is none: what a list is of stands nearest to it."""
    return max((found.end() for found in pattern.finditer(text)), default=-1)


def is_list_head(intro: str) -> bool:
    """True where the words above announce a list of people."""
    return bool(_LIST_WORDS.search(intro))
