"""Headlines changed on the way: the text of another account under another title.

Silent where the title was only shortened or got a head (【转发】), and where the platform has no titles. Only a site
that compares its posts knows what stood first (`Post.source_title`). A human says whether the meaning was bent.
Source: 互联网新闻信息服务管理规定（2017）第十五条：转载应注明原标题，不得歪曲、篡改标题原意和新闻信息内容.
"""

from collections.abc import Iterator

from govmedia.engine.content.text import Text
from govmedia.engine.content.types import Example, Mark, Post, Setting
from govmedia.engine.originality import headline_changed

CODE = "source_headline"
CATEGORY = "source"
LEVEL = "notice"
TITLE = "转载改标题"
VERSION = 1
AUTO = False
FIELDS = ("title",)
BASIS = "《互联网新闻信息服务管理规定》第十五条：转载应注明原标题，不得歪曲、篡改标题原意"
# Longer ones are cut where they are shown.
_SHOWN = 100


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark over the title where the same text was first published under quite another one."""
    if post.source_title and headline_changed(text.raw, post.source_title, post.text):
        said = post.source_title if len(post.source_title) <= _SHOWN else post.source_title[: _SHOWN - 1] + "…"
        message = f"正文与首发稿基本相同，标题改了。首发标题：「{said}」。请看原意是否变了"
        yield Mark(0, len(text.raw), message, basis=BASIS, confidence=0.6, sure=False)


_BODY = "市水务局定于11月25日22时至次日6时检修城北水厂出水管道，请沿线居民提前储水。"
EXAMPLES = (
    Example(
        "another title",
        "全城要断水？官方回应来了",
        ("全城要断水？官方回应来了",),
        "title",
        {"text": _BODY, "source_title": "关于城北水厂管道检修停水的通告"},
    ),
    Example(
        "the same title with a head",
        "【转发】关于城北水厂管道检修停水的通告",
        (),
        "title",
        {"text": _BODY, "source_title": "关于城北水厂管道检修停水的通告"},
    ),
    Example("nothing known of a source", "全城要断水？官方回应来了", (), "title", {"text": _BODY}),
)
