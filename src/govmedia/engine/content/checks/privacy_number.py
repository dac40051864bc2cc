"""Numbers of private persons shown in full: identity card, mobile, bank card, plate, passport.

An identity number counts by its own check digit, day of birth and division wherever it stands, unless it is named as
a serial number. A mobile counts only beside a private person or in a list of people; one that is published to be
called is an office's or a trader's. Cards need a word beside them, plates an owner. Masked numbers are fine.
Source: 个人信息保护法 第28条、第51条（去标识化）；政府信息公开条例 第15条；GB 11643-1999；GB/T 15694.1 (Luhn).
"""

from bisect import insort
from collections.abc import Iterator

from govmedia.engine.content import personal_context as context
from govmedia.engine.content import personal_numbers as numbers
from govmedia.engine.content.identity_numbers import birth_day
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.personal_numbers import Number
from govmedia.engine.content.text import Text, inside
from govmedia.engine.content.types import Example, Mark, Post, Setting
from govmedia.engine.uscc import uscc_problem

CODE = "privacy_number"
CATEGORY = "privacy"
LEVEL = "deduct"
TITLE = "个人号码"
VERSION = 1
AUTO = True
FIELDS = ("title", "text")
BASIS = (
    "《中华人民共和国个人信息保护法》第五十一条：采取去标识化等安全技术措施；公开时隐去身份证号、手机号、银行账号等"
)

