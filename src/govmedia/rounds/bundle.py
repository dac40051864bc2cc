"""A round as a bundle that anybody can recompute: JSON Lines, the round first, then one line an account.

The first line has the plan, the population as it was published, the draw and the edition; each other one an account
with what became of it, and of a verdict the facts, hits and rulings it was made of.
"""

from collections.abc import Iterator
from typing import Any

from govmedia.common.refusals import Refused
from govmedia.findings.models import EditionCopy
from govmedia.rounds.models import Round, Sample
from govmedia.rounds.population import unpacked
from govmedia.rounds.proof import FORMAT
from govmedia.rounds.states import Place


def bundle_of(held: Round) -> Iterator[dict[str, Any]]:
    """The bundle's objects, one a line; streams. Errors: Refused for a round that is not closed."""
    if held.state != "closed":
        raise Refused(f"“{held.name}”还没有检毕，不能导出。")
    yield {
        "format": FORMAT,
        "round": {
            "name": held.name,
            "kind": held.kind,
            "division": held.division_id,
            "start_on": held.start_on.isoformat(),
            "end_on": held.end_on.isoformat(),
            "seats": held.seats,
            "edition": held.edition,
            "edition_hash": held.edition_hash,
            "public_source": held.public_source,
        },
        "edition": EditionCopy.objects.get(pk=held.edition_hash).table,
        "population": unpacked(held.population).decode(),
        "promise_hash": held.promise_hash,
        "draw": held.draw,
    }
    rows = Sample.objects.filter(round=held).select_related("account", "check_used").order_by("account__code")
    rows = rows.prefetch_related("check_used__taken_back")
    for sample in rows.iterator(chunk_size=500):
        yield _line(sample)


def _line(sample: Sample) -> dict[str, Any]:
    line: dict[str, Any] = {"code": sample.account.code, "name": sample.account.name, "state": sample.state}
    check = sample.check_used
    if sample.state != Place.SETTLED or check is None:
        return {**line, "reason": sample.reason}
    return {
        **line,
        "facts": check.facts,
        "facts_sm3": check.facts_sm3,
        "hits": check.hits,
        # Places of hits that no longer count, as people took back what they led to.
        "taken_back": sorted(place for row in check.taken_back.all() for place in row.hits),
        "rulings": check.rulings,
        "verdict": check.verdict,
        "versions": check.indicator_versions,
    }
