"""A round of Nanjing over a few watched accounts, and its inspectors."""

from datetime import date, timedelta

import pytest

from checks.watching import every, watch
from factories import make_account, make_user
from govmedia.accounts.models import Status
from govmedia.checks.services import answer, finish
from govmedia.common.clock import day_of
from govmedia.rounds.queries import seats_of
from govmedia.rounds.services import announce, ask, begin, draw_round, open_round, plan_round, settle_due

PLAN = {
    "name": "2026年第四季度抽查", "kind": "spot", "edition": "jiangsu-2019", "start_on": date(2026, 10, 1),
    "end_on": date(2026, 12, 31), "due_on": date(2027, 1, 15), "seats": 1, "by": ["level", "platform"], "share": "1",
    "shares": {}, "least": 1, "always_governments": True, "always": [], "excluded": {},
}  # fmt: skip
# Reports are due on a Monday; what they say may be put right until 2026-12-07.
SELF_PLAN = {
    **PLAN, "name": "2026年第四季度自查", "kind": "self", "end_on": date(2026, 11, 20),
    "report_by": date(2026, 11, 30), "due_on": date(2026, 12, 31), "by": ["level"],
}  # fmt: skip


@pytest.fixture
def later(moment):
    """The day after the reports were due."""
    return moment + timedelta(days=8)


@pytest.fixture
def checking(moment):
    """The day after what was reported had to be put right."""
    return moment + timedelta(days=15)


@pytest.fixture
def accounts(gulou_health, xuanwu_school, moment):
    """Two that post, one that has been silent, one that stands for a government."""
    today = day_of(moment)
    rows = [
        make_account(gulou_health, name="健康鼓楼"),
        make_account(gulou_health, name="鼓楼卫健微博", platform="weibo"),
        make_account(xuanwu_school, name="玄武教育"),
        make_account(xuanwu_school, name="玄武发布", platform="weibo", stands_for_government=True),
    ]
    for row in rows:
        watch(row, moment, posts=every(2, today - timedelta(days=20 if row.name == "玄武教育" else 0)))
    return rows


@pytest.fixture
def second_inspector(nanjing):
    return make_user("zheng", "郑检查", "inspector", division=nanjing)


@pytest.fixture
def third_inspector(nanjing):
    return make_user("feng", "冯检查", "inspector", division=nanjing)


def opened(by, inspectors, moment, /, **values):
    """A round by the plan and `values`, drawn and given to the inspectors."""
    held = plan_round(values={**PLAN, **values}, by=by, now=moment)
    announce(round_id=held.pk, by=by, now=moment)
    draw_round(round_id=held.pk, public_value="1234", public_source="试验", by=by, now=moment)
    return open_round(round_id=held.pk, inspector_ids=[one.pk for one in inspectors], by=by, now=moment)


def asking(by, moment, /, **values):
    """A self-check by the plan and `values` for which the units were asked."""
    held = plan_round(values={**SELF_PLAN, **values}, by=by, now=moment)
    return ask(round_id=held.pk, by=by, now=moment)


def judged(held, inspector, moment, found):
    """Finish all the inspector's checks of a round; `found`: by an account's name, counts by code."""
    for seat in seats_of(inspector).filter(sample__round=held):
        check = begin(seat_id=seat.pk, by=inspector, now=moment)
        for code, count in found.get(seat.sample.account.name, {}).items():
            answer(check_id=check.pk, code=code, count=count, note="见截图", by=inspector, now=moment)
        finish(check_id=check.pk, by=inspector, now=moment)
    settle_due(now=moment, round_id=held.pk)


def report_of(held, organisation):
    """What an organisation is asked for in a self-check."""
    return held.reports.get(organisation=organisation)


def closed(account, moment):
    """Close an account."""
    account.status, account.closed_on = Status.CLOSED, day_of(moment)
    account.save()


def drawn(held, by, at):
    """Announce and draw a round in which units may not report any more."""
    announce(round_id=held.pk, by=by, now=at)
    return draw_round(round_id=held.pk, public_value="1234", public_source="试验", by=by, now=at)
