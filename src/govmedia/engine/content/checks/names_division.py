"""Administrative divisions: renamed or dissolved ones, ones said to lie where they do not, and misspelt ones.

Source: GB/T 2260 《中华人民共和国行政区划代码》 and the acts of the State Council and the Ministry of Civil Affairs
on changes above the level of townships (data/divisions_renamed.csv). Only full names side by side are judged:
南京市姑苏区, 江苏省南京市; a district without its city only where its old name can be no other word. Sentences about
the past, titles and the wording of laws are silent.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from govmedia.engine.content.abroad import is_abroad
from govmedia.engine.content.divisions import GENERIC, SHORTENED, Divisions, Former, divisions, is_zone
from govmedia.engine.content.history import is_legal_text, is_past, near_past
from govmedia.engine.content.known_names import names_in
from govmedia.engine.content.nearly import Near, is_han
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.text import Text, inside
from govmedia.engine.content.types import Example, Mark, Post, Setting

CODE = "names_division"
CATEGORY = "names"
LEVEL = "notice"
TITLE = "行政区划名称"
VERSION = 1
AUTO = True
FIELDS = ("title", "text")

BASIS = "GB/T 2260《中华人民共和国行政区划代码》及行政区划变更批复"
# 区域, 市场, 县域…: the name is part of another word.
_GOES_ON = {
    "区": "域划块位间段别",
    "市": "场民容值价政面",
    "县": "域级志道",
    "省": "级道会",
    "州": "级",
    "旗": "帜下袍",
}
_SPOKEN = ("新疆自治区", "广西自治区", "宁夏自治区")
_COUNTY, _PREFECTURE = 6, 4
_LONG = 6
_LONG_AGO = date(2010, 1, 1)
_SETTLED_DAYS = 730
# Something stands after the parent that could be a division's name.
_CHILD = compiled(r"[\u4e00-\u9fff]{1,14}?[市区县旗盟州]")
# Old counties live on in names: 郫县豆瓣, 沙县小吃, 户县农民画.
_KEEPS_NAME = compiled(
    r"小吃|豆瓣|农民画|米粉|白茶|大葱|古城|老城|机场|会战|战役|会议旧址|起义|高速|铁路|古镇|方言|话|籍"
)


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each division that is not, is not there, or is misspelt."""
    table = divisions()
    legal: bool | None = None
    yield from _short_names(text, table)
    words: list[Near] = []
    for near in names_in(text.raw, "divisions"):
        if near.slip:
            yield from _misspelt(text, near)
        else:
            words.append(near)
    for near in _longest(words):
        if near.name in SHORTENED:
            yield _shortened(near)
            continue
        if near.name in table.alone:
            found = _former(text, near.start, near.end, table.alone[near.name], post, setting)
        else:
            found = _child(text, near, table, post, setting)
        for mark in found:
            legal = is_legal_text(text) if legal is None else legal
            if not legal:
                yield mark


def _longest(words: list[Near]) -> Iterator[Near]:
    """The names that do not lie within a longer one: 马鞍山市 is not 鞍山市."""
    last = -1
    for near in sorted(words, key=lambda one: (one.start, -one.end)):
        if near.end > last:
            last = near.end
            yield near


def _child(text: Text, near: Near, table: Divisions, post: Post, setting: Setting) -> Iterator[Mark]:
    """What stands right behind a province or city."""
    start, end = near.start, near.end
    if not _CHILD.match(text.raw, end) or not table.has_children(near.name):
        return
    name = table.name_at(text.raw, end)
    if not name:
        yield from _near_child(text, near.name, end, table)
        return
    stop = end + len(name)
    if text.raw[stop : stop + 1] in tuple("、和与及") and table.lies_in(near.name, name):
        # 重庆市渝中区、沙平坝区: the list goes on under the same city.
        if not table.name_at(text.raw, stop + 1):
            yield from _near_child(text, near.name, stop + 1, table)
        return
    if text.raw[stop : stop + 1] in tuple(_GOES_ON.get(name[-1], ())):
        return
    if old := table.former(near.name, name):
        yield from _former(text, end, stop, old, post, setting)
    elif not table.lies_in(near.name, name) and _is_elsewhere(text, start, stop, name, near.name, table):
        homes = [home for home in table.homes(name) if home]
        sure = len(homes) == 1 and name[-1] != "市"
        where = f"“{name}”属{homes[0]}，不属{near.name}" if len(homes) == 1 else f"“{near.name}”没有“{name}”"
        message = f"行政区划隶属疑似有误：{where}"
        yield Mark(start, stop, message, None, BASIS, confidence=0.9 if sure else 0.7, sure=sure, term=name)