# Years in which a serial number that holds a day looks like a child's identity number.
_CHILD_YEARS = 14
_IDENTITY_WORD = compiled(r"身份证|证件号|公民身份|身份号|残疾")
_SERIAL = compiled(
    r"(?:编号|编码|单号|流水|案号|合同|订单|项目|受理号|办件|批次|采购|招标|标段|备案|许可|档案|登记号|条码|快递|发票|代码|凭证|回执|查询码|文号|期号|批号|序列|追溯码|电子监管)[\u4e00-\u9fff（）()]{0,4}[号码]?[^\w\u4e00-\u9fff\n]{0,4}[a-z0-9\-]{0,8}$"
)
_SAMPLE = compiled(r"(?:示例|样例|样表|虚构|填写样|仅供演示|举例|模板)[^\n。]{0,16}$")
_CARD_WORD = compiled(
    r"银行卡|卡号|储蓄卡|借记卡|信用卡|一卡通|惠农卡|社保卡|账号|帐号|账户|帐户|打款|收款|转账|开户|存折"
)
_CARD_SURE = compiled(r"银行卡|卡号|储蓄卡|借记卡|信用卡|一卡通|惠农卡|社保卡")
_ORGANISATION = compiled(
    r"(?:户名|单位|名称|收款人|收款方)[^\n。；]{0,30}(?:会|局|公司|中心|院|校|政府|委|社|处|所|厅|部|队|学|办|库|行)"
)
_OWNER = compiled(r"车主|驾驶人|驾驶员|司机|所有人|机主|业主|住户|登记人")


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each number of a private person that is not masked."""
    if not numbers.has_numbers(text):
        if "车" in text.raw:
            yield from _plates(text, [])
        return
    taken: list[tuple[int, int]] = []
    for finder in (_identities, _passports, _cards):
        for mark in finder(text, setting):
            if not numbers.overlap(taken, mark.start, mark.end):
                insort(taken, (mark.start, mark.end))
                yield mark
    phones = [
        one
        for one in numbers.mobiles(text)
        if not numbers.overlap(taken, one.start, one.end) and not inside(text.addresses, one.start, one.end)
    ]
    yield from _mobiles(text, post, phones)
    if "车" in text.raw:
        yield from _plates(text, phones)


def _identities(text: Text, setting: Setting) -> Iterator[Mark]:
    for number in numbers.identity_numbers(text, setting.day):
        before = text.folded[max(0, number.start - 40) : number.start].rpartition("\n")[2]
        if inside(text.addresses, number.start, number.end) or _SAMPLE.search(before):
            continue
        sure = True
        if not _IDENTITY_WORD.search(before):
            serial, born = bool(_SERIAL.search(before)), birth_day(number.digits)
            if uscc_problem(number.digits.upper()) is None and "信用代码" in before:
                continue
            if serial and born and setting.day.year - born.year <= _CHILD_YEARS:
                continue
            sure = not serial
        yield _mark(text, number, "身份证号未作遮挡", 6, 4, sure=sure)
    for number in numbers.old_identity_numbers(text):
        before = context.line_of(text.raw, number.start, number.end).before
        if _IDENTITY_WORD.search(before[-30:]) and not _SERIAL.search(before):
            yield _mark(text, number, "身份证号（15位）未作遮挡", 6, 3, sure="身份证" in before)


def _passports(text: Text, setting: Setting) -> Iterator[Mark]:
    for number in numbers.passports(text):
        before = text.raw[max(0, number.start - 40) : number.start]
        if not _SAMPLE.search(before):
            yield _mark(text, number, "护照或通行证号码未作遮挡", 1, 3)


def _cards(text: Text, setting: Setting) -> Iterator[Mark]:
    for number in numbers.card_numbers(text):
        line = context.line_of(text.raw, number.start, number.end)
        near = text.raw[max(0, number.start - 160) : number.start]
        if not _CARD_WORD.search(line.before) and not (_CARD_WORD.search(near) and context.cell_name(line.before)):
            continue
        around = text.raw[max(0, number.start - 100) : number.end + 60]
        if _ORGANISATION.search(around) or _SERIAL.search(line.before) or _SAMPLE.search(line.before):
            continue
        yield _mark(text, number, "银行卡号未作遮挡", 4, 4, sure=bool(_CARD_SURE.search(near)))


def _mobiles(text: Text, post: Post, phones: list[Number]) -> Iterator[Mark]:
    rest: list[tuple[Number, context.Line]] = []
    for number in phones:
        line = context.line_of(text.raw, number.start, number.end)
        if context.MASKED_IDENTITY.search(line.whole) or context.is_private(line):
            yield _mark(text, number, "私人手机号未作遮挡", 3, 4)
        else:
            rest.append((number, line))
    rows = [(number, line) for number, line in rest if context.cell_name(line.whole) and not context.is_office(line)]
    if len(rows) < 2:
        return
    first = rows[0][0].start - len(rows[0][1].before)
    intro = post.title + "\n" + text.raw[max(0, first - 200) : first] + rows[0][1].before
    kind = context.list_kind(intro, (line.whole for _, line in rows))
    if kind == "private" or (kind == "unknown" and (len(rows) > 2 or context.is_list_head(intro))):
        for number, _ in rows:
            yield _mark(text, number, "人员名单中的手机号未作遮挡", 3, 4, sure=kind == "private")


def _plates(text: Text, phones: list[Number]) -> Iterator[Mark]:
    spans = [(phone.start, phone.end) for phone in phones]
    for number in numbers.plates(text):
        line = context.line_of(text.raw, number.start, number.end)
        owner = _OWNER.search(line.before[-40:]) or _OWNER.search(line.after[:24])
        with_phone = numbers.overlap(spans, number.start - 50, number.end + 50)
        if owner and (with_phone or context.named(line.whole)) and not context.INVITES.search(line.whole):
            yield _mark(text, number, "车牌号与车主姓名或电话同时公开", 2, 1, sure=with_phone)


def _mark(text: Text, number: Number, message: str, head: int, tail: int, *, sure: bool = True) -> Mark:
    piece = text.raw[number.start : number.end]
    suggestion = numbers.masked(piece, head, tail)
    return Mark(number.start, number.end, message, suggestion, BASIS, confidence=0.97 if sure else 0.6, sure=sure)


EXAMPLES = (
    Example("an identity number with a right check digit", "身份证号：320102198503120004", ("320102198503120004",)),
    Example("blanks and full-width digits", "身份证３２０１０２ 1985 0312 0004", ("３２０１０２ 1985 0312 0004",)),
    Example("a serial number of the same length", "合同编号：320102202403010001"),
    Example("masked", "身份证号：320102********0004，手机：154****0002"),
    Example("a patient's mobile", "患者张小北，手机号154 0000 0002", ("154 0000 0002",)),
    Example("an office's mobile", "如需帮助，请联系网格员张小北，电话15400000002"),
    Example(
        "a list",
        "临时救助对象名单公示\n1 张小北 15400000002\n2 李小南 15400000013",
        ("15400000002", "15400000013"),
    ),
    Example("a list of wardens", "各村防汛责任人名单\n东村 张小北 15400000002\n西村 李小南 15400000013"),
    Example("a bank card", "卡号6222020001230000000，户名张小北", ("6222020001230000000",)),
    Example("an account of an office", "户名：某县慈善总会，账号：6222020001230000000"),
    Example("a passport", "护照号码：E00000012", ("E00000012",)),
    Example("a plate with its owner", "车主张小北的苏A00D01小型轿车", ("苏A00D01",)),
    Example("a plate alone", "苏A00D01小型轿车闯红灯"),
)
