"""Names of state bodies: those that no longer hold on the post's day, and misspelt ones.

Source: 《党和国家机构改革方案》（2023年）、《深化党和国家机构改革方案》（2018年）及此前历次国务院机构改革决定；
each entry of data/bodies.toml names its own. A name is right in its own time: a sentence with a date before the
change, 原, 时任, 更名 and the like, a title in 《》, what was awarded under the old name and the wording of laws stay
silent. A post without a date is judged by the day of inspection, and its hits wait for a human.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from govmedia.engine.content.abroad import is_abroad
from govmedia.engine.content.bodies import Misspelt, Renamed, bodies
from govmedia.engine.content.history import is_legal_text, is_past, near_past
from govmedia.engine.content.known_names import names_in
from govmedia.engine.content.nearly import Near, is_han
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.text import Text, inside
from govmedia.engine.content.types import Example, Mark, Post, Setting

CODE = "names_body"
CATEGORY = "names"
LEVEL = "notice"
TITLE = "机构名称"
VERSION = 1
AUTO = True
FIELDS = ("title", "text")

_PLACES = "省市县区州盟旗"
# What makes a longer word of an old name: 环保部门, 工商局面, 扶贫办法.
_GOES_ON = {
    "部": "门队署分落件类长",
    "局": "面势限部地",
    "办": "法理公学案事好",
    "委": "员托派任",
    "厅": "堂",
    "会": "议员",
}
# Before a name that other states have too, only marks and small words may stand.
_SMALL = frozenset("由据经和与及向被从报受对请赴到是将让获按照在于至，国")
_OWN_RULES = compiled(r"香港|澳门|台湾|港澳|台北|高雄|某[省市县区]")
# 农业部印发…: what a ministry of ours does in official news.
_ACTS = compiled(
    r"部长|副部长|办公厅|印发|发布|下发|联合|公布|通报|通知|部署|近日|日前|等|有关|相关|要求|决定|召开|组织|启动|公告|、|专家|令"
)
# 和 and 与 join as well as part; what is put in between is often grammar: 住房和城乡建设的…
_JOINTS = "的和与及、各等之"
# 将会, 也会 behind 委: 国家卫生健康委将会同…
_HELPERS = "将已要也都就还不正再均可应"
_BODY_ENDS = "部厅局委会办署"
_ENDS_LOOSE = "部局会站署行区院所委厅"


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each old name out of its time and for each misspelt name."""
    table = bodies()
    words: list[tuple[int, int, str]] = []
    for near in names_in(text.raw, "bodies"):
        if not near.slip:
            words.append((near.start, near.end, near.name))
        elif _is_slip(text, near):
            yield _misspelt(near, table.basis)
    if not words:
        return
    legal = is_legal_text(text)
    for start, end, word in _longest(words):
        if word in table.misspelt:
            yield from _listed(text, start, end, table.misspelt[word])
        elif not legal:
            yield from _old(text, start, end, table.renamed[word], post, setting)


