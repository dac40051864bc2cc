"""Parts and totals of one sentence that do not agree."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from govmedia.engine.content.figures import plain
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.quantities import Quantity
from govmedia.engine.content.types import Mark
from govmedia.engine.content.wholes import apart, complete, likely

BASIS = "同一句中的数据应当一致：分项之和等于合计"
_LAST = compiled(
    r"[^0-9，。；、（）()]{0,8}[，,；（(][^0-9，。；、（）()]{0,6}?"
    r"(?:(共计|合计|总计|总人?数|[全两三][年省市县区镇乡村校班场天]共)[^0-9，。；、（）()]{0,6}"
    r"|(?:[两三](?:年|地|个?五年|个?[季批期组])(?:累计|一?共)|总共|一共|共)(?:有|为|达|是|走访慰问|走访|慰问|培训|发放|设|(抽查|检查|抽检|评审|受理|办理|接收|调解|排查|接待|救助|检测|审议|审核|核查|征集|收到|接到|收缴))?([^0-9，。；、（）()]{2,12}?)?)"
)
_AMONG = compiled(
    r"(?:[0-9]{1,7}[人户]|[^0-9，。；：、（）()]{0,12}(?:（[^（）0-9]{1,12}）)?)[，,（(：:；。]\s?(其中|分别是|分别为|即|分为|包括|包含|包括有)[有：:，,]?"
)
_LABEL = 14
EXACT, ROUNDED, WRONG = 2, 1, 0
_TRAIT = compiled(
    r"党员|团员|志愿者|代表|学生|未成年|老年|女|男|族|岁|学历|职称|军人|代表|老人|残疾|贫困|脱贫|低保|留守|退役|返乡|外地|农民"
)
_YEAR = compiled(r"(?:19|20)[0-9]{2}年|上年(?=结转)")
# 占62.5%, 增长3.2% behind a part.
_ASIDE = compiled(
    r"[，,（(](?:占[^0-9，。；]{0,6}|同比|比上年|较上年)?(?:增长|下降|占比?|增幅)?(?:为|达)?[0-9]{1,3}(?:\.[0-9]{1,2})?[%％][）)]?"
)
_BRACKETS = compiled(r"（[^（）]{0,30}）")
# Times, grades and prices are no totals of people or things.
NO_TOTAL = frozenset(
    ("%", "年", "日", "天", "级", "层", "期", "届", "个月", "小时", "分钟", "岁", "周岁", "个百分点", "次")
)
# A total that is a change, a mean, or only the last of several.
NOT_WHOLE = compiled(r"增加|减少|净|[顺逆]差|增长|下降|多了|少了|每|均|单产|[和及与、][^，。；0-9]{0,6}\Z")
OTHER = compiled(
    r"另|其余|余下|剩余|其中|包括|含|分别|在内|总计|(?<!公)共(?![青产和同享])|等[，,]|[从由]|此外|还有|同时|比上|较上|去年|上年|同比|累计|新增|增加|增长|减少"
    r"|[0-9]"
)
# One case or person may be counted in two of the parts.
_SHARED = compiled(r"处分|查处|立案|涉及|惠及|覆盖|服务|移送|组织处理")
_COUNT = {2: "两", 3: "三"}
_PERSONS = ("选手", "获奖", "人员", "同志", "学生", "队员")
_SAME = {"名": "人", "位": "人", "块": "枚"}


def counter(quantity: Quantity) -> str:
    """The counter, the same for 名 and 人."""
    return _SAME.get(quantity.counter, quantity.counter)


def total_last(raw: str, found: list[Quantity]) -> Iterator[Mark]:
    """一等奖2名、二等奖5名、三等奖10名，共计18名."""
    for place in range(2, len(found)):
        total = found[place]
        said = _LAST.fullmatch(raw, found[place - 1].end, total.start)
        if said is None:
            continue
        parts = _row_before(raw, found[:place], total)
        if len(parts) < 2 or any(one.about for one in (total, *parts)):
            continue
        # The row may begin with what is no part: every end of it that makes the total will do.
        sums = [sum((one.worth for one in parts[start:]), Decimal(0)) for start in range(len(parts) - 1)]
        fit = max(_fit(worth, parts, total) for worth in sums)
        if fit == EXACT:
            continue
        listed = _listed(raw, parts)
        # 22个大项、564个小项，共有44个国家 counts things of another kind.
        noun = raw[total.end : total.end + 2].strip("，。、；：（） ")
        alike = said[1] or not noun or noun in _PERSONS or noun in raw[max(0, parts[0].start - _LABEL) : total.start]
        called = labels(raw, _behind(raw, parts[0]), parts)
        whole = complete(called)
        named = said[3] and not _SHARED.search(said[3]) and _of_all(raw, said[3], called, total.start)
        if whole or named or said[2] or (alike and not said[3] and (listed or said[1])):
            sure = fit == WRONG and (whole or (bool(said[1]) and listed and total.worth >= parts[-1].worth))
            yield mark(parts[0].start, total.end, sums[0], total, sure=sure)


def _of_all(raw: str, noun: str, called: list[str], end: int) -> bool:
    """True where the total is of all the parts: as many are told (两年累计), or all are called by its noun."""
    count = _COUNT.get(len(called), "\n")
    return count in raw[max(0, end - 20) : end] or all(noun[-2:] in label for label in called)


def _behind(raw: str, first: Quantity) -> int:
    """Where the label of the first part begins."""
    low = max(0, first.start - _LABEL)
    return max(low, *(raw.rfind(sign, low, first.start) + 1 for sign in "，。；：\n"))


def _row_before(raw: str, found: list[Quantity], total: Quantity) -> list[Quantity]:
    """The quantities of the total's counter that stand in a row right before it."""
    parts: list[Quantity] = []
    for one in reversed(found):
        if counter(one) != counter(total) or (parts and not _side_by_side(raw, one, parts[0])):
            break
        parts.insert(0, one)
    return parts


