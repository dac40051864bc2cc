"""Rounds of the demonstration: last quarter's, this quarter's, a city's to be drawn, and its self-check."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from govmedia.checks.models import Check
from govmedia.checks.services import finish, start_check
from govmedia.common.clock import SHANGHAI, day_of
from govmedia.demo.places import JIANGSU
from govmedia.demo.telling import tell_of
from govmedia.demo.verdicts import EDITION, Found, answer_all
from govmedia.engine.calendar import quarter_before, quarter_name, quarter_of, quarter_range
from govmedia.orgs.models import User
from govmedia.orgs.queries import operators_by_organisation
from govmedia.rounds import services
from govmedia.rounds.models import Round, Seat
from govmedia.rounds.problems import Problem
from govmedia.rounds.queries import seats_of

# In a smaller demonstration a tenth of the accounts would be a handful.
LEAST = 50
# Every so many accounts the inspector found something; what, and how often.
_FOUND = (
    {"Y06": (3, "三篇内容里有错别字，已截图。")},
    {"Y08": (1, "转载内容未注明来源。")},
    {"Y05": (1, "菜单里的链接打不开。")},
)
_EVERY = 20
# Last quarter a few had a red line, which they have put right since.
_VETOED = frozenset({7, 23, 41})
_VETO = {"R07": (1, "留言入口打不开，私信没有人回复，已截图。")}
# What units found themselves.
_SAID = (
    Problem("Y06", 2, "两篇推送的标题有错别字，已更正。", mended=True),
    Problem("Y08", 1, "一篇转载没有写来源，已补上。", mended=True),
)
_TAKES, _APART = timedelta(minutes=4), timedelta(minutes=5)
_DONE_NOW, _DONE_AGO = 9, timedelta(hours=9)
# No secret, so that the same seed of the demonstration draws the same accounts.
PROMISE = "demonstration"
PUBLIC_VALUE, PUBLIC_SOURCE = "03 08 15 21 26 30 11", "演示用的号码，不是真的开奖结果"


def began_at(now: datetime) -> datetime:
    """When last quarter's round was planned."""
    return datetime.combine(quarter_range(*_last(now))[1] + timedelta(days=2), time(9), SHANGHAI)


def _last(now: datetime) -> tuple[int, int]:
    return quarter_before(*quarter_of(day_of(now)))


def is_over(now: datetime) -> bool:
    """Whether last quarter's round has had the time to be closed and told of."""
    return began_at(now) < now - timedelta(days=15)


def newest_closed() -> Round | None:
    """The province's latest round that is closed, as yet one of those without posts behind them."""
    return Round.objects.filter(division=JIANGSU, state="closed").order_by("-end_on").first()


def told_at(held: Round) -> datetime:
    """When the bulletin of a closed round is begun."""
    assert held.ended_at is not None
    return held.ended_at + timedelta(hours=2)


def tell(held: Round) -> None:
    """The bulletin of a closed round, by the province's two supervisors."""
    province, colleague = User.objects.get(login="jiangsu_sup"), User.objects.get(login="jiangsu_sup2")
    tell_of(held, by=province, approver=colleague, at=told_at(held))


def play_last(*, now: datetime, progress: Callable[[str], None]) -> None:
    """Last quarter's round, and the second look at what it found; before texts are inspected, so that what they hold
    is found today and not two months ago."""
    last, began = _last(now), began_at(now)
    province, inspector = User.objects.get(login="jiangsu_sup"), User.objects.get(login="inspector")
    first_day, last_day = quarter_range(*last)
    held = _drawn(plan_of_quarter(last, first_day, last_day, last_day + timedelta(days=15)), province, began)
    at = began + timedelta(days=1)
    held = services.open_round(round_id=held.pk, inspector_ids=[inspector.pk], by=province, now=at)
    _judge(held, inspector, at, 10**6, vetoed=_VETOED)
    tell(services.close_round(round_id=held.pk, by=province, now=at + timedelta(days=9)))
    _check_again(held, inspector, min(at + timedelta(days=12), now - timedelta(days=3)))
    progress(f"检查轮次“{held.name}”：{held.samples.count()} 个账号 …")


