"""The quantities of a sentence, in order: number, multiple, counter; what is only about right is marked as such."""

import re
from dataclasses import dataclass
from decimal import Decimal

from govmedia.engine.content.numbers import ARABIC, HANZI, MULTIPLES, counted, places
from govmedia.engine.content.patterns import compiled

# Counters, longer ones first.
COUNTERS = (
    "个工作日|工作日|平方公里|平方米|立方米|立方千米|千瓦时|人民币|个百分点|人次|户次|家次|剂次|件次|架次|车次|班次|批次|场次|吨级|周岁|公里|千米|公顷|公斤|千克|毫米|厘米"
    "|小时|分钟|个月|公升|美元|欧元|港元|元|人|名|位|户|家|个|项|件|起|例|台|套|辆|艘|架|次|场|期|届|座|处|所|间|条|段|亩|吨|克|斤|升|米|天|日|年"
    "|岁|枚|张|份|册|本|部|篇|幅|首|支|只|头|匹|尾|株|棵|颗|批|种|类|组|队|级|层|栋|幢|宗|笔|单|票|班|门|道|剂|对|双|片|块|盏|根|口|眼|席|%|％"
)
_QUANTITY = compiled(
    rf"({ARABIC}|{HANZI})\s?([百千十]?[万亿]|[百千](?![克瓦米]))?(余|多|几)?({COUNTERS})(?!之家)(左右|以上|以下|上下|多(?!的)|余)?"
)
_NOT_A_NUMBER = compiled(r"(?:[0-9A-Za-z.\-/—～~第几好十百千万:：×*]|(?<![总人件个])数)\Z")
_ABOUT = compiled(
    r"(?:约|近|超|逾|达?到?不足|不到|将近|接近|超过|至少|最多|不少于|高达|上百|大概|估计|预计|力争|突破|低于|高于|多于|少于)[为有达]?\Z"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity, `start` to `end` in the field. `step`: the worth of its last digit shown; `about`: not exact;
    `whole`: written without decimals.
    """

    start: int
    end: int
    worth: Decimal
    step: Decimal
    counter: str
    about: bool
    whole: bool


def quantities(raw: str, low: int, high: int) -> list[Quantity]:
    """All quantities between two places."""
    found = []
    for one in _QUANTITY.finditer(raw, low, high):
        if _NOT_A_NUMBER.search(raw, max(low, one.start() - 1), one.start()):
            continue
        if quantity := _quantity(raw, low, one):
            found.append(quantity)
    return found


def _quantity(raw: str, low: int, one: re.Match[str]) -> Quantity | None:
    worth = counted(one[1], one[2] or "")
    if worth is None or (one[4] == "年" and worth >= 1900) or (one[4] in "期届级层班" and not one[1][0].isdigit()):
        return None
    about = bool(one[3] or one[5] or _ABOUT.search(raw, max(low, one.start() - 5), one.start()))
    step = Decimal(1).scaleb(-places(one[1])) * MULTIPLES[one[2] or ""]
    if not one[1][0].isdigit() and "万" in one[1]:
        about = True
    return Quantity(one.start(), one.end(), worth, step, one[4].replace("％", "%"), about, not places(one[1]))