def total_first(raw: str, found: list[Quantity]) -> Iterator[Mark]:
    """共15人，其中男8人、女6人."""
    for place, total in enumerate(found[:-1]):
        cue = _AMONG.match(raw, total.end)
        if cue is None or total.about or total.counter in NO_TOTAL or raw[total.start] == "一":
            continue
        if NOT_WHOLE.search(raw, max(0, total.start - 10), total.start):
            continue
        parts = _parts(raw, cue.end(), [one for one in found[place + 1 :] if one.start >= cue.end()], total)
        if parts and not any(one.about for one in parts) and not raw.startswith("在内", parts[-1].end + 2):
            yield from _judge(raw, cue, total, parts)


def _judge(raw: str, cue: re.Match[str], total: Quantity, parts: list[Quantity]) -> Iterator[Mark]:
    stop = raw.find("；", total.end, parts[-1].end)
    named = labels(raw, cue.end(), parts) if stop >= 0 else []
    if stop >= 0 and not complete(named) and not likely(named):
        # Behind a semicolon often stands something else.
        parts = [one for one in parts if one.end <= stop]
    if not parts:
        return
    worths = [one.worth for one in parts]
    sums = [sum(worths[: count + 1], Decimal(0)) for count in range(len(worths))]
    fit = max(_fit(worth, parts, total) for worth in sums)
    if fit == EXACT:
        return
    near = "。" not in raw[total.end : cue.end()]
    if worths[0] > total.worth:
        message = f"分项大于总数：{plain(worths[0])}大于{plain(total.worth)}"
        yield Mark(total.start, parts[0].end, message, None, BASIS, confidence=0.8, sure=near and len(parts) == 1)
    elif len(parts) > 1:
        called = labels(raw, cue.end(), parts)
        sure = _certain(raw, cue[1], called, parts, total)
        if sure is not None:
            yield mark(total.start, parts[-1].end, sums[-1], total, sure=sure and near and fit == WRONG)


