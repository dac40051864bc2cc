"""Whether a text holds words with blanks, symbols or emoji between their characters: then `squeezed` is worth making.

Plain text has none of these in a row; to squeeze every text would cost more than all the looking.
"""

from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.signs import Kind
from govmedia.engine.content.text import Text

_SIGNS = (
    "[ \\u3000\\u00a0\\u00ad\\u200b-\\u200f\\u2060\\ufeff\\ufe0f\\u20e3*_~^|+=\\-·•./\\\\#☆★○●◆◇■□▲△※→"
    "\\U0001f000-\\U0001faff\\u2600-\\u27bf]"
)
_BETWEEN = Kind(_SIGNS)
# Two single Chinese characters, each behind one or two marks that no one writes between the characters of a word.
_PULLED = compiled(f"{_SIGNS}[\\u4e00-\\u9fff]{_SIGNS}{{1,2}}[\\u4e00-\\u9fff]")


def is_pulled_apart(text: Text) -> bool:
    """True where characters stand singly between symbols or blanks; worked out once a text."""
    if (known := text.memo.get(is_pulled_apart)) is None:
        known = text.memo[is_pulled_apart] = _is_pulled_apart(text.raw)
    return bool(known)


def _is_pulled_apart(raw: str) -> bool:
    places = _BETWEEN.places(raw)
    single = places[:-1][places[1:] - places[:-1] == 2] if places.size > 1 else places[:0]
    return any(_PULLED.match(raw, place) for place in single.tolist())
