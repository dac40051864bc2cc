"""Checks are files: each module of `checks/` is one, found by being there.

A module has CODE (its file's name), CATEGORY, LEVEL (of its hits, unless a mark says otherwise), TITLE, VERSION
(raised whenever the same text may yield other hits), AUTO (its hits may go to the operator without a human looking;
only what the labelled sets have proved), FIELDS (which of title, text, links, images it reads), EXAMPLES, and

    look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]

called once for each field (each link and image address is a field of its own). Its docstring is its page in the
manual and names its source. A check that needs two fields at once reads the other from `post`. A check that is
quicker over many posts at once has also

    prepare(posts: Sequence[Sequence[Text]]) -> None

called before with the fields that it reads of some posts; what it finds it leaves in each `text.memo`.
"""

import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from govmedia.engine.content import checks
from govmedia.engine.content.text import Text
from govmedia.engine.content.types import Example, Mark, Post, Setting

Look = Callable[[Text, Post, Setting], Iterator[Mark]]
Prepare = Callable[[Sequence[Sequence[Text]]], None]


@dataclass(frozen=True, slots=True)
class Check:
    """One plug-in file. `about` is its docstring."""

    code: str
    category: str
    level: str
    title: str
    version: int
    auto: bool
    fields: tuple[str, ...]
    examples: tuple[Example, ...]
    look: Look
    prepare: Prepare | None
    about: str


@cache
def check_table() -> Mapping[str, Check]:
    """All checks by code, sorted. Errors: AttributeError where a file lacks one of the names above."""
    names = sorted(info.name for info in pkgutil.iter_modules(checks.__path__))
    return {name: _load(name) for name in names}


def _load(name: str) -> Check:
    module = import_module(f"{checks.__name__}.{name}")
    return Check(
        code=module.CODE,
        category=module.CATEGORY,
        level=module.LEVEL,
        title=module.TITLE,
        version=module.VERSION,
        auto=module.AUTO,
        fields=module.FIELDS,
        examples=module.EXAMPLES,
        look=module.look,
        prepare=getattr(module, "prepare", None),
        about=module.__doc__ or "",
    )
