"""Reading open data: the catalogue, and the changes since a day."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings

from govmedia.opendata.catalogue import FORMATS as FORMATS
from govmedia.opendata.catalogue import Catalogue as Catalogue
from govmedia.opendata.catalogue import File as File
from govmedia.opendata.catalogue import catalogue as catalogue
from govmedia.opendata.catalogue import rows_in
from govmedia.opendata.rows import CHANGES_DAYS as CHANGES_DAYS
from govmedia.opendata.signatures import SUFFIX as SUFFIX
from govmedia.opendata.tables import CHANGED as CHANGED
from govmedia.opendata.tables import DICTIONARY, since
from govmedia.opendata.tables import DIRECTORY as DIRECTORY
from govmedia.opendata.tables import IMPOSTORS as IMPOSTORS

LICENCE_TEXT = (
    "可以自由复制、分发、改编和用于任何目的（包括商业），请注明来源和数据日期"
    "（与“知识共享 署名 4.0”，CC BY 4.0，条件相同）。"
)


def licence() -> str:
    """In a sentence, on what terms the data is given: the installation's own, else ours."""
    return settings.OPEN_DATA_LICENCE or LICENCE_TEXT


def changes_since(day: date) -> Iterator[dict[str, Any]] | None:
    """Rows of the changes on and after a day, newest first; None where no file was made yet."""
    held = catalogue()
    file = held.named(f"{CHANGED.name}.jsonl") if held else None
    return since(rows_in(file), day) if file else None


def dictionary() -> list[tuple[str, list[dict[str, Any]]]]:
    """The dictionary as a page shows it: each table's name with its fields."""
    held = catalogue()
    file = held.named(f"{DICTIONARY.name}.jsonl") if held else None
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows_in(file) if file else ():
        found.setdefault(row["table"], []).append(row)
    return list(found.items())
