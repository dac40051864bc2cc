"""Reading one's messages."""

from django.db.models import QuerySet

from govmedia.notify.models import Notice
from govmedia.orgs.models import User


def notices_of(user: User) -> QuerySet[Notice]:
    """A user's messages, newest first."""
    return Notice.objects.filter(recipient=user).order_by("-created_at", "-pk")


def unread_count(user: User) -> int:
    """How many messages the user has not read."""
    return Notice.objects.filter(recipient=user, read_at__isnull=True).count()
