"""The inspector of this installation: all checks, what people allowed, which checks are demoted.

Loaded once a process and again when any of it changes. The web process loads it at the first text somebody pastes.
"""

import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.installed import installed
from govmedia.engine.content.registry import check_table
from govmedia.engine.hashing import canonical_json, sm3_hex
from govmedia.inspections.models import Allowance, Demotion
from govmedia.lexicons.queries import in_force, lexicon_of
from govmedia.orgs.rights import stem


@dataclass(frozen=True, slots=True)
class Program:
    """An inspector and its fingerprints: another one means that the same text may yield other hits.

    `fingerprint` is of all it goes by; `checks` of what changes with a new release or a table file alone. What people
    decide on the desk is left out there: it has its own way to hits that stand.
    """

    inspector: Inspector
    fingerprint: str
    checks: str


_lock = threading.Lock()
_kept: tuple[bytes, Program] | None = None


def program(today: date) -> Program:
    """The inspector as people's decisions have it now."""
    global _kept
    allowed = sorted(
        Allowance.objects.filter(approved_at__isnull=False, ended_at__isnull=True).values_list(
            "check_code", "phrase", "division"
        )
    )
    demoted = sorted(Demotion.objects.filter(ended_at__isnull=True).values_list("check_code", flat=True))
    local = lexicon_of(in_force())
    key = canonical_json([today.isoformat(), allowed, demoted, local.hash])
    with _lock:
        if _kept is None or _kept[0] != key:
            versions = {one.code: one.version for one in check_table().values()}
            phrases: dict[str, list[tuple[str, str]]] = {}
            for code, phrase, division in allowed:
                phrases.setdefault(code, []).append((phrase, stem(division)))
            tables = installed(Path(settings.HOME), further=(local,) if local.entries else ())
            inspector = Inspector(
                today=today,
                demoted=demoted,
                allowed=phrases,
                terms=tables.terms,
                sources=tables.sources,
                offices=tables.offices,
            )
            whole = _stamp([versions, allowed, demoted, tables.mark])
            _kept = (key, Program(inspector, whole, _stamp([versions, tables.files_mark])))
        return _kept[1]


def _stamp(parts: list[Any]) -> str:
    return sm3_hex(canonical_json(parts))[:16]
