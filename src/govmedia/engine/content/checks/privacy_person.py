"""A private person's name together with the home address or the state of health: what a post should leave out.

Sure forms: a name behind a word of residence with a house or room number; a list whose rows hold names and homes;
a name with a diagnosis or grade of disability beside a day of birth or part of an identity number. Addresses of
offices, shops and legal representatives are public, unnamed persons (张某、张女士) are silent, and so are lists of
names alone, which the rules want published.
Source: 个人信息保护法 第28条（敏感个人信息）；国办发〔2019〕14号 等关于公示不得公开家庭住址等信息的要求.
"""

from bisect import insort
from collections.abc import Iterator

from govmedia.engine.content import personal_context as context
from govmedia.engine.content import personal_facts, personal_states
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.person_names import NAME, is_name
from govmedia.engine.content.personal_context import WORDS
from govmedia.engine.content.personal_numbers import overlap
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.text import Text
from govmedia.engine.content.types import Example, Mark, Post, Setting

CODE = "privacy_person"
CATEGORY = "privacy"
LEVEL = "deduct"
TITLE = "个人住址与健康信息"
VERSION = 2
AUTO = True
FIELDS = ("title", "text")
BASIS = "《中华人民共和国个人信息保护法》第二十八条：住址、医疗健康等属于须严格保护的个人信息，公开前应去标识化"

# A home down to the room, the door or the villagers' group.
_ROOM = f"(?:{'|'.join(WORDS['rooms'])})"
_PART = r"[\u4e00-\u9fff\d（）()·\-－—a-zA-Z#]"
_MORE = rf"(?:{_PART}{{0,16}}?{_ROOM})?"
_HOME_TEXT = rf"{_PART}{{1,40}}?{_ROOM}{_MORE}{_MORE}"
_HOME = compiled(_HOME_TEXT)
_HOME_CELL = compiled(rf"(?:^|[ \t|｜,，、;；:：/]|[男女])({_HOME_TEXT})")
_LIVES = Pattern(f"(?:{'|'.join(WORDS['residence'])})[为是:： ]{{0,2}}")
_PUBLIC = compiled("|".join(WORDS["public"]))
_RESIDENT_OF = compiled(
    rf"(?:的)?(?:村民|居民|业主|住户|老人|患者)?({NAME})"
    r"(?=[，,、（(：: ；;。]|$|主动|说|告诉|介绍|拨打|向|在|被|因|反映|来|是|去|到|于|和)"
)
_DISEASE = Pattern(
    rf"(?:{'|'.join(WORDS['ascribed'])})[\u4e00-\u9fff、]{{0,12}}(?:{'|'.join(WORDS['diseases'])})"
    rf"|{'|'.join(WORDS['conditions'])}"
)
_NAME_BEHIND = compiled(rf"(?:患者|的)?{NAME}(?=[（(，,、])")
_FRAGMENT = compiled("|".join(WORDS["fragments"]))
# Cheap looks first: two patterns with one kind of beginning each are faster than one with both.
_DOOR = Pattern(r"\d(?:室|房间|号|户|[-－—#]\d{1,3})")
_DOORS_OF_WORDS = Pattern(r"单元[东西中南北]户|组[一二三四五六七八九十百]{1,5}号")
_FLAT = Pattern(r"[栋幢座楼弄元]\d{3}")
_BORN = Pattern("身份证|出生|日生")
_MASKED = Pattern(r"\d{3}[*＊xX×]")
_ROOMS = Pattern(_ROOM)
_YOUNG = Pattern("未成年|童|幼女|少女|少年|[男女]孩|岁|学校|小学|中学")
_ILL = Pattern("患|流产|梅毒|抑郁|癫痫|结核|乙肝|确诊|残疾|诊断|艾滋|感染|癌|白血病|尿毒症|精神|HIV")


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each private fact that stands beside a private person's name."""
    taken: list[tuple[int, int]] = []
    for mark in _narrow(text, post):
        insort(taken, (mark.start, mark.end))
        yield mark
    for spans, message in personal_facts.facts(text):
        span = next((one for one in spans if not overlap(taken, *one)), None)
        if span:
            insort(taken, span)
            yield Mark(*span, message, None, BASIS, confidence=0.6, sure=False)


def _narrow(text: Text, post: Post) -> Iterator[Mark]:
    """Homes down to the door, diagnoses and minors in cases."""
    if _DOOR.search(text.raw) or _FLAT.search(text.raw) or _DOORS_OF_WORDS.search(text.raw):
        seen: list[tuple[int, int]] = []
        for mark in (*_residents(text), *_rows(text, post)):
            if not overlap(seen, mark.start, mark.end):
                insort(seen, (mark.start, mark.end))
                yield mark
        for start, end, message in personal_states.homes(text, _ROOMS, _PUBLIC):
            if not overlap(seen, start, end):
                insort(seen, (start, end))
                yield _mark(start, end, text.raw, message, sure=False)
    if _ILL.search(text.raw):
        told: list[tuple[int, int]] = []
        for mark in (
            *(_patients(text) if _has_fragment(text.raw) else ()),
            *_states(personal_states.illnesses(text)),
        ):
            if not overlap(told, mark.start, mark.end):
                insort(told, (mark.start, mark.end))
                yield mark
    if _YOUNG.search(text.raw):
        yield from _states(personal_states.minors(text))


