"""Numbers as GB/T 15835-2011 does not allow them: wrong zeros, mixed digits, rough numbers, separators."""

from collections.abc import Iterator

from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.types import Mark

_D = "一二三四五六七八九"
# 二0一九年, 二O二四年, 二零二四年: in a row of digits the zero is 〇.
_YEAR = Pattern(rf"年(?<=[一二][{_D}〇零○0OoＯ０]{{3}}年)")
# 三千〇五: between steps the zero is 零.
_MEASURE = Pattern(rf"〇(?<=[百千万]〇)[{_D}]")
_ROUGH = (
    "(?:个|天|名|人|岁|次|种|倍|件|户|家|分钟|小时|元|棵|斤|米|公里|里|间|趟|亩"
    "|年(?![级代期度制])|[十百千万](?!年代))"
)
_ROUGH_HANZI = Pattern(rf"、(?<=[{_D}两]、)([{_D}两]){_ROUGH}(?!、)")
_NOT_ROUGH_BEFORE = frozenset(f"第、{_D}十百零〇期")
# 分获二、三名 are places in a contest.
_RANKED = compiled(r"[获列居排夺第]")
_ROUGH_ARABIC = Pattern(rf"、(?<=[1-9]、)([1-9]){_ROUGH}(?![、0-9])")
_ROUGH_BEFORE = compiled(
    r"(?:约|有|用|花|要|需|等|走|过|后|前|近|每|这|那|隔|仅|就|才|了|续|达|怕|工作|上|里|到|只|住|练|跑|开|坐|休息)[1-9]\Z"
)
_SOME = Pattern(r"几(?<=[0-9]几)(?![内何乎])|几[0-9]{1,4}(?=[个名人元岁天家户件次亩年万亿])")
_SEVERAL = Pattern(r"数(?<=[有近过达上的了在来经，。；、：\n]数)10{1,4}(?=[个名人家户件次种位年天万亿])")
# Of the steps only 万 and 亿 may follow Arabic digits.
_STEPS = (
    Pattern(r"千(?<=[0-9]千)(?![米克瓦伏帕焦赫卡安乏牛字])"),
    Pattern(r"百(?<=[0-9]百)(?!亿亿|[货度帕科合姓胜])"),
    Pattern(r"十(?<=[0-9]十)[多余几个名人元岁天亩万](?![大强佳])"),
)
# 1O月, 5O元: the letter for the digit; H2O is none.
_LETTER = Pattern(r"[OoIl](?<=[0-9].)(?<![A-Za-z][0-9].)(?=[0-9]?[月日年号元人个万亿%％])")
_HANZI_POINT = Pattern(rf"\.(?<=[{_D}十]\.)[{_D}](?=[万亿个%％元])")
_FRACTION = Pattern(rf"分之(?:(?<=[0-9]分之)[0-9{_D}十百]|(?<=[{_D}十百千万]分之)[0-9])[0-9.]{{0,6}}")
_IN_ONE = Pattern(rf"[十零](?:(?<=[{_D}]十)[1-9](?=[个名人元岁天家户件次亩])|(?<=[0-9]零)[0-9])")
_DATES = (
    Pattern(rf"年(?<=[0-9]年)[{_D}十]{{1,3}}月(?:[{_D}十]{{1,3}}[日号]|(?![初{_D}十廿]))"),
    Pattern(rf"年(?<=[一二][{_D}〇零○]{{3}}年)[0-9]{{1,2}}月"),
    Pattern(rf"月(?:(?<=[0-9]月)[{_D}十]{{1,3}}[日号]|(?<=[{_D}十]月)[0-9]{{1,2}}[日号])"),
)
_CENTURY = Pattern(rf"世纪(?:(?<=[0-9]世纪)[{_D}]十年代|(?<=[{_D}十]世纪)[0-9]0年代)")
_FULL = compiled(r"[０-９]{1,12}")
_MIXED_WIDTH = compiled(r"[0-9][０-９]|[０-９][0-9]")
_SEPARATED = Pattern(r",(?<=[0-9],)[0-9]")
_GROUPS = compiled(r"(?<![0-9.,])[0-9][0-9,]{1,30}[0-9](?![0-9,])")
_FULL_COMMA = Pattern(r"，(?<=[0-9]，)[0-9]{3}(?![0-9.，])(?=[元人名万亿亩吨户个件次])")
_COUNTER = compiled(r"\s?(?:[万亿]?[元人名亩吨户家件台次套座辆棵株斤米]|万|亿|平方|公[里斤顷]|千)")
_POINT = Pattern(r"\.(?<![0-9A-Za-z.．\s\]）)]\.)[0-9]{1,4}(?=[%％万亿元个])")
_BEFORE_POINT = compiled(r"[\u4e00-\u9fff]\Z")
_SHORT_YEAR = Pattern(r"年(?<=[^0-9.年近][05-9][0-9]年)[0-9]{1,2}月")
_SIGN_FIRST = Pattern(r"[%％](?<![0-9A-Za-z.％%=&?/].)[0-9]{1,3}(?![0-9A-Fa-f%％])")
_LUNAR_DAY = Pattern(r"月(?:(?<=[正腊冬]月)初?[0-9]{1,2}|初[0-9])")
_SHARE = Pattern(r"[%％](?<=[0-9][%％])")
_SHARES = compiled(r"(?<![0-9.\-－—~～/:：])([0-9][0-9.]{0,6})[—\-－~～至到][0-9.]{1,6}\Z")
_LUNAR = Pattern(
    r"农历\s?[0-9]{1,2}月(?:初|[0-9]{1,2}|[一二三四五六七八九十]{1,3})|[正腊冬]月(?:初)?[0-9]{1,2}|月初[0-9]"
)
_RANGE_OF_MYRIADS = Pattern(r"[—\-－~～](?<=[0-9].)[0-9.]{1,6}(亿|万)")
_FIRST = compiled(r"(?<![0-9.\-－—~～/:：])[0-9][0-9.]{0,8}\Z")


