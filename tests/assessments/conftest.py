"""An assessment of Jiangsu's cities, Nanjing and Suzhou in it, and the people around it."""

from datetime import date, timedelta

import pytest

from factories import make_account, make_organisation, make_user
from govmedia.assessments import services
from govmedia.common.exhibits import Upload

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture
def accounts(home, gulou_health, suzhou):
    """Two of Nanjing, one of them not seen, and one of Suzhou."""
    body = make_organisation(name="苏州市文化广电和旅游局", division=suzhou, field="culture")
    return [
        make_account(gulou_health, name="健康鼓楼", health="healthy"),
        make_account(gulou_health, name="鼓楼卫健微博", platform="weibo", health="not_seen", health_text="授权到期"),
        make_account(body, name="苏州文旅", health="healthy"),
    ]


@pytest.fixture
def second_provincial(jiangsu):
    return make_user("sheng2", "省监管二", "supervisor", division=jiangsu)


VALUES = {
    "name": "2026年度监管工作考核", "scheme": "jiangsu-yearly-proposed", "start_on": date(2025, 10, 1),
    "end_on": date(2026, 9, 30), "report_until": date(2026, 11, 30), "appeal_days": 5,
    "bodies": ["320100", "320500"],
}  # fmt: skip


@pytest.fixture
def planned(accounts, province_supervisor, moment):
    return services.plan(values=VALUES, by=province_supervisor, now=moment)


@pytest.fixture
def reporting(planned, province_supervisor, li_supervisor, suzhou_supervisor, moment):
    return services.open_reports(assessment_id=planned.pk, by=province_supervisor, now=moment)


def mark_of(row, division, code):
    return row.bodies.get(division=division).marks.get(code=code)


def report_all(row, division, by, moment):
    """Every item the body is asked for, with a proof of the first, handed in."""
    body = row.bodies.get(division=division)
    for code in ("A09", "A10"):
        files = [Upload("制度.png", PNG)] if code == "A09" else []
        services.report(mark_id=body.marks.get(code=code).pk, text="已落实。", uploads=files, by=by, now=moment)
    return services.hand_in(body_id=body.pk, by=by, now=moment)


@pytest.fixture
def reviewing(reporting, province_supervisor, li_supervisor, suzhou_supervisor, moment):
    report_all(reporting, "320100", li_supervisor, moment)
    report_all(reporting, "320500", suzhou_supervisor, moment)
    return services.start_review(assessment_id=reporting.pk, by=province_supervisor, now=moment)


@pytest.fixture
def announced(reviewing, province_supervisor, moment):
    for division in ("320100", "320500"):
        for code, points in (("A09", "5"), ("A10", "4")):
            mark = mark_of(reviewing, division, code)
            services.review(mark_id=mark.pk, points=points, note="略有不足", by=province_supervisor, now=moment)
    return services.announce(assessment_id=reviewing.pk, by=province_supervisor, now=moment)


@pytest.fixture
def published(announced, second_provincial, moment):
    return services.publish(assessment_id=announced.pk, by=second_provincial, now=moment + timedelta(days=10))
