"""Telephone numbers that cannot be dialled: a digit too few or too many behind 电话, 热线, 手机, 传真 and the like.

Judged are mobiles (11 digits), landlines behind an area code of the mainland (7 or 8 digits, 8 behind 010 and 02x)
and 400 or 800 numbers (10 digits). Blanks, dashes, full-width digits, +86, extensions and rows of numbers are read
through. Left alone: service numbers, local numbers without an area code, masked numbers, numbers of other countries,
and whatever another word claims (QQ, 邮编, 编号 …).
Source: 工业和信息化部《电信网编号计划（2017年版）》: lengths of mobile, local, 400 and 800 numbers.
"""

from collections.abc import Iterator
from typing import NamedTuple

from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.text import Text, inside
from govmedia.engine.content.types import Example, Mark, Post, Setting

CODE = "form_phone"
CATEGORY = "form"
LEVEL = "notice"
TITLE = "电话号码"
VERSION = 1
AUTO = True
FIELDS = ("title", "text")
BASIS = "工业和信息化部《电信网编号计划（2017年版）》：手机号码11位，区号后的固定电话号码7位或8位，400、800号码10位"

_WORDS = ("电话", "热线", "手机", "传真", "专线", "座机", "固话", "联系方式", "致电", "拨打")
_LABEL = Pattern(rf"(?:{'|'.join(_WORDS)})(?:号码?)?")
# What may stand between a label, or a number, and the next number: names and marks, a new row, no other digits.
_GAP = compiled(r"[^0-9+*＊×。！!？?]{0,16}")
_SAME = compiled(r"同?微信同?号?(?<=同号|信号)(?<!同微信同号)|(?:电话|热线|手机|传真)号码?")
# Words that claim the number behind them, or say that it is quoted as wrong.
_FOREIGN = compiled(
    r"号|码|q|微信|群|邮|信箱|编[号制]|[账帐]|卡|证[号件书照]|网[址站]|地址|年|月|日期|时间|元|版本|用户|面积|金额|总[额计]|共计|"
    r"短号|分机|订单|流水|国际|境外|香港|澳门|台湾|日本|使馆|领事|原为|[a-z]{2}(?<!te)(?<!el)(?<!fa)(?<!ax)"
)
_QUOTED = compiled(r"诈骗|骗子|改号|升位|升[至为][七八78]位|[少多][了写输拨][了]?[一两1-3]|空号|虚假号")
_BLANK = r" \t\u00a0\u2000-\u200b\u3000"
_DASH = r"\-－—–‐‑−―─"
_RUN = compiled(rf"(?:\+|00)?[0-9][0-9{_BLANK}{_DASH}()（）\[\]【】]{{2,44}}")
_GROUP = compiled(r"[0-9]{1,44}")
_PREFIX = compiled(rf"(?:(?:\+|00)86|86(?=[{_DASH})）]))[{_BLANK}{_DASH})）]{{0,3}}")
_AREA = compiled(r"010|02[0-57-9]|0[3-79][0-9]{2}|08[1-9][0-9]")
_AREA_ABROAD = compiled(r"10|2[0-57-9]|[3-79][0-9]{2}|8[1-9][0-9]")
_EXTENSION = compiled(
    rf"[{_BLANK}(（]{{0,2}}(?:[{_DASH}*＊#]{{1,2}}|转|分机|内线)[分机号码:：{_BLANK}]{{0,3}}[0-9]{{1,5}}(?![0-9])[)）]?"
)
# Behind the digits: they are masked, go on as letters or decimals, or are an amount.
_NOT_A_NUMBER = compiled(
    r"[0-9a-z*＊×✱●※…%％]|[.．:：][0-9]|\s?(?:[万亿千余多部台户元人次个件条名家吨斤米㎡]|平方|公里|号段|小时|分钟)"
)