def _certain(raw: str, cue: str, called: list[str], parts: list[Quantity], total: Quantity) -> bool | None:
    """Whether the parts surely are all of the total; None where they may be some of it, or overlap."""
    if complete(called):
        return True
    if likely(called):
        return False
    over = sum((one.worth for one in parts), Decimal(0)) > total.worth
    listed = _listed(raw, parts)
    if cue in ("分别是", "分别为", "分为", "即"):
        return listed if over or cue in ("分别是", "分别为") else False
    if not over:
        return _nearly(raw, cue, parts, total)
    if apart(called):
        return listed
    # People are often of two kinds at once: 党员30人、女性40人.
    single = listed or len(called) > 2 or (cue == "其中" and total.step == 1 and not _SHARED.search("".join(called)))
    if all(label.endswith("户") or "户" in label[:4] for label in called) and listed:
        return False
    return False if single and not any(_TRAIT.search(label) for label in called) else None


def _nearly(raw: str, cue: str, parts: list[Quantity], total: Quantity) -> bool | None:
    """Three parts or more that end the sentence and make nine tenths of the total: none seems left out."""
    worth = sum((one.worth for one in parts), Decimal(0))
    ends = raw[parts[-1].end : parts[-1].end + 1] in ("。", "；", "")
    if len(parts) < 3 or not ends or not _listed(raw, parts) or worth * 10 < total.worth * 9:
        return None
    if cue == "其中" and total.step == 1 and worth * 100 >= total.worth * 97:
        return False
    return False if cue in ("包括", "包含", "包括有", "分为") else None


def _listed(raw: str, parts: list[Quantity]) -> bool:
    return all(set(raw[left.end : right.start]) & set("、和及") for left, right in pairwise(parts))


def _parts(raw: str, place: int, found: list[Quantity], total: Quantity) -> list[Quantity]:
    """The quantities of the total's counter that follow the cue in one list; of its noun where it is named again."""
    parts: list[Quantity] = []
    cue = place
    for one in found:
        if raw.rfind("（", cue, one.start) > raw.rfind("）", cue, one.start):
            continue
        between = _ASIDE.sub("", _BRACKETS.sub("", raw[place : one.start]))
        if counter(one) != counter(total) or len(between) > _LABEL + 4 or OTHER.search(between) or "。" in between:
            break
        parts.append(one)
        place = one.end
    noun = raw[total.end : total.end + 2]
    named = [one for one in parts if raw.startswith(noun, one.end)] if noun.strip("，。、；（ ") == noun else []
    return named or parts


def labels(raw: str, place: int, parts: list[Quantity]) -> list[str]:
    """What each part is called: the words before its number, or those after it where none stand before."""
    called = []
    for one in parts:
        before = raw[place : one.start].strip("、，,和及；有为是 ")
        called.append(before)
        place = one.end
    if all(called):
        # 8个外资项目、27个内资项目: what stands between belongs to the number before.
        return called
    ends = [*(one.start for one in parts[1:]), min(len(raw), parts[-1].end + _LABEL)]
    after = [raw[one.end : end] for one, end in zip(parts, ends, strict=True)]
    return [label.split("，")[0].split("。")[0].split("、")[0] for label in after]


def _side_by_side(raw: str, first: Quantity, second: Quantity) -> bool:
    between = _YEAR.sub("", raw[first.end : second.start])
    return len(between) <= _LABEL and any(sign in between for sign in "、，,和") and not OTHER.search(between)


def _fit(worth: Decimal, parts: list[Quantity], total: Quantity) -> int:
    """EXACT where the figures agree; ROUNDED where whole 万 or 亿 might just be rounded; else WRONG."""
    if worth == total.worth:
        return EXACT
    steps = [total.step, *(one.step for one in parts)]
    if max(steps) == 1 or abs(worth - total.worth) > sum(steps, Decimal(0)) / 2:
        return WRONG
    return ROUNDED if all(one.whole for one in (total, *parts)) else EXACT


def mark(start: int, end: int, worth: Decimal, total: Quantity, *, sure: bool) -> Mark:
    """The mark of parts that make the worth, not the total."""
    message = f"分项之和与合计不一致：分项之和为{plain(worth)}，合计写作{plain(total.worth)}"
    return Mark(start, end, message, None, BASIS, confidence=0.9 if sure else 0.6, sure=sure)
