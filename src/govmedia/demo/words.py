"""The demonstration's vocabulary, read from `texts/`: names of bodies and accounts, and what they write about."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

_TEXTS = Path(__file__).with_name("texts")
# Bodies of towns and sub-districts have one field, which is not among those a division hands out in turn.
TOWNSHIP = "township"


@dataclass(frozen=True, slots=True)
class Naming:
    """How one field's bodies and accounts are called. `body` is for province, city and county in this order."""

    code: str
    body: tuple[str, str, str]
    short: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to write about: alternatives for the title and the first sentence, and sentences to pick from."""

    titles: tuple[str, ...]
    lead: tuple[str, ...]
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the province: its title, one that bends it, one with a head; `field` empty: for all."""

    days: int
    field: str
    titles: tuple[str, str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """All of it. `topics` maps a field to its own topics followed by the common ones; `slips` go wrong, `messages`
    are carried by many; `functions` are what a field's accounts offer, those of no field at all under ""."""

    namings: tuple[Naming, ...]
    topics: Mapping[str, tuple[Topic, ...]]
    ends: tuple[str, ...]
    slips: tuple[str, ...]
    messages: tuple[Message, ...] = ()
    functions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@cache
def load() -> Words:
    """Read the packaged files once."""
    files = sorted(_TEXTS.glob("*.toml"))
    tables = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in files}
    bodies = tables["fields"]["field"]
    namings = tuple(Naming(row["code"], tuple(row["body"]), row["short"], tuple(row["names"])) for row in bodies)
    by_field: dict[str, list[Topic]] = {}
    for table in tables.values():
        for row in table.get("topic", ()):
            topic = Topic(tuple(row["titles"]), tuple(row["lead"]), tuple(row["body"]))
            by_field.setdefault(row["field"], []).append(topic)
    common = by_field.pop("")
    # A field's own topics stand twice, so that an office writes more about its work than about anything else.
    topics = {field: (*own, *own, *common) for field, own in by_field.items()}
    messages = tuple(
        Message(row["days"], row["field"], tuple(row["titles"]), row["text"].strip())
        for row in tables["messages"]["message"]
    )
    ends, slips = tuple(tables["common"]["ends"]), tuple(tables["slips"]["slips"])
    functions = MappingProxyType({name: tuple(own) for name, own in tables["functions"]["functions"].items()})
    return Words(namings, MappingProxyType(topics), ends, slips, messages, functions)
