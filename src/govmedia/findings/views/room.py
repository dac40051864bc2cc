"""What the room's pages share: their tabs."""

from typing import Any

from django.urls import reverse

from govmedia.findings import queries
from govmedia.orgs.models import User
from govmedia.orgs.rights import OWN, reach


def tabs(user: User, on: str) -> list[dict[str, Any]]:
    """The room's pages a person may open, with what waits behind each; none for people of an organisation."""
    if reach(user, "finding.see") in {None, OWN}:
        return []
    pages = [("list", "问题", "findings:list", 0)]
    if reach(user, "finding.recheck"):
        pages.append(("rechecks", "待复查", "findings:rechecks", queries.rechecks_for(user).count()))
    if reach(user, "finding.review"):
        pages.append(("appeals", "申诉", "findings:appeals", queries.appeals_to_decide(user).count()))
    pages.append(("indicators", "指标成效", "findings:indicators", 0))
    return [
        {"label": label, "url": reverse(name), "on": key == on, "count": count} for key, label, name, count in pages
    ]
