"""The one thing the desk keeps: how many accounts were in which state at the end of each day."""

from django.db import models

from govmedia.accounts.models import Health
from govmedia.orgs.models import Division


class DayTally(models.Model):
    """Live accounts of one division in one state of health, as of the last count on a day (Asia/Shanghai)."""

    on = models.DateField()
    division = models.ForeignKey(Division, models.CASCADE, related_name="+", db_index=False)
    health = models.CharField(max_length=10, choices=Health.choices)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["on", "division", "health"], name="desk_day_tally_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.division_id} {self.health} {self.count}"
