"""What is asked: a name, a link, a platform's id or our own code of an account, as people type or paste it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from govmedia.common.refusals import Refused
from govmedia.engine.codes import code_problem
from govmedia.engine.links import LINK_MOST, link_in, looks_like_link
from govmedia.engine.platforms import platform_label, platforms_meant

NAME_MOST, ID_MOST = 80, 200
_UNSTORABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_QUOTES = ("《》", "「」", "『』", "“”", "【】")
_WITH_PLATFORM = re.compile(r"(.+)[（(\[［【]([^（）()\[\]［］【】]+)[）)\]］】]")
WAYS = ("name", "url", "platform_id", "code")
_LABELS = {"name": "名称", "url": "链接", "platform_id": "平台账号 ID", "code": "备案编号"}
_MOST = {"name": NAME_MOST, "url": LINK_MOST, "platform_id": ID_MOST, "code": 40}


class Named(NamedTuple):
    """A name as people give it: the name itself, the codes of the platforms it is said to be on (of several where
    the word means several, none where nothing is said), and how a reader calls the platform."""

    name: str
    platforms: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """`way`: name, url, platform_id or code. `text` as asked, without blanks around it; of a name its platform may be
    part, see `named`."""

    way: str
    text: str

    @property
    def label(self) -> str:
        return _LABELS[self.way]

    @property
    def named(self) -> Named:
        return named_in(self.text)


def question_of(given: Mapping[str, str]) -> Question | None:
    """The question of an address or a form; None where nothing is asked. `q` may be a name, a link or our code.

    Errors: Refused where it is too long, or more than one thing is asked.
    """
    asked = [(way, text) for way in (*WAYS, "q") if (text := plain(given.get(way, "")))]
    if not asked:
        return None
    if len(asked) > 1:
        raise Refused("一次只查一样：名称、链接或平台账号 ID。", asked[1][0])
    way, text = asked[0]
    if way in {"q", "url"} and (link := link_in(text)):
        way, text = "url", link
    if way == "q":
        way = "url" if looks_like_link(text) else "name" if code_problem(text.upper()) else "code"
    if way == "name":
        text = text.removeprefix("@").strip()
    if len(text) > _MOST[way]:
        raise Refused(
            f"{_LABELS[way]}最多 {_MOST[way]:,} 个字，您输入了 {len(text):,} 个。请只填{_LABELS[way]}。", way
        )
    return Question(way, text)


def named_in(text: str) -> Named:
    """A name without what apps and this site print around it: an @ before it, its platform in brackets behind it."""
    text = text.removeprefix("@").strip()
    found = _WITH_PLATFORM.fullmatch(text)
    meant = platforms_meant(found[2]) if found else ()
    if not found or not meant:
        return Named(text)
    name = plain(found[1].strip()).removeprefix("@").strip()
    return Named(name, meant, platform_label(meant[0]) if len(meant) == 1 else found[2].strip())


def name_in(text: str) -> str:
    """The name alone, see `named_in`."""
    return named_in(text).name


def plain(text: str) -> str:
    """Without control characters, blanks around it, and quotation marks around the whole."""
    found = _UNSTORABLE.sub("", text).strip()
    for marks in _QUOTES:
        if len(found) > 2 and found[0] == marks[0] and found[-1] == marks[1]:
            return found[1:-1].strip()
    return found
