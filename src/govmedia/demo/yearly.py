"""The annual assessments of the demonstration: the last four quarters', published; this year's, open to reports; and
a city's of its counties, planned."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from govmedia.assessments import services
from govmedia.assessments.models import Assessment, Body
from govmedia.assessments.queries import offices_below
from govmedia.common.clock import day_of
from govmedia.engine.calendar import quarter_before, quarter_of, quarter_range
from govmedia.orgs.models import Role, User

SCHEME = "jiangsu-yearly-proposed"
_SAID = {
    "A09": "制定了《政务新媒体信息发布审核办法》，内容分三级审核，退回修改的稿件都有记录。",
    "A10": "上半年和下半年各组织一次业务培训；清理整合功能相近的账号，先公告，再引导关注者转到保留的账号。",
}
# Every so many bodies brought no record, and one of them appeals with success.
_EVERY = 4
_LESS = ("3.5", "有制度，但没有附落实的记录。")
_APPEAL = ("审核记录已在附件一之后补交，请复核。", "5", "记录完整，改为满分。")
_BEGAN = timedelta(days=30)


def play(*, now: datetime, progress: Callable[[str], None]) -> int:
    """All, by the services, in the order of time; returns how many bodies there are."""
    by, colleague = (User.objects.get(login=login) for login in ("jiangsu_sup", "jiangsu_sup2"))
    quarter = quarter_of(day_of(now))
    end_on = quarter_range(*quarter_before(*quarter))[1]
    start_on = date(end_on.year - 1, end_on.month, end_on.day) + timedelta(days=1)
    name = f"政务新媒体监管工作考核（{start_on.year}年{start_on.month}月至{end_on.year}年{end_on.month}月）"
    done = _planned(by, name, start_on, end_on, now - _BEGAN)
    _finish(done, by, colleague, now - _BEGAN)
    year = quarter[0]
    name = f"{year}年度政务新媒体监管工作考核"
    present = _planned(by, name, date(year, 1, 1), date(year, 12, 31), now - timedelta(hours=21))
    services.open_reports(assessment_id=present.pk, by=by, now=now - timedelta(hours=20))
    city = User.objects.get(login="nanjing_sup")
    _planned(
        city,
        f"{year}年度南京市政务新媒体监管工作考核",
        date(year, 1, 1),
        date(year, 12, 31),
        now - timedelta(hours=3),
    )
    progress(f"年度考核：{done.bodies.count()} 个市 …")
    return done.bodies.count()


def _planned(by: User, name: str, start_on: date, end_on: date, at: datetime) -> Assessment:
    values = {
        "name": name, "scheme": SCHEME, "start_on": start_on, "end_on": end_on, "appeal_days": 5,
        "report_until": max(end_on, day_of(at)) + timedelta(days=15),
        "bodies": [row.pk for row in offices_below(by.division_id or "")],
    }  # fmt: skip
    return services.plan(values=values, by=by, now=at)


def _finish(row: Assessment, by: User, colleague: User, began: datetime) -> None:
    """Reported, reviewed, appealed once, and published when the term is over."""
    services.open_reports(assessment_id=row.pk, by=by, now=began)
    bodies = list(row.bodies.select_related("division").order_by("division"))
    people = {one.division_id: one for one in User.objects.filter(role=Role.SUPERVISOR).order_by("-pk")}
    for number, body in enumerate(bodies):
        _report(body, people[body.division_id], began + timedelta(days=2, minutes=7 * number))
    services.start_review(assessment_id=row.pk, by=by, now=began + timedelta(days=3))
    for number, body in enumerate(bodies):
        for code in _SAID:
            points, note = _LESS if code == "A09" and number % _EVERY == _EVERY - 1 else ("5", "")
            mark = body.marks.get(code=code)
            at = began + timedelta(days=4, minutes=number)
            services.review(mark_id=mark.pk, points=points, note=note, by=by, now=at)
    announced = services.announce(assessment_id=row.pk, by=by, now=began + timedelta(days=5))
    if len(bodies) >= _EVERY:
        _appeal(bodies[_EVERY - 1], people[bodies[_EVERY - 1].division_id], colleague, began + timedelta(days=6))
    if announced.appeal_until is not None and announced.appeal_until < day_of(began + timedelta(days=25)):
        services.publish(assessment_id=row.pk, by=colleague, now=began + timedelta(days=25))


def _report(body: Body, by: User, at: datetime) -> None:
    for code, text in _SAID.items():
        services.report(mark_id=body.marks.get(code=code).pk, text=text, by=by, now=at)
    services.hand_in(body_id=body.pk, by=by, now=at)


def _appeal(body: Body, by: User, colleague: User, at: datetime) -> None:
    reason, points, answer = _APPEAL
    made = services.appeal(mark_id=body.marks.get(code="A09").pk, reason=reason, by=by, now=at)
    services.decide(
        appeal_id=made.pk, upheld=True, points=points, answer=answer, by=colleague, now=at + timedelta(days=1)
    )