def _basis(clause: str) -> str:
    return f"GB/T 15835-2011 第{clause}条"


def zeros(raw: str) -> Iterator[Mark]:
    """Years in Chinese digits whose zero is no 〇, and measures whose zero is one."""
    for found in _YEAR.finditer(raw):
        start = found.start() - 4
        year = raw[start : found.start()]
        odd = {sign for sign in year if sign in "零○0OoＯ０"}
        if not odd or sum(sign in _D for sign in year) < 2:
            continue
        right = "".join("〇" if sign in odd else sign for sign in year)
        message = f"年份中的“{'”“'.join(sorted(odd))}”应为“〇”"
        # 零 and ○ stand in many older official texts.
        sure = not odd <= {"零", "○"}
        yield Mark(start, found.start(), message, right, _basis("5.2.5"), confidence=0.95 if sure else 0.6, sure=sure)
    for found in _MEASURE.finditer(raw):
        yield Mark(found.start(), found.start() + 1, "计量用的“〇”应为“零”", "零", _basis("5.2.5"), confidence=0.9)


def rough(raw: str) -> Iterator[Mark]:
    """三、五天 and 3、5天 for 三五天; 10几人, 几10人, 数100人."""
    if "、" in raw:
        yield from _neighbours(raw)
    if "几" in raw:
        for found in _SOME.finditer(raw):
            start = found.start()
            while start and raw[start - 1].isdigit() and len(found[0]) == 1:
                start -= 1
            yield Mark(start, found.end(), "“几”表示的概数用汉字数字", None, _basis("4.2.2"), confidence=0.95)
    for found in _SEVERAL.finditer(raw):
        message = "“数”表示的概数用汉字数字"
        yield Mark(found.start(), found.end(), message, None, _basis("4.2.2"), confidence=0.85)


