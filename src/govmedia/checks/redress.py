"""Which hits of a check led to findings that people took back."""

from collections.abc import Iterable, Sequence

from govmedia.checks.models import Check
from govmedia.engine.types import Hit
from govmedia.findings.queries import Overturned, overturned


def standing(hits: Sequence[Hit], check: Check) -> tuple[Hit, ...]:
    """The hits of a check under way, less those whose findings were taken back already."""
    rows = overturned(account_ids=[check.account_id])
    gone = {place for row in rows for place in places(row, hits, check)}
    return tuple(hit for place, hit in enumerate(hits) if place not in gone)


def places(row: Overturned, hits: Iterable[Hit], check: Check) -> list[int]:
    """Where among the hits those are that led to a finding taken back."""
    return [place for place, hit in enumerate(hits) if row.took(hit, check.finished_at)]
