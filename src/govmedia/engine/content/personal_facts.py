"""A private fact beside a private person's full name: illness, family, means, home, a case, a child's class, pay.

A name counts where it is brought in as a private person's: behind a label (村民赵玉兰), before the sex or age, before
老人 or 同学, or at the head of a sentence. People at work, models, authors and the dead of history are silent.
Source: data/personal_facts.toml.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.person_names import NAME, is_name
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.text import Text
from govmedia.engine.tables import read_table

# The stretches to mark, the best first, and the message.
Found = tuple[list[tuple[int, int]], str]

_TABLE = read_table(Path(__file__).parent / "data" / "personal_facts.toml")
_FACTS = tuple((kind, Pattern("|".join(words))) for kind, words in _TABLE["facts"].items())
_LABELS = "|".join(_TABLE["persons"]["labels"])
_OFFICES = "|".join(_TABLE["persons"]["offices"])
_END = (
    r"(?=[，,、（(：:；;。 \n]|$"
    r"|[的因患身系于自家今现年在被遭是与和已从突近育生曾长独就一称说反来向有同无没妻丈父母儿女每抑癫怀离丧瘫欠住工领左右双先])"
)
_LABELLED = compiled(rf"(?:{_LABELS})[:：“\" ]{{0,2}}({NAME}){_END}")
_DESCRIBED = compiled(
    rf"(?:^|[^\u4e00-\u9fff]|{_LABELS}|[的为是名叫])({NAME})[（(，,、： ]{{1,2}}(?:[男女](?![儿孩友朋子])"
    r"|(?:现年|今年|时年|生前)?\d{1,3}(?:周?岁|个月)|[一二三四1-4]级)"
)
_CALLED = compiled(
    rf"(?:^|[^\u4e00-\u9fff]|{_LABELS}|[的为是向给到与和对让了望问])({NAME})(?:老人|同学|小朋友|老汉|大爷|大娘|奶奶|爷爷|阿姨|女士|先生|夫妇|一家|家庭|家里|家中|的?(?:父亲|母亲|妻子|丈夫|儿子|女儿|孙子|老伴))"
)
_FIRST = compiled(
    rf"(?:^|[。；;！\n：:）)]|我叫|我是|名叫|他叫|她叫|\d[.．、])[ \u3000]{{0,3}}({NAME})"
    r"(?=[，,（(因患家的系于一现本住身被在]|今年)"
)
_OF = compiled(rf"的({NAME})(?=[，,。；（(说]|$)")
# Family names that oftener begin another word: 时候, 方面, 目前.
_NO_NAME = compiled(
    "[时和全从应解目项双有]|方[面法便式案]|于[是此]|成[为功员立都]|单[位独亲]|高[度中血龄温]|管[理辖]|包[括含]|金[额融]|黄[色金]"
)
_WEAK = (_FIRST, _OF)
_STRONG = (_LABELLED, _DESCRIBED, _CALLED)
_AT_WORK = compiled(rf"(?:{_OFFICES})[:：、 ]?\Z")
_SILENT = compiled(
    r"时代楷模|勋章|楷模|劳模|模范|道德|感动|烈士|英雄|功臣|院士|荣誉|好人|先进|小说|电影|电视剧|主人公|化名|专家|教授|主任医师|饰演|讲解|预防|防治|研究|科普"
    r"|治疗|药物|症状|脑电图|女顾客|男顾客|是指|患者应|现象"
    r"|事迹|坚守|不离不弃|自强|创业|带动|孝老|孝顺|照顾|照料|侍奉|悉心|义务|捐献|作品|出版|著名|皇帝|将军|朝|革命|抗战|通缉|悬赏|在逃|受贿|贪污|代表作|毕业于"
    r"|中共党员|拟任|候选人|公司|代表人|作者|导演|主演|记者|总统|总理|部长|议员|创办|致富|教练|比赛|冠军|奖牌|一等奖|二等奖|三等奖|荣获"
)
# A longer stretch would mark half a paragraph.
_REACH = 60


def facts(text: Text) -> Iterator[Found]:
    """The stretch from the name to the fact, or the fact alone where the name is taken or further off."""
    for kind, pattern in _FACTS:
        for found in pattern.finditer(text.raw):
            start, end = text.sentence(found.start())
            end = max(end, found.end())
            if _SILENT.search(text.raw[start:end]):
                continue
            name = _nearest(text.raw, start, end, found.span())
            if name:
                low, high = min(name[0], found.start()), max(name[1], found.end())
                yield [(low, high), found.span()] if high - low <= _REACH else [found.span()], f"姓名与{kind}同时公开"
            elif _beside(text, start, end):
                yield [found.span()], f"姓名与{kind}同时公开"


def _nearest(raw: str, start: int, end: int, fact: tuple[int, int]) -> tuple[int, int] | None:
    """The private name nearest to the fact within a sentence."""
    names = [span for pattern in (*_STRONG, *_WEAK) for span in _names(raw, pattern, max(0, start - 1), end)]
    apart = [(max(span[0] - fact[1], fact[0] - span[1]), span) for span in names]
    return min((one for one in apart if 0 <= one[0] <= 80), default=(0, None))[1]


def _names(raw: str, pattern: re.Pattern[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in pattern.finditer(raw, start, end):
        if (
            is_name(found[1])
            and not _NO_NAME.match(found[1])
            and not _AT_WORK.search(raw[max(0, found.start(1) - 6) : found.start(1)])
        ):
            yield found.span(1)


def _beside(text: Text, start: int, end: int) -> bool:
    """True where the sentence before, or the one after, brings in a private person by label or age."""
    raw = text.raw
    before = raw[max(0, start - 1)] if start else ""
    spans = []
    if before and before != "\n" and start > 1:
        spans.append((text.sentence(start - 2)[0], start - 1))
    if end + 1 < len(raw) and raw[end] != "\n":
        spans.append((end + 1, min(text.sentence(end + 1)[1], end + 40)))
    return any(
        not _SILENT.search(raw[low:high]) and any(next(_names(raw, one, low, high), None) for one in _STRONG)
        for low, high in spans
    )