def _neighbours(raw: str) -> Iterator[Mark]:
    for found in _ROUGH_HANZI.finditer(raw):
        start = found.start() - 1
        low, high = (_D.index(sign.replace("两", "二")) + 1 for sign in (raw[start], found[1]))
        if not (_close(low, high) or found[1] == "两") or raw[start - 1 : start] in _NOT_ROUGH_BEFORE:
            continue
        if not (found[0].endswith("名") and _RANKED.search(raw, max(0, start - 8), start)):
            message = "相邻两数连用表示概数，中间不用顿号"
            yield Mark(start, found.end(), message, raw[start] + found[0][1:], _basis("5.2.1"), confidence=0.9)
    for found in _ROUGH_ARABIC.finditer(raw):
        start = found.start() - 1
        low, high = int(raw[start]), int(found[1])
        if _close(low, high) and _ROUGH_BEFORE.search(raw, max(0, start - 2), start + 1):
            right = _D[low - 1] + _D[high - 1] + found[0][2:]
            message = "概数用汉字，中间不用顿号"
            yield Mark(start, found.end(), message, right, _basis("5.2.1"), confidence=0.85)


def _close(low: int, high: int) -> bool:
    return high - low == 1 or (low, high) == (3, 5)


def points(raw: str) -> Iterator[Mark]:
    """四.五万 for 四点五万."""
    for found in _HANZI_POINT.finditer(raw):
        message = "汉字数字的小数点写作“点”"
        yield Mark(found.start(), found.start() + 1, message, "点", _basis("5.2"), confidence=0.8, sure=False)


def mixed(raw: str) -> Iterator[Mark]:
    """Arabic and Chinese digits in one number: 5千人, 三分之2, 五十3人, 2024年五月一日."""
    for found in (one for pattern in _STEPS for one in pattern.finditer(raw)):
        thousand = found[0][0] == "千"
        message = f"阿拉伯数字后只用“万”“亿”，不用“{found[0][0]}”"
        yield Mark(
            found.start() - 1, found.start() + 1, message, None, _basis("5.3"),
            confidence=0.7 if thousand else 0.9, sure=not thousand and not _spelled(raw, found.start()),
        )  # fmt: skip
    for found in _FRACTION.finditer(raw):
        if not (raw[found.start() - 1].isdigit() and _CLOCK.search(raw, max(0, found.start() - 5), found.start())):
            message = "分数不混用汉字和阿拉伯数字"
            yield Mark(found.start() - 1, found.end(), message, None, _basis("5.3"), confidence=0.95)
    for found in _LETTER.finditer(raw):
        message = "数字中混用了字母"
        yield Mark(found.start() - 1, found.end(), message, None, _basis("5.1"), confidence=0.95)
    for found in _IN_ONE.finditer(raw):
        yield Mark(
            found.start(),
            found.end(),
            "一个数中混用汉字和阿拉伯数字",
            None,
            _basis("5.3"),
            confidence=0.7,
            sure=False,
        )


_CLOCK = compiled(r"[点时][0-9]{1,2}\Z|\.[0-9]{1,4}\Z")


def _spelled(raw: str, place: int) -> bool:
    """True in 2015十大, 2021—2030十年: the digits are a year."""
    return place >= 4 and raw[place - 4 : place].isdigit()


def dates(raw: str) -> Iterator[Mark]:
    """One date in two kinds of digits, mixed centuries, short years, lunar days in Arabic digits."""
    for found in (one for pattern in _DATES for one in pattern.finditer(raw)):
        message = "同一日期中混用汉字和阿拉伯数字"
        yield Mark(found.start() - 1, found.end(), message, None, _basis("5.3"), confidence=0.9)
    for found in _CENTURY.finditer(raw):
        message = "世纪和年代应用同一种数字"
        yield Mark(found.start() - 1, found.end(), message, None, _basis("5.3"), confidence=0.85)
    for found in _SHORT_YEAR.finditer(raw):
        message = "年份不简写，应写四位数字"
        yield Mark(found.start() - 2, found.end(), message, None, _basis("5.1.4"), confidence=0.6, sure=False)
    for found in (one for pattern in (_LUNAR, _LUNAR_DAY) for one in pattern.finditer(raw)):
        if not ("农历" in raw or "初" in raw or "正月" in raw or "腊月" in raw):
            break
        yield Mark(found.start(), found.end(), "农历月日用汉字数字", None, _basis("4.2.1"), confidence=0.85)


