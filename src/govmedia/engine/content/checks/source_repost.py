"""Reposts without a source, with none in truth (来源：网络), or from a source on no list.

A post that is no original work must say where it is from: in `source_name`, or in words in the text (来源：…, 转自…,
据新华社…, the dateline of an agency). A name that no list holds and no office bears is for a human to look at.
Source: 国办发〔2018〕123号（转载须注明来源，来源须权威）；互联网新闻信息稿源单位名单.
"""

from collections.abc import Iterator

from govmedia.engine.content.hearsay import hearsay
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern, Patterns
from govmedia.engine.content.sources import looks_official, names_nobody, plain_name, shipped_sources
from govmedia.engine.content.text import Text, inside
from govmedia.engine.content.types import Example, Mark, Post, Setting

CODE = "source_repost"
CATEGORY = "source"
LEVEL = "deduct"
TITLE = "转载来源"
VERSION = 2
AUTO = True
FIELDS = ("title", "text")
BASIS = "国办发〔2018〕123号：转载须注明来源；《互联网新闻信息服务管理规定》第十五条：只转载国家规定范围内单位的新闻"

_LABEL = Pattern(
    r"((?:来源|稿源|转自|转载自?|转载于|摘自|选自|源自|出处|原载)[ \u3000]?[:：丨|｜/】][ \u3000]{0,3})"
    r"([^\n\r。；;）)】\]|｜丨]{0,40})"
)
# What may lead up to the label where it is one: a line's edge, a bracket, a mark; then the word for the piece.
_LEAD = compiled(
    r"(?:^|[\n（(【\[。！；;：:|｜丨\s■●▲◆▌])(稿件|文章|本文|图文|信息|内容|原文|消息|资料|素材|视频|图片|文字|部分内容|综合)?$"
)
_PICTURES = ("图片", "视频", "素材")
_FROM_THE_NET = Patterns(
    [
        r"(?:图文|文章|内容|信息|资料|素材|文字|稿件|本文|以上)[\u4e00-\u9fff]{0,4}(?:来自|来源于?|源自|源于|摘自|转自|整理自|转载自|转载于|选自)于?"
        r"(?:互联网|网络|网上|网友|微信群|朋友圈|百度)",
        r"(?:转自|转载自|转载于|摘自|整理自|选自)(?:互联网|网络|网上|网友|微信群|朋友圈|百度)",
        r"(?<!图)(?<!图片)(?:来源|源)于?(?:网络|互联网)[，,、]?(?:侵删|如有侵权|版权归|若有侵权)",
    ]
)
_PICTURES_FROM_THE_NET = Pattern(r"(?:图源|图片来源于?|图片来自|图片源于|配图来[自源]于?)(?:网络|互联网|网上)")
_CLAIM = Pattern(
    r"(?:^|[\n（(【\[。！])(本文(?:系|为|属)?转载|转载文章|转发文章|以下(?:内容|文章)(?:系|为)?转载)(?=[。，,！）)】\]\n]|$)"
)
_TITLE_CLAIM = compiled(r"^[【\[（(](?:转载|转)[】\]）)]|[（(【\[](?:转载|转)[）)】\]]$")
# Words that name where a text is from; enough to call the source given.
_STATED = compiled(
    r"(?:来源|稿源|转自|转载自|转载于|摘自|选自|源自|出处|原载|供稿|来稿|作者单位|消息来自)"
    r"[ \u3000]?[:：于丨|]?[ \u3000]{0,3}[\u4e00-\u9fffA-Za-z“《@]"
    r"|据[\u4e00-\u9fff“”《》]{2,16}(?:报道|消息|网|报|社|台|发布|通报|介绍|公告|微信|微博|客户端)|[\u4e00-\u9fff]{2,8}[社网报台](?:记者|讯|评论员|北京|[\u4e00-\u9fff]{2,6}\d{1,2}月\d{1,2}日)"
    r"|\d{1,2}月\d{1,2}日电|//@|转发(?:了)?@|@[\u4e00-\u9fffA-Za-z]{2}|原标题|原文链接|via"
    r"|(?:图/?文|文/?图|文|作者|记者|通讯员|摄影|撰稿)[ ]?[/:：|｜][ ]?[\u4e00-\u9fff]"
)


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each source that is missing, is none, or is not known."""
    if text.raw is post.title and post.text:
        found = _TITLE_CLAIM.search(text.raw)
        if found and not post.source_name and not _states_source(post.text, setting):
            yield Mark(*found.span(), "标为转载而未注明来源", None, BASIS, confidence=0.9)
        return
    marks = list(_in_words(text, post, setting))
    heard = [
        one for one in _heard(text, setting) if not any(one.start < old.end and old.start < one.end for old in marks)
    ]
    marks += [one for one in heard if one.sure]
    if not marks and (post.original is False or post.source_name):
        marks += _by_record(text, post, setting)
    yield from marks or heard


def _heard(text: Text, setting: Setting) -> Iterator[Mark]:
    for start, end, message, sure in hearsay(text, lambda name: _is_known(name, setting)):
        level, confidence = ("deduct", 0.92) if sure else ("notice", 0.6)
        yield Mark(start, end, message, None, BASIS, level, confidence=confidence, sure=sure)


def _in_words(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """来源：nothing, 来源：网络, 来源：a name on no list; 内容来自网络; 本文转载 without more."""
    raw = text.raw
    for found in _LABEL.finditer(raw):
        lead = _LEAD.search(raw, max(0, found.start() - 6), found.start())
        name = found[2].strip(" \u3000“”\"'@，,、")
        if not lead or (not name and (_next_line_names(raw, found.end()) or post.source_name)):
            continue
        start, end = found.start() - len(lead[1] or ""), found.start() + len(found[0].rstrip(" \u3000”\"'，,、"))
        if found[1].rstrip(" \u3000")[-1] in "/】" and not names_nobody(name):
            continue
        yield from _named(start, end, name, setting, picture=lead[1] in _PICTURES)
    for _, found in _FROM_THE_NET.finditer(raw):
        if not inside(text.quotes, *found.span()):
            yield Mark(*found.span(), "来源只写“网络”，等于没有注明来源", None, BASIS, confidence=0.9)
    for found in _PICTURES_FROM_THE_NET.finditer(raw):
        message = "图片来源只写“网络”，请核对授权和出处"
        yield Mark(*found.span(), message, None, BASIS, "notice", confidence=0.6, sure=False)
    for found in _CLAIM.finditer(raw):
        if not post.source_name and not _states_source(raw, setting):
            yield Mark(*found.span(1), "写明转载而未注明来源", None, BASIS, confidence=0.9)


def _next_line_names(raw: str, end: int) -> bool:
    """True where the name stands on the line below."""
    below = raw[end : end + 30].lstrip("\r\n \u3000").partition("\n")[0]
    return 2 <= len(below) <= 20 and not below.startswith(("作者", "编辑", "责编", "审核", "校对", "监制", "值班"))


def _named(start: int, end: int, name: str, setting: Setting, *, picture: bool) -> Iterator[Mark]:
    if not name:
        yield Mark(start, end, "“来源”之后没有内容", None, BASIS, confidence=0.95)
    elif names_nobody(name):
        message = f"来源写作“{name}”，等于没有注明来源"
        level = "notice" if picture else "deduct"
        yield Mark(start, end, message, None, BASIS, level, confidence=0.6 if picture else 0.93, sure=not picture)
    elif not picture and not _is_known(name, setting):
        yield Mark(
            start, end, f"来源“{name}”不在稿源名单内，请核对", None, BASIS, "notice", confidence=0.5, sure=False
        )


def _is_known(name: str, setting: Setting) -> bool:
    """True where a list holds the name or one of the names joined in it, or an office bears it."""
    names = shipped_sources() if setting.sources is None else setting.sources
    plain = plain_name(name)
    return looks_official(name) or plain in names or any(one in plain for one in names)


def _states_source(raw: str, setting: Setting) -> bool:
    names = shipped_sources() if setting.sources is None else setting.sources
    return _STATED.search(raw) is not None or any(name in raw for name in names)


def _by_record(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """What the platform says of the post: not original, and from where."""
    start = len(text.raw) - len(text.raw.lstrip())
    end = start + max(1, len(text.raw[start : start + 40].partition("\n")[0]))
    name = post.source_name
    if not name and not _states_source(post.title + "\n" + text.raw, setting):
        yield Mark(start, end, "转载内容未注明来源", None, BASIS, confidence=0.9)
    elif name and names_nobody(name):
        yield Mark(start, end, f"来源写作“{name}”，等于没有注明来源", None, BASIS, confidence=0.93)
    elif name and plain_name(name) != plain_name(post.account) and not _is_known(name, setting):
        yield Mark(
            start, end, f"来源“{name}”不在稿源名单内，请核对", None, BASIS, "notice", confidence=0.5, sure=False
        )


EXAMPLES = (
    Example("a repost without a source", "春天怎样养生", ("春天怎样养生",), given={"original": False}),
    Example("a repost with its source in words", "来源：新华社\n春天来了", given={"original": False}),
    Example("a dateline", "新华社北京3月5日电 会议今天开幕", given={"original": False}),
    Example("an original", "我县召开春季农业生产会议", given={"original": True}),
    Example("the net is no source", "天气渐暖。（来源：网络）", ("来源：网络",)),
    Example("nothing behind the word", "天气渐暖。\n来源：\n编辑：某某", ("来源：",)),
    Example("another source", "资金来源：财政拨款"),
    Example("a name on no list", "文章来源：养生大讲堂", ("文章来源：养生大讲堂",)),
    Example("an office", "来源：某县发布"),
)
