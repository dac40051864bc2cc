"""The inspector's answers as hits, for what only a human can judge and what the machine was in doubt about."""

from collections.abc import Iterator

from govmedia.engine.types import REASON_MAX, AccountFacts, Evidence, Hit


def hits_from_answers(code: str, title: str, facts: AccountFacts) -> Iterator[Hit]:
    """One hit for each answer on the code with a count above 0; 0 means looked at and nothing found."""
    for answered, count, note in facts.answers:
        if answered == code and count > 0:
            reason = note.strip() or f"检查员认定：{title}"
            proof = Evidence("answer", f"检查员认定 {count} 处", at=facts.point)
            yield Hit(code, reason[:REASON_MAX], count, (proof,))
