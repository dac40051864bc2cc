"""What judging saw of one indicator on one account, brought together as one finding says it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from govmedia.engine.edition import Edition
from govmedia.engine.hashing import canonical_json, tagged_sm3
from govmedia.engine.scoring import counts_in_verdict
from govmedia.engine.types import Hit

EVIDENCE_MAX = 50
COUNT_MAX = 32_767
REASON_MAX = 300

Dismissed = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """All hits of one code. `counts`: it may be confirmed without a human; `doubtful`: a human has to say."""

    code: str
    count: int
    reason: str
    evidence: list[dict[str, Any]]
    evidence_sm3: str
    keys: list[str]
    counts: bool
    doubtful: bool
    looks_seen: int
    looks_needed: int


def fault_key(hit: Hit) -> str:
    """What tells this fault from another of the same kind: the day it came about, else what proves it."""
    if hit.on is not None:
        return hit.on.isoformat()
    return tagged_sm3(canonical_json([[proof.kind, proof.ref, proof.text] for proof in hit.evidence]))


def faults_of(hits: Iterable[Hit], edition: Edition, dismissed: Dismissed) -> dict[str, Fault]:
    """Code to its fault, for every veto and deduction the edition names; hits a human dismissed are left out.

    Codes the edition does not name run in shadow, and a bonus is no fault: neither yields anything.
    """
    by_code: dict[str, list[Hit]] = {}
    for hit in hits:
        rule = edition.rules.get(hit.code)
        if rule is None or rule.colour == "bonus":
            continue
        if fault_key(hit) not in dismissed.get(hit.code, frozenset()):
            by_code.setdefault(hit.code, []).append(hit)
    return {code: _fault(code, group, edition) for code, group in by_code.items()}


def _fault(code: str, hits: list[Hit], edition: Edition) -> Fault:
    counting = [hit for hit in hits if counts_in_verdict(hit, edition)]
    standing = [hit for hit in hits if hit.standing]
    shown = counting or standing or hits
    evidence = [proof.to_json() for hit in shown for proof in hit.evidence][:EVIDENCE_MAX]
    waiting = shown[-1]
    return Fault(
        code=code,
        count=min(sum(hit.count for hit in shown), COUNT_MAX),
        reason=_reason(shown),
        evidence=evidence,
        evidence_sm3=tagged_sm3(canonical_json(evidence)),
        keys=[fault_key(hit) for hit in shown],
        counts=bool(counting),
        doubtful=bool(standing) and not counting,
        looks_seen=waiting.looks_seen,
        looks_needed=waiting.looks_needed,
    )


def _reason(hits: list[Hit]) -> str:
    """The latest hit's reason, and how many more there are."""
    more = len(hits) - 1
    tail = f"；另有 {more} 处，见证据" if more else ""
    return hits[-1].reason[: REASON_MAX - len(tail)] + tail
