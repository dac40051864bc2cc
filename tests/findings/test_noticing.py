"""Notices entered by supervisors."""

from dataclasses import replace

import pytest

from factories import make_account
from findings.seeing import PNG
from govmedia.common.exhibits import Upload
from govmedia.common.refusals import NoRight, NoteMissing, Refused
from govmedia.findings.models import Finding
from govmedia.findings.services import Report, raise_notices
from govmedia.notify.models import Notice

pytestmark = pytest.mark.django_db
GOOD = Report(
    code="Y05", what="办事指南点不开", origin="citizen", document="12345 工单 88 号", evidence="来电反映三次未打开"
)


def enter(accounts, by, now, report=GOOD):
    return raise_notices(accounts=accounts, report=report, by=by, now=now)


def test_notice_is_confirmed_by_the_supervisors_word_and_told(account, chen_operator, zhou_supervisor, moment):
    (finding,) = enter([account], zhou_supervisor, moment)
    finding.refresh_from_db()
    assert (finding.state, finding.source, finding.colour) == ("notified", "notice", "deduction")
    assert (finding.confirmed_by, finding.origin, finding.document) == (zhou_supervisor, "citizen", GOOD.document)
    assert finding.due_on is not None
    assert Notice.objects.get().recipient == chen_operator


def test_same_notice_twice_is_one_finding_and_two_matters_are_two(account, chen_operator, zhou_supervisor, moment):
    (first,) = enter([account], zhou_supervisor, moment)
    (same,) = enter([account], zhou_supervisor, moment)
    other = Report(code="Y05", what="查询页报错", origin="superior", evidence="督查通报")
    (second,) = enter([account], zhou_supervisor, moment, other)
    assert first == same != second
    assert Finding.objects.count() == 2


def test_what_is_in_no_edition_costs_nothing(account, chen_operator, zhou_supervisor, moment):
    report = Report(code="other", what="头像过时", origin="own", uploads=[Upload("头像.png", PNG)])
    (finding,) = enter([account], zhou_supervisor, moment, report)
    account.refresh_from_db()
    assert (finding.title, finding.colour, account.health) == ("其他问题", "other", "healthy")
    assert finding.exhibits.get().by == zhou_supervisor


def test_one_notice_for_many_accounts(account, gulou_health, chen_operator, zhou_supervisor, moment):
    other = make_account(gulou_health, name="鼓楼疾控", platform="weibo")
    assert len(enter([account, other], zhou_supervisor, moment)) == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "Z99"}, "code"),
        ({"what": ""}, "what"),
        ({"origin": "rumour"}, "origin"),
        ({"evidence": ""}, "evidence"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"document": "长" * 121}, "document"),
        ({"uploads": [Upload("a.svg", b"<svg/>")]}, "files"),
    ],
)
def test_what_is_missing_or_wrong_is_named(account, chen_operator, zhou_supervisor, moment, change, field):
    with pytest.raises((Refused, NoteMissing)) as refused:
        enter([account], zhou_supervisor, moment, replace(GOOD, **change))
    assert refused.value.field == field
    assert not Finding.objects.exists()


def test_rights_and_closed_accounts(
    account, chen_operator, suzhou_supervisor, sun_inspector, zhou_supervisor, moment
):
    for person in (chen_operator, suzhou_supervisor, sun_inspector):
        with pytest.raises(NoRight):
            enter([account], person, moment)
    account.status, account.closed_on = "closed", moment.date()
    account.save()
    with pytest.raises(Refused, match="已注销"):
        enter([account], zhou_supervisor, moment)
    with pytest.raises(Refused, match="账号编号"):
        enter([], zhou_supervisor, moment)
