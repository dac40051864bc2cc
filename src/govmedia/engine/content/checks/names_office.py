"""Posts and who holds them: a title beside a name that does not hold it on the post's day.

Source: the table of posts and terms of office that the installation has imported (see `offices`); none is shipped but
invented examples, whose places do not exist. Judged is only a title of the table with a name right behind or before
it; sentences about the past, 原, 时任 and 副 before a title are silent, and all hits go to a human.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from govmedia.engine.content.history import is_past
from govmedia.engine.content.nearly import is_han
from govmedia.engine.content.offices import Offices, Term, example_offices
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.person_names import is_name
from govmedia.engine.content.text import Text, inside
from govmedia.engine.content.types import Example, Mark, Post, Setting

CODE = "names_office"
CATEGORY = "names"
LEVEL = "notice"
TITLE = "职务与姓名"
VERSION = 1
AUTO = False
FIELDS = ("title", "text")

# Another post than the one of the table: 副县长, 代县长, 原县长.
_OTHER_POST = ("副", "代", "原", "前", "老", "兼", "助理", "时任", "候任", "名誉", "拟任")
_BETWEEN = compiled(r"[ \u3000：:]{0,2}")
# What follows a name: a mark or the verbs of official news.
_AFTER_NAME = compiled(
    r"(?:$|[，。、；：！？）)\s]|同志|主持|出席|强调|指出|参加|率|带|到|在|表示|讲话|作|致|宣布|听取|会见|部署|要求|介绍|说|与|和|对|就|向|深入|调研|督导|检查|看望|慰问)"
)
_VACANT = frozenset("某任是等和的为、")


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each name beside a title that was another's on the day."""
    table = setting.offices if setting.offices is not None else example_offices()
    for start, end in table.titles_in(text.raw):
        if text.raw.endswith(_OTHER_POST, max(0, start - 2), start) or inside(text.titles, start, end):
            continue
        terms = table.terms_of(text.raw[start:end], setting.division)
        holders = [term for term in terms if term.holds(setting.day)]
        if not terms or is_past(text, start, end, min((one.since for one in holders), default=date.min)):
            continue
        if found := _behind(text.raw, end, holders, table) or _before(text.raw, start, holders, table):
            yield from _judge(text.raw, found, (start, end), terms, setting.day)


def _behind(raw: str, end: int, holders: list[Term], table: Offices) -> tuple[int, int] | None:
    """Where the name right behind a title stands: one of the table, or one like a holder's, or what is a name."""
    between = _BETWEEN.match(raw, end)
    place = between.end() if between else end
    if known := table.name_at(raw, place):
        return place, place + len(known)
    for size in sorted({len(one.name) for one in holders} | {3, 2}, reverse=True):
        piece = raw[place : place + size]
        like = any(_one_off(piece, one.name) for one in holders)
        if (
            len(piece) == size
            and (like or is_name(piece))
            and not _VACANT & set(piece)
            and _AFTER_NAME.match(raw, place + size)
        ):
            return place, place + size
    return None


def _before(raw: str, start: int, holders: list[Term], table: Offices) -> tuple[int, int] | None:
    if known := table.name_before(raw, start):
        return start - len(known), start
    for holder in holders:
        place = start - len(holder.name)
        if place >= 0 and _one_off(raw[place:start], holder.name) and not is_han(raw[place - 1 : place]):
            return place, start
    return None


def _one_off(piece: str, name: str) -> bool:
    """True where one character differs, not the first of a two-character name's."""
    if len(piece) != len(name) or not all(map(is_han, piece)):
        return False
    return sum(one != other for one, other in zip(piece, name, strict=True)) == 1 and (
        len(name) > 2 or piece[0] == name[0]
    )


def _judge(raw: str, found: tuple[int, int], title: tuple[int, int], terms: list[Term], day: date) -> Iterator[Mark]:
    name, office = raw[slice(*found)], raw[slice(*title)]
    holders = [term for term in terms if term.holds(day)]
    if any(term.name == name for term in holders):
        return
    past = [term for term in terms if term.name == name and term.until and term.until <= day]
    if not holders and not past:
        return
    ended = f"“{name}”的任期已于{past[-1].until}结束；" if past else ""
    now = "、".join(dict.fromkeys(term.name for term in holders)) or "（表中无现任）"
    message = f"职务与姓名不符：{ended}{day}的“{office}”为{now}，文中为“{name}”"[:200]
    right = holders[0].name if len(holders) == 1 else None
    sources = {term.source for term in (*holders, *past) if term.source}
    basis = f"已导入的职务姓名表：{'；'.join(sorted(sources))}"[:200] if sources else "已导入的职务姓名表"
    yield Mark(*found, message, right, basis, confidence=0.8, sure=False, term=office, lexicon="offices")


_DAY = {"published_at": datetime(2024, 5, 1, tzinfo=UTC)}
EXAMPLES = (
    Example("the one before", "示例县县长张示例主持召开会议。", ("张示例",), given=_DAY),
    Example("a wrong character", "示例县县长李样木到企业调研。", ("李样木",), given=_DAY),
    Example("the name before the title", "张示例县委书记讲话。"),
    Example("another's title", "示例县委书记李样本出席活动。", ("李样本",), given=_DAY),
    Example("as the table has it", "示例县县长李样本、示例县副县长赵举例出席，示例县委书记王范例讲话。", given=_DAY),
    Example("in the past", "2022年，时任示例县县长张示例主持奠基。", given=_DAY),
    Example("a title without a name", "示例县县长在会上强调安全生产。", given=_DAY),
)
