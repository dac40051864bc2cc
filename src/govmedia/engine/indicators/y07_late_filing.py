"""Not filed, or filed late (未按规定备案).

An opening, change, closing or deregistration is to be filed within `filing_working_days` working days; so is a new
name that was seen on the platform. It is counted in each period in which it was late on some day. Where the holidays
of a year on the way are not known, the deadline is doubtful and a human decides.
Source: 湖北等地规定 (5 个工作日); 苏政办发〔2019〕56号 asks for filing without a number of days.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from govmedia.engine.answers import hits_from_answers
from govmedia.engine.calendar import Deadline, day_of
from govmedia.engine.examples import Example, answered, healthy
from govmedia.engine.types import REASON_MAX, AccountFacts, Evidence, FilingFact, Hit, RenameFact

CODE = "Y07"
COLOUR = "deduction"
TITLE = "未按规定备案"
VERSION = 1
DEFAULTS: Mapping[str, Any] = {"filing_working_days": 5}
MANUAL = False
QUESTION = "除已列出的以外，还有几处：备案信息与实际不符、停止维护却没有注销？"
NEEDS: frozenset[str] = frozenset()
KINDS = {"open": "开设", "change": "变更", "close": "关停", "deregister": "注销"}


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield one hit for each filing and each new name that was late within the period, and the inspector's answers.

    Errors: KeyError where a term or the calendar is missing.
    """
    for filing in facts.filings:
        deadline = terms["calendar"].deadline(filing.happened_on, terms["filing_working_days"])
        if _late_in_period(facts, deadline, filing.submitted_on):
            yield _filing_hit(filing, deadline)
    for rename in facts.renames:
        deadline = terms["calendar"].deadline(rename.seen_on, terms["filing_working_days"])
        if _late_in_period(facts, deadline, rename.filed_on):
            yield _rename_hit(rename, deadline)
    yield from hits_from_answers(CODE, TITLE, facts)


def _late_in_period(facts: AccountFacts, deadline: Deadline, done_on: date | None) -> bool:
    late_until = min(facts.end, day_of(facts.point))
    if done_on is not None:
        late_until = min(late_until, done_on)
        if done_on < facts.start:
            return False
    return deadline.on < late_until


def _filing_hit(filing: FilingFact, deadline: Deadline) -> Hit:
    kind = KINDS.get(filing.kind, filing.kind)
    done = f"{filing.submitted_on} 才备案" if filing.submitted_on else "至今没有备案"
    return _hit(
        f"{filing.happened_on} {kind}，最迟应在 {deadline.on} 备案，{done}",
        Evidence("filing", f"{kind}备案：发生 {filing.happened_on}，提交 {filing.submitted_on or '无'}", filing.kind),
        deadline,
    )


def _rename_hit(rename: RenameFact, deadline: Deadline) -> Hit:
    done = f"{rename.filed_on} 才备案" if rename.filed_on else "至今没有备案"
    return _hit(
        f"{rename.seen_on} 看到名称改为“{rename.seen_name}”，最迟应在 {deadline.on} 备案变更，{done}",
        Evidence("account", f"备案名称“{rename.filed_name}”，平台显示“{rename.seen_name}”"),
        deadline,
    )


def _hit(reason: str, proof: Evidence, deadline: Deadline) -> Hit:
    doubt = "" if deadline.known else "（该年节假日安排未导入，期限仅按周末推算）"
    return Hit(
        CODE,
        (reason + doubt)[:REASON_MAX],
        evidence=(proof,),
        certain=deadline.known,
        on=deadline.on + timedelta(days=1),
    )


EXAMPLES = (
    Example("nothing happened", healthy()),
    Example(
        "filed on the fifth working day", healthy(filings=(FilingFact("open", date(2026, 7, 3), date(2026, 7, 10)),))
    ),
    Example(
        "filed on the sixth",
        healthy(filings=(FilingFact("open", date(2026, 7, 3), date(2026, 7, 13)),)),
        ((CODE, 1),),
    ),
    Example("closed and never filed", healthy(filings=(FilingFact("close", date(2026, 8, 3)),)), ((CODE, 1),)),
    Example("still in time at the point", healthy(filings=(FilingFact("change", date(2026, 9, 24)),))),
    Example(
        "late, but before the period", healthy(filings=(FilingFact("open", date(2026, 2, 2), date(2026, 3, 2)),))
    ),
    Example(
        "a year whose holidays are unknown",
        healthy(filings=(FilingFact("open", date(2019, 2, 1)),)),
        ((CODE, 1),),
        proposed=(CODE,),
    ),
    Example(
        "a new name, not filed",
        healthy(renames=(RenameFact("南京新闻", "南京发布", date(2026, 8, 3)),)),
        ((CODE, 1),),
    ),
    Example(
        "a new name, filed in time",
        healthy(renames=(RenameFact("南京新闻", "南京发布", date(2026, 8, 3), date(2026, 8, 5)),)),
    ),
    Example("the inspector found one", answered(CODE, 1, "备案的主办单位已撤销"), ((CODE, 1),)),
)
