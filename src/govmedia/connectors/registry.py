"""The interfaces, found by folder: a file in `interfaces/` is listed by being there."""

import importlib
import pkgutil
from datetime import datetime
from typing import Protocol, cast

from govmedia.connectors import interfaces
from govmedia.connectors.http import Client
from govmedia.connectors.types import FetchResult


class Interface(Protocol):
    """What a file in `interfaces/` offers. `SHOWS` names what an indicator may rely on seeing through it."""

    CODE: str
    LABEL: str
    SHOWS: frozenset[str]

    async def fetch(
        self, handle: str, client: Client, *, etag: str = "", last_modified: str = "", now: datetime
    ) -> FetchResult:
        """One look at the account that `handle` names; never raises for the source's faults."""
        ...


def _load() -> dict[str, Interface]:
    names = sorted(one.name for one in pkgutil.iter_modules(interfaces.__path__))
    modules = [cast(Interface, importlib.import_module(f"{interfaces.__name__}.{name}")) for name in names]
    return {module.CODE: module for module in modules}


INTERFACES: dict[str, Interface] = _load()
LABELS: dict[str, str] = {code: module.LABEL for code, module in INTERFACES.items()}
