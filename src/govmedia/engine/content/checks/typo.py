"""Wrong characters (错别字): what input methods, ears and eyes take for another character.

Layers: set pairs of wrong and right words that have no other reading (`lexicons/typo_pairs.csv`); and trees that
judge each candidate for each doubtful character by how often the strings it makes were seen in official text, how
likely they are as words, how alike the two characters are, and what stands around them. What a well-known string
holds is asked for only where it is often mistaken (`lexicons/typo_often.csv`). Only what is surely wrong goes to the
operator by itself; what is likely waits for a human. A string that comes again in the same field is more likely a
name than a slip, and waits too. Characters written the traditional way are another check's.

Source: 《通用规范汉字表》(国发〔2013〕23号); how the trees were trained and what they reach: `models/typo.md`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from math import exp

from govmedia.engine.content.text import Text
from govmedia.engine.content.types import Example, Mark, Post, Setting
from govmedia.engine.content.typos.find import AUTO as SURE
from govmedia.engine.content.typos.find import Slip, slips_of

CODE = "typo"
CATEGORY = "typo"
LEVEL = "deduct"
TITLE = "错别字"
VERSION = 2
AUTO = True
FIELDS = ("title", "text")
BASIS = "用字须合乎《通用规范汉字表》和词语的规范写法"
# A text of fewer characters gives too little to judge by.
SHORTEST = 4
CERTAIN = 0.99


def prepare(posts: Sequence[Sequence[Text]]) -> None:
    """Read the posts in one go, the fields of each as one text: what comes again in another field counts too."""
    wholes = ["\n".join(text.folded for text in fields) for fields in posts]
    for fields, found in zip(posts, slips_of(wholes), strict=True):
        begins = 0
        for text in fields:
            ends = begins + len(text)
            here = [slip for slip in found if begins <= slip.place < ends]
            text.memo[CODE] = [replace(slip, place=slip.place - begins) for slip in here]
            begins = ends + 1


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each run of characters that are likely wrong."""
    if len(text) < SHORTEST:
        return
    if CODE not in text.memo:
        prepare([[text]])
    found = [slip for slip in text.memo[CODE] if text.raw[slip.place] == text.folded[slip.place]]
    for _, run in groupby(enumerate(found), key=lambda one: one[1].place - one[0]):
        yield _mark(text.raw, [slip for _, slip in run])


def _mark(raw: str, run: list[Slip]) -> Mark:
    start, end = run[0].place, run[-1].place + 1
    meant = "".join(slip.meant for slip in run)
    odds = min(slip.odds for slip in run)
    around = raw[max(0, start - 4) : start] + meant + raw[end : end + 4]
    return Mark(
        start,
        end,
        f"疑有错别字：“{raw[start:end]}”似应为“{meant}”（{around}）",
        meant,
        BASIS,
        confidence=min(CERTAIN, 1 / (1 + exp(-odds))),
        sure=odds >= SURE and raw.count(raw[max(0, start - 1) : end + 1]) == 1,
    )


EXAMPLES = (
    Example("one character of the same sound", "我县召开领导小姐会议，部署防汛抗旱工作。", ("姐",)),
    Example("a set phrase", "全县上下再接再励，奋力完成全年目标任务。", ("励",)),
    Example("another word of the same sound", "各部门要依法履行职责，接受人民兼督。", ("兼",)),
    Example("as it should be", "会议强调，要认真贯彻落实党中央决策部署，依法行使权力，保障公民权利。"),
    Example("names of places", "盱眙县、濉溪县和涞源县的代表参加座谈。"),
    Example("a classical line", "古人云：“苟利国家生死以，岂因祸福避趋之。”"),
)
