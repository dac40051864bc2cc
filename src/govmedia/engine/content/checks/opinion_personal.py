"""An official account that speaks for itself: personal opinion, moods, gossip, series and games.

Only for a human to look at, never sent by itself: what is lively and what is out of place is a matter of judgement.
Words of other people (in quotation marks, 市民说, 网友), posts that forbid or warn of such things, and set words that
look alike (八卦洲, 太极八卦, 小编带您看) are silent.
Source: 苏政办发〔2019〕56号；国办发〔2018〕123号（不得擅自发布代表个人观点、意见及情感的言论）；
data/opinion_words.toml.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from govmedia.engine.content.clauses import MOST_PIECES, Piece, clauses
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Patterns
from govmedia.engine.content.text import Text, inside
from govmedia.engine.content.types import Example, Mark, Post, Setting
from govmedia.engine.tables import read_table

CODE = "opinion_personal"
CATEGORY = "opinion"
LEVEL = "notice"
TITLE = "个人观点与娱乐内容"
VERSION = 2
AUTO = False
FIELDS = ("title", "text")
BASIS = "国办发〔2018〕123号：不得发布与职责无关的信息，不得擅自发布代表个人观点、意见及情感的言论"

_TABLE = read_table(Path(__file__).parents[1] / "data" / "opinion_words.toml")
# Of each pattern: its reason, and whether it names its speaker (then a topic beside it excuses nothing).
_RULES = [(rule["reason"], rule.get("own", False)) for rule in _TABLE["rules"] for _ in rule["patterns"]]
_OPINIONS = Patterns([pattern for rule in _TABLE["rules"] for pattern in rule["patterns"]])
_SILENT, _SILENT_OWN = (compiled("|".join(_TABLE[name]["words"])) for name in ("silent", "silent_own"))


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each sentence with such wording."""
    pieces = [
        Piece(*found.span(), place)
        for place, found in islice(_OPINIONS.finditer(text.folded), MOST_PIECES)
        if not _is_anothers(text, *found.span(), own=_RULES[place][1])
    ]
    for start, end, places in clauses(text, pieces):
        yield Mark(start, end, f"疑似{_RULES[places[0]][0]}，请人工判断", None, BASIS, confidence=0.5, sure=False)


def _is_anothers(text: Text, start: int, end: int, *, own: bool) -> bool:
    """True where the words are quoted or somebody else's, or stand in a sentence that warns of such things."""
    if inside(text.quotes, start, end) or inside(text.titles, start, end):
        return True
    low, high = text.sentence(start)
    return (_SILENT_OWN if own else _SILENT).search(text.raw, low, max(high, end)) is not None


EXAMPLES = (
    Example("the editor's own view", "小编个人认为这部规定没什么用", ("小编个人认为这部规定没什么用",)),
    Example("gossip", "来吃瓜！某明星恋情曝光", ("来吃瓜！某明星恋情曝光",)),
    Example("the editor as a guide", "小编带您了解医保新政策"),
    Example("a citizen's words", "“我觉得办事方便多了。”市民王女士说"),
    Example("a place", "八卦洲芦蒿上市"),
)
