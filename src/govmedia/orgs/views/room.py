"""What the pages of the room 单位 share: its tabs, and the division chosen in the top bar."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from govmedia.orgs.rights import reach, subtree, within


def tabs(request: HttpRequest, on: str) -> list[dict[str, Any]]:
    """Organisations and users, for those who manage users; others see organisations only."""
    if not reach(request.user, "user.manage"):
        return []
    kept = f"?division={request.GET['division']}" if chosen(request) else ""
    return [
        {"label": "单位", "url": reverse("orgs:organisation-list") + kept, "on": on == "organisations"},
        {"label": "用户", "url": reverse("orgs:user-list") + kept, "on": on == "users"},
    ]


def chosen(request: HttpRequest) -> tuple[str, str] | None:
    """The range of division codes of `?division=`, where it is one within the person's."""
    wanted, own = request.GET.get("division", ""), request.user.division_id
    if not own or not wanted.isdigit() or len(wanted) not in {6, 9} or not within(wanted, own):
        return None
    return subtree(wanted)
