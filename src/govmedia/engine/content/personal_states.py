"""A private person's full name beside what the law guards most: illness, a minor's case, a home without a label.

Roles are silent (专家、演员、法官), as are names cut short (张某) and those given as 化名.
"""

import re
from collections.abc import Iterator

from govmedia.engine.content import personal_context as context
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.person_names import NAME, is_name
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.text import Text

Found = tuple[int, int, str]

_ROLE = compiled(
    r"专家|医生|医师|教授|院长|主任|护士|演员|饰演|扮演|研究|预防|防治|治疗|筛查|科普|记者|律师|法官|检察|民警|警官|讲解|介绍|宣传|化名|代言|作家|导演|基金|创始人"
)
_OPEN = compiled(
    r"时代楷模|勋章|楷模|劳模|模范|道德|感动|烈士|英雄|功臣|院士|荣誉|好人|先进事迹|主人公|小说|电影|电视剧"
)
_STIGMA = Pattern(
    r"(?:身患|患有?|感染了?|罹患|确诊(?:为|患)?|诊断为|检出|查出|因|不幸|[\u4e00-\u9fff](?=抑郁症休学))(?:艾滋病|乙肝|丙肝|梅毒|淋病|性病"
    r"|尖锐湿疣|精神分裂症?|精神病|精神障碍|抑郁症?|双相情感障碍|癫痫病?|肺结核|结核病|流产|不孕不育|不孕症)|HIV(?:检测|抗体)?(?:呈|为)?阳性"
)
_GRAVE = Pattern(
    r"(?:身患|患有?|罹患|确诊(?:为|患)?|诊断为|查出)[\u4e00-\u9fff]{0,4}(?:癌|白血病|尿毒症|肿瘤|肾衰竭|肝硬化|脑瘫|阿尔茨海默|帕金森)[\u4e00-\u9fff]{0,2}"
)
_HELPED = compiled(r"低保|救助|帮扶|慰问|困难|特困|病例|患者|休学|独居|残疾|贫困|脱贫|监测户|退役军人|村民|居民|学生")
_WHO = compiled(
    rf"(?:村民|居民|学生|患者|病人|同学|老人|女子|男子|群众|职工|员工|租客|业主|嫌疑人|当事人|人员|军人|党员|户|户主|的|^)({NAME})"
    r"(?=[，,（(身患感因不被在近已于女今长突的同抑癫]|$)"
)
_BEHIND = compiled(rf"(?:病毒|症)?的(?:村民|患者|学生|居民|女子|男子)?({NAME})(?=[因，,。在说是（(被曾现今长])")
_MINOR = Pattern(
    rf"(?:未成年(?:人|犯|学生)?|女童|幼女|男童|少女|少年|女孩|男孩)({NAME})(?=[，,（(因遭被在涉多与和将])"
)
_VICTIM = Pattern(rf"(?:被害人|受害人|受害者|被告人|嫌疑人|学生)({NAME})(?=[，,（(因遭被在涉])")
_CASE = compiled(
    r"性侵|猥亵|强奸|盗窃|抢劫|欺凌|霸凌|训诫|拘留|犯罪|拐卖|虐待|遇害|殴打|卖淫|吸毒|故意伤害|寻衅滋事|未成年人保护"
)
_YOUNG = compiled(r"(?<!\d)(?:[1-9]|1[0-7])岁|[小中]学|幼儿园|年级|初[一二三]|高[一二三]")
_NAMED_HOME = compiled(
    rf"(?:的)?(?:业主|居民|住户|租户|村民|老人)?({NAME})(?=家|一家|名下|女士|先生|老人|户|（|，已|反映|报名)"
)
_NAME_BEFORE = compiled(rf"(?:^|[^\u4e00-\u9fff]|名单：|业主|居民|村民|住户)({NAME})[（(，,：:]\Z")
_ASKED = compiled(rf"({NAME})(?:您好|你好)[，,]您?(?:反映|咨询|投诉|来信|所反映)的\Z")
_CUTS = "，。；：（）(),;:\n 到至往在"


def illnesses(text: Text) -> Iterator[Found]:
    """The words of an illness that stand beside a full name in one sentence."""
    for pattern, needed in ((_STIGMA, None), (_GRAVE, _HELPED)):
        for found in pattern.finditer(text.raw):
            start, end = text.sentence(found.start())
            sentence = text.raw[start : min(end, found.end() + 30)]
            if _ROLE.search(sentence) or _OPEN.search(sentence) or (needed and not needed.search(sentence)):
                continue
            before = text.raw[max(start, found.start() - 24) : found.start()]
            names = [one[1] for one in _WHO.finditer(before) if is_name(one[1])] or [context.named(before)]
            behind = _BEHIND.match(text.raw, found.end())
            if any(names) or (behind and is_name(behind[1])):
                yield found.start(), found.end(), "姓名与病情同时公开"


def minors(text: Text) -> Iterator[Found]:
    """The full name of a minor in a case."""
    for pattern, needed in ((_MINOR, None), (_VICTIM, _YOUNG)):
        for found in pattern.finditer(text.raw):
            start, end = text.sentence(found.start())
            near = text.raw[found.end() : min(end, found.end() + 40)]
            told = text.raw[start:end]
            if not is_name(found[1]) or not _CASE.search(told) or "化名" in told:
                continue
            if needed is None or needed.search(near):
                yield found.start(1), found.end(1), "公开了案件中未成年人的姓名"


def homes(text: Text, rooms: Pattern, public: re.Pattern[str]) -> Iterator[Found]:
    """Homes right beside a full name, with no word of residence."""
    for room in rooms.finditer(text.raw):
        if room[0].endswith("户") and not room[0].startswith("单元"):
            continue
        low = max(0, room.start() - 24)
        start = max((text.raw.rfind(sign, low, room.start()) for sign in _CUTS), default=-1) + 1
        if start <= low or room.end() - start < 6:
            continue
        after = _NAMED_HOME.match(text.raw, room.end())
        head = text.raw[max(0, start - 16) : start]
        name = (after and after[1]) or next((one[1] for one in (_NAME_BEFORE.search(head),) if one), "")
        asked = _ASKED.search(text.raw, max(0, room.start() - 40), room.start())
        first, last = text.sentence(start)
        told = text.raw[first:last]
        if (asked and is_name(asked[1])) or (
            name and is_name(name) and not public.search(told) and not context.is_office(context.Line(told, ""))
        ):
            yield start, room.end(), "姓名与家庭住址同时公开"
