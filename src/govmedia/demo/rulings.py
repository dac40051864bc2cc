"""What the text checks found in the demonstration's posts, what supervisors said of it, and terms they added."""

from collections.abc import Callable
from datetime import datetime, timedelta

from govmedia.demo.logins import LOGINS
from govmedia.inspections.models import TextHit
from govmedia.inspections.services import decide, inspect_due
from govmedia.inspections.states import State
from govmedia.lexicons.services import approve, propose
from govmedia.orgs.models import Role, User

# Supervisors have been through about a third of what waits; the gravest are left for the visitor to rule on.
_RULED_EVERY = 3
_WORDS = ("right", "right", "right", "minor")


# A term that holds and one that waits for a second person, as a city would add them.
_TERMS = (
    {
        "term": "行政服务大厅", "kind": "hit", "check": "wording_terms", "level": "notice",
        "suggestion": "政务服务中心", "note": "全市统一称“政务服务中心”", "source": "演示：某市政务服务场所命名规范",
    },
    {
        "term": "最多跑一趟", "kind": "hit", "check": "wording_terms", "level": "notice", "suggestion": "最多跑一次",
        "note": "按统一提法写“最多跑一次”", "source": "演示：某市政务服务用语规范",
    },
)  # fmt: skip


def add_terms(*, now: datetime) -> None:
    """The terms of the demonstration: a city's supervisor proposes, the province's approves one of them."""
    supervisors = User.objects.filter(role=Role.SUPERVISOR)
    city = supervisors.filter(division__level="city").order_by("pk").first()
    province = supervisors.filter(division__level="province").order_by("pk").first()
    if city is None or province is None:
        return
    made = [propose(row=row, by=city, now=now - timedelta(days=5)) for row in _TERMS]
    approve(term_id=made[0].pk, by=province, now=now - timedelta(days=4))


def inspect_and_rule(*, now: datetime, progress: Callable[[str], None]) -> int:
    """Inspect all posts and rule on some sure hits as a supervisor of the place; returns how many hits there are.

    Those of the clerk whom visitors play are left to them.
    """
    progress("检查内容 …")
    report = inspect_due(now=now, limit=10**9)
    supervisors = {user.division_id: user for user in User.objects.filter(role=Role.SUPERVISOR).order_by("-pk")}
    rows = TextHit.objects.filter(state=State.OPEN, auto=True).exclude(level=TextHit.Level.VETO)
    rows = rows.exclude(account__organisation__users__login=LOGINS[0].login).select_related("account")
    for number, hit in enumerate(rows.order_by("pk")):
        place = hit.account.division_id
        by = next(
            (supervisors[code] for code in (place, place[:4] + "00", place[:2] + "0000") if code in supervisors), None
        )
        if number % _RULED_EVERY == 0 and by is not None:
            word = _WORDS[number // _RULED_EVERY % len(_WORDS)]
            decide(hit_id=hit.pk, ruling=word, by=by, now=now - timedelta(minutes=number % 600))
    return report.found