def _states(found: Iterator[personal_states.Found]) -> Iterator[Mark]:
    for start, end, message in found:
        yield Mark(start, end, message, None, BASIS, confidence=0.6, sure=False)


def _has_fragment(raw: str) -> bool:
    return _BORN.search(raw) is not None or _MASKED.search(raw) is not None


def _residents(text: Text) -> Iterator[Mark]:
    """Name and 家住… with a room or door number, in one sentence."""
    for found in _LIVES.finditer(text.raw):
        home = _HOME.match(text.raw, found.end())
        if not home:
            continue
        start, end = text.sentence(found.start())
        line = context.line_of(text.raw, found.start(), found.end())
        before = line.before[-60:]
        sentence = text.raw[max(start, found.start() - 80) : min(end, home.end() + 40)]
        if _PUBLIC.search(sentence):
            continue
        name = context.named(before) or _name_after(text.raw[home.end() : home.end() + 12])
        if name:
            yield _mark(home.start(), home.end(), text.raw, "姓名与家庭住址同时公开")


def _name_after(after: str) -> str:
    """家住某小区3栋502室的张小北."""
    name = _RESIDENT_OF.match(after)
    return name[1] if name and is_name(name[1]) else ""


def _rows(text: Text, post: Post) -> Iterator[Mark]:
    """Two rows and more of a name and a home: the home in each."""
    if "\n" not in text.raw:
        return
    rows, place = [], 0
    for line in text.raw.split("\n"):
        if (
            6 <= len(line) <= 120
            and (_DOOR.compiled.search(line) or _FLAT.compiled.search(line))
            and (home := _HOME_CELL.search(line))
            and context.cell_name(line)
            and not context.is_office(context.Line(line, ""))
        ):
            rows.append((place + home.start(1), place + home.end(1), line))
        place += len(line) + 1
    if len(rows) < 2:
        return
    first = text.raw.rfind("\n", 0, rows[0][0]) + 1
    intro = post.title + "\n" + text.raw[max(0, first - 200) : first]
    if _PUBLIC.search(intro) or any(_PUBLIC.search(line) for *_, line in rows):
        return
    kind = context.list_kind(intro, (line for *_, line in rows))
    if kind != "office":
        for start, end, _ in rows:
            yield _mark(start, end, text.raw, "名单中姓名与家庭住址同时公开", sure=kind == "private")


def _patients(text: Text) -> Iterator[Mark]:
    """Name, diagnosis or disability, and part of an identity number or the day of birth, in one line."""
    done = -1
    for found in _DISEASE.finditer(text.raw):
        line = context.line_of(text.raw, found.start(), found.end())
        near = line.before[-80:] + found[0] + line.after[:60]
        if found.start() - len(line.before) <= done or not _FRAGMENT.search(near) or _PUBLIC.search(near):
            continue
        before = line.before[-80:]
        if context.cell_name(before) or context.named(before) or _NAME_BEHIND.match(line.after):
            done = found.end()
            yield Mark(
                *found.span(), "姓名、证件信息与病情或残疾情况同时公开", None, BASIS, confidence=0.8, sure=False
            )


def _mark(start: int, end: int, raw: str, message: str, *, sure: bool = True) -> Mark:
    hidden = "".join("*" if sign.isdecimal() else sign for sign in raw[start:end])
    return Mark(start, end, message, hidden, BASIS, confidence=0.92 if sure else 0.6, sure=sure)


EXAMPLES = (
    Example("name and room", "患者张小北，家住东湖花园3栋502室，已居家隔离。", ("东湖花园3栋502室",)),
    Example("unnamed", "患者张某，家住东湖花园3栋，已居家隔离。"),
    Example("a title in place of a name", "家住东湖花园3栋502室的张女士拨打了热线。"),
    Example("an office", "请到县政务服务中心3号楼502室办理，联系人张小北。"),
    Example(
        "a list of homes",
        "低保对象名单公示\n张小北 东湖村三组12号 2人\n李小南 西湖村一组5号 1人",
        ("东湖村三组12号", "西湖村一组5号"),
    ),
    Example(
        "a disease and part of an identity number",
        "张小北，身份证3201021985****0004，患有尿毒症，给予救助。",
        ("患有尿毒症",),
    ),
    Example("names alone", "低保对象名单公示\n张小北 2人\n李小南 1人"),
)
