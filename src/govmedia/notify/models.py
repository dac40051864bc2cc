"""Messages to users."""

from django.conf import settings
from django.db import models


class Notice(models.Model):
    """One message to one user. `key` names the occasion, so that nobody is told twice."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="notify_told_once")]
        indexes = [models.Index(fields=["recipient", "read_at", "-created_at"], name="notify_unread")]

    def __str__(self) -> str:
        return self.title
