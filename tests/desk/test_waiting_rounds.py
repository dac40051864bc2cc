"""What waits of rounds and bulletins on the start page: shown to who may take the step, and to nobody else."""

from datetime import timedelta

import pytest

from bulletins.conftest import NUMBER, values_of
from bulletins.conftest import closed as closed_round
from bulletins.conftest import draft as draft
from bulletins.conftest import second_supervisor as second_supervisor
from desk.test_today import TODAY, titles
from govmedia.bulletins import services as bulletins
from govmedia.checks.services import answer, finish
from govmedia.common.clock import day_of
from govmedia.rounds.models import Sample
from govmedia.rounds.queries import seats_of
from govmedia.rounds.services import announce, begin, call_arbiter, draw_round, open_round, plan_round, settle_due
from rounds.conftest import PLAN, opened
from rounds.conftest import accounts as accounts
from rounds.conftest import second_inspector as second_inspector
from rounds.conftest import third_inspector as third_inspector

closed = closed_round
NAME = PLAN["name"]
# The accounts of these rounds are the machine's business too.
OURS = ("抽取", "分给", "检毕", "指定", "审签", "修改退回", "发布通报", "检查账号")


def ours(browser):
    return [title for title in titles(browser.get(TODAY)) if title.startswith(OURS)]


def judge(seat, moment, count):
    by = seat.inspector
    check = begin(seat_id=seat.pk, by=by, now=moment)
    answer(check_id=check.pk, code="Y06", count=count, note="见两篇" if count else "", by=by, now=moment)
    finish(check_id=check.pk, by=by, now=moment)


def submitted(draft, by, moment):
    values = {**values_of(draft), "number": NUMBER}
    bulletins.save(bulletin_id=draft.pk, revision=draft.revision, values=values, by=by, now=moment)
    return bulletins.move(bulletin_id=draft.pk, name="submit", by=by, now=moment)


def test_a_round_asks_its_office_for_each_next_step(
    as_, accounts, li_supervisor, province_supervisor, zhou_supervisor, sun_inspector, moment
):
    browser = as_(li_supervisor)
    held = plan_round(values=PLAN, by=li_supervisor, now=moment)
    assert ours(browser) == []
    announce(round_id=held.pk, by=li_supervisor, now=moment)
    assert ours(browser) == [f"抽取：{NAME}"]
    draw_round(round_id=held.pk, public_value="1234", public_source="试验", by=li_supervisor, now=moment)
    assert ours(browser) == [f"分给检查员：{NAME}"]
    assert [ours(as_(one)) for one in (province_supervisor, zhou_supervisor)] == [[], []]
    open_round(round_id=held.pk, inspector_ids=[sun_inspector.pk], by=li_supervisor, now=moment)
    assert ours(browser) == []
    assert ours(as_(sun_inspector)) == ["检查账号：4 个还没有开始"]
    for seat in seats_of(sun_inspector):
        judge(seat, moment, 1)
    settle_due(now=moment)
    assert ours(browser) == [f"检毕：{NAME}"]
    assert ours(as_(sun_inspector)) == []
    page = browser.get(TODAY)
    assert (
        next(item.url for item in page.context["items"] if item.title.startswith("检毕"))
        == f"/desk/rounds/{held.pk}/"
    )


def test_two_who_differ_wait_for_a_third_to_be_named(
    as_, accounts, li_supervisor, sun_inspector, second_inspector, third_inspector, moment
):
    opened(li_supervisor, [sun_inspector, second_inspector], moment, seats=2)
    for number, person in enumerate((sun_inspector, second_inspector)):
        # not the silent one, on which all agree that it is vetoed
        for seat in seats_of(person).filter(sample__account__in=accounts[:2]):
            judge(seat, moment, number)
    settle_due(now=moment)
    browser = as_(li_supervisor)
    assert ours(browser) == [f"指定裁定人：2 个账号：{NAME}"]
    link = next(item.url for item in browser.get(TODAY).context["items"] if item.title.startswith("指定"))
    assert browser.get(link).context["page"].total == 2
    for sample in Sample.objects.filter(state="differing"):
        call_arbiter(sample_id=sample.pk, inspector_id=third_inspector.pk, by=li_supervisor, now=moment)
    assert ours(browser) == []


def test_a_bulletin_waits_for_somebody_who_did_not_write_it(
    as_, draft, li_supervisor, second_supervisor, province_supervisor, zhou_supervisor, wu_auditor, moment
):
    people = (li_supervisor, second_supervisor, province_supervisor, zhou_supervisor, wu_auditor)
    row = submitted(draft, li_supervisor, moment)
    word = f"审签通报：{row.title}"
    assert [ours(as_(one)) for one in people] == [[], [word], [word], [], []]
    bulletins.move(bulletin_id=row.pk, name="approve", by=second_supervisor, now=moment)
    word = f"发布通报：{row.title}"
    assert [ours(as_(one)) for one in people] == [[word], [word], [], [], []]
    bulletins.move(bulletin_id=row.pk, name="publish", by=li_supervisor, now=moment)
    assert [ours(as_(one)) for one in people] == [[], [], [], [], []]


def test_a_draft_sent_back_is_shown_to_its_writer_with_the_reason(
    as_, draft, li_supervisor, second_supervisor, moment
):
    row = submitted(draft, li_supervisor, moment)
    bulletins.move(bulletin_id=row.pk, name="return", by=second_supervisor, now=moment, note="数字写得不清楚")
    assert [ours(as_(one)) for one in (li_supervisor, second_supervisor)] == [[f"修改退回的通报：{row.title}"], []]
    page = as_(li_supervisor).get(TODAY).content.decode()
    assert "退回理由：数字写得不清楚" in page and f"/desk/bulletins/{row.pk}/" in page
    bulletins.move(bulletin_id=row.pk, name="submit", by=li_supervisor, now=moment)
    assert ours(as_(li_supervisor)) == []


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_bulletin_of_a_later_date_is_not_to_be_published_yet(
    as_, draft, li_supervisor, second_supervisor, days, now
):
    row = submitted(draft, li_supervisor, now)
    row.signed_on = day_of(now) + timedelta(days=days)
    row.save()
    bulletins.move(bulletin_id=row.pk, name="approve", by=second_supervisor, now=now)
    assert bool(ours(as_(li_supervisor))) is (days < 1)
