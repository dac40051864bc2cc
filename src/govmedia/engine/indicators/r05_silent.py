"""No update in the two weeks before the point (两周内无更新).

Walks back from the point over days that were really seen. The veto needs a silence of more than `max_gap_days`
calendar days (a last post exactly that long ago still passes) without one unseen day in it; after an unseen stretch
counting starts anew. It stands only after `looks` successful looks, `look_gap_hours` apart, taken since the silence
became too long. Time before the account opened or was first seen does not count.
Source: 国办秘函〔2019〕19号，单项否决 2：监测时间点前2周内无更新。
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from govmedia.engine.calendar import SHANGHAI
from govmedia.engine.examples import END, POINT, Example, days, healthy, looks
from govmedia.engine.silence import Silence, final_silence, last_seen_day, looks_after, too_short_to_tell
from govmedia.engine.types import AccountFacts, Evidence, Hit

CODE = "R05"
COLOUR = "veto"
TITLE = "两周内无更新"
VERSION = 1
DEFAULTS: Mapping[str, Any] = {
    "max_gap_days": 14,
    "looks": 3,
    "look_gap_hours": 6,
    "fresh_hours": 24,
    "not_for_platforms": ("miniprogram",),
    # Days of silence after which the operator is reminded, before there is any fault.
    "remind_days": (7, 10, 12),
}
MANUAL = False
QUESTION = ""
NEEDS: frozenset[str] = frozenset({"posts"})


def judge(facts: AccountFacts, terms: Mapping[str, Any]) -> Iterator[Hit]:
    """Yield one hit where the silence before the point is too long.

    Units: calendar days in Asia/Shanghai. Errors: KeyError where a term is missing.
    """
    silence = final_silence(facts, last_seen_day(facts, terms["fresh_hours"]))
    if silence is None or silence.days <= terms["max_gap_days"]:
        return
    since = silence.after + timedelta(days=terms["max_gap_days"] + 1)
    taken = looks_after(facts.looks, since, facts.point, terms["look_gap_hours"])
    shown = taken[-terms["looks"] :]
    yield Hit(
        CODE,
        f"截至 {silence.until} 已连续 {silence.days} 天无更新，超过 {terms['max_gap_days']} 天",
        evidence=(
            Evidence("gap", _since_when(silence), f"{silence.after}..{silence.until}"),
            *(
                Evidence("look", f"{look.astimezone(SHANGHAI):%Y-%m-%d %H:%M} 查看，仍无更新", at=look)
                for look in shown
            ),
        ),
        standing=len(taken) >= terms["looks"],
        looks_seen=len(taken),
        looks_needed=terms["looks"],
        on=since,
    )


def undecided(facts: AccountFacts, terms: Mapping[str, Any]) -> bool:
    """True where an unseen stretch lies so near that nobody can say whether the silence goes on."""
    return too_short_to_tell(facts, last_seen_day(facts, terms["fresh_hours"]), terms["max_gap_days"])


def _since_when(silence: Silence) -> str:
    if silence.posted:
        return f"最后一次发布是 {silence.after}，距 {silence.until} 有 {silence.days} 天"
    return f"从 {silence.after} 起算（开设、首次看到或恢复看到之日），到 {silence.until} 的 {silence.days} 天没有发布"


EXAMPLES = (
    Example("posts every third day", healthy()),
    Example("last post exactly 14 days ago passes", healthy(post_days=((date(2026, 9, 16), 1),))),
    Example("last post 15 days ago", healthy(post_days=((date(2026, 9, 15), 1),)), ((CODE, 1),)),
    Example("silent in mid-period only", healthy(post_days=((date(2026, 7, 1), 1), (date(2026, 9, 29), 1)))),
    Example(
        "one look is no verdict",
        healthy(post_days=((date(2026, 9, 15), 1),), looks=looks(count=1)),
        ((CODE, 1),),
        proposed=(CODE,),
    ),
    Example(
        "an unseen day starts the count anew",
        healthy(post_days=(), covered=((date(2026, 5, 1), date(2026, 9, 18)), (date(2026, 9, 20), END))),
    ),
    Example("first seen ten days ago", healthy(post_days=(), last_post_before=None, judged_from=date(2026, 9, 20))),
    Example("a mini-program has no posts to look for", healthy(platform="miniprogram", post_days=())),
    Example("the interface cannot show posts", healthy(shows=frozenset({"menu"}), post_days=())),
    Example(
        "an edition of three weeks",
        healthy(post_days=days(date(2026, 7, 1), date(2026, 9, 12))),
        (),
        {"max_gap_days": 21},
    ),
    Example(
        "not seen today, but a day ago",
        healthy(
            post_days=((date(2026, 9, 10), 1),),
            covered=((date(2026, 5, 1), date(2026, 9, 29)),),
            looks=looks(POINT - timedelta(hours=23)),
        ),
        ((CODE, 1),),
    ),
)
