"""Words that published style rules for the media ban or advise against: social life, law, peoples and religions,
other countries.

Source: 新华社《新闻信息报道中的禁用词和慎用词》（2016年7月修订）and the rules that each entry of the lexicon names.
"""

from collections.abc import Iterator

from govmedia.engine.content.terms import marks_of
from govmedia.engine.content.text import Text
from govmedia.engine.content.types import Example, Mark, Post, Setting

CODE = "wording_terms"
CATEGORY = "wording"
LEVEL = "notice"
TITLE = "禁用词和慎用词"
VERSION = 2
AUTO = True
FIELDS = ("title", "text")


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield the marks of the lexicons' entries for this check."""
    yield from marks_of(CODE, text, setting)


EXAMPLES = (
    Example("a people's name cut short", "内蒙古的蒙族群众欢度那达慕", ("蒙族",)),
    Example("a rank that the law names otherwise", "李某时任某市人大副主任", ("人大副主任",)),
    Example("inside a longer word", "开展启蒙族谱研究，启蒙教育很重要"),
    Example("quoted to speak against it", "不得使用“蒙族”这一简称"),
)
