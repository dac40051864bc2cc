"""Reports that are counted, and the decision of two people."""

from datetime import timedelta

import pytest

from govmedia.audit.models import Entry
from govmedia.common.exhibits import Upload
from govmedia.common.refusals import NoRight, NoteMissing, Refused, WrongState
from govmedia.impostors.models import Impostor
from govmedia.impostors.services import (
    Told,
    approve,
    client_of,
    dismiss,
    propose,
    register,
    reopen,
    report,
    withdraw,
)

pytestmark = pytest.mark.django_db
TOLD = Told("健康鼓楼官方", "weibo", "https://weibo.com/fake", "要我转账")
PNG = Upload("图.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20)


@pytest.fixture
def row(real, moment, settings, tmp_path):
    settings.HOME = str(tmp_path)
    return report(told=TOLD, picture=PNG, client="c1", now=moment)


def test_a_report_finds_whom_it_is_about_and_whose_desk_it_is(row, real, gulou):
    assert (row.imitates, row.division, row.state, row.source) == (real, gulou, "reported", "public")
    assert row.reasons == ["只多了“官方”这样的附加词"]
    assert row.reports.get().picture_type == "image/png"


def test_reports_of_one_account_are_joined(row, moment):
    again = report(
        told=Told("别的名字", "weibo", "http://weibo.com/fake/", "又来"), picture=None, client="c2", now=moment
    )
    same_name = report(told=Told("健康鼓楼 官方", "weibo", "", "又来"), picture=None, client="c3", now=moment)
    other = report(
        told=Told("健康鼓楼官方", "weibo", "https://weibo.com/fake2", "另一个"), picture=None, client="c4", now=moment
    )
    assert again == same_name == row != other
    assert row.reports.count() == 3


def test_one_address_may_report_so_often_in_an_hour(real, moment):
    for number in range(5):
        report(told=Told(f"健康鼓楼{number}", "", "", "假"), picture=None, client="c", now=moment)
    with pytest.raises(Refused, match="一小时内最多"):
        report(told=TOLD, picture=None, client="c", now=moment)
    report(told=TOLD, picture=None, client="other", now=moment)
    report(told=TOLD, picture=None, client="c", now=moment + timedelta(hours=1, minutes=1))


def test_an_address_cannot_be_read_back_or_followed(moment):
    assert client_of("10.0.0.1", moment) == client_of("10.0.0.1", moment)
    assert client_of("10.0.0.1", moment) != client_of("10.0.0.1", moment + timedelta(hours=1))
    assert "10.0.0.1" not in client_of("10.0.0.1", moment)


@pytest.mark.parametrize(
    ("told", "picture", "field"),
    [
        (Told("", "", "", "假"), None, "name"),
        (Told("！？", "", "", "假"), None, "name"),
        (Told("假", "mars", "", "假"), None, "platform"),
        (Told("假", "", "不是链接", "假"), None, "link"),
        (Told("假", "", "", " "), None, "what"),
        (Told("假", "", "", "长" * 1001), None, "what"),
        (Told("假", "", "", "假"), Upload("a.png", b"<svg>"), "picture"),
        (Told("假", "", "", "假"), Upload("a.pdf", b"%PDF-1.7"), "picture"),
        (Told("假", "", "", "假"), Upload("a.png", b""), "picture"),
    ],
)
def test_what_is_wrong_with_a_report_is_said_at_its_field(real, moment, told, picture, field):
    with pytest.raises(Refused) as why:
        report(told=told, picture=picture, client="c", now=moment)
    assert why.value.field == field
    assert not Impostor.objects.exists()


def test_two_people_make_it_known_and_one_takes_it_back(row, real, zhou_supervisor, li_supervisor, moment):
    propose(impostor_id=row.pk, said="诱导转账", imitates=real.code, by=zhou_supervisor, now=moment)
    with pytest.raises(Refused, match="不能自己认定"):
        approve(impostor_id=row.pk, by=zhou_supervisor, now=moment)
    known = approve(impostor_id=row.pk, by=li_supervisor, now=moment)
    assert known.state == "known"
    with pytest.raises(NoteMissing):
        withdraw(impostor_id=row.pk, why=" ", by=li_supervisor, now=moment)
    assert withdraw(impostor_id=row.pk, why="是同名的民间账号", by=zhou_supervisor, now=moment).state == "withdrawn"
    with pytest.raises(WrongState):
        reopen(impostor_id=row.pk, by=li_supervisor, now=moment)
    verbs = Entry.objects.filter(subject=f"impostor:{row.pk}").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["impostor.report", "impostor.propose", "impostor.approve", "impostor.withdraw"]


def test_a_dismissed_one_can_be_looked_at_again(row, li_supervisor, moment):
    assert dismiss(impostor_id=row.pk, why="不是", by=li_supervisor, now=moment).state == "dismissed"
    again = reopen(impostor_id=row.pk, by=li_supervisor, now=moment)
    assert (again.state, again.ended_by) == ("reported", None)


def test_others_may_not(row, suzhou_supervisor, sun_inspector, moment):
    for person in (suzhou_supervisor, sun_inspector):
        with pytest.raises(NoRight):
            propose(impostor_id=row.pk, said="假", imitates="", by=person, now=moment)
        with pytest.raises(NoRight):
            dismiss(impostor_id=row.pk, why="假", by=person, now=moment)


def test_an_account_of_the_registry_is_nobodys_impostor(real, li_supervisor, moment):
    row = report(told=Told("健康鼓楼", "weibo", "https://weibo.com/jkgl", "假"), picture=None, client="c", now=moment)
    with pytest.raises(Refused, match="是名录里「健康鼓楼」的"):
        propose(impostor_id=row.pk, said="假", imitates="", by=li_supervisor, now=moment)
    bare = report(told=Told("健康鼓楼", "weibo", "", "假"), picture=None, client="d", now=moment)
    assert bare == row or bare.link == ""
    other = register(told=Told("健康鼓楼", "weibo", "", "假"), by=li_supervisor, now=moment)
    with pytest.raises(Refused, match="须先有它的链接"):
        propose(impostor_id=other.pk, said="假", imitates=real.code, by=li_supervisor, now=moment)
    propose(impostor_id=other.pk, said="假", imitates=real.code, platform_id="777", by=li_supervisor, now=moment)


def test_what_the_desk_found_stays_at_its_desk(real, suzhou_supervisor, moment):
    row = register(told=Told("健康鼓楼官方", "weibo", "", ""), by=suzhou_supervisor, now=moment)
    assert (row.division_id, row.imitates, row.source) == ("320500", real, "desk")
