"""Names one after another beside their number: places, streets, bodies, provinces, persons."""

from collections.abc import Iterator

from govmedia.engine.content.dates import whole
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.person_names import is_name
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.types import Mark

BASIS = "同一句中的数据应当一致：所列项数与所说相符"
# 在甲镇、乙镇、丙镇2个镇
_PLACES = compiled(
    r"(?:个|条|所|家|座|处|大)(?<=[0-9两二三四五六七八九十]\S)(?:重点|主要?|试点|贫困|中心|省属|市直|县直|成员|先进|示范|定点|联审)?"
    r"(县区|街道|社区|部门|单位|[县区镇村乡局路街校院馆园桥库])(?![级长委域直政])"
)
_NUMBER_OF = compiled(r"(等)?(?:这|的)?(?<![零一二两三四五六七八九十百])([0-9]{1,2}|[两二三四五六七八九十]{1,2})\Z")
_BODY_ENDS = ("局", "委", "办", "部", "院", "厅", "中心", "公司", "队", "所", "站", "会", "行", "处")
_PROVINCES = (
    "北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州|云南"
    "|西藏|陕西|甘肃|青海|宁夏|新疆"
)
_IN_PROVINCES = Pattern(
    rf"(?<![、和及])(?:(?:{_PROVINCES})省?[、和]){{1,12}}(?:{_PROVINCES})省?(等)?([0-9]{{1,2}}|[两二三四五六七八九十]{{1,2}})个?"
    r"(?:省市区|省区市|省市|省份|省(?![级委会内外道区（(]|[一二两三四]|藏区))"
)
_PERSONS = Pattern(
    r"([0-9]{1,2}|[两二三四五六七八九十])(?:人|名(?:同志|干部|学生|教师|民警|党员|村民|嫌疑人|犯罪嫌疑人|选手|队员|志愿者))"
)
# 教育、医疗、养老3个方面
_ROW = Pattern(
    r"(?:个|大|项|类|种|门)(?<=[2-9两三四五六七八九十]\S)(?:方面|领域|环节|板块|层面|维度|部分|专题|项目|阶段|单位|部门|岗位|科目|工种|类别"
    r"|功能区|品种|景点|产业|工程|行动|内容|工作|措施|制度|任务|业务|服务|指标|活动|类)(?!型)"
)
_STOPS = "，。；：（）“”\n"
_SIGNS = "、，。；：（）\n“”"


def roll_calls(raw: str) -> Iterator[Mark]:
    """As many names as said; with 等 not more."""
    for found in _PLACES.finditer(raw):
        number = _NUMBER_OF.search(raw, max(0, found.start() - 4), found.start())
        if number:
            items, start = _items(raw, number.start(), found[1])
            yield from _judge(start, found.end(), items, number[2], number[1])
    if "省" in raw and "、" in raw:
        for found in _IN_PROVINCES.finditer(raw):
            items = found[0].replace("和", "、").split("、")
            if found[0].endswith("省") and any(one in found[0] for one in ("北京", "上海", "天津", "重庆", "内蒙古")):
                continue
            yield from _judge(found.start(), found.end(), items, found[2], found[1], sure=False)
    for found in _PERSONS.finditer(raw) if "、" in raw else ():
        items, start, others = _names(raw, found.start())
        yield from _judge(start, found.end(), items, found[1], others, sure=False)


def rows(raw: str) -> Iterator[Mark]:
    """教育、医疗、养老2个方面: more items than said, or fewer without 等."""
    for found in _ROW.finditer(raw):
        number = _NUMBER_OF.search(raw, max(0, found.start() - 4), found.start())
        end = number.start() if number else 0
        start = max((raw.rfind(sign, max(0, end - 70), end) for sign in _STOPS), default=-1) + 1
        pieces = raw[start:end].split("、")
        if number is None or len(pieces) < 3 or any(sign in piece for piece in pieces for sign in "和及与或的为类大"):
            continue
        if all(2 <= len(piece) <= 6 for piece in pieces[1:]) and len(pieces[0]) >= 2:
            yield from _judge(start, found.end(), pieces, number[2], number[1], sure=False)


def _judge(
    start: int, end: int, items: list[str], number: str, others: str | None, *, sure: bool = True
) -> Iterator[Mark]:
    stated = whole(number)
    if stated and len(items) > 1 and (len(items) > stated or (len(items) < stated and not others)):
        message = f"列出{len(items)}个，写作{stated}个"
        yield Mark(start, end, message, None, BASIS, confidence=0.85, sure=sure and len(items) > stated)


def _items(raw: str, end: int, kind: str) -> tuple[list[str], int]:
    """The names before a place, each ending in the same word, and where the first of them starts."""
    items: list[str] = []
    place = end
    low = max(0, end - 120)
    ends: tuple[str, ...] = _BODY_ENDS if kind in ("部门", "单位") else (kind[-1],)
    ends = ("路", "街", "道") if kind in ("路", "街", "街道") else ends
    while place > low:
        cut = max(raw.rfind(sign, low, place) for sign in "、，。；：和（）\n在")
        name = raw[cut + 1 : place]
        if not name.endswith(ends) or not 2 <= len(name) <= 12:
            break
        items.append(name)
        if cut < 0 or raw[cut] not in "、和":
            return items, cut + 1
        place = cut
    # A name that does not end alike: the list is of another kind.
    return [], end


def _names(raw: str, end: int) -> tuple[list[str], int, str | None]:
    """The names of persons before a place, where they start, and 等 where it stands behind them."""
    others = "等" if raw[end - 1 : end] == "等" else None
    place = end - (1 if others else 0)
    items: list[str] = []
    while place > 0:
        cut = max(raw.rfind(sign, max(0, place - 6), place) for sign in _SIGNS)
        name = raw[cut + 1 : place]
        if cut < 0 or not (is_name(name) or _masked(name)):
            # The first name stands right behind other words: 表彰张伟、李强2名同志.
            head = next((raw[place - size : place] for size in (3, 2) if _is_person(raw[place - size : place])), "")
            return ([*items, head], place - len(head), others) if head and items else ([], end, others)
        items.append(name)
        place = cut
        if raw[cut] != "、":
            return items, cut + 1, others
    return items, 0, others


def _masked(name: str) -> bool:
    return 2 <= len(name) <= 3 and "某" in name[1:]


def _is_person(name: str) -> bool:
    return is_name(name) or _masked(name)
