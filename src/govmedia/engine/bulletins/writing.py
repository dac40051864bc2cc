"""A bulletin as the JSON of a bulletin file; what it does not say is left out."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from govmedia.engine.bulletins.shape import Bulletin


def bulletin_to_json(bulletin: Bulletin) -> dict[str, Any]:
    """Read again it is the same bulletin."""
    return _object(bulletin)


def _object(value: Any) -> dict[str, Any]:
    found = {}
    for field in fields(value):
        one = getattr(value, field.name)
        # An empty list that may also be unknown says: there are none.
        nullable = field.default is None
        if one is None or (not nullable and not isinstance(one, bool | int) and not one):
            continue
        found[field.name] = _plain(one)
    return found


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return _object(value)
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value
