"""What a unit may say of a problem it found itself: the rules, for the form and for the service alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from govmedia.engine.judging import Question

COUNT_MAX = 99
NOTE_MAX = 500


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of an account. `on` is the day by which it is to be put right; none where it is already."""

    code: str
    count: int
    note: str
    mended: bool
    on: date | None = None

    def kept(self) -> dict[str, object]:
        """As `Said.problems` holds it."""
        day = "" if self.mended or self.on is None else self.on.isoformat()
        return {"count": self.count, "note": self.note, "mended": self.mended, "on": day}


def faults_of(
    problem: Problem, questions: Mapping[str, Question], today: date, mend_by: date | None
) -> dict[str, str]:
    """What is wrong with a problem, in Chinese by the field's name; empty where it can be kept."""
    found = {}
    question = questions.get(problem.code)
    most = COUNT_MAX if question is None or question.counted else 1
    if question is None:
        found["code"] = "这个账号不查这一项，请另选。"
    if not 1 <= problem.count <= most:
        found["count"] = f"处数应在 1 到 {most} 之间。" if most > 1 else "这一项只能填 1。"
    if not problem.note:
        found["note"] = "请写明是什么问题、在哪里。"
    if not problem.mended:
        found |= _term(problem.on, today, mend_by)
    return found


def _term(on: date | None, today: date, mend_by: date | None) -> dict[str, str]:
    if on is None:
        return {"on": "请填写哪天以前整改好。"}
    if on < today:
        return {"on": "这一天已经过去。已改好的请选“已整改”。"}
    if mend_by is not None and on > mend_by:
        return {"on": f"最晚 {mend_by}，这天以前改好的不追究。"}
    return {}