def _is_elsewhere(text: Text, start: int, stop: int, name: str, parent: str, table: Divisions) -> bool:
    level = table.level(name)
    if name in GENERIC or len(name) < 3 or not level or is_zone(name):
        return False
    # 四川省重庆市 is wrong; 重庆市天津市 and 四川省云南省 are lists.
    if level < _PREFECTURE and (name[-1] != "市" or parent[-1] == "市"):
        return False
    # 南京市苏州市 is a list; only a province has cities of that rank.
    if level == _PREFECTURE and not table.is_province(parent):
        return False
    return not inside(text.titles, start, stop) and not is_past(text, start, stop, _LONG_AGO)


def _near_child(text: Text, parent: str, place: int, table: Divisions) -> Iterator[Mark]:
    slip = table.near_child(parent, text.raw, place) or table.under_other_kind(parent, text.raw, place)
    if not slip:
        return
    name, length = slip
    stop = place + length
    if text.raw[stop : stop + 1] in tuple(_GOES_ON.get(text.raw[stop - 1], ())) or is_past(
        text, place, stop, _LONG_AGO
    ):
        return
    message = f"行政区划名称疑似误写：应为“{parent}{name}”"
    yield Mark(place, stop, message, name, BASIS, confidence=0.9, term=name)


def _short_names(text: Text, table: Divisions) -> Iterator[Mark]:
    """安微省, and cities of two characters and 市 that open a phrase."""
    raw = text.raw
    for rank in "省市":
        place = raw.find(rank, 2)
        while place >= 0:
            if (rank == "省" or not is_han(raw[place - 3 : place - 2])) and is_han(raw[place - 2]):
                yield from _short_name(text, place - 2, table)
            place = raw.find(rank, place + 1)


def _short_name(text: Text, start: int, table: Divisions) -> Iterator[Mark]:
    end = start + 3
    name = table.near_short(text.raw[start:end])
    if name and text.raw[end : end + 1] not in tuple(_GOES_ON[name[-1]] + "区") and not is_abroad(text, start):
        message = f"行政区划名称疑似误写：应为“{name}”"
        yield Mark(start, end, message, name, BASIS, confidence=0.85, sure=name[-1] == "省", term=name)


def _former(text: Text, start: int, end: int, old: Former, post: Post, setting: Setting) -> Iterator[Mark]:
    if setting.day < old.since or text.raw[end : end + 1] in tuple(_GOES_ON.get(old.old[-1], ())):
        return
    if inside(text.titles, start, end) or _KEEPS_NAME.match(text.raw, end) or is_past(text, start, end, old.since):
        return
    settled = (setting.day - old.since).days > _SETTLED_DAYS
    # Without its city before it an old name may be told of as history in ways no cue shows.
    placed = text.raw.endswith(old.within, 0, start)
    sure = placed and settled and post.published_at is not None and not near_past(text, start, old.since)
    message = f"行政区划已变：{old.within}“{old.old}”已撤销或更名，现为“{old.new}”"
    new = old.new if "、" not in old.new else None
    yield Mark(start, end, message, new, old.source, confidence=0.9 if sure else 0.7, sure=sure, term=old.old)


def _misspelt(text: Text, near: Near) -> Iterator[Mark]:
    if near.slip != "missing" and not near.typing:
        return
    if near.at_edge and len(near.name) < _LONG:
        return
    if near.slip == "missing" and (len(near.name) < _LONG and is_han(text.raw[near.start - 1 : near.start])):
        return
    if text.raw[near.end : near.end + 1] in tuple(_GOES_ON.get(near.name[-1], ())):
        return
    message = f"行政区划名称疑似误写：应为“{near.name}”"
    yield Mark(near.start, near.end, message, near.name, BASIS, confidence=0.9, term=near.name)


def _shortened(near: Near) -> Mark:
    right = SHORTENED[near.name]
    message = f"自治区名称不规范：应为“{right}”"
    # 新疆自治区 is heard in the news too.
    sure = near.name not in _SPOKEN
    return Mark(
        near.start, near.end, message, right, BASIS, confidence=0.9 if sure else 0.7, sure=sure, term=near.name
    )


_DAY = {"published_at": datetime(2024, 5, 1, tzinfo=UTC)}
EXAMPLES = (
    Example("a district dissolved", "北京市宣武区开展消防宣传。", ("宣武区",), given=_DAY),
    Example("in its own time", "2008年，北京市宣武区开展消防宣传。", given=_DAY),
    Example("another city's district", "南京市姑苏区举办民俗活动。", ("南京市姑苏区",), given=_DAY),
    Example("another province's city", "江苏省合肥市举办招商会。", ("江苏省合肥市",), given=_DAY),
    Example("a like-sounding character", "南京市建业区发布暴雨预警。", ("建业区",), given=_DAY),
    Example("a character missing", "黑龙江省齐齐哈市迎来降雪。", ("齐齐哈市",), given=_DAY),
    Example("as it is", "江苏省苏州市姑苏区、昆山市，杭州市城区道路，北京市朝阳市场。", given=_DAY),
)
