"""Hits of the text checks as hits of an indicator: one for each distinct error in a post."""

from collections.abc import Collection, Iterator
from datetime import datetime

from govmedia.engine.answers import hits_from_answers
from govmedia.engine.types import REASON_MAX, AccountFacts, Evidence, Hit, TextFact


def hits_from_texts(code: str, title: str, takes: Collection[str], facts: AccountFacts) -> Iterator[Hit]:
    """What the checks saw of the kinds taken (`category:level`), then what the inspector answered.

    The same words found by the same check in one post are one error, however often repeated. A human's word makes a
    hit an answer, which counts where the edition asks for one; one that only a check is sure of is a proposal there.
    """
    told: set[tuple[str, str, str]] = set()
    for fact in facts.texts:
        key = (fact.post, fact.check, fact.found)
        if key not in told and f"{fact.category}:{fact.level}" in takes:
            told.add(key)
            yield hit_of(code, fact, facts.point)
    yield from hits_from_answers(code, title, facts)


def hit_of(code: str, fact: TextFact, point: datetime) -> Hit:
    """The hit of an indicator that one fact makes, as judged at a moment."""
    where = f"《{fact.title[:40]}》" if fact.title else "一篇内容"
    reason = f"{fact.on:%m-%d} {where}中“{fact.found[:40]}”：{fact.message}"
    proof = Evidence("post", f"{where}“{fact.found[:80]}”", f"post:{fact.post}:{fact.check}:{fact.found[:40]}")
    word = (Evidence("answer", "已由人判定属实", at=point),) if fact.ruled else ()
    return Hit(code, reason[:REASON_MAX], evidence=(proof, *word))
