"""What accounts offer (服务事项), told from the names of their functions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from govmedia.engine.hashing import sm3_hex
from govmedia.engine.tables import read_table


@dataclass(frozen=True, slots=True)
class Offer:
    """A matter that people look for. A name that holds one of `words` offers it, `but` apart."""

    code: str
    label: str
    words: tuple[str, ...]
    but: tuple[str, ...]

    def named_by(self, name: str) -> bool:
        for other in self.but:
            name = name.replace(other, " ")
        return any(word in name for word in self.words)


OFFERS: Mapping[str, Offer] = {
    row["code"]: Offer(row["code"], row["label"], tuple(row["words"]), tuple(row.get("but", ())))
    for row in read_table(Path(__file__).with_name("offers.toml"))["offer"]
}


_TYPED_LEAST = 2
# Differs whenever the list does: what accounts offer is then told anew.
EDITION = sm3_hex(repr(sorted(OFFERS.items())).encode())[:8]


def offers_of(names: Iterable[str]) -> list[str]:
    """The codes of all that is offered by functions of these names, in the order of the list.

    >>> offers_of(["预约挂号", "异地就医备案"])
    ['medical', 'insurance']
    """
    whole = "\n".join(names)
    return [offer.code for offer in OFFERS.values() if offer.named_by(whole)] if whole else []


def offers_named(text: str) -> list[Offer]:
    """The matters that somebody looks for who types this: 看病, 医保报销, 中考.

    >>> [one.code for one in offers_named("医保报销")], offers_named("南京")
    (['insurance'], [])
    """
    typed = "".join(text.split())
    if len(typed) < _TYPED_LEAST:
        return []
    return [one for one in OFFERS.values() if typed in one.label or one.named_by(typed)]
