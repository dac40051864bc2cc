"""Marks of secrecy and of internal use in a public post: 机密★1年, 密级：秘密, 份号, 内部资料 注意保存, 此件不公开.

A post that carries such a mark shows a paper that was not for the public. The words alone (国家秘密, 商业秘密, 揭秘)
say nothing, and an article about marks puts them in quotation marks or calls them marks: both stay silent.
Source: 保守国家秘密法实施条例（国家秘密标志为“密级★期限”）；GB/T 9704-2012 第7.2.1条（份号）、第7.2.2条（密级和
保密期限）；国办秘函〔2019〕19号 单项否决“泄露国家秘密”.
"""

from collections.abc import Iterator
from itertools import islice

from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.text import Text, inside
from govmedia.engine.content.types import Example, Mark, Post, Setting

CODE = "secrecy_marks"
CATEGORY = "secrecy"
LEVEL = "veto"
TITLE = "密级与内部标志"
VERSION = 2
AUTO = True
FIELDS = ("title", "text")
BASIS_MARK = "GB/T 9704-2012 第7.2.2条：涉密公文标注密级和保密期限；国办秘函〔2019〕19号：泄露国家秘密为单项否决"
BASIS_INTERNAL = "《中华人民共和国政府信息公开条例》第十四条、第十六条：内部事务信息、不予公开的公文不得发布"

_WORD = r"(?:绝[ \u3000★*·]{0,2}密|机[ \u3000★*·]{0,2}密|秘[ \u3000★*·]{0,2}密)"
_PERIOD = r"(?:\d{1,2}[ \u3000]?年|\d{1,2}个?月|长期|[一二三五十]{1,2}[ ★*·]?[十0]?年)"
# A star and a period make a mark anywhere; a star alone at a line's edge or in brackets; several stars are a review.
_STAR = Pattern(
    rf"{_WORD}[ \u3000·.\-]{{0,2}}(?:[★☆✩✪⭐✭*※]\ufe0f?[ \u3000·.\-]{{0,2}}{_PERIOD}"
    r"|([★☆⭐])(?![★☆⭐])[ \u3000]{0,2})"
)
_EDGE_BEFORE = compiled(r"(?:^|[\n（(【\[])[ \u3000]{0,4}$")
_EDGE_AFTER = compiled(r"$|\n|特急|加急|平急|启用前|[（(]")
_NAMED = Pattern(
    rf"(?:密级|秘密等级|涉密等级|保密等级)[ \u3000]{{0,2}}[:：][ \u3000]{{0,2}}({_WORD}|内部|工作秘密)级?"
)
_LINE = compiled(
    rf"(?:^|\n)[ \u3000]{{0,8}}({_WORD})(?:[ \u3000]{{1,4}}(?:特急|加急|特提|平急))?[ \u3000]{{0,4}}(?=\n)"
)
# Without a star, alone at the head: 机密 3年, 秘密（1年）; 保密期限：5年 behind no sentence; marks in English.
_BARE = compiled(
    rf"(?:^|\n)[ \u3000]{{0,8}}"
    rf"({_WORD}(?:级)?[ \u3000]{{0,2}}[（(:：]?[ \u3000]{{0,2}}{_PERIOD}[）)]?)[ \u3000]{{0,4}}(?=\n)"
)
_TERM = compiled(rf"保密期限[ \u3000]{{0,2}}[:：][ \u3000]{{0,2}}{_PERIOD}(?![\u4e00-\u9fff])")
_ENGLISH = Pattern(
    r"(?:^|\n)[ \u3000\[【(（]{0,4}"
    r"((?:top )?secret|confidential|internal use only|for internal use only)(?=[\]】)） \u3000]{0,4}(?:\n|$))"
)
_COPY = compiled(r"(?:^|\n)[ \u3000]{0,8}((?:份号[:：]?[ \u3000]{0,2})?0{2,5}[1-9]\d{0,4})[ \u3000]{0,4}(?=\n)")
_COPY_NAMED = Pattern(r"份号[:：][ \u3000]{0,2}\d{4,6}(?!\d)")
# Talk about marks: how they look, what they are made of.
_ABOUT = compiled(
    r"标志|标识|标注|标明|字样|样式|例如|譬如|比如|表示为|形式为|规范|知识|问答|答题|选择题|什么是|是指|的含义|分为|三级|等级分"
)

