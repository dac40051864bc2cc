"""Sums, shares and ratios that a sentence states in set wording: should and did attend, votes, N of each, A to B."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from govmedia.engine.content.numbers import ARABIC, counted, places, value
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.types import Mark

BASIS = "同一句中的数据应当一致"
_SMALL = rf"(?:{ARABIC}|[两三四五六七八九十])"
_BACK, _AHEAD = 50, 170
_GAP = "[^0-9，。；]"
_ROUGH = compiled(r"约|近|超|逾|余|不足|突破|左右|以上|多[个名人元户次]|平均约|[0-9万亿]多")
# 应到52人，实到48人，缺席4人; 应到52人，请假4人，实到48人
_PRESENT = compiled(
    rf"应(?:到|参加|出席|参会)(?!会?率){_GAP}{{0,6}}({ARABIC})[人名位]{_GAP}{{0,4}}[，,]{_GAP}{{0,8}}?(实到|实际(?:到会|参加|出席|参会)|缺席|请假){_GAP}{{0,6}}({ARABIC})[人名位]"
    rf"{_GAP}{{0,4}}[，,]{_GAP}{{0,8}}?(实到|实际(?:到会|参加|出席|参会)|缺席|请假){_GAP}{{0,6}}({ARABIC})[人名位]"
)
# 赞成票152张，反对票3张，弃权票2张，共发出表决票158张
_VOTES = compiled(
    rf"(?:赞成|同意)票?({ARABIC})[票张人]?[，、,]反对票?({ARABIC})[票张人]?[，、,]弃权票?({ARABIC})[票张人]?[，,；]"
    rf"(?:共计?|合计)(?:发出|收回|收到)?(?:表决票|选票|有效票|票)?({ARABIC})[票张人]"
)
# 共分两期，每期60人，共计培训130人
_ROUNDS = compiled(
    rf"({_SMALL})个?([期批场轮组队班次])(?:举办|进行|开展|培训|实施|完成)?[，,]每个?\2{_GAP}{{0,4}}({ARABIC})([人名户件台辆套份])"
    rf"[，,](?:共计|合计|总计|共){_GAP}{{0,6}}({ARABIC})\4"
)
# 12个乡镇每个乡镇补助20万元，共补助260万元
_GRANTS = compiled(
    rf"({ARABIC})个([\u4e00-\u9fff]{{1,3}})[，,]?每个?\2{_GAP}{{1,6}}({ARABIC})(万?)元[，,]"
    rf"(?:共计|合计|总计|共){_GAP}{{0,6}}({ARABIC})(万?)元"
)
# 6个片区，每个片区配备网格员8名，共配备网格员50名
_TEAMS = compiled(
    rf"({ARABIC})个([\u4e00-\u9fff]{{1,3}})[，,]?每个?\2{_GAP}{{0,8}}({ARABIC})([人名件台套辆])"
    rf"[，,](?:共计|合计|总计|共){_GAP}{{0,8}}({ARABIC})\4"
)
# 5个项目总投资10亿元，平均每个项目投资2亿元
_MEAN = compiled(
    rf"({ARABIC})个([\u4e00-\u9fff]{{1,3}})总?(?:投资|投入|补助|资金){_GAP}{{0,3}}({ARABIC})([万亿]?)元[，,]平均每个\2?{_GAP}{{0,4}}"
    rf"({ARABIC})([万亿]?)元"
)
# 发放消费券5万张，每张面值20元，总金额100万元
_PRICED = compiled(
    rf"({ARABIC})(万?)([张份名人户台辆套件亩箱盒册把盏棵株只头])[^0-9，。；]{{0,6}}[，,]每\3[^0-9，。；]{{0,8}}({ARABIC})(万?)元[，,]"
    rf"[^0-9，。；]{{0,4}}(?:总金额|总计|合计|共计|总价|总额|总共|共)[^0-9，。；]{{0,8}}({ARABIC})([万亿]?)元"
)
# 每个村配备医生2名，全镇18个村共配备医生36名
_EACH_FIRST = compiled(
    rf"每个?([\u4e00-\u9fff]{{1,3}}?)[^0-9，。；]{{0,8}}({ARABIC})([人名件台套辆元])[，,][^0-9，。；]{{0,6}}({ARABIC})个\1"
    rf"[^0-9，。；]{{0,2}}(?:共|合计|共计|总计)[^0-9，。；]{{0,8}}({ARABIC})\3"
)
# 5场招聘会共提供岗位3000个，平均每场提供岗位600个
_MEAN_OF_EACH = compiled(
    rf"({ARABIC})([场次期家所天户支组])[^0-9，。；]{{0,8}}(?:共|总)[^0-9，。；]{{0,8}}({ARABIC})(万?)([人名件台套辆个元份次])[，,]"
    rf"平均每\2[^0-9，。；]{{0,8}}({ARABIC})(万?)\5"
)
# 长60米、宽40米，占地面积2400平方米
_RECTANGLE = compiled(
    rf"长[约为]{{0,1}}({ARABIC})米[、，,]宽[约为]{{0,1}}({ARABIC})米[，,](?:总|占地)?(?:占地)?面积[约为]{{0,1}}({ARABIC})平方米"
)
# 高标准农田18万亩，占耕地面积36万亩的60%
_PART_OF = compiled(
    rf"({ARABIC})([万亿]?)(亩|人|户|元|个|家|吨|平方公里|公顷|名|件)[，,]占{_GAP}{{0,10}}({ARABIC})([万亿]?)\3的({ARABIC})[%％]"
)
# 分别为36000元和18000元，城乡收入比为2:1
_RATIO = compiled(
    rf"分别[为是达]({ARABIC})元[和、]({ARABIC})元[，,](?:城乡)?(?:居民)?(?:人均)?(?:可支配)?收入比[为是]?({ARABIC})[:：∶]1(?![0-9.])"
)
# 地区生产总值…，第一产业…，第二产业…，第三产业…
_VALUES = compiled(
    rf"生产总值[^0-9。；]{{0,12}}({ARABIC})亿元[^。]{{0,40}}第?一(?:次)?产业(?:实现)?增加值(?:实现|为|达到?)?({ARABIC})亿元[^。]{{0,30}}"
    rf"第?二(?:次)?产业(?:实现)?增加值(?:实现|为|达到?)?({ARABIC})亿元[^。]{{0,30}}"
    rf"第?三(?:次)?产业(?:实现)?增加值(?:实现|为|达到?)?({ARABIC})亿元"
)
_VALUES_LAST = compiled(
    rf"一(?:次)?产业(?:实现)?增加值(?:实现|为|达到?)?({ARABIC})亿元[^。]{{0,30}}"
    rf"第?二(?:次)?产业(?:实现)?增加值(?:实现|为|达到?)?({ARABIC})亿元[^。]{{0,30}}"
    rf"第?三(?:次)?产业(?:实现)?增加值(?:实现|为|达到?)?({ARABIC})亿元[^。0-9]{{0,16}}[，,；][^，。；0-9]{{0,6}}生产总值(?:达到?|为|实现)?({ARABIC})亿元"
)
_VALUES_FIRST = compiled(
    rf"一、二、三(?:次)?产业(?:实现)?增加值分别(?:为|达到?|实现)?({ARABIC})亿元、({ARABIC})亿元[、和]({ARABIC})亿元[，,；]"
    rf"{_GAP}{{0,6}}生产总值(?:达到?|为|实现)?({ARABIC})亿元"
)


def reckoned(raw: str) -> Iterator[Mark]:
    """Yield a mark for each set wording whose figures do not agree."""
    for anchor, pattern, judge in _RULES:
        for found in _around(raw, anchor, pattern):
            if not _ROUGH.search(raw, max(0, found.start() - 2), found.end() + 2):
                yield from _mark(found, judge(found))


def _around(raw: str, anchor: Pattern, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Where the pattern, which holds the anchor, is found: only the surroundings of the anchor are searched."""
    last = 0
    for place in (one.start() for one in anchor.finditer(raw)):
        if place >= last and (found := pattern.search(raw, max(last, place - _BACK), place + _AHEAD)):
            yield found
            last = found.end()


