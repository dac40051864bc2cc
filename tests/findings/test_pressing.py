"""Due dates are called to mind once when they are near, and once when they went by."""

from datetime import timedelta

import pytest

from govmedia.findings.services import claim, postpone, remind
from govmedia.notify.models import Notice

pytestmark = pytest.mark.django_db


def told():
    rows = Notice.objects.filter(title__contains="整改").order_by("pk")
    return [row.title for row in rows if ":soon:" in row.key or ":late:" in row.key]


def test_operator_is_told_the_day_before_and_the_day_after_once_each(silent, moment):
    for hours in range(0, 24 * 12, 6):
        remind(now=moment + timedelta(hours=hours))
    assert told() == ["「健康鼓楼」的整改 11 月 30 日到期：两周内无更新", "「健康鼓楼」的整改已超期：两周内无更新"]


def test_what_was_reported_is_not_pressed_and_a_new_date_is(silent, chen_operator, zhou_supervisor, moment):
    later = moment + timedelta(days=6, hours=1)
    remind(now=later)
    postpone(
        finding_id=silent.pk, due_on=silent.due_on + timedelta(days=7), why="迁移", by=zhou_supervisor, now=later
    )
    remind(now=later + timedelta(days=7))
    assert len(told()) == 2
    claim(finding_id=silent.pk, note="好了", by=chen_operator, now=later)
    remind(now=later + timedelta(days=9))
    assert len(told()) == 2
