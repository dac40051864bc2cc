"""Due dates are called to mind once when they are near, and once when they went by."""

from datetime import timedelta

import pytest

from govmedia.audit.models import Entry
from govmedia.common.refusals import NoRight, Refused, WrongState
from govmedia.findings.services import claim, postpone, press, remind
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


def urged():
    return [row.title for row in Notice.objects.filter(key__contains=":press:").order_by("pk")]


def test_a_supervisor_urges_once_a_day(silent, zhou_supervisor, moment):
    assert press(finding_id=silent.pk, by=zhou_supervisor, now=moment) == 1
    assert urged() == ["「健康鼓楼」请整改，监管员催办：两周内无更新"]
    with pytest.raises(Refused, match="今天已经催过一次"):
        press(finding_id=silent.pk, by=zhou_supervisor, now=moment + timedelta(hours=2))
    press(finding_id=silent.pk, by=zhou_supervisor, now=moment + timedelta(days=9))
    assert urged()[1:] == ["「健康鼓楼」请整改，监管员催办，已超期：两周内无更新"]
    assert Entry.objects.filter(verb="finding.press").count() == 2


def test_only_a_supervisor_of_the_place_urges_and_only_what_is_to_be_mended(
    silent, chen_operator, sun_inspector, suzhou_supervisor, zhou_supervisor, moment
):
    for user in (chen_operator, sun_inspector, suzhou_supervisor):
        with pytest.raises(NoRight):
            press(finding_id=silent.pk, by=user, now=moment)
    claim(finding_id=silent.pk, note="好了", by=chen_operator, now=moment)
    with pytest.raises(WrongState):
        press(finding_id=silent.pk, by=zhou_supervisor, now=moment)


def test_the_page_names_whom_to_ring_up_and_urges(client, silent, chen_operator, zhou_supervisor):
    client.force_login(zhou_supervisor)
    page = client.get(f"/desk/findings/{silent.pk}/").content.decode()
    assert "找谁整改" in page and chen_operator.name in page and "催办" in page
    answer = client.post(f"/desk/findings/{silent.pk}/press/", follow=True)
    assert [str(one) for one in answer.context["messages"]] == ["已催办，通知了 1 位运维员，并已记入日志。"]
    assert "监管员催办" in answer.content.decode()
    client.force_login(chen_operator)
    assert "找谁整改" not in client.get(f"/desk/findings/{silent.pk}/").content.decode()