def _longest(words: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The words that do not lie within a longer one: 银保监会 is no 保监会."""
    last = -1
    for start, end, word in sorted(words, key=lambda one: (one[0], -one[1])):
        if end > last:
            last = end
            yield start, end, word


def _old(text: Text, start: int, end: int, entry: Renamed, post: Post, setting: Setting) -> Iterator[Mark]:
    before = text.raw[start - 1 : start]
    since = entry.since_for(before)
    if setting.day < since or text.raw[end : end + 1] in tuple(_GOES_ON.get(entry.old[-1], ())):
        return
    if inside(text.titles, start, end) or not _stands_as_body(text, start, end, entry):
        return
    low, high = text.sentence(start)
    # A sentence that has both names tells of the change.
    if is_past(text, start, end, since) or (entry.new and text.raw.find(entry.new, low, high) >= 0):
        return
    sure = (
        post.published_at is not None
        and not entry.weak
        and not near_past(text, start, since)
        and (not entry.open or _ACTS.match(text.raw, end) is not None)
    )
    yield Mark(
        start,
        end,
        f"机构名称已变：“{entry.old}”自{since.year}年{since.month}月起为“{entry.shown}”",
        entry.new or None,
        entry.source,
        confidence=0.9 if sure else 0.7,
        sure=sure,
        term=entry.old,
        lexicon="bodies",
    )


def _stands_as_body(text: Text, start: int, end: int, entry: Renamed) -> bool:
    low, high = text.sentence(start)
    before = text.raw[start - 1 : start]
    if entry.local:
        if _OWN_RULES.search(text.raw, low, high) or is_abroad(text, start):
            return False
        if entry.after:
            near = text.raw[max(low, start - 14) : start]
            return any(word in near for word in entry.after)
        return entry.alone or before in tuple(_PLACES)
    if not entry.open:
        return True
    free = not is_han(before) or before in _SMALL or text.raw.endswith("中国", 0, start)
    return free and before not in ("家", "门") and not is_abroad(text, start)


def _listed(text: Text, start: int, end: int, entry: Misspelt) -> Iterator[Mark]:
    around = text.raw[max(0, start - 4) : end + 4]
    if not any(word in around for word in entry.unless):
        message = f"疑似误写：“{entry.wrong}”应为“{entry.right}”（{entry.reason}）"
        yield Mark(
            start,
            end,
            message,
            entry.right,
            "机构全称和规范化简称",
            confidence=0.95,
            term=entry.wrong,
            lexicon="bodies",
        )


def _is_slip(text: Text, near: Near) -> bool:
    if near.name == "中华人民共和国" and inside(text.titles, near.start, near.end):
        return False  # a law's title is looked at as a whole
    if near.at_edge:
        # 生态环境不断改善: behind a short ending the character may be the next word's.
        at_end = text.raw[near.start] == near.name[0]
        loose = at_end and near.name[-1] in _ENDS_LOOSE and is_han(text.raw[near.end : near.end + 1])
        return near.typing and not loose
    if near.slip == "extra":
        return near.found not in _JOINTS or near.typing
    if near.slip == "missing":
        if near.meant == "员" and text.raw.startswith("同", near.end):
            return False  # 国家卫生健康委会同…
        # 住房城乡建设部 is a short form; 英国国家统计局 and 美国统计局 are not ours.
        return near.meant not in _JOINTS and not (
            near.meant == "家" and is_han(text.raw[near.start - 1 : near.start])
        )
    if near.meant in _JOINTS and near.found in _JOINTS:
        # 住房与城乡建设 as fields of work is free wording; as a body's name it is not.
        return (near.name + text.raw[near.end : near.end + 1])[-1] in _BODY_ENDS or near.name[-1] in _BODY_ENDS
    return not (near.meant == "员" and near.found in _HELPERS)


def _misspelt(near: Near, basis: str) -> Mark:
    what = {"wrong": "有错字", "missing": "漏字", "extra": "多字", "swapped": "字序颠倒"}[near.slip]
    sure = near.typing or (near.slip == "missing" and len(near.name) > 5)
    message = f"机构名称疑似{what}：应为“{near.name}”"
    confidence = 0.95 if sure else 0.8
    return Mark(
        near.start,
        near.end,
        message,
        near.name,
        basis,
        confidence=confidence,
        sure=sure,
        term=near.name,
        lexicon="bodies",
    )


_DAY = {"published_at": datetime(2024, 5, 1, tzinfo=UTC)}
EXAMPLES = (
    Example(
        "a ministry under its old name",
        "近日，国土资源部印发通知，部署汛期地质灾害防治工作。",
        ("国土资源部",),
        given=_DAY,
    ),
    Example("a local body under its old name", "市卫计委提醒广大市民做好防护。", ("卫计委",), given=_DAY),
    Example("the year makes it right", "2016年，国土资源部印发《关于推进建设用地多测合一的通知》。", given=_DAY),
    Example("原 makes it right", "原市卫计委退休干部积极参与社区志愿服务。", given=_DAY),
    Example("a longer word", "环保部门开展专项检查。", given=_DAY),
    Example("another state's ministry", "美国农业部公布了最新报告。", given=_DAY),
    Example("a character missing", "国务院办厅印发通知。", ("国务院办厅",), given=_DAY),
    Example("a wrong character", "县委成立乡村振兴工作领导小姐。", ("工作领导小姐",), given=_DAY),
    Example("a common short form", "省住房城乡建设厅、人力资源社会保障厅联合召开会议。", given=_DAY),
)
