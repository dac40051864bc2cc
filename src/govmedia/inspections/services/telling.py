"""Telling operators what was found: one message a day for all their accounts, and only what is sure."""

from collections import defaultdict
from datetime import datetime

from govmedia.common.clock import day_of
from govmedia.inspections.models import TextHit
from govmedia.inspections.queries import told_to_operators
from govmedia.inspections.states import State
from govmedia.notify.services import Message, tell_many
from govmedia.orgs.models import Role, User

PAGE = "/desk/inspect/hits/?state=open"
NAMED = 3


def tell_operators(*, now: datetime) -> int:
    """Send each organisation's operators one message for today where something new waits; returns how many."""
    today = day_of(now)
    rows = (
        told_to_operators()
        .filter(state__in=(State.OPEN, State.RIGHT), seen_at__date=today)
        .exclude(level=TextHit.Level.NOTICE)
        .select_related("account")
        .order_by("-gain", "pk")
    )
    found: dict[int, list[TextHit]] = defaultdict(list)
    for hit in rows[:5000]:
        found[hit.account.organisation_id].append(hit)
    people: dict[int, list[User]] = defaultdict(list)
    for person in User.objects.filter(role=Role.OPERATOR, is_active=True, organisation__in=found).order_by("pk"):
        people[person.organisation_id].append(person)
    messages = [
        Message(f"inspection:{organisation}:{today}", people[organisation], _title(hits), _body(hits), PAGE)
        for organisation, hits in found.items()
        if people[organisation]
    ]
    return tell_many(messages, now=now) if messages else 0


def _title(hits: list[TextHit]) -> str:
    return f"今天的内容里有 {len(hits)} 处请核对"


def _body(hits: list[TextHit]) -> str:
    named = "；".join(f"「{hit.account.name}」“{hit.found[:20]}”：{hit.message}" for hit in hits[:NAMED])
    more = f"；另有 {len(hits) - NAMED} 处" if len(hits) > NAMED else ""
    return f"{named}{more}。改好后下一次查看会自动消去；如认为无误，不必处理，页面上可以说明。"
