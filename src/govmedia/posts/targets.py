"""What is to be looked at in a round, taken so that nobody else looks at it meanwhile."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from govmedia.posts.models import Interface
from govmedia.posts.queries import due_interfaces

# A round ends well within this; one that was killed leaves its interfaces free after it.
CLAIM = timedelta(minutes=10)


@dataclass(slots=True)
class Target:
    """One interface as it stood when it was claimed, with what is needed of its account."""

    pk: int
    account_id: int
    code: str
    name: str
    division: str
    kind: str
    handle: str
    host: str
    state: str
    frozen_reason: str
    claim_no: int
    pinned_id: str
    pinned_title: str
    etag: str
    last_modified: str
    body_sm3: str
    interval_s: int
    failures: int
    failing_since: datetime | None
    last_ok_at: datetime | None
    last_post_at: datetime | None
    oldest_item_at: datetime | None
    proposed_handle: str
    seen_name: str
    seen_name_since: datetime | None
    missing: int

    @property
    def doubted(self) -> bool:
        """Whether a human has yet to say that the interface shows the account's own posts."""
        return bool(self.frozen_reason)


_COLUMNS = (
    *(
        "pk",
        "account_id",
        "account__code",
        "account__name",
        "account__division_id",
        "kind",
        "handle",
        "host",
        "state",
    ),
    *("account__frozen_reason", "claim_no", "pinned_id", "pinned_title", "etag", "last_modified", "body_sm3"),
    *("interval_s", "failures", "failing_since", "last_ok_at", "account__last_post_at", "oldest_item_at"),
    *("proposed_handle", "seen_name", "seen_name_since", "missing"),
)


@transaction.atomic
def claim_due(*, now: datetime, limit: int) -> list[Target]:
    """Take up to `limit` due interfaces, longest due first. Claims end by themselves after ten minutes."""
    due = due_interfaces(now=now).select_for_update(skip_locked=True)
    targets = [Target(*row) for row in due.values_list(*_COLUMNS)[:limit]]
    claimed = Interface.objects.filter(pk__in=[target.pk for target in targets])
    claimed.update(claim_no=F("claim_no") + 1, claimed_until=now + CLAIM)
    for target in targets:
        target.claim_no += 1
    return targets


def still_held(targets: list[Target]) -> set[int]:
    """The keys of those whose claim nobody has taken over; their rows stay locked until the transaction ends.

    An interface that is changed or stopped meanwhile raises its claim number too: what was fetched is thrown away.
    """
    numbers = {target.pk: target.claim_no for target in targets}
    rows = Interface.objects.select_for_update().filter(pk__in=numbers).order_by("pk")
    return {pk for pk, claim_no in rows.values_list("pk", "claim_no") if numbers[pk] == claim_no}
