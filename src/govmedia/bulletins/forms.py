"""Shape of what is typed in a bulletin; the rules are the services'."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from govmedia.bulletins.models import Bulletin
from govmedia.bulletins.services import FIELDS

_DATE = {"type": "date"}
LEVELS = ((1, "一、"), (2, "（一）"), (3, "1."), (4, "（1）"))
# More blocks than this are no bulletin, whatever was sent.
BLOCKS_MOST = 200


class BulletinForm(forms.Form):
    """Everything but the sections."""

    title = forms.CharField(label="标题", max_length=120)
    issuer = forms.CharField(label="发文机关", max_length=60)
    number = forms.CharField(
        label="发文字号", max_length=60, required=False, help_text="如 苏政办函〔2026〕12号，送审前填写。"
    )
    signed_on = forms.DateField(label="成文日期", required=False, widget=forms.DateInput(attrs=_DATE))
    due_on = forms.DateField(
        label="整改期限", required=False, widget=forms.DateInput(attrs=_DATE), help_text="限期整改的最后一天。"
    )
    addressees = forms.CharField(
        label="主送机关", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="每行一个。",
    )  # fmt: skip
    copies_to = forms.CharField(
        label="抄送", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="每行一个。"
    )
    remark = forms.CharField(label="附注", max_length=100, required=False)
    lead = forms.CharField(label="开头", required=False, widget=forms.Textarea(attrs={"rows": 4}))


@dataclass(slots=True)
class Block:
    """A section as it is typed."""

    heading: str = ""
    level: int = 1
    text: str = ""

    @property
    def rows(self) -> int:
        """Lines that show most of the text."""
        return min(16, max(2, sum(1 + len(line) // 30 for line in self.text.split("\n"))))


def initial_of(row: Bulletin) -> dict[str, Any]:
    """A bulletin's fields as the form shows them."""
    return {name: getattr(row, name) for name in FIELDS if name != "sections"}


def blocks_of(sections: Sequence[Mapping[str, Any]]) -> list[Block]:
    """A bulletin's sections as they are typed: a paragraph a line."""
    return [Block(one["heading"], one["level"], "\n".join(one["text"])) for one in sections]


def blocks_from(given: QueryDict) -> list[Block]:
    """The sections of a filled form, as they were typed."""
    parts = zip(given.getlist("heading"), given.getlist("level"), given.getlist("text"), strict=False)
    return [
        Block(heading, int(level) if level in {"1", "2", "3", "4"} else 1, text.replace("\r\n", "\n"))
        for heading, level, text in list(parts)[:BLOCKS_MOST]
    ]


def sections_from(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """What is kept of them: a section without heading and text is gone."""
    return [
        {
            "heading": " ".join(one.heading.split()),
            "level": one.level,
            "text": [line.strip() for line in one.text.split("\n") if line.strip()],
        }
        for one in blocks
        if one.heading.strip() or one.text.strip()
    ]


def arranged(blocks: list[Block], deed: str) -> list[Block]:
    """The sections after `add:N` (one more after the Nth), `up:N` or `drop:N`; anything else changes nothing."""
    name, _, at = deed.partition(":")
    place = int(at) if at.isascii() and at.isdigit() and len(at) < 5 else 0
    if name == "add" and 0 <= place <= len(blocks):
        level = blocks[place - 1].level if place else 1
        return [*blocks[:place], Block(level=level), *blocks[place:]]
    if name == "up" and 2 <= place <= len(blocks):
        return [*blocks[: place - 2], blocks[place - 1], blocks[place - 2], *blocks[place:]]
    if name == "drop" and 1 <= place <= len(blocks):
        return [*blocks[: place - 1], *blocks[place:]]
    return blocks