class Read(NamedTuple):
    """A number as it was read: where it ends, and what is wrong with it, empty where nothing is."""

    end: int
    fault: str = ""
    sure: bool = True


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each labelled number whose count of digits is not one that can be dialled."""
    labels = list(_LABEL.finditer(text.folded))
    if not labels or not any(word in text.raw for word in _WORDS):
        return
    done = 0
    for label in labels:
        if label.start() >= done:
            for start, read in _row(text.folded, label.end()):
                done = read.end
                if read.fault and not inside(text.addresses, start, read.end) and not _quoted(text, start):
                    message = f"电话号码无法拨打：{read.fault}，请核对"
                    confidence = 0.95 if read.sure else 0.6
                    yield Mark(start, read.end, message, None, BASIS, confidence=confidence, sure=read.sure)


def _quoted(text: Text, place: int) -> bool:
    """True where the sentence says itself that the number is false or of old."""
    return _QUOTED.search(text.folded, *text.sentence(place)) is not None


def _row(folded: str, place: int) -> Iterator[tuple[int, Read]]:
    """The numbers that follow a label, one after another, each with its start."""
    while gap := _GAP.match(folded, place):
        if _FOREIGN.search(_SAME.sub("", gap[0])) or not (run := _RUN.match(folded, gap.end())):
            return
        read = _read(run[0], run.start())
        if read is None or _NOT_A_NUMBER.match(folded, read.end):
            return
        bracket = folded[run.start() - 1] in "(（" and any(sign in folded[run.start() : read.end] for sign in ")）")
        yield run.start() - bracket, read
        extension = _EXTENSION.match(folded, read.end)
        place = extension.end() if extension else read.end


def _read(run: str, start: int) -> Read | None:
    """The number at the beginning of a run of digits, blanks and dashes; None where it is no telephone's."""
    prefix = _PREFIX.match(run)
    offset = prefix.end() if prefix else 0
    groups: list[str] = []
    ends: list[int] = []
    for found in _GROUP.finditer(run, offset):
        closed = run[ends[-1] - start : found.start()] if ends else ""
        if (")" in closed or "）" in closed) and not (len(groups) == 1 and len(groups[0]) <= 4):
            break
        groups.append(found[0])
        ends.append(start + found.end())
    if not groups or (run.startswith(("+", "00")) and not prefix):
        return None
    first = groups[0].removeprefix("0") if groups[0].startswith("01") and groups[0][:3] != "010" else groups[0]
    if first[:1] == "1" and first[1:2] in tuple("3456789") and len(first) >= 3:
        return _mobile([first, *groups[1:]], ends)
    if first[:3] in ("400", "800") and not prefix and len(first) not in (7, 8):
        return _toll_free(groups, ends)
    if area := (_AREA_ABROAD if prefix and first[0] != "0" else _AREA).match(first):
        return _landline(area[0], groups, ends)
    # A service number, a local one, or the last digits of one; what is longer is no telephone's.
    return Read(ends[0]) if len(groups) == 1 and 3 <= len(first) <= 8 else None


def _sums(groups: list[str], ends: list[int]) -> list[tuple[int, int]]:
    """(digits so far, place) at the end of each group."""
    return [(sum(map(len, groups[: place + 1])), end) for place, end in enumerate(ends)]


def _mobile(groups: list[str], ends: list[int]) -> Read | None:
    sums = _sums(groups, ends)
    if right := next((end for count, end in sums if count == 11), 0):
        return Read(right)
    for count, end in sums:
        if count in (10, 12) and not groups[0].startswith("179"):
            return Read(end, f"手机号码应为11位，此处为{count}位")
    return Read(ends[0]) if len(groups) == 1 and len(groups[0]) <= 6 else None


def _toll_free(groups: list[str], ends: list[int]) -> Read | None:
    sums = _sums(groups, ends)
    if right := next((end for count, end in sums if count == 10), 0):
        return Read(right)
    wrong = (8, 9, 11, 12) if len(groups[0]) == 3 and len(groups) > 2 else (9, 11, 12)
    for count, end in sums:
        if count in wrong:
            return Read(end, f"{groups[0][:3]}号码应为10位，此处为{count}位")
    return None


def _landline(area: str, groups: list[str], ends: list[int]) -> Read | None:
    local = [groups[0][len(area) :], *groups[1:]]
    joined = "".join(local)
    if not joined or joined[0] == "0" or len(groups[0]) < len(area):
        return None
    sums = [(count, end) for count, end in _sums(local, ends) if count]
    short = len(area.removeprefix("0")) == 2
    for count, end in sums:
        if count == 8 or (count == 7 and not short) or (count <= 6 and count >= 3 and joined[0] in "19"):
            return Read(end)
    for count, end in sums:
        if count in (5, 6, 9, 10, 11, 12) or (count == 7 and short):
            if count == 11 and joined[0] == "1":
                return Read(end)
            right = "8" if short else "7位或8"
            # 0912-345-678 may be a mobile of Taiwan.
            sure = count != 7 and not (area.startswith("09") and count == 6 and len(groups) != 2)
            return Read(end, f"区号后的号码应为{right}位，此处为{count}位", sure)
    return None


EXAMPLES = (
    Example("a mobile short of a digit", "联系电话：1540000123，联系人：张小北", ("1540000123",)),
    Example("a mobile with one too many", "手机：154 0000 12345", ("154 0000 12345",)),
    Example("a landline short of a digit", "咨询电话：0517-800001", ("0517-800001",)),
    Example("a landline with one too many", "监督电话：（0517）800000012", ("（0517）800000012",)),
    Example("the second of a row", "热线：0517-80000001、0517-8000000123", ("0517-8000000123",)),
    Example("full-width digits", "传真：０５１７－８０００１", ("０５１７－８０００１",)),
    Example("a number of Beijing", "办公电话：010-800001转801", ("010-800001",)),
    Example("a 400 number", "服务热线：400-800-00001", ("400-800-00001",)),
    Example("as they should be", "电话：0517-80000001转801、8000002，手机15400001234，热线4008000000"),
    Example("service numbers", "拨打12345、0517-12345、12333或110"),
    Example("masked", "中奖手机：154****001、1540000***"),
    Example("an extension and +86", "电话：+86-517-80000001-801，+86 154 0000 1234"),
    Example("another number behind it", "电话：15400001234，QQ：1540000123，编号1540000123"),
    Example("an amount", "手机1500000000部"),
)