def _mark(found: re.Match[str], verdict: tuple[str, bool] | None) -> Iterator[Mark]:
    if verdict:
        message, sure = verdict
        yield Mark(found.start(), found.end(), message, None, BASIS, confidence=0.9 if sure else 0.6, sure=sure)


def _numbers(found: re.Match[str], *groups: int) -> list[Decimal]:
    """The figures of these groups; empty where one cannot be read."""
    read = [value(found[place]) for place in groups]
    return [one for one in read if one is not None] if None not in read else []


def _present(found: re.Match[str]) -> tuple[str, bool] | None:
    read = _numbers(found, 1, 3, 5)
    if len(read) < 3 or (found[2][0] == "实") == (found[4][0] == "实"):
        return None
    due, both = read[0], read[1] + read[2]
    if both == due:
        return None
    # Those on leave may be only some of the absent.
    return f"实到与缺席之和为{_plain(both)}，应到写作{_plain(due)}", both > due


def _votes(found: re.Match[str]) -> tuple[str, bool] | None:
    read = _numbers(found, 1, 2, 3, 4)
    if len(read) < 4 or sum(read[:3]) == read[3]:
        return None
    return f"三项票数之和为{_plain(sum(read[:3], Decimal(0)))}，合计写作{_plain(read[3])}", False


def _rounds(found: re.Match[str]) -> tuple[str, bool] | None:
    read = _numbers(found, 1, 3, 5)
    return _product(*read) if len(read) == 3 else None


def _grants(found: re.Match[str]) -> tuple[str, bool] | None:
    number, each, total = value(found[1]), counted(found[3], found[4]), counted(found[5], found[6])
    return _product(number, each, total) if number and each and total else None


