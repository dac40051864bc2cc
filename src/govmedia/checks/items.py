"""What an inspector judges one by one: the machine's hits of an indicator, and the questions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from govmedia.checks.reading import named_post
from govmedia.engine.edition import Rule
from govmedia.engine.types import Hit

COLOURS = {"veto": ("bad", "红线"), "deduction": ("warn", "扣分"), "bonus": ("ok", "加分")}
# How far each has come, in words; and what of the machine's hits counts without an inspector's word.
LOOKED = {"none": "未检查", "clean": "无问题", "found": "有问题"}
RULED = {None: ("info", "待认定"), True: ("bad", "认定"), False: ("off", "不认定")}
STOOD = {"certain": ("bad", "计入"), "waiting": ("un", "还没看够"), "shadow": ("info", "仅供参考")}
UNKEPT = ("warn", "还没保存")


@dataclass(frozen=True, slots=True)
class Seen:
    """The machine's hits of one indicator, and what is to be done about them."""

    code: str
    rule: Rule | None
    hits: tuple[Hit, ...]
    # certain, doubtful, waiting (not enough looks yet) or shadow (the edition does not name it)
    standing: str
    ruling: dict[str, Any]

    @property
    def state(self) -> tuple[str, str]:
        """Tone and word of what becomes of it."""
        return RULED[self.ruling.get("counts")] if self.standing == "doubtful" else STOOD[self.standing]

    @property
    def proven(self) -> list[tuple[Hit, list[tuple[str, int]]]]:
        """Each hit with its proofs: their words, and the key of the post they name or 0."""
        return [(hit, [(proof.text, named_post(proof)) for proof in hit.evidence]) for hit in self.hits]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with its rule and the answer so far. `look` is none, clean or found."""

    code: str
    rule: Rule
    text: str
    counted: bool
    look: str
    count: int
    note: str

    @property
    def tone(self) -> tuple[str, str]:
        return COLOURS[self.rule.colour]

    @property
    def state(self) -> tuple[str, str]:
        """Tone and word of how far it has come."""
        tone = {"none": "off", "clean": "ok"}.get(self.look, self.tone[0])
        return tone, LOOKED[self.look]


@dataclass(frozen=True, slots=True)
class Unkept:
    """What one form of a draft sent and was not kept. `slot` is said (a question) or ruled (the machine's hits)."""

    slot: str
    code: str
    why: str
    typed: Mapping[str, str]

    @property
    def state(self) -> tuple[str, str]:
        return UNKEPT

    @property
    def note(self) -> str:
        return self.typed.get("note", "")

    def asked(self, one: Asked) -> Asked:
        look, count = self.typed.get("look", ""), self.typed.get("count", "")
        return replace(
            one,
            look=look if look in {"none", "clean", "found"} else one.look,
            count=int(count) if count.isascii() and count.isdigit() and len(count) < 4 else one.count,
            note=self.note,
        )

    def seen(self, one: Seen) -> Seen:
        counts = {"yes": True, "no": False}.get(self.typed.get("counts", ""))
        return replace(one, ruling={"counts": counts, "note": self.note})


def state_of(
    slot: str, code: str, asked: Iterable[Asked], rulings: Mapping[str, Mapping[str, Any]]
) -> tuple[str, str]:
    """Tone and word of an item whose form was just kept; `slot` as in `Unkept`."""
    if slot == "ruled":
        return RULED[rulings.get(code, {}).get("counts")]
    return next(one.state for one in asked if one.code == code)
