"""Updates too far apart (内容更新不及时): one hit for each gap of the period that is too long.

A gap is counted where it is longer than `max_gap_days` calendar days on days really seen, and either became too
long within the period or is so within it alone; thus one that began before the period is not counted in two periods
for the same days. Of a gap with unseen days in it only its seen stretches are measured, and it is one hit at most.
The silence still running at the point belongs to R05 once it is longer than `final_gap_days`, and, while it runs,
stands only after `looks` looks `look_gap_hours` apart.
Source: 苏政办发〔2019〕56号附件 (更新间隔过长但未满两周); threshold and points are proposals.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from govmedia.engine.examples import END, Example, days, healthy, looks
from govmedia.engine.silence import Silence, final_silence, gaps, last_seen_day, looks_after
from govmedia.engine.types import AccountFacts, Evidence, Hit

CODE = "Y02"
COLOUR = "deduction"
TITLE = "内容更新不及时"
VERSION = 1
DEFAULTS: Mapping[str, Any] = {
    "max_gap_days": 7,
    "final_gap_days": 14,
    "looks": 3,
    "look_gap_hours": 6,
    "fresh_hours": 24,
    "not_for_platforms": ("miniprogram",),
}
MANUAL = False
QUESTION = ""
NEEDS: frozenset[str] = frozenset({"posts"})


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield one hit for each gap of the period that is too long.

    Units: calendar days in Asia/Shanghai. Errors: KeyError where a term is missing.
    """
    longest = terms["max_gap_days"]
    seen_until = last_seen_day(facts, terms["fresh_hours"])
    for stretches in gaps(facts, min(facts.end, seen_until), longest):
        counting = [silence for silence in stretches if _in_period(silence, facts.start, longest)]
        if counting and not _is_a_veto(facts, stretches[-1], seen_until, terms["final_gap_days"]):
            yield _hit(max(counting, key=lambda silence: silence.days), facts, terms)


def _in_period(silence: Silence, start: date, longest: int) -> bool:
    too_long_on = silence.after + timedelta(days=longest + 1)
    return too_long_on >= start or (silence.until - start).days > longest


def _is_a_veto(facts: AccountFacts, silence: Silence, seen_until: date, final_gap_days: int) -> bool:
    final = final_silence(facts, seen_until) if silence.running else None
    return final is not None and final.after == silence.after and final.days > final_gap_days


def _hit(silence: Silence, facts: AccountFacts, terms: Mapping[str, Any]) -> Hit:
    too_long_on = silence.after + timedelta(days=terms["max_gap_days"] + 1)
    taken = looks_after(facts.looks, too_long_on, facts.point, terms["look_gap_hours"]) if silence.running else []
    needed = terms["looks"] if silence.running else 0
    return Hit(
        CODE,
        f"{silence.after} 至 {silence.until} 相隔 {silence.days} 天无更新，超过 {terms['max_gap_days']} 天",
        evidence=(Evidence("gap", _text(silence), f"{silence.after}..{silence.until}"),),
        standing=len(taken) >= needed,
        looks_seen=len(taken),
        looks_needed=needed,
        on=too_long_on,
    )


def _text(silence: Silence) -> str:
    begin = f"{silence.after} 发布后" if silence.posted else f"从 {silence.after} 起算"
    end = f"到 {silence.until} 仍无更新" if silence.running else f"到 {silence.until} 之间无更新"
    return f"{begin}，{end}"


_WEEKS = days(date(2026, 7, 1), END, 7)

EXAMPLES = (
    Example("posts every third day", healthy()),
    Example("exactly seven days apart passes", healthy(post_days=_WEEKS)),
    Example(
        "one gap of eight days",
        healthy(post_days=(*days(date(2026, 7, 1), date(2026, 9, 1)), *days(date(2026, 9, 9), END))),
        ((CODE, 1),),
    ),
    Example("eight days apart all along", healthy(post_days=days(date(2026, 7, 1), END, 8)), ((CODE, 1),) * 11),
    Example(
        "three weeks in mid-period count once",
        healthy(post_days=(*days(date(2026, 7, 1), date(2026, 8, 1)), *days(date(2026, 8, 22), END))),
        ((CODE, 1),),
    ),
    Example(
        "the gap runs in from before the period",
        healthy(post_days=days(date(2026, 7, 5), END), last_post_before=date(2026, 6, 25)),
        ((CODE, 1),),
    ),
    Example(
        "it became too long before the period",
        healthy(post_days=days(date(2026, 7, 5), END), last_post_before=date(2026, 6, 1)),
    ),
    Example("the end is R05's", healthy(post_days=days(date(2026, 7, 1), date(2026, 9, 10)))),
    Example(
        "running, and seen often enough", healthy(post_days=days(date(2026, 7, 1), date(2026, 9, 20))), ((CODE, 1),)
    ),
    Example(
        "running, seen once",
        healthy(post_days=days(date(2026, 7, 1), date(2026, 9, 20)), looks=looks(count=1)),
        ((CODE, 1),),
        proposed=(CODE,),
    ),
    Example(
        "five unseen days in a gap of twelve",
        healthy(
            post_days=(*days(date(2026, 7, 1), date(2026, 8, 1)), *days(date(2026, 8, 13), END)),
            covered=((date(2026, 5, 1), date(2026, 8, 4)), (date(2026, 8, 10), END)),
        ),
    ),
)