_DO_NOT = (
    r"(?:请?注意保[存密管]|请?妥善保[管存]|(?:请|切)?勿外传|(?:严禁|不得|禁止|不准|请不要|不可)(?:外传|扩散|翻印|翻拍|复印|转发|上网|公开(?:刊登|报道|引用|发表)?|外泄|转载|拍照|对外)"
    r"|(?:请?勿|不要)(?:转发|扩散|公开|上传|拍照)|阅后(?:请?即?)?(?:收回|销毁|退回|清退|删除)|仅供(?:内部)?(?:参考|传阅|掌握|使用)|不对外(?:公开|公布)"
    r"|不得(?:在|通过)?(?:互联网|网络|网|微信)(?:上|群)?(?:传播|发布|转发|传输|公开))"
)
_INTERNAL = Pattern(
    rf"(?:工作秘密|内部(?:刊物|资料|文件|材料|文稿|参考|情况|信息|通报|掌握|传阅|使用|明电|学习资料|征求意见稿))[，,、：:；;·\-—！!\s（(]{{0,3}}{_DO_NOT}"
)
_THIS = Pattern(
    rf"[此本该](?:件|文件|材料|资料|通知|通报|简报|函|方案|讲话|文|纪要|邮件)(?:内容)?"
    rf"(?:(?:不(?:予|宜|得|对外|向社会)?公[开布](?:发布)?|(?:属于?|系|为)(?:国家秘密|机密|秘密|工作秘密|内部(?:资料|文件|材料)))(?:[，,]?{_DO_NOT})?"
    rf"|(?:[只仅](?:发|传达|限)|发至|传达至)[\u4e00-\u9fff]{{1,12}}[，,]?{_DO_NOT}|[，,]?{_DO_NOT}(?:[，,]?{_DO_NOT})?)"
)
_MINUTES = Pattern(rf"会议纪要[，,]?(?:不(?:予|宜|得|对外)?公开|{_DO_NOT})")
# What may lead up to a mark that is no part of a sentence.
_BEFORE = compiled(
    r"(?:^|[^\u4e00-\u9fff，,、：:.．)）])$"
    r"|(?:^|[^\u4e00-\u9fff])(?:此件|本件|本文|此文|本文件|此文件|本材料|本资料|此材料|以上)(?:为|系|是|属|属于)?(?:机关|党内|单位|系统)?$"
    r"|(?:^|[\n【（(])(?:机关|党内|单位|系统)$"
)
_ONLY = Pattern(
    r"(?:仅供|仅限|只供|只限)(?:本?(?:机关|单位|系统|部门|党)?内部?|领导|工作人员)(?:人员|同志|工作)?(?:参考|参阅|使用|传阅|掌握|查阅|阅示|阅知)"
)
_HEADED = compiled(
    r"(?:^|\n)[ \u3000]{0,8}[【\[（(]?(内部明电|内部资料|内部文件|涉密(?:文件|资料|材料)|工作秘密)"
    r"[】\]）)]?[ \u3000]{0,4}(?=\n)"
    rf"|(?:^|\n)[ \u3000]{{0,8}}[【\[（(]({_WORD}|内部(?:资料|文件|材料|参考|通报)?)[】\]）)]"
    r"|(?<![\u4e00-\u9fff])(请?阅后(?:即|请|立即)?(?:销毁|收回|退回|清退))(?=[。！!；;）)】\s]|$)"
)
# Orders to keep a paper among few, wherever they stand in a post; each for a human to look at.
_KEEP = Pattern(
    r"[会阅]后(?:请|一律|须)?(?:收回|退回|交回|上交|清退)(?!原)|(?:不得|严禁|不准|禁止)(?:翻印|复制|上网)、(?:不得)?(?:翻印|复制|上网|转发|传抄)(?:、(?:不得)?(?:上网|转发))?"
    r"|(?:此件|本件|本文)?[只限]?(?:限发|发|传达)至?(?:县团|县处|地师|省军|乡科|厅局)级(?:以上)?|不登报[、，]不上网|不上网[、，]不登报"
    r"|未经本人审阅[，,]?(?:请勿|不得|严禁)(?:外传|引用|转发|传播|刊登)|(?:请勿|不得|严禁|禁止|不要)(?:截图|拍照|截屏)(?:、|或|后)?(?:外传|转发|传播|上传)"
    r"|内部(?:掌握|传阅|使用|学习|征求意见)(?:名单|稿|件|版|数据|口径)?(?=[，,。；;：:\n])|(?:仅限|仅供|限于)[\u4e00-\u9fff]{0,8}内部(?:学习|使用|参考|传阅|掌握|交流)"
    r"[，,](?:不得|请勿|严禁|切勿)[\u4e00-\u9fff]{2,8}|不得(?:通过|在)(?:微信|QQ|qq|互联网|网络)[、\u4e00-\u9fffQq]{0,8}(?:传输|转发|发布|传递|存储)(?:本|此|该)(?:文件|通知|材料|方案)"
    r"|阅毕(?:请)?(?:交回|退回|归还)(?:办公室|机要|原处室)|党内(?:文件|资料|材料)[，,](?:不得|请勿|严禁)(?:公开|外传|转发)"
)
_HEAD_WORD = Pattern(
    r"(?:^|\n)[ \u3000]{0,8}(密件|涉密|绝密件|机密件|内部传阅件|密码电报|[机绝]密级文件)[ \u3000]{0,4}(?=\n)"
    r"|[【\[](绝密级|机密级|秘密级|涉密|内部|密)[】\]]"
)
_RULES = compiled(
    r"保密法|保密规定|保密管理|保密教育|保密知识|违者|泄密案|工作人员不得|机关工作|试卷|考生|考试|准考证|隐私|第[一二三四五六七八九十]{1,3}条|谣言|书屋|图书"
)
_SENTENCE_AFTER = compiled(r"[\u4e00-\u9fff]")
_PUBLIC_PRINT = compiled(r"准印证|免费交流|内部资料性出版物")


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each label of secrecy or internal use that is not talked about but borne."""
    raw = text.raw
    if "密" in raw:
        yield from _secrets(text)
    for found in _COPY_NAMED.finditer(text.folded):
        if "份号" in raw and not _talked_about(text, *found.span()):
            yield Mark(*found.span(), "带有公文份号，疑为涉密公文", None, BASIS_MARK, confidence=0.9)
    if any(word in raw for word in ("内部", "公开", "外传", "密", "此件", "不得", "请勿", "阅", "会后", "上网")):
        told = list(_internals(text))
        yield from told
        if not told:
            yield from islice(_orders(text), 1)
    for found in _ENGLISH.finditer(text.folded):
        if not ("ecret" in raw or "SECRET" in raw or "nternal" in raw):
            break
        message = "英文密级标志，请核对能否对外发布"
        yield Mark(*found.span(1), message, None, BASIS_MARK, confidence=0.6, sure=False)


def _secrets(text: Text) -> Iterator[Mark]:
    folded = text.folded
    for found in _STAR.finditer(folded):
        start, end = found.start(), found.end(1) if found[1] else found.end()
        if found[1] and not _at_an_edge(folded, start, found.end()):
            continue
        if not _talked_about(text, start, end) and not _rated(folded, start):
            # Examination papers keep the mark after the examination.
            sure = not folded.startswith("启用前", found.end())
            message = "带有国家秘密标志，疑为涉密公文"
            yield Mark(start, end, message, None, BASIS_MARK, confidence=0.98 if sure else 0.5, sure=sure)
    for found in _NAMED.finditer(folded):
        if not _talked_about(text, *found.span()):
            sure = found[1] != "内部"
            confidence = 0.95 if sure else 0.5
            yield Mark(*found.span(), "标有密级，疑为涉密公文", None, BASIS_MARK, confidence=confidence, sure=sure)
    for pattern, group in ((_BARE, 1), (_TERM, 0)):
        for found in pattern.finditer(folded, 0, 400):
            if not _talked_about(text, *found.span(group)) and not _NAMED.search(folded):
                message = "标有密级或保密期限，请核对是否为涉密公文"
                yield Mark(*found.span(group), message, None, BASIS_MARK, confidence=0.6, sure=False)
    for found in _LINE.finditer(folded, 0, 400):
        copy = _COPY.search(folded, 0, found.start(1) + 1)
        sure = copy is not None
        message = "份号之下单独标有密级，疑为涉密公文" if sure else "单独成行的密级，请核对是否为涉密公文"
        yield Mark(
            found.start(1), found.end(1), message, None, BASIS_MARK, confidence=0.95 if sure else 0.5, sure=sure
        )


def _talked_about(text: Text, start: int, end: int) -> bool:
    """True inside quotation marks or brackets of a title, or where the sentence is about marks."""
    if inside(text.quotes, start, end) or inside(text.titles, start, end):
        return True
    low = max(text.raw.rfind("\n", 0, start) + 1, start - 60)
    high = text.raw.find("\n", end, end + 20)
    return _ABOUT.search(text.raw, low, high if high >= 0 else end + 20) is not None


def _at_an_edge(folded: str, start: int, end: int) -> bool:
    return bool(_EDGE_BEFORE.search(folded, max(0, start - 6), start) or _EDGE_AFTER.match(folded, end))


def _rated(folded: str, start: int) -> bool:
    """The word is rated, not the paper: 推荐指数 秘密★."""
    return "指数" in folded[max(0, start - 12) : start]


def _internals(text: Text) -> Iterator[Mark]:
    raw, folded = text.raw, text.folded
    for pattern in (_INTERNAL, _THIS, _MINUTES, _ONLY):
        for found in pattern.finditer(folded):
            start, end = found.span()
            if (
                not _stands_alone(raw, start, end)
                or inside(text.quotes, start, end)
                or inside(text.titles, start, end)
            ):
                continue
            if _PUBLIC_PRINT.search(raw, max(0, start - 40), end + 40):
                continue
            yield Mark(
                start, end, "带有“内部”或“不公开”标志，不应对外发布", None, BASIS_INTERNAL, "deduct", confidence=0.93
            )
    for found in _HEADED.finditer(folded, 0, 400):
        if not _PUBLIC_PRINT.search(raw):
            message = "密级或内部标志，请核对能否对外发布"
            span = found.span(found.lastindex or 0)
            yield Mark(*span, message, None, BASIS_INTERNAL, "deduct", confidence=0.6, sure=False)


def _orders(text: Text) -> Iterator[Mark]:
    """Orders to keep a paper among few, and words of secrecy at its head, that the marks above do not tell of."""
    for pattern in (_KEEP, _HEAD_WORD):
        for found in pattern.finditer(text.raw):
            start, end = found.span(found.lastindex or 0)
            if _talked_about(text, start, end) or _PUBLIC_PRINT.search(text.raw) or _RULES.search(text.raw):
                continue
            message = "带有限制知悉范围的要求，请核对能否对外发布"
            yield Mark(start, end, message, None, BASIS_INTERNAL, "deduct", confidence=0.6, sure=False)


def _stands_alone(raw: str, start: int, end: int) -> bool:
    """True where the mark is no part of a longer sentence: nothing but 此件为… leads up to it, and it ends there."""
    if end < len(raw) and _SENTENCE_AFTER.match(raw[end]):
        return False
    if raw[start] in "此本该会":
        return start == 0 or not _SENTENCE_AFTER.match(raw[start - 1])
    return _BEFORE.search(raw, max(0, start - 12), start) is not None


EXAMPLES = (
    Example("a mark", "机密★1年\n关于做好有关工作的通知", ("机密★1年",)),
    Example("with blanks and a full-width digit", "秘 密★１０年", ("秘 密★１０年",)),
    Example("explained", "国家秘密标志形式为“机密★1年”，标注在首页左上角"),
    Example("trade secrets", "依法保护商业秘密，揭秘诈骗套路"),
    Example("a level named", "密级：秘密", ("密级：秘密",)),
    Example("an internal paper", "内部资料，注意保存\n2024年第3期", ("内部资料，注意保存",)),
    Example("not public", "（此件不公开）", ("此件不公开",)),
    Example("public", "（此件公开发布）"),
    Example("a rule about papers", "工作人员不得将内部文件外传，内部资料不得公开"),
    Example("a printed paper that may be", "内部资料 免费交流 准印证号：苏S（2024）0001"),
)