def separators(raw: str) -> Iterator[Mark]:
    """Separators not in threes, a decimal point without its 0, a sign before its number."""
    if _SEPARATED.search(raw):
        for found in _GROUPS.finditer(raw):
            groups = found[0].split(",")
            if not _COUNTER.match(raw, found.end()):
                continue
            if _two(groups):
                message = "千分撇应三位一节，小数点写作“.”"
                yield Mark(found.start(), found.end(), message, None, _basis("5.1.1"), confidence=0.5, sure=False)
            elif _wrong_groups(groups):
                right = f"{int(found[0].replace(',', '')):,}"
                yield Mark(found.start(), found.end(), "千分撇应三位一节", right, _basis("5.1.1"), confidence=0.85)
    for found in _FULL_COMMA.finditer(raw):
        start = found.start()
        message = "数字中的千分撇应为半角“,”"
        yield Mark(start - 1, found.end(), message, None, _basis("5.1.1"), confidence=0.5, sure=False)
    for found in _POINT.finditer(raw):
        if _BEFORE_POINT.search(raw, max(0, found.start() - 1), found.start()):
            message = "纯小数应写出小数点前的“0”"
            yield Mark(found.start(), found.end(), message, f"0{found[0]}", _basis("5.1.2"), confidence=0.85)
    for found in _SIGN_FIRST.finditer(raw):
        yield Mark(
            found.start(), found.end(), "百分号应在数字之后", found[0][1:] + "%", _basis("5.1.1"), confidence=0.85
        )


def _two(groups: list[str]) -> bool:
    """True for 12,50: no list of neighbours, and no group of three."""
    return len(groups) == 2 and len(groups[1]) == 2 and abs(int(groups[1]) - int(groups[0])) > 3


def _wrong_groups(groups: list[str]) -> bool:
    """True where the parts cannot be a list (5,6) and are not threes either."""
    if len(groups[0]) <= 3 and all(len(one) == 3 for one in groups[1:]):
        return False
    return any(len(one) == 3 for one in groups[1:]) or any(len(one) > 3 for one in groups)


def widths(raw: str) -> Iterator[Mark]:
    """Full-width digits: one number in both widths, else one remark for the whole text."""
    first = _FULL.search(raw) if any(sign in raw for sign in "０１２３４５６７８９") else None
    if first is None:
        return
    for found in _MIXED_WIDTH.finditer(raw):
        yield Mark(found.start(), found.end(), "一个数中混用全角和半角数字", None, _basis("5.1.7"), confidence=0.9)
        return
    message = "阿拉伯数字应为半角（全文只提示一次）"
    yield Mark(first.start(), first.end(), message, None, _basis("5.1.7"), confidence=0.5, sure=False)


def ranges(raw: str) -> Iterator[Mark]:
    """15～30% for 15%～30%; 9～16亿 for 9亿～16亿."""
    for sign in _SHARE.finditer(raw):
        found = _SHARES.search(raw, max(0, sign.start() - 18), sign.start())
        if found and found[1] != "0":
            yield _range(raw, found.start(), found.end(1), sign.end(), "%")
    for found in _RANGE_OF_MYRIADS.finditer(raw):
        first = _FIRST.search(raw, max(0, found.start() - 10), found.start())
        if first and first[0] != "0":
            yield _range(raw, first.start(), found.start(), found.end(), found[1])


def _range(raw: str, start: int, middle: int, end: int, unit: str) -> Mark:
    message = f"数值范围中前一个数也应写“{unit}”"
    right = raw[start:middle] + unit + raw[middle:end]
    return Mark(start, end, message, right, _basis("5.1.3"), confidence=0.5, sure=False)