def _mean(found: re.Match[str]) -> tuple[str, bool] | None:
    number, total, each = value(found[1]), counted(found[3], found[4]), counted(found[5], found[6])
    if not number or not total or not each or abs(total / number - each) <= total / number / 20:
        return None
    return f"平均数与总数不符：应为{_plain(round(total / number, 2))}元，写作{_plain(each)}元", False


def _priced(found: re.Match[str]) -> tuple[str, bool] | None:
    number, each, total = counted(found[1], found[2]), counted(found[4], found[5]), counted(found[6], found[7])
    if not number or not each or not total or abs(number * each - total) <= total / 100:
        return None
    return _product(number, each, total)


def _each_first(found: re.Match[str]) -> tuple[str, bool] | None:
    read = _numbers(found, 4, 2, 5)
    return _product(*read) if len(read) == 3 else None


def _mean_of_each(found: re.Match[str]) -> tuple[str, bool] | None:
    number, total, each = value(found[1]), counted(found[3], found[4]), counted(found[6], found[7])
    if not number or not total or not each or abs(total / number - each) <= total / number / 20:
        return None
    return f"平均数与总数不符：应为{_plain(round(total / number, 2))}，写作{_plain(each)}", False


def _rectangle(found: re.Match[str]) -> tuple[str, bool] | None:
    read = _numbers(found, 1, 2, 3)
    if len(read) < 3 or abs(read[0] * read[1] - read[2]) <= read[2] / 50:
        return None
    return _product(*read)


def _product(number: Decimal, each: Decimal, total: Decimal) -> tuple[str, bool] | None:
    if number * each == total:
        return None
    right = _plain(number * each)
    return f"{_plain(number)}乘以{_plain(each)}应为{right}，写作{_plain(total)}", False


def _part_of(found: re.Match[str]) -> tuple[str, bool] | None:
    part, whole, stated = counted(found[1], found[2]), counted(found[4], found[5]), value(found[6])
    if not part or not whole or stated is None or part > whole:
        return None
    right = part / whole * 100
    if abs(right - stated) <= max(Decimal(1), right / 20):
        return None
    return f"占比与数值不符：按所列数值应为{_plain(round(right, 2))}%，写作{_plain(stated)}%", False


def _ratio(found: re.Match[str]) -> tuple[str, bool] | None:
    read = _numbers(found, 1, 2, 3)
    if len(read) < 3 or not read[1] or abs(read[0] / read[1] - read[2]) <= Decimal(1).scaleb(-places(found[3])):
        return None
    return f"比值与数值不符：按所列数值应为{_plain(round(read[0] / read[1], 2))}，写作{_plain(read[2])}", False


def _values(found: re.Match[str]) -> tuple[str, bool] | None:
    return _three(_numbers(found, 2, 3, 4), value(found[1]), [found[place] for place in (1, 2, 3, 4)])


def _values_first(found: re.Match[str]) -> tuple[str, bool] | None:
    return _three(_numbers(found, 1, 2, 3), value(found[4]), [found[place] for place in (1, 2, 3, 4)])


def _three(parts: list[Decimal], total: Decimal | None, written: list[str]) -> tuple[str, bool] | None:
    slack = sum((Decimal(1).scaleb(-places(one)) for one in written), Decimal(0)) / 2
    if len(parts) < 3 or total is None or abs(sum(parts) - total) <= slack:
        return None
    return f"三次产业增加值之和为{_plain(sum(parts, Decimal(0)))}，生产总值写作{_plain(total)}", False


_COMMA_EACH = Pattern("，每")
_ANY_EACH = Pattern("每")
_MEAN_EACH = Pattern("平均每")
_FIRST_SECTOR = Pattern("一产业")
_RULES: tuple[tuple[Pattern, re.Pattern[str], Callable[[re.Match[str]], tuple[str, bool] | None]], ...] = (
    (Pattern("，实"), _PRESENT, _present),
    (Pattern("弃权"), _VOTES, _votes),
    (_COMMA_EACH, _ROUNDS, _rounds),
    (_ANY_EACH, _GRANTS, _grants),
    (_ANY_EACH, _TEAMS, _rounds),
    (_MEAN_EACH, _MEAN, _mean),
    (Pattern("，占"), _PART_OF, _part_of),
    (Pattern("收入比"), _RATIO, _ratio),
    (Pattern("产业增加值分别"), _VALUES_FIRST, _values_first),
    (_FIRST_SECTOR, _VALUES, _values),
    (_FIRST_SECTOR, _VALUES_LAST, _values_first),
    (_COMMA_EACH, _PRICED, _priced),
    (_ANY_EACH, _EACH_FIRST, _each_first),
    (_MEAN_EACH, _MEAN_OF_EACH, _mean_of_each),
    (Pattern("宽"), _RECTANGLE, _rectangle),
)


def _plain(worth: Decimal) -> str:
    return f"{worth.normalize():f}"