def play_now(*, now: datetime) -> None:
    """This quarter's round, under way; next month's, planned; a city's, ready to be drawn; and its self-check."""
    # Of the quarter in which its inspectors were at work: that of yesterday, in the first hours of a new one.
    judged = now - _DONE_AGO
    year, quarter = quarter_of(day_of(judged))
    province, city = User.objects.get(login="jiangsu_sup"), User.objects.get(login="nanjing_sup")
    inspector = User.objects.get(login="inspector")
    first_day, last_day = quarter_range(year, quarter)
    plan = plan_of_quarter((year, quarter), first_day, last_day, last_day + timedelta(days=15))
    began = now - timedelta(days=2)
    held = _drawn(plan, province, began)
    services.open_round(round_id=held.pk, inspector_ids=[inspector.pk], by=province, now=began + timedelta(hours=3))
    _judge(held, inspector, judged, _DONE_NOW)
    ready = {**plan, "name": f"{quarter_name(year, quarter)}南京市抽查", "share": "0.2"}
    monthly = {"name": f"{quarter_name(year, quarter)}单项否决检查", "kind": Round.Kind.VETO, "share": "1"}
    services.plan_round(values={**plan, **monthly, "edition": "national-2019"}, by=province, now=now)
    made = services.plan_round(values=ready, by=city, now=now - timedelta(hours=20))
    services.announce(round_id=made.pk, promise=PROMISE, by=city, now=now - timedelta(hours=19))
    _self_check({**plan, "name": f"{quarter_name(year, quarter)}南京市政务新媒体自查"}, city, now)


def _self_check(plan: dict[str, Any], by: User, now: datetime) -> None:
    """A city's units were asked five days ago; most have reported, a few of them a problem, and the day is near."""
    began = now - timedelta(days=5)
    report_by = day_of(now + timedelta(days=2))
    terms = {
        "kind": Round.Kind.SELF, "start_on": day_of(began - timedelta(days=60)), "end_on": day_of(began),
        "report_by": report_by, "due_on": report_by + timedelta(days=40),
    }  # fmt: skip
    held = services.plan_round(values={**plan, **terms}, by=by, now=began)
    services.ask(round_id=held.pk, by=by, now=began + timedelta(minutes=5))
    reports = list(held.reports.order_by("pk"))
    people = operators_by_organisation({one.organisation_id for one in reports})
    shown = User.objects.get(login="gulou_clerk").organisation_id
    answering = [one for one in reports if one.organisation_id in people and one.organisation_id != shown]
    for number, report in enumerate(answering):
        # Every third has not found the time, so that there is somebody to be reminded.
        if number % 3 < 2:
            at = began + timedelta(hours=2 + number % 90)
            said = report.said.order_by("pk").first()
            problems = {said.account_id: [_SAID[number % 2]]} if said and number % 6 < 2 else {}
            services.hand_in(report_id=report.pk, problems=problems, by=people[report.organisation_id][0], now=at)


def plan_of_quarter(quarter: tuple[int, int], start_on: date, end_on: date, due_on: date) -> dict[str, Any]:
    """The plan of the province's spot check of a quarter."""
    year, number = quarter
    return {
        "name": f"{quarter_name(year, number)}政务新媒体抽查", "kind": Round.Kind.SPOT, "edition": EDITION,
        "start_on": start_on, "end_on": end_on, "due_on": due_on, "seats": 1, "by": ["level", "platform"],
        "share": "0.1", "shares": {}, "least": 1, "always_governments": True, "always": [], "excluded": {},
    }  # fmt: skip


def _drawn(plan: dict[str, Any], by: User, at: datetime) -> Round:
    made = services.plan_round(values=plan, by=by, now=at)
    services.announce(round_id=made.pk, promise=PROMISE, by=by, now=at + timedelta(minutes=20))
    return services.draw_round(
        round_id=made.pk,
        public_value=PUBLIC_VALUE,
        public_source=PUBLIC_SOURCE,
        by=by,
        now=at + timedelta(hours=2),
    )


def _judge(held: Round, inspector: User, at: datetime, most: int, vetoed: frozenset[int] = frozenset()) -> None:
    seats: list[Seat] = list(seats_of(inspector).filter(sample__round=held)[:most])
    for number, seat in enumerate(seats):
        began = at + number * _APART
        check = services.begin(seat_id=seat.pk, by=inspector, now=began)
        if check is None:
            continue
        found = _FOUND[number // _EVERY % len(_FOUND)] if number % _EVERY == _EVERY - 1 else {}
        _finish(check, inspector, began, _VETO if number in vetoed else found)
        services.settle_due(now=began + _TAKES, round_id=held.pk)


def _finish(check: Check, inspector: User, began: datetime, found: Found) -> None:
    answer_all(check, found, inspector, began)
    finish(check_id=check.pk, by=inspector, now=began + _TAKES)


def _check_again(held: Round, inspector: User, at: datetime) -> None:
    """Look again at all that had a fault: it has been put right."""
    first_day, _ = quarter_range(*quarter_of(day_of(at)))
    found = held.samples.exclude(check_used__score=100).filter(check_used__isnull=False)
    for number, sample in enumerate(found.select_related("account").order_by("account__code")):
        began = at + timedelta(minutes=10 * number)
        check = start_check(
            account=sample.account, edition=EDITION, start_on=first_day, end_on=day_of(began), by=inspector, now=began
        )
        _finish(check, inspector, began, {})
